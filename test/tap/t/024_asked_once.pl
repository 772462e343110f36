# Planning a statement on a foreign table written by hand asks the server what its table
# is like.  Where that takes connect_timeout, the failure is remembered: the next plans do
# not wait.  Executing asks again.
use strict;
use warnings;
use IO::Socket::INET;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

# connections are taken into the queue, and nobody greets
my $silent = IO::Socket::INET->new(Listen => 50, LocalAddr => '127.0.0.1') or die "no port: $!";
my $port = $silent->sockport;
my $node = PostgreSQL::Test::Cluster->new('main');

$node->init;
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('silent', 'mysql://app:secret\@127.0.0.1:$port/users?connect_timeout=3');
CREATE FOREIGN TABLE t (id integer, v text) SERVER silent;
CREATE FOREIGN TABLE other (id integer, v text) SERVER silent;
});

my $session = $node->background_psql('postgres', on_error_stop => 0);
$session->query('\set VERBOSITY verbose');

# what a query says, its SQLSTATE, and the seconds it takes
sub timed
{
	my ($sql) = @_;
	my $start = time;
	my $out = $session->query($sql);
	my $took = time - $start;
	my ($code) = $session->{stderr} =~ /(?:ERROR|FATAL):\s+([0-9A-Z]{5}):/;

	$session->{stderr} = '';
	return ($code // $out, $took);
}

my ($answer, $took) = timed("EXPLAIN (COSTS OFF) SELECT * FROM t WHERE v = 'a'");
like($answer, qr/Foreign Scan on t/, 'a statement is planned without its server');
cmp_ok($took, '>=', 2, 'after connect_timeout');
foreach my $sql ("SELECT * FROM t WHERE v = 'a'", 'UPDATE t SET v = 1', 'DELETE FROM t', 'INSERT INTO t VALUES (1)')
{
	($answer, $took) = timed("EXPLAIN (COSTS OFF) $sql");
	like($answer, qr/on t/, "$sql is planned");
	cmp_ok($took, '<', 2, 'without another wait');
}
($answer, $took) = timed('SELECT * FROM t');
is($answer, '08001', 'executing is an error');
cmp_ok($took, '>=', 2, 'after another wait');
($answer, $took) = timed('EXPLAIN (COSTS OFF) SELECT * FROM other');
cmp_ok($took, '>=', 2, 'another table is asked about for itself');
timed('ALTER FOREIGN TABLE t ALTER v SET STATISTICS 1');
($answer, $took) = timed('EXPLAIN (COSTS OFF) SELECT * FROM t');
cmp_ok($took, '>=', 2, 'and so is one that was altered');
($answer, $took) = timed('EXPLAIN (COSTS OFF) SELECT * FROM t');
cmp_ok($took, '<', 2, 'once');

$session->quit;
done_testing();
