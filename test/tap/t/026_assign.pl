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

done_testing();
