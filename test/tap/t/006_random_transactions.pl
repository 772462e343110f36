# Random transactions with savepoints, cursors, exception blocks and data-modifying
# CTEs: a table on a bind answers what a local table answers, statement by statement,
# errors and cursors included.
#
# In every other sequence psql sets a savepoint before each statement, so that
# transactions go on after errors.
#
# BINDS_TEST_SEED=n runs one sequence; BINDS_TEST_LONG=1 many.
use strict;
use warnings;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $url = $server->url('users');

$node->init;
$node->start;
my $dir = $node->basedir;

$node->safe_psql('postgres', qq{
CREATE EXTENSION binds;
CREATE SCHEMA here;
CREATE TABLE here.t (id integer PRIMARY KEY, v integer);
SELECT binds.add('lite', 'sqlite:///$dir/lite.db', '{"schema": "lite"}');
SELECT binds.add('my', '$url', '{"schema": "my"}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v integer)', k) FROM unnest('{lite,my}'::text[]) k;
SELECT count(*) FROM binds.create_all();
});

my @outside = (
	sub { sprintf 'INSERT INTO t VALUES (%d, %d);', n(30), n(100) },
	sub { sprintf 'INSERT INTO t VALUES (%d, %d) ON CONFLICT DO NOTHING;', n(30), n(100) },
	sub { sprintf 'UPDATE t SET v = v + %d WHERE id %% %d = 0;', n(5), 1 + n(5) },
	sub { sprintf 'DELETE FROM t WHERE id %% %d = %d;', 2 + n(7), n(3) },
	sub { sprintf 'INSERT INTO t SELECT id + %d, (SELECT count(*) FROM t) FROM t WHERE id < %d;', 1 + n(40), n(20) },
	sub { sprintf 'UPDATE t SET id = id + 100 WHERE id = %d RETURNING id, (SELECT count(*) FROM t);', n(30) },
	sub { sprintf 'WITH d AS (DELETE FROM t WHERE id < %d RETURNING id), i AS (INSERT INTO t VALUES (%d, 1) RETURNING id)
		SELECT (SELECT count(*) FROM d), (SELECT sum(id) FROM i), (SELECT sum(v) FROM t);', n(10), 50 + n(30) },
	sub { sprintf q{DO $$ BEGIN
			INSERT INTO t VALUES (%d, 5);
			UPDATE t SET v = v / %d;
		EXCEPTION WHEN OTHERS THEN
			PERFORM set_config('test.n', sqlstate, false);
		END $$;
		SELECT current_setting('test.n', true);}, n(30), n(2) },
	sub { q{DO $$ DECLARE r record; n integer := 0; BEGIN
			FOR r IN SELECT id, v FROM t ORDER BY id LOOP
				BEGIN
					UPDATE t SET v = r.v + 1 WHERE id = r.id;
					n := n + (SELECT count(*) FROM t WHERE v > r.v);
					IF r.id % 3 = 0 THEN RAISE division_by_zero; END IF;
				EXCEPTION WHEN division_by_zero THEN NULL;
				END;
			END LOOP;
			PERFORM set_config('test.n', n::text, false);
		END $$;
		SELECT current_setting('test.n', true);} },
	sub { 'SELECT 1 / 0;' },
	sub { sprintf 'SELECT * FROM t ORDER BY id LIMIT %d;', 1 + n(9) },
	sub { sprintf 'SELECT id FROM t WHERE id < %d ORDER BY id FOR UPDATE;', n(20) },
	sub { 'SELECT count(*), sum(a.v) FROM t a JOIN t b ON a.id = b.v % 10;' },
	sub { 'SELECT count(*), sum(a.v) FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE b.id = a.id + 1);' });

sub n { return int rand $_[0]; }

# A sequence of statements; only those that name things keep count of them.
sub statements
{
	my ($length) = @_;
	my (@out, @savepoints, $inside);
	my $cursors = 0;

	for (1 .. $length)
	{
		my $kind = n(100);

		if (!$inside && $kind < 60)
		{
			push @out, 'BEGIN' . (('') x 2, ' ISOLATION LEVEL REPEATABLE READ', ' ISOLATION LEVEL SERIALIZABLE')[n(4)] . ';';
			$inside = 1;
			@savepoints = ();
		}
		elsif (!$inside || $kind < 55)
		{
			push @out, $outside[n(scalar @outside)]->();
		}
		elsif ($kind < 65)
		{
			push @out, (('COMMIT;') x 2, 'ROLLBACK;')[n(3)];
			$inside = 0;
		}
		elsif ($kind < 72)
		{
			push @savepoints, 's' . @savepoints;
			push @out, "SAVEPOINT $savepoints[-1];";
		}
		elsif ($kind < 82)
		{
			next unless @savepoints;
			splice @savepoints, 1 + n(scalar @savepoints);
			push @out, "ROLLBACK TO $savepoints[-1];";
		}
		elsif ($kind < 85)
		{
			next unless @savepoints;
			my ($released) = splice @savepoints, n(scalar @savepoints);
			push @out, "RELEASE $released;";
		}
		elsif ($kind < 89)
		{
			$cursors++;
			push @out, "DECLARE c$cursors " . ('', 'SCROLL ')[n(2)] . 'CURSOR ' . (('') x 2, 'WITH HOLD ')[n(3)]
			  . 'FOR SELECT id, v FROM t ORDER BY id;';
		}
		elsif ($cursors)
		{
			my $cursor = $cursors - n(3);

			$cursor = 1 if $cursor < 1;
			push @out, n(8) ? sprintf('FETCH %d FROM c%d;', 1 + n(4), $cursor) : "CLOSE c$cursor;";
		}
	}
	return join "\n", @out, ('COMMIT;', 'ROLLBACK;')[n(2)], 'SELECT * FROM t ORDER BY id;';
}

sub answers
{
	my ($schema, $statements, $savepoints) = @_;
	my $in = "SET search_path = $schema;\n\\set VERBOSITY sqlstate\nDELETE FROM t;\n"
	  . "\\set ON_ERROR_ROLLBACK $savepoints\n$statements\n";
	my $out;

	# errors between the rows, where they belong
	IPC::Run::run(['psql', '-XaqAt', '-d', $node->connstr('postgres')], '<', \$in, '>&', \$out);
	$out =~ s/^SET search_path.*\n//;
	return $out;
}

my @seeds = $ENV{BINDS_TEST_SEED} // (1 .. ($ENV{BINDS_TEST_LONG} ? 300 : 12));

foreach my $seed (@seeds)
{
	srand $seed;
	my $statements = statements(150);
	my $savepoints = $seed % 2 ? 'off' : 'on';
	my $here = answers('here', $statements, $savepoints);

	like($here, qr/^\d+\|/m, "seed $seed: there are answers");

	foreach my $schema ('lite', 'my')
	{
		my $there = answers($schema, $statements, $savepoints);
		my @here = split /\n/, $here;
		my @there = split /\n/, $there;
		my $i = 0;

		$i++ while $i < @here && $i < @there && $here[$i] eq $there[$i];
		ok($here eq $there, "seed $seed, $schema: the answers of a local table")
		  or diag(join "\n", 'after', @here[($i > 30 ? $i - 30 : 0) .. $i - 1], "local: " . ($here[$i] // ''),
			"$schema: " . ($there[$i] // ''));
	}
}

done_testing();
