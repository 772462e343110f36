# Who may connect: a role that is no superuser needs a password of its own, and the
# server must ask for it.  An account that the server knows by the operating system's
# user would let everybody in who can make a user mapping.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
plan skip_all => 'needs an account identified by unix_socket' unless $server->{mariadb};

my $node = PostgreSQL::Test::Cluster->new('main');
my $os_user = getpwuid($<);

$node->init;
$node->start;
$server->sql("CREATE USER '$os_user'\@localhost IDENTIFIED VIA unix_socket; GRANT ALL ON *.* TO '$os_user'\@localhost");
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', 'mysql://$os_user:anything\@localhost/users?unix_socket=$server->{socket}');
CREATE ROLE other LOGIN;
GRANT USAGE ON SCHEMA binds TO other;
GRANT USAGE ON FOREIGN SERVER auth TO other;
GRANT EXECUTE ON FUNCTION binds.query(text, text) TO other;
});

# The user of the connection, or the SQLSTATE.
sub whoami
{
	my ($role) = @_;
	my ($code, $out, $err) = $node->psql('postgres',
		q{SELECT binds.query('auth', 'SELECT user() AS u') ->> 'u'},
		extra_params => [ '-U', $role, '-v', 'VERBOSITY=sqlstate' ]);

	return $code == 0 ? $out : $err =~ /ERROR:\s+(\S+)/ ? $1 : $err;
}

sub mapping
{
	my ($options) = @_;
	$node->safe_psql('postgres', "DROP USER MAPPING IF EXISTS FOR other SERVER auth;
		CREATE USER MAPPING FOR other SERVER auth OPTIONS ($options)");
	return whoami('other');
}

my $superuser = $node->safe_psql('postgres', 'SELECT current_user');

is(whoami($superuser), "$os_user\@localhost", 'a superuser may connect as it likes');
is(whoami('other'), '42704', 'no mapping, no connection');
is(mapping("user '$os_user'"), '2F003', 'no password');
is(mapping("user '$os_user', password ''"), '2F003', 'an empty password');
is(mapping("user '$os_user', password 'anything'"), '2F003', 'a password that the server does not look at');
is(mapping("user 'app', password 'secret'"), "app\@localhost", 'a password that it does look at');
is(mapping("user 'app', password 'wrong'"), '28P01', 'a wrong one');
is(mapping("user '$os_user', password_required 'false'"), "$os_user\@localhost",
	'unless a superuser has allowed it');

# one backend, one mapping for all: what a superuser has opened is not for others
$node->safe_psql('postgres', "DROP USER MAPPING FOR other SERVER auth; DROP USER MAPPING FOR CURRENT_USER SERVER auth;
	CREATE USER MAPPING FOR PUBLIC SERVER auth OPTIONS (user '$os_user', password 'anything')");
my ($code, $out, $err) = $node->psql('postgres', q{
SELECT binds.query('auth', 'SELECT user() AS u') ->> 'u';
SET ROLE other;
SELECT binds.query('auth', 'SELECT user() AS u') ->> 'u';}, extra_params => [ '-v', 'VERBOSITY=sqlstate' ]);
is($out, "$os_user\@localhost", 'the superuser is let in');
like($err, qr/2F003/, 'the other role is not');

done_testing();
