# What is committed on a bind is there after a crash of the host.
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

done_testing();
