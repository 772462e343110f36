# A server that stops answering, without closing the connection: every wait ends a second
# after somebody wants it to (statement_timeout, cancel, terminate), at the end of a
# transaction as well; the connection is given up.  What nobody can know is 08007.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time sleep);
use MySQLServer;
use StallingProxy;

my $server = MySQLServer->new;
my $proxy = StallingProxy->new($server->{port});
my $node = PostgreSQL::Test::Cluster->new('main');
# what the proxy waits for it must be able to read
my $url = 'mysql://app:secret@127.0.0.1:' . $proxy->port . '/users?ssl_mode=disabled&get_server_public_key=true';

$node->init;
$node->start;
my $dir = $node->basedir;

$server->sql('CREATE DATABASE other');
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', '$url');
SELECT binds.add('direct', '@{[ $server->url('other') ]}', '{"schema": "direct"}');
SELECT binds.add('lite', 'sqlite:///$dir/lite.db', '{"schema": "lite", "journal_mode": "delete", "lock_timeout": 20000}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', k) FROM unnest('{auth,direct,lite}'::text[]) k;
SELECT count(*) FROM binds.create_all();
INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i;
CREATE TABLE l (i integer);
});

my $session = $node->background_psql('postgres', on_error_stop => 0);
# who cancels: to start a client takes longer
my $other = $node->background_psql('postgres');
$other->set_query_timer_restart;
$session->query('\set VERBOSITY verbose');

# what the last statement that failed said
my $said = '';

sub answer
{
	my ($out) = @_;
	my $error = $session->{stderr};

	$session->{stderr} = '';
	$said = $error if $error =~ /ERROR|FATAL/;
	return $1 if $error =~ /(?:ERROR|FATAL):\s+([0-9A-Z]{5}):/;
	return $out;
}

sub ask { return answer($session->query($_[0])); }

# The SQLSTATE of a query, which must come after $least seconds at least, $most at most.
sub takes
{
	my ($sql, $least, $most, $code, $name) = @_;
	my $start = time;
	my $got = ask($sql);
	my $seconds = time - $start;

	like($got, qr/^($code)$/, $name);
	cmp_ok($seconds, '>=', $least, "$name: not too early");
	cmp_ok($seconds, '<', $most, "$name: in time");
	return;
}

# some machines are slow
my $slack = 1;
my $pid = ask('SELECT pg_backend_pid()');

# The SQLSTATE of a query that is cancelled after half a second, and ends within a second
# of that, but not before $least of it has gone.
sub cancelled
{
	my ($sql, $least) = @_;

	$session->{stdin} .= "$sql;\n\\echo done\n";
	$session->{run}->pump_nb;
	sleep 0.5;
	my $before = time;
	$other->query("SELECT pg_cancel_backend($pid)");
	my $start = time;
	my $code = answer($session->query_until(qr/done/, ''));
	my $end = time;

	cmp_ok($end - $before, '>=', $least, "cancel in $sql: not too early");
	cmp_ok($end - $start, '<', 1 + $slack, "cancel in $sql: in time");
	return $code;
}

# Whether it is there: the caller's timeout is no answer.
ask('SELECT 1 FROM t LIMIT 1');
ask("SET statement_timeout = '1.5s'");
$proxy->stall_at('DO 0');
takes("SELECT ok FROM binds.ping('auth')", 1.4, 2.5 + $slack, '57014', 'no answer to ping');
$proxy->stall_at('');
ask('RESET statement_timeout');
ask('SELECT 1 FROM t LIMIT 1');
$proxy->stall_at('DO 0');
is(cancelled("SELECT ok FROM binds.ping('auth')", 0), '57014', 'a cancel is none, either');
$proxy->stall_at('');
is(ask("SELECT ok FROM binds.ping(ARRAY['auth', 'direct'])"), "t\nt", 'the session works on');

# The commit: before the server can have committed, all of it is rolled back ...
ask("SET statement_timeout = '1.5s'");
ask('BEGIN');
ask('INSERT INTO l VALUES (1)');
ask("INSERT INTO t VALUES (-1, 'one')");
$proxy->stall_at('XA END');
takes('COMMIT', 1.4, 2.5 + $slack, '08006', 'no answer to XA END');
$proxy->stall_at('');
is(ask('SELECT count(*) FROM l'), 0, 'nothing is committed here');
is(ask('SELECT count(*) FROM t WHERE id < 0'), 0, 'nor there');

# ... and afterwards nobody knows.
my $unknown = qr/^.*ERROR:  08007: it is unknown whether the transaction on bind "auth" was committed$/m;
foreach my $seen (0, 1)
{
	ask('BEGIN');
	ask('INSERT INTO l VALUES (1)');
	ask("INSERT INTO t VALUES (-1, 'one')");
	$proxy->stall_at('XA COMMIT', !$seen);
	takes('COMMIT', 1.4, 2.5 + $slack, '08007', 'no answer to XA COMMIT');
	like($said, $unknown, 'the message says so');
	$proxy->stall_at('');
	is(ask('SELECT count(*) FROM l'), 0, 'nothing is committed here');
	is($server->sql('SELECT count(*) FROM t WHERE id < 0', 'users'), $seen, 'the engine has what it has got');
	ask('DELETE FROM t WHERE id < 0');
}

