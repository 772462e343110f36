# The view binds.stat: what binds do is counted over all sessions, where the library is
# preloaded; what is open is so as long as somebody has it open, whoever ends and how.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $dir = $node->basedir;

$node->init;
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('lite', 'sqlite:///$dir/lite.db');
SELECT binds.add('same', 'sqlite:///$dir/lite.db', '{"schema": "same"}');
SELECT binds.add('my', '@{[ $server->url('users') ]}');
SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY, v text)', 'lite');
SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY, v text)', 'my');
SELECT binds.create_all();
SELECT binds.reflect('same');
CREATE ROLE app;
GRANT USAGE ON SCHEMA binds TO app;
GRANT SELECT ON l, m TO app});

# the message of what fails, or its answer
sub ask
{
	my ($sql) = @_;
	my ($code, $out, $err) = $node->psql('postgres', $sql, extra_params => [ '-v', 'VERBOSITY=verbose' ]);
	return $err =~ /ERROR:\s+(\w+)/ ? $1 : $out;
}

# columns of one bind; waits, for a session that has ended a statement may still count it
sub stat_is
{
	my ($key, $columns, $want, $name) = @_;
	my $have;

	for (1 .. 50)
	{
		$have = $node->safe_psql('postgres', "SELECT $columns FROM binds.stat WHERE bind_key = '$key'");
		last if $have eq $want;
		usleep 100_000;
	}
	return is($have, $want, $name);
}

