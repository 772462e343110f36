# Whoever is killed while a table moves to another bind, no row is lost.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep);
use MySQLServer;

my $rows = 10000;
# what it has committed is to survive its end
my $server = MySQLServer->new('--innodb-flush-log-at-trx-commit=1');
my $dir = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'restart_after_crash = on');
$node->start;
$node->safe_psql('postgres', "CREATE EXTENSION binds;
	SELECT binds.add('auth', '" . $server->url('users') . "');
	SELECT binds.add('lite', 'sqlite:///$dir/a.db');
	CREATE TABLE t (id serial PRIMARY KEY, a integer, b text);
	CREATE VIEW v AS SELECT count(*), sum(a) FROM t;
	INSERT INTO t (a, b) SELECT i, md5(i::text) FROM generate_series(1, $rows) i");
my $all = $node->safe_psql('postgres', 'SELECT * FROM v');

sub bind_of { return $node->safe_psql('postgres', q{SELECT coalesce(binds.get_bind('t'), 'host')}) }
sub literal { my ($key) = @_; return $key eq 'host' ? 'NULL' : "'$key'" }

# Wait until the cluster has recovered.
sub recovered
{
	for my $try (1 .. 300)
	{
		# psql may end before it has read its input
		my ($rc) = eval { $node->psql('postgres', 'SELECT 1') };
		return if defined $rc && $rc == 0;
		sleep 0.1;
	}
	BAIL_OUT('the cluster did not come back');
}

# Kill the backend that is at it, if it is.
sub kill_backend
{
	my $pid = $node->safe_psql('postgres',
		q{SELECT pid FROM pg_stat_activity WHERE query LIKE '%binds.assign%' AND pid <> pg_backend_pid()
		  AND state <> 'idle' AND backend_type = 'client backend'});
	return 0 if $pid eq '';
	kill 9, $pid;
	return 1;
}

# Drop by hand what is left of the table on a bind.
sub clear_away
{
	my ($key) = @_;
	$server->sql('DROP TABLE IF EXISTS t', 'users') if $key eq 'auth';
	system("sqlite3 $dir/a.db 'DROP TABLE IF EXISTS t'") if $key eq 'lite';
	return;
}

# What was not finished is cleared away, or said to be there, and goes by hand.
sub move
{
	my ($from, $to) = @_;
	my ($rc, $out, $err) = $node->psql('postgres', "SELECT rows FROM binds.assign('t', " . literal($to) . ")");
	if ($rc != 0 && $err =~ /has a table "t" already/)
	{
		note("left on $to with all rows");
		clear_away($to);
		($rc, $out, $err) = $node->psql('postgres', "SELECT rows FROM binds.assign('t', " . literal($to) . ")");
	}
	is($out, $rows, "then it moves from $from to $to") or diag($err);
	return;
}

my @ways = (['host', 'auth'], ['auth', 'lite'], ['lite', 'host'], ['host', 'lite'], ['lite', 'auth'], ['auth', 'host']);
foreach my $way (@ways)
{
	my ($from, $to) = @$way;
	my $statement = "SELECT rows FROM binds.assign('t', " . literal($to) . ")";

	# before the commit
	my $session = $node->background_psql('postgres');
	$session->query_safe("BEGIN; $statement");
	ok(kill_backend(), "killed before the commit from $from to $to");
	recovered();
	eval { $session->quit };
	is(bind_of(), $from, 'it is where it was');
	is($node->safe_psql('postgres', 'SELECT * FROM v'), $all, 'with all rows');

	# in the middle of it
	foreach my $delay (0.1, 0.4)
	{
		my $psql = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'), '-c', $statement ],
			'>', \my $out, '2>', \my $err);
		sleep $delay;
		my $killed = kill_backend();
		eval { $psql->finish };
		recovered();
		is($node->safe_psql('postgres', 'SELECT * FROM v'), $all,
			"all rows are there" . ($killed ? ", killed after $delay s" : ''));
		next if bind_of() ne $to;
		# the old table is dropped after the commit: nobody may be left to do it
		clear_away($from) if $killed;
		last;
	}
	move($from, $to) if bind_of() ne $to;
	is(bind_of(), $to, "it is on $to");
	is($node->safe_psql('postgres', 'SELECT * FROM v'), $all, 'with all rows');
}