# Where another bind has committed by then, a warning says so.
ask('BEGIN');
ask("INSERT INTO direct.t VALUES (-1, 'one')");
ask("INSERT INTO t VALUES (-1, 'one')");
$proxy->stall_at('XA COMMIT', 1);
$session->query('COMMIT');
my @told = $session->{stderr} =~ /(WARNING:  08007: .* already committed|ERROR:  \w{5})/g;
like("@told", qr/^WARNING:  08007: changes on bind "direct" are already committed ERROR:  08007$/,
	'told of the bind that has committed');
$session->{stderr} = '';
$proxy->stall_at('');
is(ask('SELECT (SELECT count(*) FROM direct.t), (SELECT count(*) FROM t WHERE id < 0)'), '1|0', 'which has its row');
ask('DELETE FROM direct.t');

# without anybody who wants us: by read_timeout, if that is set
ask('RESET statement_timeout');
ask("SELECT binds.alter('auth', NULL, '{\"connect_args\": {\"read_timeout\": 2}}')");
ask('BEGIN');
ask("INSERT INTO t VALUES (-1, 'one')");
$proxy->stall_at('XA COMMIT');
takes('COMMIT', 1.9, 2.5 + $slack, '08007', 'read_timeout at the commit');
$proxy->stall_at('');
ask('DELETE FROM t WHERE id < 0');
ask("SELECT binds.alter('auth', NULL, '{\"connect_args\": {}}')");

