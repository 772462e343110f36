# run.pl - each scenario, on each engine, with each fault at the n-th call of a driver.
#
#	perl run.pl MODULE [SCENARIO]
#
# MODULE is a copy of the extension's module with the chaos driver in it (chaos.c).  What
# must hold, whatever fails, and wherever:
#	- the server and the session live, and the next statement works;
#	- an error has the SQLSTATE of its class;
#	- the engine's table and the local one hold the same rows, unless 08007 or a WARNING
#	  says otherwise: all of a transaction, or nothing;
#	- if nobody was told of an error, the answers are those of a run without one;
#	- a connection that was reported as lost is not used any more.
# A scenario is run without a fault first, which tells the number of calls; then with the
# fault at each of them, or without BINDS_TEST_LONG at some of them.  Where connections are
# open by then there are fewer calls, and the last of the faults do not come; some must.
#
# Prints "ok - ..." or "not ok - ..." for each scenario, engine and fault, and counts.
#
# Copyright (c) 2026, the binds developers
use strict;
use warnings;
use Time::HiRes qw(time);

$| = 1;

my ($module, $only) = @ARGV;
my $long = $ENV{BINDS_TEST_LONG};
my $dir = "$ENV{RUN}/chaos";
my $samples = 4;
my ($runs, $failed, $database) = (0, 0, 'chaos_binds');
my (%counted, %outcome);

my @faults = qw(statement branch connection reply interrupted cancel close late);

# Beside these: what follows from an error before.
my $follow = '25P02|25P01|34000|3B001|24000';
my %allowed = (
	statement => 'CH001|08001|40001|08006',
	branch => 'CH001|08001|40001|08006',
	connection => '08006|08001|40001|08007',
	reply => '08006|08001|40001|08007',
	interrupted => '57014|40001|08006',
	cancel => '57014|40001|08006',
	close => '08006|08001|40001|08007|57P01|58P01',
	late => '57014|40001|08006');

# e is on the engine, l is local; both are written by one statement wherever savepoints
# are at play, so that they fail together.
sub both
{
	my ($id) = @_;
	return "WITH x AS (INSERT INTO l VALUES ($id, 'n$id') RETURNING *) INSERT INTO e SELECT * FROM x;";
}

