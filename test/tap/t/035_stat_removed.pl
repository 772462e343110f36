# A bind that is removed is counted until that is committed.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
my $dir = $node->basedir;

$node->init;
$node->append_conf('postgresql.conf', "shared_preload_libraries = 'binds'");
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('a', 'sqlite:///$dir/a.db');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY)', 'a');
SELECT binds.create_all('a');
INSERT INTO t SELECT generate_series(1, 3)});
$node->safe_psql('postgres', 'SELECT * FROM t');

# the rows that are counted for it, after a statement that looks while it is removed
sub rows_after
{
	my ($sql) = @_;

	$node->safe_psql('postgres', $sql);
	return $node->safe_psql('postgres', "SELECT rows FROM binds.stat WHERE bind_key = 'a'");
}

is(rows_after('SELECT 1'), 3, 'it is counted');
is(rows_after("BEGIN; SELECT binds.remove('a', true); SELECT * FROM binds.stat; ROLLBACK"), 3, 'the removal is rolled back');
is(rows_after("BEGIN; SAVEPOINT s; SELECT binds.remove('a', true); SELECT * FROM binds.stat; ROLLBACK TO s; SELECT * FROM binds.stat; COMMIT"),
	3, 'to a savepoint');
is(rows_after("BEGIN; SAVEPOINT s; SELECT binds.remove('a', true); RELEASE s; SELECT * FROM binds.stat; ROLLBACK"), 3, 'with its savepoint released');

is(rows_after("SELECT binds.remove('a', true)"), '', 'it is removed');
$node->safe_psql('postgres', "SELECT binds.add('a', 'sqlite:///$dir/a.db')");
is(rows_after('SELECT 1'), 0, 'one of its name begins anew');

done_testing();
