# Files of binds and their logs, as the operating system has them: the mode of new SQLite
# files where a group may read the cluster, and what the server's log file has of statements
# that took long.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;

# The mode of a bind's file, and of the folder of those with a short path.
sub mode_of { return sprintf('%04o', (stat $_[0])[2] & 07777); }

for my $group (0, 1)
{
	my $node = PostgreSQL::Test::Cluster->new("group$group");
	my $binds = $node->data_dir . '/binds';

	$node->init($group ? (allows_streaming => 0, extra => ['-g']) : ());
	$node->start;
	$node->safe_psql('postgres', q{
CREATE EXTENSION binds;
SELECT binds.add('plain', 'sqlite:///plain.db');
SELECT binds.add('own', 'sqlite:///own.db', '{"file_mode": "0600"}');
SELECT binds.define('CREATE TABLE plain (id integer PRIMARY KEY)', 'plain');
SELECT binds.define('CREATE TABLE own (id integer PRIMARY KEY)', 'own');
SELECT binds.create_all()});
	is(mode_of("$binds/plain.db"), $group ? '0640' : '0600', "a new file, group access $group");
	is(mode_of("$binds/own.db"), '0600', "one with a mode, group access $group");
	is(mode_of($binds), $group ? '0750' : '0700', "the folder, group access $group");
	$node->stop;
}

# log_min_duration: the server's log file has what took so long, and nothing else.
my $node = PostgreSQL::Test::Cluster->new('log');

$node->init;
$node->append_conf('postgresql.conf', "log_statement = 'none'");
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('lite', 'sqlite:///lite.db', '{"log_min_duration": 0}');
SELECT binds.add('my', '@{[ $server->url('users') ]}', '{"log_min_duration": "500ms"}');
SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY, v text)', 'lite');
SELECT binds.create_all()});
my $before = -s $node->logfile;
$node->safe_psql('postgres', "INSERT INTO l VALUES (1, 'logged')");
like(slurp_file($node->logfile, $before), qr/LOG: .*duration: [0-9.]+ ms.*INSERT INTO "l"/s, 'a statement on SQLite');
like(slurp_file($node->logfile, $before), qr/logged/, 'with its parameters');
$before = -s $node->logfile;
$node->safe_psql('postgres', q{SELECT count(*) FROM binds.query('my', 'SELECT 1 AS quick')});
unlike(slurp_file($node->logfile, $before), qr/quick/, 'a fast statement on MySQL is not logged');
$node->safe_psql('postgres', q{SELECT count(*) FROM binds.query('my', 'SELECT sleep(0.7) AS slow')});
like(slurp_file($node->logfile, $before), qr/LOG: .*duration: [0-9.]+ ms.*sleep\(0\.7\)/s, 'a slow one is');
$node->safe_psql('postgres', q{SELECT binds.alter('lite', options => '{"hide_parameters": true}')});
$before = -s $node->logfile;
$node->safe_psql('postgres', "INSERT INTO l VALUES (2, 'a ' || 'secret')");
like(slurp_file($node->logfile, $before), qr/duration:.*INSERT INTO "l"/s, 'hidden values: the statement');
unlike(slurp_file($node->logfile, $before), qr/a secret/, 'and no value');
$node->stop;
done_testing();