my %scenario = (
	write => "BEGIN; INSERT INTO l VALUES (11, 'a'), (12, 'b'); INSERT INTO e VALUES (11, 'a'), (12, 'b');
		UPDATE l SET v = 'u' WHERE id IN (1, 11); UPDATE e SET v = 'u' WHERE id IN (1, 11);
		DELETE FROM l WHERE id = 2; DELETE FROM e WHERE id = 2; COMMIT;",
	single => both(11) . "UPDATE e SET v = v || v WHERE id = 99; SELECT * FROM e ORDER BY id;",
	cursor => "BEGIN; DECLARE c CURSOR FOR SELECT e.id, f.v FROM e JOIN f USING (id) ORDER BY 1; FETCH 1 FROM c;
		DECLARE d CURSOR FOR SELECT * FROM f; FETCH 1 FROM d;" . both(11) . "FETCH ALL FROM c; FETCH ALL FROM d; COMMIT;",
	lateral => "BEGIN; DECLARE c CURSOR FOR SELECT e.id, x.v FROM e, LATERAL (SELECT v FROM f WHERE f.id = e.id OFFSET 0) x;
		FETCH 2 FROM c; SELECT count(*) FROM f; FETCH ALL FROM c;" . both(11) . "COMMIT;",
	savepoints => "BEGIN;" . both(11) . "SAVEPOINT s;" . both(12) . "ROLLBACK TO s;" . both(13)
		. "SAVEPOINT t;" . both(14) . "RELEASE t; COMMIT;",
	blocks => 'BEGIN; DO $$ BEGIN FOR i IN 11 .. 13 LOOP BEGIN ' . both('i')
		. ' IF i = 12 THEN RAISE division_by_zero; END IF; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$; SELECT count(*) FROM f; COMMIT;',
	refused => 'BEGIN; DO $$ BEGIN BEGIN INSERT INTO e SELECT i, \'dup\' FROM generate_series(1, 3) i; EXCEPTION WHEN unique_violation THEN NULL; END; '
		. both(12) . 'BEGIN UPDATE e SET id = 1 WHERE id = 2; EXCEPTION WHEN unique_violation THEN NULL; END; END $$; COMMIT;',
	repeatable => "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM e; SELECT * FROM f ORDER BY id;"
		. both(11) . "SELECT count(*) FROM e; COMMIT;",
	rollback => "BEGIN;" . both(11) . "SELECT count(*) FROM e; ROLLBACK; SELECT count(*) FROM e;",
	execute => "BEGIN; INSERT INTO l VALUES (11, 'x'); SELECT binds.execute('k', \$\$INSERT INTO e VALUES (11, 'x')\$\$);
		SELECT * FROM binds.query('k', 'SELECT id, v FROM f ORDER BY id'); COMMIT;",
	analyze => "ANALYZE e; BEGIN; DECLARE c CURSOR FOR SELECT e.id FROM e JOIN f USING (id); FETCH 1 FROM c;
		ANALYZE f; FETCH ALL FROM c; COMMIT;",
	reflect => "BEGIN; SELECT binds.forget('k', 'f'); SELECT model FROM binds.reflect('k'); SELECT count(*) FROM f; ROLLBACK;",
	opened => "SELECT binds.alter('k', NULL, '{\"fetch_size\": 100}');" . both(11) . "SELECT * FROM e ORDER BY id;" . both(12)
		. "SELECT * FROM e ORDER BY id;",
	ddl => "SELECT model, action FROM binds.create_all('mk'); SELECT count(*) FROM m; SELECT model, action FROM binds.drop_all('mk');",
	ddl_undone => "BEGIN; SELECT model, action FROM binds.create_all('mk'); INSERT INTO m VALUES (1);
		SELECT count(*) FROM m; ROLLBACK;",
	two => "BEGIN; INSERT INTO l VALUES (11, 'x'); INSERT INTO e VALUES (11, 'x'); INSERT INTO other VALUES (11, 'x');
		SELECT count(*) FROM other; COMMIT;");

my %two_engines = (two => 1);
my %swallows = (blocks => 1);
my %makes_tables = (ddl => 1, ddl_undone => 1);

# What is done before the fault is armed, and what can be done after it, with the same result
# as where there was none.
my $attached = "CREATE FOREIGN TABLE a (id integer, v text) SERVER k OPTIONS (table_name 'e')";
my %before = (
	upgrade => "\n\\! \$ENGINE 'DROP TABLE IF EXISTS g; CREATE TABLE g (id INTEGER NOT NULL PRIMARY KEY, w INTEGER); INSERT INTO g VALUES (1, 2)'\n");
my %after = (
	upgrade => "SELECT count(*) >= 0 FROM binds.upgrade('gk', '{\"drop\": true}'); SELECT count(*) FROM binds.diff('gk'); SELECT * FROM g;",
	assign => "SELECT count(*) >= 0 FROM (SELECT binds.assign('h'::regclass, NULL) FROM pg_class WHERE relname = 'h' AND relkind = 'f') x;
		SELECT tableoid::regclass, * FROM h ORDER BY id; 
\\! \$ENGINE 'CREATE TABLE IF NOT EXISTS h (id INTEGER); SELECT 1000 + count(*) FROM h; DROP TABLE h'\n");
%scenario = (%scenario,
	attach => "BEGIN; $attached; SELECT * FROM binds.attach('a'); SELECT * FROM a ORDER BY id; DROP FOREIGN TABLE a;" . both(11) . 'COMMIT;',
	diff => "BEGIN;" . both(11) . "COMMIT; SELECT model, kind FROM binds.diff('mk'); SELECT model, kind FROM binds.diff(ARRAY['k', 'o']);" . both(12),
	upgrade => "SELECT model, kind FROM binds.upgrade('gk', '{\"drop\": true}'); SELECT * FROM g;",
	upgrade_undone => "BEGIN; SELECT model, kind FROM binds.upgrade('gk', '{\"drop\": true}'); SELECT * FROM g; ROLLBACK;",
	assign => "SELECT binds.assign('h'::regclass, 'ak'); SELECT * FROM h ORDER BY id; UPDATE h SET v = v; SELECT binds.assign('h'::regclass, NULL);",
	assign_undone => "BEGIN; SELECT binds.assign('h'::regclass, 'ak'); SELECT * FROM h ORDER BY id; ROLLBACK;");
# those take long
my %few = map { $_ => 2 } qw(diff upgrade upgrade_undone assign assign_undone);
$before{"${_}_undone"} = $before{$_}, $after{"${_}_undone"} = $after{$_} foreach qw(upgrade assign);

# ------------------------------------------------------------------------
# psql
# ------------------------------------------------------------------------

# Run a script in one session; both its outputs.
sub psql
{
	my ($script) = @_;
	my $file = "$dir/script.sql";

	open my $fh, '>', $file or die "$file: $!";
	print $fh "\\set QUIET on\n\\pset format unaligned\n\\pset tuples_only on\n\\set VERBOSITY sqlstate\n"
	  . "SET client_min_messages = warning;\nSET binds.pushdown = on;\n", $script;
	close $fh;
	my $out = `psql -X -d $database -f $file 2>&1`;
	$out =~ s/^psql:\S+?:\d+: //mg;
	return $out;
}

sub set_up
{
	my ($engine) = @_;
	my $url = $engine eq 'sqlite' ? "sqlite:///$dir/k.db" : "$ENV{BINDS_TEST_MYSQL_URL}chaos";
	my $second = $engine ne 'sqlite' || !$ENV{BINDS_TEST_MYSQL_URL} ? "sqlite:///$dir/other.db"
	  : "$ENV{BINDS_TEST_MYSQL_URL}chaos";

	my ($options, $others) = map { /^sqlite/ ? '{"journal_mode": "delete"}' : '{}' } $url, $second;

	# a client of the engine itself
	$ENV{ENGINE} = $engine eq 'sqlite' ? "sqlite3 $dir/k.db" : "$ENV{MY} chaos -e";
	unlink "$dir/k.db", "$dir/other.db";
	system("$ENV{MY} -e 'DROP DATABASE IF EXISTS chaos; CREATE DATABASE chaos'") == 0 or die
	  if $ENV{BINDS_TEST_MYSQL_URL};
	system("psql -Xq -d postgres -c 'DROP DATABASE IF EXISTS $database' -c 'CREATE DATABASE $database' 2>/dev/null") == 0
	  or die 'no database';
	my $out = psql(qq{
CREATE TABLE l (id integer PRIMARY KEY, v text);
CREATE EXTENSION binds;
UPDATE pg_proc SET probin = '$module' WHERE probin = '\$libdir/binds';
});
	$out .= psql(qq{
CREATE FUNCTION chaos_arm(integer, text) RETURNS void LANGUAGE c AS '$module', 'binds_chaos_arm';
CREATE FUNCTION chaos_report() RETURNS text LANGUAGE c AS '$module', 'binds_chaos_report';
SELECT binds.add('k', '$url', '$options');
SELECT binds.add('mk', '$url', '$options');
SELECT binds.add('o', '$second', '$others');
SELECT binds.define('CREATE TABLE e (id integer PRIMARY KEY, v text); CREATE TABLE f (id integer PRIMARY KEY, v text)', 'k');
SELECT binds.define('CREATE TABLE other (id integer PRIMARY KEY, v text)', 'o');
SELECT count(*) FROM binds.create_all();
SELECT binds.add('gk', '$url', '$options');
SELECT binds.add('ak', '$url', '$options');
SELECT binds.define('CREATE TABLE g (id integer PRIMARY KEY, v text)', 'gk');
SELECT count(*) FROM binds.create_all('gk');
CREATE TABLE h (id integer PRIMARY KEY, v text);
INSERT INTO h SELECT i, 'h' || i FROM generate_series(1, 3) i;
SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY); CREATE TABLE m2 (id integer REFERENCES m)', 'mk');
INSERT INTO f SELECT i, 'f' || i FROM generate_series(1, 3) i;
});
	die "set-up on $engine failed: $out" if $out =~ /ERROR|server closed/;
	return;
}

# ------------------------------------------------------------------------
# One run
# ------------------------------------------------------------------------

# How long an answer that is late is waited for, in ms: not less than a busy machine needs for
# all that is in time.
my $patience;

# The rows of a table as one text.
sub rows { return "(SELECT string_agg(id || ':' || v, ',' ORDER BY id) FROM $_[0])"; }

sub script
{
	my ($name, $fault, $n) = @_;

	# what was begun can be done and undone afterwards
	my $tables = $makes_tables{$name} ? "SELECT action FROM binds.create_all('mk'); SELECT count(*) FROM m;
SELECT count(*) FROM binds.drop_all('mk');" : $after{$name} // '';
	my $before = $before{$name} // '';

	return qq{\\echo \@start $n
\\echo \@before
DELETE FROM l; DELETE FROM e; DELETE FROM other;
INSERT INTO l SELECT i, 'v' || i FROM generate_series(1, 3) i;
INSERT INTO e SELECT i, 'v' || i FROM generate_series(1, 3) i;
$before
SELECT chaos_arm($n, '$fault');
} . ($fault eq 'late' ? "SET statement_timeout = '${patience}ms';" : '') . qq{
\\echo \@run
$scenario{$name}
ROLLBACK;
RESET statement_timeout;
\\echo \@report
SELECT chaos_report();
\\echo \@state
SELECT } . rows('l') . ', ' . rows('e') . ', ' . rows('other') . qq{;
\\echo \@tables
$tables
\\echo \@pid
SELECT pg_backend_pid();
};
}

# Run a scenario with a fault at each of these calls, in one session.  Returns a hash of
# sections for each.
sub run_all
{
	my ($name, $fault, @at) = @_;

	# a message in the log may serve an interrupt where none must be
	my $log = $fault =~ /^(?:late|cancel|reply)$/ ? 0 : -1;
	my $out = psql(join '', "SELECT binds.alter(key, options => '{\"log_min_duration\": $log}') FROM unnest(ARRAY['k', 'o']) key;\n",
		map { script($name, $fault, $_) } @at);
	my @results;

	$out =~ s/^WARNING:  25P01\n//mg;	# of our own ROLLBACK
	foreach my $one (split /^\@start /m, $out)
	{
		next unless $one =~ /^(\d+)\n/;
		my %result = (n => $1);
		$result{$1} = $2 while $one =~ /^\@(\w+)\n(.*?)(?=^\@|\z)/msg;
		push @results, \%result;
	}
	return @results;
}

# What is wrong with a run?  Empty: nothing.
sub wrong
{
	my ($name, $fault, $result, $clean) = @_;
	my ($run, $report, $state) = @{$result}{qw(run report state)};
	my $codes = "$allowed{$fault}|$follow";

	return "before: $result->{before}" if $result->{before} =~ /ERROR|WARNING/i;
	return 'the session ended' unless ($result->{pid} // '') =~ /^\d+$/;
	return "a lost connection was used, or interrupts stay held: $report" unless $report =~ /misuse=$/;
	return "afterwards: $state$result->{tables}" if "$state$result->{tables}" =~ /ERROR|WARNING/;
	# a table that an abort has left, its CREATE unanswered among them, is made anew
	return 'a table was left over' if $name eq 'ddl_undone' && $result->{tables} =~ /attached/;
	$codes .= '|08007' if $fault eq 'cancel';
	$codes .= '|42P01' if $makes_tables{$name};
	$codes .= '|42703' if $name eq 'upgrade';
	foreach my $code ($run =~ /(?:ERROR|FATAL):  (\w{5})/g)
	{
		return "SQLSTATE $code" unless $code =~ /^($codes)$/;
	}
	# an old table that cannot be dropped after the commit is kept, and told
	return 'a table is kept, and nobody told' if $result->{tables} =~ s/^1003$/1000/m && $run !~ /WARNING/;
	return "afterwards: $result->{tables}" if $after{$name} && $result->{tables} ne $clean->{tables};
	my ($l, $e, $other) = split /\|/, $state =~ s/\n//gr;
	my $unknown = $run =~ /ERROR:  08007|WARNING:  08007/;
	return "half done: $state" if $l ne $e && !$unknown;
	return "half done: $state" if $two_engines{$name} && ($e =~ /11/) != ($other =~ /11/) && !$unknown;
	return "another answer without an error: $run" if $run !~ /ERROR|WARNING/
	  && !$swallows{$name} && ($run ne $clean->{run} || $state ne $clean->{state});
	return '';
}

sub outcome_of
{
	my ($run) = @_;
	return $1 if $run =~ /ERROR:  (\w{5})/;
	return $run =~ /WARNING/ ? 'warning' : 'unnoticed';
}

# Some of the calls, the last one among them; others for each fault.
sub places
{
	my ($calls, $first, $samples) = @_;
	return (1 .. $calls) if $long || $calls <= $samples;
	my $step = $calls / $samples;
	my %at = map { int(1 + ($first % 3) * $step / 3 + $_ * $step) => 1 } 0 .. $samples - 1;

	return sort { $a <=> $b } grep { $_ <= $calls } keys %at, $calls;
}

sub try_scenario
{
	my ($engine, $name) = @_;
	my $start = time;
	my ($clean) = run_all($name, 'none', 0);
	my ($calls) = ($clean->{report} // '') =~ /calls=(\d+)/;

	$patience = 100 + int(2000 * (time - $start));
	if (!$calls || "$clean->{run}$clean->{tables}" =~ /ERROR/)
	{
		print "not ok - $engine $name: without a fault: ", $clean->{run} // '', $clean->{tables} // '', "\n";
		$failed++;
		return;
	}
	foreach my $i (0 .. $#faults)
	{
		my $fault = $faults[$i];
		my @at = places($calls, $i, $few{$name} // $samples);
		my @results = run_all($name, $fault, @at);
		my $fired = 0;
		my @wrong;

		foreach my $result (@results)
		{
			my $wrong = wrong($name, $fault, $result, $clean);
			my ($member) = ($result->{report} // '') =~ /fired=(\w+)/;

			$fired++ if $member;
			next unless $member || $wrong;
			$member //= 'none';
			$runs++;
			$counted{$engine}{$fault}++;
			$outcome{$fault}{outcome_of($result->{run} // '')}++;
			push @wrong, "call $result->{n} ($member): $wrong\n" . ($result->{run} // '') if $wrong;
		}
		push @wrong, 'psql ended early' if @results < @at;
		push @wrong, 'no fault came' if !$fired;
		$failed++ if @wrong;
		printf "%s - %s %s %s: %d calls, %d tried, %d faults\n", @wrong ? 'not ok' : 'ok',
		  $engine, $name, $fault, $calls, scalar @results, $fired;
		print map { s/^/#   /mgr . "\n" } @wrong[0 .. ($#wrong > 3 ? 3 : $#wrong)];
	}
	return;
}

# A file that takes the place of another one after that was looked at, and before it is
# opened: each connection is of the file that its bind's path names, the old one's too.
sub try_replaced
{
	my ($file, $old) = ("$dir/k.db", "$dir/old.db");

	unlink $old;
	link $file, $old or die "$old: $!";
	my $out = psql(qq{
SELECT binds.add('old', 'sqlite:///$old', '{"schema": "old", "journal_mode": "delete"}');
CREATE FOREIGN TABLE old.e (id integer, v text) SERVER old;
DELETE FROM e;
INSERT INTO e VALUES (1, 'one');
\\c
\\set VERBOSITY sqlstate
BEGIN;
SELECT chaos_arm(1, 'close');
\\echo \@run
SELECT id FROM e;
\\! sqlite3 $old "UPDATE e SET id = 2"
SELECT id FROM old.e;
COMMIT;
BEGIN;
INSERT INTO e VALUES (3, 'new');
INSERT INTO old.e VALUES (4, 'old');
COMMIT;
SELECT chaos_report() ~ 'fired=connect misuse=\$';
\\! sqlite3 $file "SELECT id FROM e ORDER BY id"
\\! sqlite3 $old "SELECT id FROM e ORDER BY id"
}) =~ s/.*\@run//sr;

	# what both see, and what is in the new file and the old one
	my $right = join("\n", 1, 2, 't', 1, 3, 2, 4) eq join("\n", split ' ', $out);
	$failed++ if !$right;
	print $right ? 'ok' : 'not ok', " - sqlite: a file is replaced while it is opened\n";
	print $out =~ s/^/#   /mgr if !$right;
	return;
}

# ------------------------------------------------------------------------

mkdir $dir;
chmod 01777, $dir;
foreach my $engine ('sqlite', $ENV{BINDS_TEST_MYSQL_URL} ? 'mysql' : ())
{
	set_up($engine);
	try_scenario($engine, $_) foreach grep { !$only || $_ eq $only } sort keys %scenario;
	try_replaced() if $engine eq 'sqlite' && (!$only || $only eq 'replaced');
}
foreach my $engine (sort keys %counted)
{
	print "# faults on $engine: ", join(', ', map { "$_ $counted{$engine}{$_}" } sort keys %{ $counted{$engine} }), "\n";
}
foreach my $fault (@faults)
{
	print "# outcomes of $fault: ", join(', ', map { "$_ $outcome{$fault}{$_}" } sort keys %{ $outcome{$fault} }), "\n";
}
print "# $runs faults\n";
if (!$runs && ($only // '') ne 'replaced')
{
	print "not ok - there are no faults\n";
	$failed++;
}
exit($failed ? 1 : 0);
