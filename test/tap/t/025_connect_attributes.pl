# Who looks at the sessions of a MySQL server sees whose they are: process, database, role
# and bind are connection attributes.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new('--performance-schema=ON');
my $node = PostgreSQL::Test::Cluster->new('main');
my $url = $server->url('users');

$node->init;
$node->start;

# what the server has of a bind's connection, as JSON, without what differs
sub attributes
{
	my ($key) = @_;
	return qq{SELECT query ->> 'n' || '=' || replace(query ->> 'v', pg_backend_pid()::text, 'PID') FROM binds.query(\$k\$$key\$k\$,
		'SELECT ATTR_NAME AS n, ATTR_VALUE AS v FROM performance_schema.session_connect_attrs
		 WHERE PROCESSLIST_ID = CONNECTION_ID() AND (ATTR_NAME LIKE ''binds%'' OR ATTR_NAME = ''program_name'') ORDER BY 1');};
}

$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', '$url');
SELECT binds.add('named', '$url?program_name=shop');
SELECT binds.add('empty', '$url', '{"connect_args": {"program_name": ""}}');
CREATE ROLE other;
GRANT USAGE ON SCHEMA binds TO other;
GRANT EXECUTE ON FUNCTION binds.query(text, text) TO other;
GRANT USAGE ON FOREIGN SERVER auth TO other;
CREATE USER MAPPING FOR other SERVER auth OPTIONS (user 'app', password 'secret');
});
my $me = $node->safe_psql('postgres', 'SELECT current_user');
my $rest = "binds_pid=PID\nbinds_role=";

is($node->safe_psql('postgres', attributes('auth')),
	"binds_database=postgres\nbinds_key=auth\n$rest$me\nprogram_name=binds", 'who it is');
is($node->safe_psql('postgres', 'SET ROLE other; ' . attributes('auth')),
	"binds_database=postgres\nbinds_key=auth\n${rest}other\nprogram_name=binds", 'whose user mapping it has');
is($node->safe_psql('postgres', attributes('named')),
	"binds_database=postgres\nbinds_key=named\n$rest$me\nprogram_name=shop", "a program's name that is given");
is($node->safe_psql('postgres', attributes('empty')),
	"binds_database=postgres\nbinds_key=empty\n$rest$me\nprogram_name=binds", 'and one that is empty');

# Names in quotes, and beyond ASCII, in databases of other encodings, too.
for my $encoding (qw(UTF8 LATIN1 SQL_ASCII))
{
	my $db = lc "d_$encoding";
	my $role = qq{$encoding "r'o\\ü"};
	my $key = qq{$encoding "k'ey\\ü"};
	my ($role_name, $key_name) = map { (my $n = $_) =~ s/"/""/g; "\"$n\"" } ($role, $key);

	local $ENV{PGCLIENTENCODING} = $encoding eq 'SQL_ASCII' ? 'SQL_ASCII' : 'UTF8';
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'");
	$node->safe_psql($db, qq{
CREATE EXTENSION binds;
CREATE ROLE $role_name;
GRANT USAGE ON SCHEMA binds TO $role_name;
GRANT EXECUTE ON FUNCTION binds.query(text, text) TO $role_name;
SELECT binds.add(\$k\$$key\$k\$, '$url');
GRANT USAGE ON FOREIGN SERVER $key_name TO $role_name;
CREATE USER MAPPING FOR $role_name SERVER $key_name OPTIONS (user 'app', password 'secret');
});
	is($node->safe_psql($db, "SET ROLE $role_name; " . attributes($key)),
		"binds_database=$db\nbinds_key=$key\n$rest$role\nprogram_name=binds", "names in $encoding");
}
$node->safe_psql('postgres', qq{CREATE DATABASE "d""b'ü"});
$node->safe_psql(qq{d"b'ü}, qq{CREATE EXTENSION binds; SELECT binds.add('auth', '$url')});
is($node->safe_psql(qq{d"b'ü}, attributes('auth')),
	"binds_database=d\"b'ü\nbinds_key=auth\n$rest$me\nprogram_name=binds", 'a database in quotes');

# A role that was made in another encoding is no text here, and no reason to fail.
{
	local $ENV{PGCLIENTENCODING} = 'SQL_ASCII';
	my $role = "\"r\xfc\"";

	$node->safe_psql('d_sql_ascii', qq{
CREATE ROLE $role;
GRANT USAGE ON SCHEMA binds TO $role;
GRANT EXECUTE ON FUNCTION binds.query(text, text) TO $role;
SELECT binds.add('auth', '$url');
GRANT USAGE ON FOREIGN SERVER auth TO $role;
CREATE USER MAPPING FOR $role SERVER auth OPTIONS (user 'app', password 'secret');
});
	is($node->safe_psql('d_sql_ascii', "SET ROLE $role; " . attributes('auth')),
		"binds_database=d_sql_ascii\nbinds_key=auth\n${rest}r?\nprogram_name=binds", 'a role that is no text');
}

# The longest names: the attributes of a session have 512 bytes on the server.
my $long = 'ü' x 22;
my $longest = 'ü' x 31;
$node->safe_psql('postgres', qq{
SELECT binds.add('$long', '$url');
CREATE ROLE "$longest" SUPERUSER;
CREATE USER MAPPING FOR "$longest" SERVER "$long" OPTIONS (user 'app', password 'secret')});
is($node->safe_psql('postgres', "SET ROLE \"$longest\"; " . attributes($long)),
	"binds_database=postgres\nbinds_key=$long\n$rest$longest\nprogram_name=binds", 'long names');

# The connection that stops a statement is one of the bind's as well.
my ($code, $out, $err) = $node->psql('postgres',
	"SET statement_timeout = 300; SELECT binds.query('auth', 'SELECT sleep(20)')",
	extra_params => [ '-v', 'VERBOSITY=sqlstate' ]);
like($err, qr/57014/, 'a statement is stopped');

done_testing();
