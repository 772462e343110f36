# To find out that a role's own password is what lets it in, nobody is guessed at: the
# server is asked.  Failed logins are counted, by some servers until they lock the account.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $mariadb = $server->{mariadb};
my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
$node->start;

# one that would be locked by the first failure, and has no rights on the server's tables
$server->sql($mariadb ?
	"SET GLOBAL max_password_errors = 1; CREATE USER plain\@localhost IDENTIFIED BY 'secret'"
	: "CREATE USER plain\@localhost IDENTIFIED BY 'secret' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED");
$server->sql("CREATE USER `q'uo``te IDENTIFIED WITH x`\@localhost IDENTIFIED BY 'sec''ret'");
$server->sql("GRANT SELECT ON users.* TO plain\@localhost, `q'uo``te IDENTIFIED WITH x`\@localhost");

$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', 'mysql://localhost/users?unix_socket=$server->{socket}');
CREATE ROLE other LOGIN;
CREATE ROLE another LOGIN;
GRANT USAGE ON SCHEMA binds TO other, another;
GRANT USAGE ON FOREIGN SERVER auth TO other, another;
GRANT EXECUTE ON FUNCTION binds.query(text, text) TO other, another;
});

sub failures
{
	my %status = map { split /\t/ }
	  split /\n/, $server->sql("SHOW GLOBAL STATUS WHERE Variable_name IN ('Aborted_connects', 'Access_denied_errors')");
	return join ' ', map { "$_=$status{$_}" } sort keys %status;
}

# The user of the connection, or the SQLSTATE.
sub whoami
{
	my ($options, $sql) = @_;
	my $query = q{SELECT binds.query('auth', 'SELECT user() AS u') ->> 'u';};

	$node->safe_psql('postgres', "DROP USER MAPPING IF EXISTS FOR other SERVER auth;
		CREATE USER MAPPING FOR other SERVER auth OPTIONS ($options)");
	my ($code, $out, $err) = $node->psql('postgres', $sql // $query,
		extra_params => [ '-U', 'other', '-v', 'VERBOSITY=sqlstate' ]);
	return $code == 0 ? $out : $err =~ /ERROR:\s+(\S+)/ ? $1 : $err;
}

my $before = failures();
foreach my $n (1 .. 3)
{
	is(whoami("user 'plain', password 'secret'"), 'plain@localhost', "connection $n");
}
is(whoami("user 'app', password 'secret'"), 'app@localhost', 'one that may see all accounts');
is(whoami("user 'q''uo`te IDENTIFIED WITH x', password 'sec''ret'"),
	q{q'uo`te IDENTIFIED WITH x@localhost}, 'an account whose name is not easily read');
is(failures(), $before, 'no login has failed');

# what a superuser has opened is looked at before others use it, also in the middle of a query
my $me = $node->safe_psql('postgres', 'SELECT current_user');
$node->safe_psql('postgres', q{DROP USER MAPPING FOR other SERVER auth;
	CREATE USER MAPPING FOR PUBLIC SERVER auth OPTIONS (user 'plain', password 'secret');
	CREATE FOREIGN TABLE collations (collation_name text)
		SERVER auth OPTIONS (schema_name 'information_schema', table_name 'collations')});
foreach my $open ('', q{BEGIN; DECLARE c CURSOR FOR SELECT * FROM collations; FETCH c;})
{
	my ($code, $out, $err) = $node->psql('postgres', qq{
SELECT binds.query('auth', 'SELECT 0 AS u');
$open
SET ROLE other;
SELECT binds.query('auth', 'SELECT user() AS u') ->> 'u';}, extra_params => [ '-v', 'VERBOSITY=sqlstate' ]);
	like("$out\n$err", qr/^plain\@localhost$/m, 'a connection that is handed on' . ($open ? ' while it is used' : ''));
}
is(failures(), $before, 'no login has failed for that');

# an account that needs no password is still told by its server
my $os_user = getpwuid($<);
my $plugin = $mariadb ? 'unix_socket' : 'auth_socket';
SKIP:
{
	skip 'the server has no auth_socket', 2
	  if !$mariadb && !eval { $server->sql("INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'"); 1 };
	$node->safe_psql('postgres', 'DROP USER MAPPING FOR PUBLIC SERVER auth');
	$server->sql($mariadb ? "CREATE USER '$os_user'\@localhost IDENTIFIED VIA unix_socket"
		: "CREATE USER '$os_user'\@localhost IDENTIFIED WITH auth_socket");
	$server->sql("GRANT SELECT ON users.* TO '$os_user'\@localhost");
	is(whoami("user '$os_user', password 'anything'"), '2F003', 'an account that is known by the operating system');
	is(failures(), $before, 'which needs no failed login either: any password does');
}

# one that takes either: only a guess can tell, and it is let in
if ($mariadb)
{
	$server->sql("ALTER USER '$os_user'\@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('secret') OR unix_socket");
	is(whoami("user '$os_user', password 'secret'"), '2F003', 'a password that is right, but not needed');
	$server->sql("CREATE USER either\@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('secret') OR unix_socket;
		SET GLOBAL max_password_errors = 1000;
		GRANT SELECT ON users.* TO either\@localhost");
	is(whoami("user 'either', password 'secret'"), 'either@localhost', 'a password that is needed, for who is not of that name');
	isnt(failures(), $before, 'which only a guess could tell');
}

done_testing();