# A session that stays.  Commands to its psql; returns when it has answered.
sub session
{
	my ($database) = @_;
	my ($in, $out, $err) = ('', '', '');
	my $handle = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr($database // 'postgres'), '-f', '-' ], '<', \$in, '>', \$out, '2>', \$err);
	return {
		handle => $handle,
		do => sub {
			my ($sql) = @_;
			$in .= "$sql;\n\\echo =done=\n";
			$handle->pump until $out =~ /=done=/;
			my $answer = $out;
			$out = '';
			$answer =~ s/=done=\n//;
			chomp $answer;
			return $answer;
		}
	};
}

# Without shared memory nothing is counted, and everything else works.
is(ask('SELECT * FROM binds.stat'), '55000', 'the library is not preloaded');
is(ask('SELECT binds.stat_reset()'), '55000', 'nor is there anything to reset');
is(ask("SELECT binds.stat_reset('my')"), '55000', 'of one bind');
my ($code, $out, $err) = $node->psql('postgres', 'SELECT * FROM binds.stat');
like($err, qr/shared_preload_libraries.*HINT:/s, 'and the way out');
is(ask('SELECT count(*) FROM l'), '0', 'all else works');

$node->append_conf('postgresql.conf', "shared_preload_libraries = 'binds'\nbinds.stat_max = 10");
$node->restart;
is(ask("SELECT bind_key, calls, rows, bytes, total_time, errors, reconnects, open_branches, stats_reset FROM binds.stat WHERE bind_key <> 'same'"),
	"lite|0|0|0|0|0|0|0|\nmy|0|0|0|0|0|0|0|", 'nothing has happened yet');

# What one session does another sees.
for my $table ('l', 'm')
{
	my $key = { l => 'lite', m => 'my' }->{$table};

	$node->safe_psql('postgres', "INSERT INTO $table SELECT i, 'x' || i FROM generate_series(1, 100) i");
	stat_is($key, 'calls > 2, rows, total_time > 0, errors, open_branches, stats_reset IS NOT NULL', 't|0|t|0|0|t', "$key: rows are written");
	$node->safe_psql('postgres', "SELECT binds.stat_reset('$key')");
	stat_is($key, 'calls, rows, total_time, stats_reset IS NOT NULL', '0|0|0|t', "$key: reset");
	is($node->safe_psql('postgres', "SELECT count(v) FROM $table WHERE id > 10"), '90', 'a scan');
	stat_is($key, 'calls >= 1, rows, bytes > 90, bytes < 90 * 20, total_time > 0', 't|90|t|t|t', "$key: rows are read");

	# a result that is given up, and one that is set aside
	$node->safe_psql('postgres', "SELECT binds.stat_reset('$key')");
	$node->safe_psql('postgres', "BEGIN; DECLARE c CURSOR FOR SELECT v FROM $table; FETCH 70 FROM c; CLOSE c; COMMIT");
	stat_is($key, 'rows', '70', "$key: a part of the rows");
	$node->safe_psql('postgres', "BEGIN; DECLARE c CURSOR FOR SELECT v FROM $table; FETCH 1 FROM c; UPDATE $table SET v = 'y' WHERE id = 1; COMMIT");
	stat_is($key, 'rows', '171', "$key: rows that were set aside, and the row to change");

	# errors
	is(ask("INSERT INTO $table VALUES (1)"), '23505', 'a key twice');
	stat_is($key, 'errors', '1', "$key: an error");
}

# Statements of functions count, and a session's own are seen by itself at once.
$node->safe_psql('postgres', 'SELECT binds.stat_reset()');
is($node->safe_psql('postgres', "BEGIN; SELECT binds.execute('lite', 'DELETE FROM l WHERE id > 50'); SELECT calls > 0, open_branches FROM binds.stat WHERE bind_key = 'lite'"),
	"50\nt|1", 'its own work');
stat_is('lite', 'open_branches', '0', 'rolled back at the end of the session');

# Binds on one file share a connection: the one that opened it is counted.
$node->safe_psql('postgres', 'SELECT binds.stat_reset()');
$node->safe_psql('postgres', 'SELECT count(*) FROM same.l; SELECT count(*) FROM l');
stat_is('same', 'calls > 0, rows > 99', 't|t', 'the bind that opened the connection');
stat_is('lite', 'calls, rows', '0|0', 'not the other one');

# Open branches.
my $one = session();
my $two = session();
$one->{do}->("BEGIN; INSERT INTO l VALUES (201); INSERT INTO m VALUES (201)");
stat_is('lite', 'open_branches', '1', 'a file');
stat_is('my', 'open_branches', '1', 'and a server');
$two->{do}->('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM m');
stat_is('my', 'open_branches', '2', 'of two sessions');
$one->{do}->("SAVEPOINT s; INSERT INTO m VALUES (202); ROLLBACK TO s; SAVEPOINT t; INSERT INTO m VALUES (203); RELEASE t");
stat_is('my', 'open_branches', '2', 'savepoints do not matter');
$node->safe_psql('postgres', 'SELECT binds.stat_reset()');
stat_is('my', 'open_branches', '2', 'nor does a reset');
$one->{do}->('COMMIT');
stat_is('my', 'open_branches', '1', 'one has committed');
stat_is('lite', 'open_branches', '0', 'on both');
$two->{do}->('ROLLBACK');
stat_is('my', 'open_branches', '0', 'and the other one rolled back');

# A statement that fails, and a connection that is lost, leave none open.
$one->{do}->('BEGIN; INSERT INTO m VALUES (204); INSERT INTO m VALUES (204)');
stat_is('my', 'open_branches', '0', 'after an error');
$one->{do}->('ROLLBACK');
$one->{do}->('BEGIN; INSERT INTO m VALUES (205)');
$node->safe_psql('postgres', 'SELECT binds.stat_reset()');
$server->sql("SELECT concat('KILL ', id) FROM information_schema.processlist WHERE user = 'app'") =~ /KILL/ or die;
$server->sql($_) for split /\n/, $server->sql("SELECT concat('KILL ', id) FROM information_schema.processlist WHERE user = 'app'");
$one->{do}->('INSERT INTO m VALUES (206)');
stat_is('my', 'open_branches, reconnects', '0|0', 'a connection is lost');
$one->{do}->('ROLLBACK; SELECT count(*) FROM m');
stat_is('my', 'reconnects, errors > 0', '1|t', 'and there again');
$one->{do}->("SELECT binds.disconnect(); SELECT count(*) FROM m");
stat_is('my', 'reconnects', '1', 'one that was closed was not lost');

# A server that is away: an error, and no connection.
$server->stop;
is(ask('SELECT count(*) FROM m'), '08001', 'the server is away');
stat_is('my', 'errors > 0', 't', 'an error of a connection that could not be made');
$server->start;

# A session is ended in the middle of a transaction.
my $pid = $two->{do}->('SELECT pg_backend_pid()');
$two->{do}->('BEGIN; INSERT INTO l VALUES (301); INSERT INTO m VALUES (301)');
stat_is('my', 'open_branches', '1', 'a transaction is open');
$node->safe_psql('postgres', "SELECT pg_terminate_backend($pid)");
stat_is('my', 'open_branches', '0', 'its session was terminated');
stat_is('lite', 'open_branches', '0', 'on both binds');

# Who may reset: nobody but superusers, and whom they let.
is(ask('SET ROLE app; SELECT count(*) FROM binds.stat'), '3', 'everybody may look');
is(ask('SET ROLE app; SELECT binds.stat_reset()'), '42501', 'not everybody may reset');
is(ask("SET ROLE app; SELECT binds.stat_reset('my')"), '42501', 'nor one bind');
$node->safe_psql('postgres', 'GRANT EXECUTE ON FUNCTION binds.stat_reset(text) TO app');
is(ask("SET ROLE app; SELECT binds.stat_reset('my')"), '', 'by a grant');
is(ask("SELECT binds.stat_reset('nobody')"), '42704', 'a bind that is not there');

# Another database has binds of its own.
$node->safe_psql('postgres', 'CREATE DATABASE other');
$node->safe_psql('other', qq{CREATE EXTENSION binds; SELECT binds.add('lite', 'sqlite:///$dir/other.db');
SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY)', 'lite'); SELECT binds.create_all('lite'); INSERT INTO l VALUES (1)});
$node->safe_psql('postgres', 'SELECT binds.stat_reset()');
is($node->safe_psql('other', 'SELECT bind_key, calls > 0 FROM binds.stat'), 'lite|t', 'another database');

# A bind that is dropped is gone, and its place is free: there are ten.
sub add_binds
{
	my ($from, $to) = @_;
	$node->safe_psql('postgres', join '', map { "SELECT binds.add('b$_', 'sqlite:///$dir/b$_.db'); SELECT binds.execute('b$_', 'CREATE TABLE IF NOT EXISTS t (a)');" } $from .. $to);
}
add_binds(1, 9);
is(ask('SELECT count(*), count(calls) > 5 FROM binds.stat'), '12|t', 'more binds than places');
is(ask("SELECT count(*) FROM binds.stat WHERE calls IS NULL AND bind_key ~ '^b'"), '3', 'those without are shown so');
my $log = slurp_file($node->logfile);
is(scalar(() = $log =~ /LOG:\s+binds.stat has no room/g), 1, 'the log says so once');
$node->safe_psql('postgres', join '', map { "SELECT binds.remove('b$_');" } 1 .. 5);
is(ask("SELECT string_agg(bind_key, ' ' ORDER BY bind_key) FROM binds.stat WHERE bind_key ~ '^b'"), 'b6 b7 b8 b9', 'dropped binds are gone');
add_binds(10, 10);
is(ask("SELECT calls > 0 FROM binds.stat WHERE bind_key = 'b10'"), 't', 'there is room again');
# a server that another session has just made is none that was dropped
$one->{do}->("BEGIN; SELECT binds.add('young', 'sqlite:///$dir/young.db'); SELECT binds.execute('young', 'CREATE TABLE t (a)')");
ask('SELECT count(*) FROM binds.stat');
$one->{do}->('COMMIT');
stat_is('young', 'calls > 1', 't', 'a bind of a transaction that was open');

# A crash begins anew, with nothing open.
$one->{do}->('BEGIN; INSERT INTO l VALUES (401)');
stat_is('lite', 'open_branches', '1', 'a transaction is open');
$pid = $one->{do}->('SELECT pg_backend_pid()');
$node->append_conf('postgresql.conf', 'restart_after_crash = on');
$node->reload;
kill 9, $pid;
for (1 .. 100)
{
	last if ($node->psql('postgres', 'SELECT 1'))[0] == 0 && ask('SELECT sum(calls) FROM binds.stat') eq '0';
	usleep 100_000;
}
stat_is('lite', 'calls, open_branches', '0|0', 'after a crash');

$_->{handle}->kill_kill for $one, $two;
$node->stop;
done_testing();
