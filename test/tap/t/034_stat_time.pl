# binds.stat.total_time is the time that the engine was waited for, though not every row is
# timed: also if few of many rows take nearly all of it.
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
$node->append_conf('postgresql.conf', "shared_preload_libraries = 'binds'");
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('lite', 'sqlite:///$dir/lite.db');
SELECT binds.add('my', '@{[ $server->url('users') ]}');
SELECT binds.define('CREATE TABLE big (id integer PRIMARY KEY, v integer)', 'lite');
SELECT binds.create_all('lite');
SELECT binds.execute('lite', 'WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000000)
	INSERT INTO big SELECT i, i <= 100 OR i = 1000000 OR i > 1000000 - 50 * 10000 AND i % 10000 = 0 FROM r');
CREATE FOREIGN TABLE sleepy (id integer, z integer) SERVER my OPTIONS (query
	'SELECT i AS id, IF(i % 300 = 0, SLEEP(0.1), 0) AS z FROM (WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 950) SELECT i FROM r) AS r')});

# total_time and the whole time of a query, in ms; it is counted at the end of the transaction
sub time_of
{
	my ($key, $sql) = @_;
	my $out = $node->safe_psql('postgres', qq{
SELECT binds.stat_reset();
SELECT 'b ' || clock_timestamp();
$sql;
SELECT 'e ' || clock_timestamp();
SELECT 't ' || total_time FROM binds.stat WHERE bind_key = '$key'});
	my ($begin) = $out =~ /^b (.*)$/m;
	my ($end) = $out =~ /^e (.*)$/m;
	my ($total) = $out =~ /^t (.*)$/m;
	my $whole = $node->safe_psql('postgres', "SELECT extract(epoch FROM '$end'::timestamptz - '$begin'::timestamptz) * 1000");

	note("$key: $total of $whole ms");
	return ($total, $whole);
}

# nearly all of this is the engine's
my ($total, $whole) = time_of('lite', 'SELECT count(id) FROM big WHERE v = 1');
cmp_ok($total, '>', $whole / 2, 'the rows that the engine passes over count');
cmp_ok($total, '<=', $whole, 'and no more than there was');

($total, $whole) = time_of('lite', 'SELECT count(id) FROM big WHERE v = 2');
cmp_ok($total, '>', $whole / 2, 'also if there are no others');
cmp_ok($total, '<=', $whole, 'and no more than there was');

# here the work on the rows is half of it
($total, $whole) = time_of('lite', 'SELECT count(id) FROM big');
cmp_ok($total, '>', $whole / 10, 'many fast rows count');
cmp_ok($total, '<=', $whole, 'and no more than there was');

($total, $whole) = time_of('my', 'SELECT count(id), count(z) FROM sleepy');
cmp_ok($total, '>=', 300, 'what the server sleeps counts');
cmp_ok($total, '<=', $whole, 'and no more than there was');

# what is done with the rows meanwhile does not
($total, $whole) = time_of('lite', 'SELECT count(pg_sleep(0.02)) FROM (SELECT * FROM big WHERE v = 1 AND id < 20 OFFSET 0) AS s');
cmp_ok($whole, '>', 300, 'the session sleeps');
cmp_ok($total, '<', $whole / 2, 'which is not the time of the engine');

done_testing();
