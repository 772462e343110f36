# INSERT ... ON CONFLICT (key) by several sessions: who comes second waits, and works on what
# the first has left; nothing is lost, whoever meets whom.
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
SELECT binds.define('CREATE TABLE lite (id integer PRIMARY KEY, n integer)', 'lite');
SELECT binds.define('CREATE TABLE my (id integer PRIMARY KEY, n integer)', 'my');
SELECT binds.create_all();
});

# Without the library the planner finds no key; any use of a bind loads it.
my ($rc, $out, $err) = $node->psql('postgres', q{
INSERT INTO my VALUES (0, 0) ON CONFLICT (id) DO NOTHING;
SELECT FROM my WHERE false;
INSERT INTO my VALUES (0, 0) ON CONFLICT (id) DO NOTHING;}, on_error_stop => 0);
is(scalar(() = $err =~ /ERROR:  there is no unique or exclusion constraint/g), 1, 'the first statement of a session');
$node->safe_psql('postgres', q{ALTER DATABASE postgres SET session_preload_libraries = 'binds'});
is($node->psql('postgres', 'INSERT INTO my VALUES (0, 0) ON CONFLICT (id) DO NOTHING'), 0, 'and with the library');

sub upsert
{
	my ($t, $id, $n) = @_;
	return "INSERT INTO $t VALUES ($id, $n) ON CONFLICT (id) DO UPDATE SET n = $t.n + excluded.n RETURNING n;";
}

# Start a session; *done: a file that is there when it has come to the end of "sql".
my $sessions = 0;

sub start
{
	my ($sql, $rest) = @_;
	my $session = { out => '', err => '', base => "$dir/s" . ++$sessions };

	append_to_file("$session->{base}.sql",
		"$sql\n\\! touch $session->{base}.done\n" .
		  (defined $rest ? "\\! until [ -e $session->{base}.go ]; do sleep 0.02; done\n$rest\n" : ''));
	$session->{handle} = IPC::Run::start([ 'psql', '-XAtq', '-v', 'VERBOSITY=sqlstate', '-d', $node->connstr('postgres'), '-f', "$session->{base}.sql" ],
		'>', \$session->{out}, '2>', \$session->{err});
	return $session;
}

sub is_done
{
	my ($session, $tenths) = @_;
	for (1 .. $tenths)
	{
		return 1 if -e "$session->{base}.done";
		usleep 100_000;
	}
	return 0;
}

sub finish
{
	my ($session) = @_;
	append_to_file("$session->{base}.go", '');
	$session->{handle}->finish;
	return $session->{out} . $session->{err};
}

# first: what the first session does, and how it ends; second: what the other one does meanwhile
sub meet
{
	my ($t, $first, $end, $second, $want, $name) = @_;
	$node->safe_psql('postgres', "DELETE FROM $t; INSERT INTO $t VALUES (1, 1)");
	my $s1 = start("BEGIN; $first", "$end;");
	is_done($s1, 300) or die;
	my $s2 = start($second);
	# one that does not wait may yet be slow
	my $waits = !is_done($s2, $want =~ /^waits/ ? 5 : 300);
	finish($s1);
	my $said = finish($s2);
	$said =~ s/psql:\S+ //g;
	is(join('', ($waits ? 'waits ' : '') . $said, $node->safe_psql('postgres', "SELECT string_agg(id || '=' || n, ' ' ORDER BY id) FROM $t")), $want, "$t: $name");
	return;
}

for my $t ('my', 'lite')
{
	meet($t, upsert($t, 1, 10), 'COMMIT', upsert($t, 1, 100), "waits 111\n1=111", 'a row that is there');
	meet($t, upsert($t, 1, 10), 'ROLLBACK', upsert($t, 1, 100), "waits 101\n1=101", 'a row that stays as it was');
	meet($t, upsert($t, 2, 10), 'COMMIT', upsert($t, 2, 100), "waits 110\n1=1 2=110", 'a new row');
	meet($t, upsert($t, 2, 10), 'ROLLBACK', upsert($t, 2, 100), "waits 100\n1=1 2=100", 'a new row that comes to nothing');
	meet($t, upsert($t, 2, 10), 'COMMIT', "INSERT INTO $t VALUES (2, 5) ON CONFLICT (id) DO NOTHING RETURNING n;", "waits 1=1 2=10", 'DO NOTHING');
	meet($t, upsert($t, 2, 10), 'ROLLBACK', "INSERT INTO $t VALUES (2, 5) ON CONFLICT (id) DO NOTHING RETURNING n;", "waits 5\n1=1 2=5", 'DO NOTHING where nothing is');
	meet($t, "DELETE FROM $t WHERE id = 1;", 'COMMIT', upsert($t, 1, 100), "waits 100\n1=100", 'a row that is deleted');
}
meet('my', upsert('my', 1, 10), 'COMMIT', upsert('my', 2, 100), "100\n1=11 2=100", 'others do not wait');

# a row that is younger than what the transaction has seen: it is taken as it is, and from REPEATABLE READ on it is an
# error, where the server can tell (MariaDB from 11.6.2 on)
my $s1 = start('BEGIN; SELECT count(*) FROM my;', upsert('my', 3, 100) . ' COMMIT;');
is_done($s1, 300) or die;
$node->safe_psql('postgres', upsert('my', 3, 10));
is(finish($s1), "2\n110\n", 'a row that is younger than the snapshot');
$s1 = start('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM my;', upsert('my', 4, 100) . ' COMMIT;');
is_done($s1, 300) or die;
$node->safe_psql('postgres', upsert('my', 4, 10));
like(finish($s1), qr/^3\n(110\n|.*ERROR:  40001)/, 'and at REPEATABLE READ');

# Many at once, on few rows: each counts once.
for my $t ('my', 'lite')
{
	$node->safe_psql('postgres', "DELETE FROM $t");
	append_to_file("$dir/$t.bench", "\\set id random(1, 3)\nINSERT INTO $t VALUES (:id, 1) ON CONFLICT (id) DO UPDATE SET n = $t.n + 1;\n");
	$node->command_ok([ 'pgbench', '-n', '-f', "$dir/$t.bench", '-c', '5', '-t', '40', '--max-tries=20', $node->connstr('postgres') ], "$t: many at once");
	is($node->safe_psql('postgres', "SELECT sum(n) FROM $t"), '200', 'each has counted');
}

$node->stop;
done_testing();
