# The view binds.progress: others see how far a long command is, and nothing of it when it
# has ended, however that came.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $dir = $node->basedir;

$node->init;
$node->start;
$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
SELECT binds.add('lite', 'sqlite:///$dir/lite.db', '{"lock_timeout": "60s"}');
SELECT binds.add('my', '@{[ $server->url('users') ]}', '{"lock_timeout": "60s"}');
SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY, v text)', 'lite');
SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY, v text)', 'my');
SELECT binds.create_all();
INSERT INTO m SELECT i, 'x' FROM generate_series(1, 5000) i;
-- wide rows: the server sends what it has when that are 16 kB
CREATE FOREIGN TABLE slow (a integer, w text) SERVER my
	OPTIONS (query 'SELECT id + sleep(0.01) AS a, repeat(''w'', 1000) AS w FROM m');
SELECT binds.add('again', '@{[ $server->url('users') ]}');
CREATE SCHEMA again;
IMPORT FOREIGN SCHEMA users LIMIT TO (m) FROM SERVER again INTO again;
CREATE ROLE app; CREATE ROLE watcher IN ROLE pg_read_all_stats;
GRANT USAGE ON SCHEMA binds TO app, watcher;
CREATE DATABASE other});
$node->safe_psql('other', 'CREATE EXTENSION binds');

my ($code, $out, $err) = $node->psql('postgres', 'SELECT * FROM binds.progress', extra_params => [ '-v', 'VERBOSITY=verbose' ]);
like($err, qr/ERROR:\s+55000.*shared_preload_libraries.*HINT:/s, 'the library is not preloaded');
is($node->safe_psql('postgres', 'SELECT count(*) FROM binds.create_all()'), '2', 'commands work');

$node->append_conf('postgresql.conf', "shared_preload_libraries = 'binds'");
$node->restart;
is($node->safe_psql('postgres', 'SELECT count(*) FROM binds.progress'), '0', 'nobody runs a command');

# A statement in a session of its own, which is not waited for.
my @started;

sub start
{
	my ($sql) = @_;
	my ($out, $err) = ('', '');
	my $file = "$dir/" . @started . '.sql';

	append_to_file($file, $sql);
	my $handle = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr('postgres'), '-f', $file ], '>', \$out, '2>', \$err);
	push @started, $handle;
	return { handle => $handle, out => \$out, err => \$err };
}

# One that does something, and waits then until it is told to go on.
sub hold
{
	my ($sql) = @_;
	my $id = @started + 1;
	my $held = start("BEGIN; $sql; SELECT pg_advisory_lock($id); SELECT pg_sleep(60);");

	$node->poll_query_until('postgres', "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $id") or die;
	$held->{id} = $id;
	return $held;
}

sub let_go
{
	my ($held) = @_;
	$node->safe_psql('postgres', "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $held->{id}");
	eval { $held->{handle}->finish };
	return;
}

sub shows
{
	my ($columns, $want, $name) = @_;
	my $have = '';

	for (1 .. 100)
	{
		$have = $node->safe_psql('postgres', "SELECT $columns FROM binds.progress");
		last if $have eq $want;
		usleep 100_000;
	}
	return is($have, $want, $name);
}

# create_all waits for the file.
$node->safe_psql('postgres', q{SELECT binds.define('CREATE TABLE n1 (id integer PRIMARY KEY); CREATE TABLE n2 (id integer PRIMARY KEY)', 'lite')});
my $held = hold("INSERT INTO l VALUES (1)");
my $run = start("SELECT action FROM binds.create_all();");
shows("datname, command, bind_key, phase, total, started < now()", "postgres|create_all|lite|creating tables|2|t", 'create_all waits');
is($node->safe_psql('postgres', 'SELECT pid = (SELECT pid FROM pg_stat_activity WHERE query ~ $$^SELECT action FROM$$) FROM binds.progress'), 't', 'its process');

# Who may see it.
is($node->safe_psql('postgres', 'SET ROLE app; SELECT pid IS NOT NULL, datname, command, bind_key, phase, relation, done, total, started FROM binds.progress'),
	't|postgres|||||||', 'others see that there is one');