# ... or else by a limit of its own, a minute
SKIP:
{
	skip 'BINDS_TEST_LONG is not set', 5 unless ($ENV{BINDS_TEST_LONG} // 0) ne '0';
	is(ask('SHOW statement_timeout'), '0', 'nobody wants us');
	ask('BEGIN');
	ask("INSERT INTO t VALUES (-1, 'one')");
	$proxy->stall_at('XA COMMIT');
	takes('COMMIT', 55, 75, '08007', 'the limit of a commit');
	$proxy->stall_at('');
	is(ask('SELECT count(*) FROM l'), 0, 'the session works on');
	ask('DELETE FROM t WHERE id < 0');
}

# A cancel while one of several binds commits does not keep the others from it.
ask('BEGIN');
ask("INSERT INTO t VALUES (-1, 'one')");
ask("INSERT INTO direct.t VALUES (-1, 'one')");
ask('INSERT INTO l VALUES (1)');
$server->freeze;
$session->{stdin} .= "COMMIT;\n\\echo done\n";
$session->{run}->pump_nb;
sleep 0.5;
$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
sleep 0.3;
$server->thaw;
my $answer = answer($session->query_until(qr/done/, ''));
my @counts = map { ask("SELECT count(*) FROM $_") } 'l', 't WHERE id < 0', 'direct.t';
is("@counts", $answer =~ /57014/ ? '0 0 0' : '1 1 1', 'both or none');
ask('DELETE FROM t WHERE id < 0');
ask('DELETE FROM direct.t');
ask('DELETE FROM l');

# A cancel in the commit: it is given a second to come through.
ask('BEGIN');
ask('INSERT INTO l VALUES (1)');
ask("INSERT INTO t VALUES (-1, 'one')");
$proxy->stall_at('XA COMMIT', 1);
is(cancelled('COMMIT', 0.9), '08007', 'cancel while there is no answer to XA COMMIT');
like($said, $unknown, 'the message says so, too');
$proxy->stall_at('');
is(ask('SELECT count(*) FROM l'), 0, 'nothing is committed here');

# A commit that waits for readers of a file can be taken back.
my $reader = $node->background_psql('postgres', on_error_stop => 0);
ask("INSERT INTO lite.t VALUES (1, 'one')");
$reader->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
is($reader->query('SELECT count(*) FROM lite.t'), 1, 'the file is being read');
ask('BEGIN');
ask('INSERT INTO l VALUES (1)');
ask("INSERT INTO lite.t VALUES (2, 'two')");
is(cancelled('COMMIT', 0), '57014', 'cancel while COMMIT waits for a lock');
$reader->query('COMMIT');
$reader->quit;
is(ask('SELECT (SELECT count(*) FROM l) + (SELECT count(*) FROM lite.t)'), 1, 'nothing is committed, here or there');

# The server stands still, in the middle of everything.
foreach my $case (
	[ 'a statement', '', 'SELECT count(*) FROM t WHERE v > repeat(id::text, 2)' ],
	[ 'a scan', 'DECLARE c CURSOR FOR SELECT * FROM t ORDER BY id; FETCH 1 FROM c', 'MOVE ALL FROM c' ],
	[ 'a write', "INSERT INTO t VALUES (-1, 'one')", "UPDATE t SET v = 'new' WHERE id = 1" ],
	[ 'a savepoint', "INSERT INTO t VALUES (-1, 'one'); SAVEPOINT s", "INSERT INTO t VALUES (-2, 'two')" ])
{
	my ($name, $before, $query) = @$case;

	ask('BEGIN');
	ask($before) if $before;
	ask("SET LOCAL statement_timeout = '1s'");
	$server->freeze;
	takes($query, 0.9, 2 + $slack, '57014|08006|40001', "$name, statement_timeout");
	takes('ROLLBACK', 0, 1 + $slack, '', "$name, ROLLBACK");
	$server->thaw;
	is(ask('SELECT count(*) FROM t'), 20000, "$name: the session works on");

	# ROLLBACK finds it out
	ask('BEGIN');
	ask($before) if $before;
	$server->freeze;
	takes('ROLLBACK', 0, 1 + $slack, '', "$name, ROLLBACK alone");
	$server->thaw;
	is(ask('SELECT count(*) FROM t'), 20000, "$name: the session works on");
}

# So it does while it is asked for definitions or changes them, also over a connection that
# is for this alone: it falls silent at what $text is in.
$server->sql('CREATE DATABASE late');
(my $late = $url) =~ s{/users\?}{/late?};
ask("SELECT binds.add('late', '$late', '{\"schema\": \"late\"}')");
ask("SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY)', 'late')");
foreach my $case (
	[ 'reflect', 'SELECT count(*) FROM binds.reflect(\'auth\')', 'SELECT table_name, column_name' ],
	[ 'ANALYZE', 'ANALYZE t', 'FROM `t`' ],
	[ 'execute', 'SELECT binds.execute(\'auth\', $$UPDATE t SET v = \'new\' WHERE id = 1$$)', 'UPDATE t SET' ],
	[ 'create_all', 'SELECT count(*) FROM binds.create_all(\'late\')', 'CREATE TABLE' ])
{
	my ($name, $query, $text) = @$case;

	ask('BEGIN');
	ask("SET LOCAL statement_timeout = '1s'");
	$proxy->stall_at($text);
	takes($query, 0.9, 2 + $slack, '57014', "$name, statement_timeout");
	takes('ROLLBACK', 0, 1 + $slack, '', "$name, ROLLBACK");
	$proxy->stall_at('');
	is(ask('SELECT count(*) FROM t'), 20000, "$name: the session works on");

	ask('BEGIN');
	$proxy->stall_at($text);
	is(cancelled($query, 0), '57014', "$name, cancel");
	takes('ROLLBACK', 0, 1 + $slack, '', "$name, ROLLBACK after it");
	$proxy->stall_at('');
	is(ask('SELECT pg_backend_pid()'), $pid, "$name: the session is the same");
	is(ask('SELECT count(*) FROM t WHERE v <> \'new\''), 20000, "$name: it works on");
}

# drop_all drops at the commit, which is decided by then: a cancel ends only the waiting
is(ask('SELECT string_agg(action, \',\') FROM binds.create_all(\'late\')'), 'created',
	'what create_all has left there is not in its way');
ask('BEGIN');
is(ask('SELECT string_agg(action, \',\') FROM binds.drop_all(\'late\')'), 'dropped', 'drop_all');
$proxy->stall_at('DROP TABLE');
my $dropped = cancelled('COMMIT', 0.9);
$proxy->stall_at('');
like($dropped, qr/^done$/, 'COMMIT after drop_all, cancel');
is($server->sql('SHOW TABLES', 'late'), '', 'the engine has done what it has got');
is(ask('SELECT pg_backend_pid()'), $pid, 'drop_all: the session is the same');
is(ask('SELECT count(*) FROM t'), 20000, 'drop_all: it works on');

# cancel, and terminate
ask('BEGIN');
ask("INSERT INTO t VALUES (-1, 'one')");
$server->freeze;
is(cancelled("SELECT count(*) FROM t WHERE v > ''", 0), '57014', 'cancel');
takes('ROLLBACK', 0, 1 + $slack, '', 'ROLLBACK after it');
$server->thaw;
ask('BEGIN');
ask("INSERT INTO t VALUES (-1, 'one')");
$server->freeze;
$session->{stdin} .= "SELECT count(*) FROM t WHERE v > '';\n";
$session->{run}->pump_nb;
sleep 0.5;
my $start = time;
$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)");
$node->poll_query_until('postgres', "SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = $pid");
# to see it, clients have to be started
cmp_ok(time - $start, '<', 2 + $slack, 'terminate: in time');
$server->thaw;
eval { $session->quit };
$other->quit;
is($node->safe_psql('postgres', 'SELECT count(*) FROM t'), 20000, 'nothing was written');

done_testing();