# the server dies in the middle of it, in either direction
foreach my $way (['host', 'auth'], ['auth', 'host'])
{
	my ($from, $to) = @$way;
	my $psql = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'), '-c',
			"SELECT rows FROM binds.assign('t', " . literal($to) . ")" ], '>', \my $out, '2>', \my $err);
	sleep 0.15;
	$server->kill9;
	eval { $psql->finish };
	$server->start;
	is($node->safe_psql('postgres', 'SELECT * FROM v'), $all, "all rows are there, the server killed from $from to $to");
	move($from, $to) if bind_of() ne $to;
	# or the server is not there to do it, which is said
	clear_away($from) if $err =~ /could not drop table "t" of bind "$from"/;
	is($node->safe_psql('postgres', 'SELECT * FROM v'), $all, 'and after another try');
}
is($server->sql('SHOW TABLES', 'users'), '', 'nothing is left on the server');
is(`sqlite3 $dir/a.db .tables`, '', 'nor in the file');

# Programs that wait for the locks of the move write to the old table before it is dropped: it
# is kept, with a warning.
sub in_background
{
	my ($command) = @_;
	return IPC::Run::start([ 'bash', '-c', $command ], '<', \undef, '&>', \my $out);
}

sub on_server
{
	my ($sql) = @_;
	return in_background($server->_client . qq{ users -e "$sql"});
}

sub wait_for_waiter
{
	for (1 .. 300)
	{
		return
		  if $server->sql(q{SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'}) > 0;
		sleep 0.1;
	}
	BAIL_OUT('nobody waits');
}

$node->safe_psql('postgres', "CREATE TABLE w (id integer PRIMARY KEY); INSERT INTO w VALUES (1), (2);
	CREATE TABLE s (id integer PRIMARY KEY); INSERT INTO s VALUES (1), (2);
	CREATE TABLE c (id integer PRIMARY KEY REFERENCES s); CREATE TABLE x (id integer PRIMARY KEY)");
foreach my $case (['INSERT INTO w VALUES (3)', 'it holds 1 row that came', 'Rows moved: 2, now: 3', '1,2,3'],
	['DELETE FROM w WHERE id = 1', 'rows of it were deleted', 'Rows moved: 2, now: 1', '2'])
{
	my ($statement, $message, $detail, $left) = @$case;
	$node->safe_psql('postgres', "SELECT * FROM binds.assign('w', 'auth')");
	my $session = $node->background_psql('postgres');
	$session->query_safe("BEGIN; SELECT * FROM binds.assign('w', 'lite')");
	my $writer = on_server($statement);
	wait_for_waiter();
	$session->query('COMMIT');
	ok($writer->finish, "done: $statement");
	like($session->{stderr}, qr/WARNING:  table "w" of bind "auth" is kept, for $message.*$detail/s, 'it is told');
	$session->quit;
	is($server->sql('SELECT group_concat(id ORDER BY id) FROM w', 'users'), $left, 'the old table is kept');
	is($node->safe_psql('postgres', q{SELECT binds.get_bind('w'), count(*) FROM w}), 'lite|2', 'the new one has what was moved');
	like(($node->psql('postgres', "SELECT * FROM binds.assign('w', 'auth')"))[2], qr/has a table "w" already/,
		'its name is not free');
	$server->sql('DROP TABLE w', 'users');
}

# Nobody waits in a queue for a file: here the drop in the other engine is what takes time.
$node->safe_psql('postgres', "SELECT * FROM binds.assign('w', 'auth'); SELECT * FROM binds.assign(ARRAY['s', 'c', 'x']::regclass[], 'lite')");
my $session = $node->background_psql('postgres');
$session->query_safe("BEGIN; SELECT * FROM binds.assign(ARRAY['w', 's', 'c', 'x']::regclass[], NULL)");
my $slow = on_server('BEGIN; INSERT INTO w VALUES (3); DO SLEEP(2); COMMIT');
my $writer = in_background("sqlite3 -cmd '.timeout 20000' $dir/a.db 'INSERT INTO c VALUES (1), (2)'");
wait_for_waiter();
$session->query('COMMIT');
ok($slow->finish && $writer->finish, 'written to both');
like($session->{stderr}, qr/table "w" of bind "auth" is kept, for it holds 1 row /, 'the table of the server is kept');
like($session->{stderr}, qr/table "c" of bind "lite" is kept, for it holds 2 rows /, 'and that of the file');
like($session->{stderr}, qr/could not drop table "s" of bind "lite"/, 'and what it refers to');
like($session->{stderr}, qr/could not drop table "x" of bind "lite"/, 'and what would have gone with that');
$session->quit;
is($server->sql('SELECT count(*) FROM w', 'users'), 3, 'with all rows');
is(`sqlite3 $dir/a.db 'SELECT (SELECT count(*) FROM s), (SELECT count(*) FROM c), (SELECT count(*) FROM x)'`,
	"2|2|0\n", 'with all rows');
is($node->safe_psql('postgres', 'SELECT (SELECT count(*) FROM w), (SELECT count(*) FROM s), (SELECT count(*) FROM c)'),
	'2|2|0', 'those that were moved are here');

done_testing();