is($node->safe_psql('postgres', 'SET ROLE watcher; SELECT command, bind_key FROM binds.progress'), 'create_all|lite', 'pg_read_all_stats sees all');
is($node->safe_psql('other', 'SELECT datname, command, bind_key, phase, relation FROM binds.progress'), 'postgres|create_all||creating tables|', 'another database sees no names');
let_go($held);
$run->{handle}->finish;
is(${ $run->{out} }, "exists\ncreated\ncreated\nexists\n", 'it went on');
shows('count(*)', '0', 'and has ended');

# What is done grows with each table, in the engine's order and here.
$node->safe_psql('postgres', q{SELECT binds.define('CREATE TABLE g1 (id integer PRIMARY KEY); CREATE TABLE g2 (id integer PRIMARY KEY); CREATE TABLE g3 (id integer PRIMARY KEY)', NULL);
	SELECT binds.define('CREATE TABLE h1 (id integer PRIMARY KEY); CREATE TABLE h2 (id integer PRIMARY KEY)', 'lite')});
my ($one, $two) = (hold('CREATE TABLE g2 ()'), hold('CREATE TABLE g3 ()'));
$run = start('SELECT count(*) FROM binds.create_all(NULL);');
shows('bind_key, phase, relation, done, total', '|creating tables|g2|1|3', 'one of three tables is made');
let_go($one);
shows('bind_key, phase, relation, done, total', '|creating tables|g3|2|3', 'two of them');
let_go($two);
$run->{handle}->finish;
is(${ $run->{out} }, "3\n", 'and all');
($one, $two) = (hold('CREATE TABLE h1 ()'), hold('CREATE TABLE h2 ()'));
$run = start(q{SELECT count(*) FROM binds.create_all('lite') WHERE action = 'created';});
shows('bind_key, phase, relation, total > done', 'lite|creating local relations|h1|t', 'local relations, the first');
my $done = $node->safe_psql('postgres', 'SELECT done FROM binds.progress');
let_go($one);
shows("bind_key, phase, relation, done > $done", 'lite|creating local relations|h2|t', 'local relations, the second');
let_go($two);
$run->{handle}->finish;
is(${ $run->{out} }, "2\n", 'and all of them');

# drop_all is cancelled; its transaction goes on to the end of a savepoint.
$held = hold("INSERT INTO l VALUES (1)");
$run = start("BEGIN; SAVEPOINT s; SELECT action FROM binds.drop_all('lite'); ROLLBACK TO s; SELECT pg_advisory_lock(77); SELECT pg_sleep(60);");
shows("command, bind_key, phase", "drop_all||dropping local relations", 'drop_all waits');
$node->safe_psql('postgres', 'SELECT pg_cancel_backend(pid) FROM binds.progress');
shows('count(*)', '0', 'it is cancelled');
$node->poll_query_until('postgres', 'SELECT count(*) = 1 FROM pg_locks WHERE locktype = $$advisory$$ AND objid = 77');
is($node->safe_psql('postgres', 'SELECT count(*) FROM binds.progress'), '0', 'its session goes on without a command');
let_go($held);
let_go({ handle => $run->{handle}, id => 77 });
eval { $run->{handle}->finish };

# A session that is terminated has no progress any more.
$held = hold("INSERT INTO l VALUES (1)");
$run = start("SELECT action FROM binds.drop_all('lite');");
shows('command', 'drop_all', 'drop_all waits again');
$node->safe_psql('postgres', 'SELECT pg_terminate_backend(pid) FROM binds.progress');
shows('count(*)', '0', 'it is terminated');
eval { $run->{handle}->finish };
let_go($held);

# Rows that are read: ANALYZE, and assign, which waits for a row that is locked.
$run = start('ANALYZE slow;');
shows("command, bind_key, phase, relation, done > 20, total", 'analyze|my|reading rows|slow|t|', 'ANALYZE');
$node->safe_psql('postgres', 'SELECT pg_cancel_backend(pid) FROM binds.progress');
eval { $run->{handle}->finish };
$held = hold("UPDATE again.m SET v = 'y' WHERE id = 5000");
$run = start("SELECT * FROM binds.assign('m', NULL);");
shows("command, bind_key, phase, relation, done > 1000, total > 1000", 'assign||copying rows|m|t|t', 'assign has read rows');
let_go($held);
$run->{handle}->finish;
is(${ $run->{out} }, "|m|m|5000\n", 'and all of them');
is($node->safe_psql('postgres', "SELECT * FROM binds.assign('m', 'my')"), 'my|m|m|5000', 'the way back');

