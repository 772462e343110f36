# A MySQL server that is down, stopped, killed or restarted, in the middle of a scan
# and of a transaction: the right error, no row lost or cut, and the session works on.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

# its default here, 0, loses what is committed within the last second
my $server = MySQLServer->new('--innodb-flush-log-at-trx-commit=1');
my $node = PostgreSQL::Test::Cluster->new('main');
my $url = $server->url('users');

$node->init;
$node->append_conf('postgresql.conf', "log_statement = none\n");
$node->start;

$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', '$url', '{"connect_args": {"connect_timeout": 2}}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'auth');
SELECT count(*) FROM binds.create_all();
INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 50000) i;
CREATE TABLE l (i integer);
});

my $session = $node->background_psql('postgres', on_error_stop => 0);
$session->query('\set VERBOSITY verbose');

# The SQLSTATE of a query in the session, or its result.
sub ask
{
	my ($sql) = @_;
	my $out = $session->query($sql);
	my $error = $session->{stderr};

	$session->{stderr} = '';
	return $1 if $error =~ /(?:ERROR|FATAL):\s+([0-9A-Z]{5}):/;
	return $out;
}

is(ask('SELECT count(*) FROM t'), 50000, 'before');

# killed between transactions: the connection is renewed, nothing is seen of it
$server->kill9;
$server->start;
is(ask('SELECT count(*) FROM t'), 50000, 'a lost idle connection is renewed');

# down
$server->stop;
like(ask('SELECT count(*) FROM t'), qr/^08/, 'a server that is down is 08xxx');
is(ask('SELECT 1'), 1, 'the session works on');
like(ask("SELECT ok, server_version IS NULL, error FROM binds.ping('auth')"),
	qr/^f\|t\|could not connect to server "auth": /, 'ping says that it is down');
is(ask('SELECT ok FROM binds.ping(NULL::text)'), 't', 'and that PostgreSQL is not');
$server->start;
is(ask("SELECT ok, server_version ~ '^[0-9]', error FROM binds.ping('auth')"), 't|t|',
	'ping finds the server again');
is(ask('SELECT count(*) FROM t'), 50000, 'and so do queries');

# restarted behind an idle connection
$server->stop;
$server->start;
is(ask("SELECT ok FROM binds.ping('auth')"), 't', 'ping renews a lost idle connection');
is(ask('SELECT count(*) FROM binds.connections'), 1, 'of which there is one');
$server->stop;
is(ask("SELECT binds.disconnect('auth')"), 1, 'a lost connection can be closed');
$server->start;

# killed in the middle of a scan: an error, not fewer rows
ask('BEGIN');
# more than sockets hold
ask('DECLARE c CURSOR FOR SELECT id, v FROM t');
is(ask('FETCH 1 FROM c') ne '', 1, 'the scan has begun');
$server->kill9;
like(ask('SELECT count(*) FROM (SELECT 1) x; FETCH ALL FROM c'), qr/^08|^40001/,
	'killed in the middle of a scan');
ask('ROLLBACK');
$server->start;
is(ask('SELECT count(*) FROM t'), 50000, 'the session works on');

# killed in the middle of a writing transaction: 40001 until it is rolled back,
# whatever an exception block swallows
ask('BEGIN');
ask('INSERT INTO l VALUES (1)');
ask("UPDATE t SET v = 'new' WHERE id = 1");
$server->kill9;
$server->start;
ask(q{DO $$ BEGIN PERFORM count(*) FROM t; EXCEPTION WHEN OTHERS THEN NULL; END $$});
like(ask('SELECT count(*) FROM t'), qr/^40001|^25P02/, 'a lost branch dooms the transaction');
like(ask('COMMIT'), qr/^40001|^$/, 'which cannot be committed');
ask('ROLLBACK');
is(ask('SELECT count(*) FROM l'), 0, 'the host is rolled back with it');
is(ask("SELECT count(*) FROM t WHERE v = 'new'"), 0, 'and so is the engine');

# the connection ended by the server between two statements of a transaction
ask('BEGIN');
ask("UPDATE t SET v = 'new' WHERE id = 2");
my $ids = $server->sql("SELECT id FROM information_schema.processlist WHERE user = 'app'");
$server->sql("KILL $_") foreach split /\n/, $ids;
like(ask("UPDATE t SET v = 'new' WHERE id = 3"), qr/^40001|^08/, 'connection killed in a transaction');
ask('ROLLBACK');
is(ask("SELECT count(*) FROM t WHERE v = 'new'"), 0, 'nothing is left of it');

# wait_timeout of the server: an idle connection is renewed
$server->sql('SET GLOBAL wait_timeout = 1');
ask("SELECT binds.alter('auth', NULL, '{\"pool_recycle\": -1}')");
is(ask('SELECT count(*) FROM t'), 50000, 'connected anew');
sleep 2;
is(ask('SELECT count(*) FROM t'), 50000, 'a connection that idled out is renewed');
$server->sql('SET GLOBAL wait_timeout = 28800');

# a wrong password
$node->safe_psql('postgres', "ALTER USER MAPPING FOR CURRENT_USER SERVER auth OPTIONS (SET password 'wr0ng')");
like(ask('SELECT count(*) FROM t'), qr/^28/, 'a wrong password is 28xxx');
$node->safe_psql('postgres', "ALTER USER MAPPING FOR CURRENT_USER SERVER auth OPTIONS (SET password 'secret')");
is(ask('SELECT count(*) FROM t'), 50000, 'and again with the right one');
unlike(slurp_file($node->logfile), qr/wr0ng'?@|connect.*secret/, 'no password is logged by us');

$session->quit;
done_testing();
