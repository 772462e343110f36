# Waits in engines end when PostgreSQL says so: cancel, statement_timeout, lock waits;
# a deadlock in the engine is 40P01 or 40001 and ends the transaction.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time sleep);
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $url = $server->url('users');

$node->init;
$node->start;
my $dir = $node->basedir;

$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('auth', '$url');
SELECT binds.add('lite', 'sqlite:///$dir/lite.db', '{"schema": "lite"}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', k) FROM unnest('{auth,lite}'::text[]) k;
SELECT count(*) FROM binds.create_all();
INSERT INTO t VALUES (1, 'one'), (2, 'two');
INSERT INTO lite.t SELECT i, 'x' FROM generate_series(1, 1000) i;
});

my @session = map { $node->background_psql('postgres', on_error_stop => 0) } 1 .. 2;
$_->query('\set VERBOSITY verbose') foreach @session;

sub answer
{
	my ($s, $out) = @_;
	my $error = $s->{stderr};

	$s->{stderr} = '';
	return $1 if $error =~ /(?:ERROR|FATAL):\s+([0-9A-Z]{5}):/;
	return $out;
}

sub ask
{
	my ($s, $sql) = @_;
	return answer($s, $s->query($sql));
}

# Run a query that will be stopped; returns its SQLSTATE and the seconds it took.
sub timed
{
	my ($s, $sql) = @_;
	my $start = time;
	my $code = ask($s, $sql);

	return ($code, time - $start);
}

my ($a, $b) = @session;
my ($code, $seconds);

# the engine's own work stops, too
ask($a, "SET statement_timeout = '1s'");
($code, $seconds) = timed($a, "SELECT binds.query('auth', 'SELECT sleep(20) AS s')");
is($code, '57014', 'statement_timeout in MySQL');
cmp_ok($seconds, '<', 5, 'in time');
is($server->sql("SELECT count(*) FROM information_schema.processlist WHERE info LIKE 'SELECT sleep%'"),
	0, 'MySQL has stopped its work');
($code, $seconds) = timed($a, q{SELECT binds.query('lite', 'SELECT count(*) AS n FROM t a, t b, t c')});
is($code, '57014', 'statement_timeout in SQLite');
cmp_ok($seconds, '<', 5, 'in time');
ask($a, 'RESET statement_timeout');
is(ask($a, 'SELECT count(*) FROM t'), 2, 'the session works on, MySQL');
is(ask($a, 'SELECT count(*) FROM lite.t'), 1000, 'the session works on, SQLite');

# pg_cancel_backend while waiting for a row of MySQL, for the lock of a SQLite file
foreach my $table ('t', 'lite.t')
{
	ask($a, 'BEGIN');
	ask($a, "UPDATE $table SET v = 'a' WHERE id = 1");
	my $pid = ask($b, 'SELECT pg_backend_pid()');

	$b->{stdin} .= "UPDATE $table SET v = 'b' WHERE id = 1;\n\\echo done\n";
	$b->{run}->pump_nb;
	sleep 0.7;
	my $start = time;
	$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
	is(answer($b, $b->query_until(qr/done/, '')), '57014', "a lock wait is cancelled, $table");
	cmp_ok(time - $start, '<', 3, 'in time');
	is(ask($a, 'COMMIT'), '', 'the other one commits');
	is(ask($b, "SELECT v FROM $table WHERE id = 1"), 'a', 'and its row is read');
}

# a deadlock in MySQL: one of the two is rolled back as a whole
ask($_, 'BEGIN') foreach $a, $b;
ask($a, "UPDATE t SET v = 'a2' WHERE id = 1");
ask($b, "UPDATE t SET v = 'b2' WHERE id = 2");
$a->{stdin} .= "UPDATE t SET v = 'a2' WHERE id = 2;\n\\echo done\n";
$a->{run}->pump_nb;
sleep 0.5;
my $of_b = ask($b, "UPDATE t SET v = 'b2' WHERE id = 1");
my $of_a = answer($a, $a->query_until(qr/done/, ''));
my ($loser, $lost) = $of_b =~ /^40/ ? ($b, $of_b) : ($a, $of_a);

like($lost, qr/^40(001|P01)$/, 'a deadlock of MySQL');
like(ask($loser, 'SELECT 1'), qr/^25P02$/, 'ends the transaction');
ask($_, 'COMMIT') foreach $a, $b;
is($server->sql("SELECT count(DISTINCT left(v, 1)) FROM t WHERE v LIKE '_2'", 'users'),
	1, 'the other one wins');

$_->quit foreach @session;
done_testing();