# Rows that are written: assign from the host database, which has counted them, waits in a trigger.
$node->safe_psql('postgres', q{
CREATE TABLE h (id integer PRIMARY KEY, v text);
INSERT INTO h SELECT i, 'x' FROM generate_series(1, 5000) i;
CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = 2500 THEN PERFORM pg_advisory_xact_lock(55); END IF; RETURN NEW; END $$;
CREATE FUNCTION adds() RETURNS event_trigger LANGUAGE plpgsql AS
	$$ BEGIN CREATE TRIGGER waits BEFORE INSERT ON public.h FOR EACH ROW EXECUTE FUNCTION public.waits(); END $$;
CREATE EVENT TRIGGER adds ON ddl_command_end WHEN TAG IN ('CREATE FOREIGN TABLE') EXECUTE FUNCTION adds()});
for my $key ('my', 'lite')
{
	$held = hold('SELECT pg_advisory_lock(55)');
	$run = start("SELECT * FROM binds.assign('h', '$key');");
	shows("command, bind_key, phase, relation, done, total", "assign|$key|copying rows|h|2499|5000", "assign to $key has written rows");
	let_go($held);
	$run->{handle}->finish;
	is(${ $run->{out} }, "$key|h|h|5000\n", 'and all of them');
	$node->safe_psql('postgres', "SELECT * FROM binds.assign('h', NULL); DROP TRIGGER waits ON h");
}
$node->safe_psql('postgres', 'DROP EVENT TRIGGER adds');

# reflect waits for a table of the same name, upgrade for one who reads; then in the engine, and
# for a relation of the same name.
$node->safe_psql('postgres', "SELECT binds.add('read', '@{[ $server->url('users') ]}', '{\"schema\": \"read\"}')");
$held = hold(q{SET LOCAL binds.bind_key = ''; CREATE TABLE read.m ()});
$run = start("SELECT relation FROM binds.reflect('read');");
shows('command, bind_key, phase, relation, done, total > 0', 'reflect|read|defining models|m|0|t', 'reflect waits');
let_go($held);
$run->{handle}->finish;
like(${ $run->{out} }, qr/^read\.m$/m, 'it went on');
$node->safe_psql('postgres', "SELECT binds.define('ALTER TABLE l ADD w integer', 'lite')");
$held = hold('SELECT count(*) FROM l');
$run = start("SELECT kind FROM binds.upgrade('lite');");
shows('command, bind_key, phase', 'upgrade|lite|looking for differences', 'upgrade waits');
let_go($held);
$run->{handle}->finish;
isnt(${ $run->{out} }, '', 'it went on');
$node->safe_psql('postgres', "SELECT binds.define('ALTER TABLE m ADD w integer', 'my')");
$held = hold("UPDATE again.m SET v = 'z' WHERE id = 1");
$run = start("SELECT kind, action FROM binds.upgrade('my');");
shows('command, bind_key, phase, relation, done, total > 0', 'upgrade|my|changing tables|m|0|t', 'upgrade waits in the engine');
let_go($held);
$run->{handle}->finish;
like(${ $run->{out} }, qr/^missing column\|done$/m, 'it went on there');
$node->safe_psql('postgres', "SELECT binds.define('CREATE TABLE u (id integer PRIMARY KEY)', 'lite')");
$held = hold('CREATE TABLE u ()');
$run = start("SELECT kind, action FROM binds.upgrade('lite');");
shows('command, bind_key, phase, relation', 'upgrade|lite|creating local relations|u', 'upgrade waits here');
let_go($held);
$run->{handle}->finish;
is(${ $run->{out} }, "missing table|done\nmissing local relation|done\n", 'it went on here');

# Both end as well.
is($node->safe_psql('postgres', "SELECT count(*) FROM binds.reflect('my'); SELECT count(*) FROM binds.upgrade(ARRAY[NULL, 'lite', 'my']); SELECT count(*) FROM binds.progress"), "0\n0\n0", 'reflect and upgrade');

eval { $_->kill_kill } for @started;
$node->stop;
done_testing();
