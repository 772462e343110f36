# What is committed on a bind is there after a crash of the host; what was not is cleared away.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

$node->safe_psql('postgres', 'CREATE EXTENSION binds');
$node->safe_psql('postgres', "SELECT binds.add('auth', '" . $server->url('users') . "')");
$node->safe_psql('postgres',
	q{SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'auth');
	  SELECT count(*) FROM binds.create_all();
	  INSERT INTO t VALUES (1, 'one')});
is($server->sql('SELECT * FROM t', 'users'), "1\tone", 'the row is in the server');

$node->stop('immediate');
$node->start;
is($node->safe_psql('postgres', 'SELECT v FROM t'), 'one', 'the session goes on after a crash');

# tables that refer to each other in a cycle, made by a transaction that a crash ends
$server->sql('CREATE DATABASE cycle');
$node->safe_psql('postgres', "SELECT binds.add('m', '" . $server->url('cycle') . "')");
$node->safe_psql('postgres',
	q{SELECT binds.define('CREATE TABLE a (id int PRIMARY KEY, x int, s int REFERENCES a);
		CREATE TABLE b (id int PRIMARY KEY, x int REFERENCES a);
		CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES a, b int REFERENCES b);
		ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b', 'm')});
my $keys = q{SELECT count(*) FROM information_schema.referential_constraints WHERE constraint_schema = 'cycle'};
my $actions = q{SELECT string_agg(model || ' ' || action, ', ' ORDER BY model) FROM };

# Leave them behind.
sub crash
{
	my $session = $node->background_psql('postgres');
	$session->query_safe(q{BEGIN; SELECT count(*) FROM binds.create_all('m')});
	is($server->sql($keys), 5, 'the tables are there, with their keys');
	$node->stop('immediate');
	eval { $session->quit };
	# the last keys of a cycle come in another second than the other tables
	$server->sql('SELECT sleep(1.1); ALTER TABLE a FORCE', 'cycle');
	$node->start;
	return;
}

crash();
is($node->safe_psql('postgres', "$actions binds.create_all('m')"),
	'a created, b created, c created', 'they are made anew');
is($server->sql($keys), 5, 'with their keys');
is($node->safe_psql('postgres', "$actions binds.drop_all('m')"),
	'a dropped, b dropped, c dropped', 'and dropped');

crash();
is($node->safe_psql('postgres', "$actions binds.drop_all('m')"),
	'a absent, b absent, c absent', 'or cleared away by drop_all');
is($server->sql('SHOW TABLES', 'cycle'), '', 'nothing is left');

done_testing();
