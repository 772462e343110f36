# What pg_stat_activity shows of a session that waits for an engine: from PostgreSQL 17 on
# which kind of engine, before only that it is an extension's wait.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $dir = $node->basedir;

$node->init;
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('my', '@{[ $server->url('users') ]}');
SELECT binds.add('lite', 'sqlite:///$dir/lite.db', '{"lock_timeout": "60s"}');
SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY)', 'lite');
SELECT binds.create_all('lite')});
my $named = $node->safe_psql('postgres', 'SHOW server_version_num') >= 170000;

# Runs sql in a session of its own, and says what others see of it while it waits.
my @handles;

sub start
{
	my ($sql) = @_;
	my ($out, $err);

	push @handles, IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-c', $sql ], '>', \$out, '2>', \$err);
	return;
}

sub waits_for
{
	my ($query, $event, $name) = @_;
	my $want = $named ? $event : 'Extension';

	ok($node->poll_query_until('postgres',
			"SELECT count(*) = 1 FROM pg_stat_activity WHERE query = \$q\$$query\$q\$ AND wait_event_type = 'Extension' AND wait_event = '$want'"), $name);
	$node->safe_psql('postgres', "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = \$q\$$query\$q\$");
	return;
}

my $query = q{SELECT binds.query('my', 'SELECT sleep(60)')};
start($query);
waits_for($query, 'BindsMySQL', 'a statement on MySQL');

start('BEGIN; INSERT INTO l VALUES (1); SELECT pg_sleep(60)');
$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'});
$query = 'INSERT INTO l VALUES (2)';
start($query);
waits_for($query, 'BindsSQLite', 'a lock of a file');

$node->stop('immediate');
eval { $_->finish } for @handles;
done_testing();
