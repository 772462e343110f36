# Whoever is killed while tables are made what their models say, no row is lost, and another
# upgrade does the rest.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep);
use MySQLServer;

my $rows = 20000;
# what it has committed is to survive its end
my $server = MySQLServer->new('--innodb-flush-log-at-trx-commit=1');
my $dir = PostgreSQL::Test::Utils::tempdir();
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'restart_after_crash = on');
$node->start;
$node->safe_psql('postgres', "CREATE EXTENSION binds;
	SELECT binds.add('auth', '" . $server->url('users') . "');
	SELECT binds.add('lite', 'sqlite:///$dir/a.db')");
foreach my $key ('auth', 'lite')
{
	$node->safe_psql('postgres', "CREATE SCHEMA $key;
		SELECT binds.define('CREATE TABLE $key.t (id int PRIMARY KEY, a int, b varchar(40), gone int)', '$key');
		SELECT binds.create_all('$key');
		INSERT INTO $key.t SELECT i, i, md5(i::text), i FROM generate_series(1, $rows) i;
		SELECT binds.define('ALTER TABLE $key.t ALTER a TYPE numeric(22,2), ALTER b TYPE varchar(80), ADD c int NOT NULL DEFAULT 7,
			ADD d int GENERATED ALWAYS AS (id + 1) STORED, ADD UNIQUE (b), DROP COLUMN gone', '$key')");
}
my $all = $node->safe_psql('postgres', 'SELECT count(*), sum(id), sum(a)::int, md5(string_agg(b, NULL ORDER BY id)) FROM lite.t');

sub rows_of
{
	my ($key) = @_;
	return $node->safe_psql('postgres',
		"SELECT count(*), sum(id), sum(a)::int, md5(string_agg(b, NULL ORDER BY id)) FROM $key.t");
}

# What is there in the middle, where the server has followed and PostgreSQL has not.
sub engines_rows
{
	my ($key) = @_;
	return $server->sql('SELECT COUNT(*), SUM(id), ROUND(SUM(a)), SUM(CRC32(b)) FROM t', 'users') if $key eq 'auth';
	return `sqlite3 $dir/a.db "SELECT count(*), sum(id), CAST(sum(a) AS integer), max(b) FROM t"`;
}
my %engines = map { $_ => engines_rows($_) } ('auth', 'lite');

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

sub kill_backend
{
	my $pid = $node->safe_psql('postgres',
		q{SELECT pid FROM pg_stat_activity WHERE query LIKE '%binds.upgrade%' AND pid <> pg_backend_pid()
		  AND state <> 'idle' AND backend_type = 'client backend'});
	kill 9, $pid if $pid ne '';
	return $pid ne '';
}

sub begin_upgrade
{
	my ($key, $out, $err) = @_;
	return IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'), '-c',
			qq{SELECT count(*) FROM binds.upgrade('$key', '{"drop": true}')} ], '>', $out, '2>', $err);
}

# The backend is killed.
foreach my $key ('lite', 'auth')
{
	foreach my $delay (0.02, 0.1, 0.3)
	{
		my ($out, $err);
		my $psql = begin_upgrade($key, \$out, \$err);
		sleep $delay;
		my $killed = kill_backend();
		eval { $psql->finish };
		recovered();
		is(engines_rows($key), $engines{$key}, "all rows are on $key" . ($killed ? ", killed after $delay s" : ''));
	}
	$node->safe_psql('postgres', qq{SELECT binds.upgrade('$key', '{"drop": true}')});
	is($node->safe_psql('postgres', "SELECT kind FROM binds.diff('$key')"), '', "then $key is what the models say");
	is(rows_of($key), $all, 'with all rows');
	is($node->safe_psql('postgres', "SELECT count(*) FROM $key.t WHERE c = 7 AND d = id + 1"), $rows, 'and what is new in them');
}
is(`sqlite3 $dir/a.db .tables`, "t\n", 'nothing is left in the file');

# The server is.
$node->safe_psql('postgres', q{SELECT binds.define('ALTER TABLE auth.t ALTER b TYPE text, ADD e int, ADD CHECK (c > 0), DROP CONSTRAINT t_b_key', 'auth')});
my ($out, $err);
my $psql = begin_upgrade('auth', \$out, \$err);
sleep 0.15;
$server->kill9;
eval { $psql->finish };
$server->start;
is(engines_rows('auth'), $engines{auth}, 'all rows are there, the server killed');
$node->safe_psql('postgres', q{SELECT binds.upgrade('auth', '{"drop": true}')});
is($node->safe_psql('postgres', "SELECT kind FROM binds.diff('auth')"), '', 'then it is what the models say');
is(rows_of('auth'), $all, 'with all rows');

# Two at once: the other one waits, and finds nothing to do.
$node->safe_psql('postgres', "SELECT binds.define('ALTER TABLE $_.t ADD f int DEFAULT 3', '$_')") foreach ('auth', 'lite');
my @both = map { { out => '', err => '' } } 1 .. 2;
$_->{psql} = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'), '-c',
		q{SELECT count(*) FROM binds.upgrade() WHERE kind = 'missing column'} ], '>', \$_->{out}, '2>', \$_->{err}) foreach (@both);
$_->{psql}->finish foreach (@both);
is(join(' ', sort map { $_->{out} =~ s/\n//r } @both), '0 2', 'one of two does it') or diag($both[0]{err}, $both[1]{err});

# Cancelled in the middle it is as it was.
$node->safe_psql('postgres', q{SELECT binds.define('ALTER TABLE lite.t ALTER b TYPE text', 'lite')});
$node->psql('postgres', q{SET statement_timeout = 30; SELECT binds.upgrade('lite')}, stderr => \$err);
like($err, qr/statement timeout/, 'it can be cancelled');
is(rows_of('lite'), $all, 'with all rows');
is($node->safe_psql('postgres', q{SELECT count(*) FROM binds.diff('lite')}), '3', 'and all differences');

done_testing();
