# A MySQL server that does not say the truth: FakeMySQL stands before the real one and
# changes one thing at a time, or answers alone.  No backend crashes; there is an error
# of a sensible SQLSTATE, or the right answer; the session goes on.
#
# BINDS_TEST_LONG=1 tells every lie in every place, and then changes packets at random;
# BINDS_TEST_SEED repeats a run of that.  What takes long is to wait for a server that says
# no more, so several processes do so, each in databases of its own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep);
use FakeMySQL;
use MySQLServer;

my $server = MySQLServer->new;
my $node = PostgreSQL::Test::Cluster->new('main');
my $long = ($ENV{BINDS_TEST_LONG} // 0) ne '0';
my $processes = $long ? 12 : 4;

$node->init;
$node->append_conf('postgresql.conf', "lc_messages = 'C'\nlog_min_messages = log\n");
$node->start;
# ------------------------------------------------------------------------
# Asking
# ------------------------------------------------------------------------

my ($place, $fake, $session, $pid, $import);

# the errors so far, of this process, that do not say what they are about
my @nameless;

# Databases of both servers, of the same name, and a server that lies before the one.
sub begin_place
{
	($place) = @_;
	$fake = FakeMySQL->new(real => $server);
	$server->sql("CREATE DATABASE IF NOT EXISTS $place; GRANT ALL ON $place.* TO app\@localhost");
	$server->sql(q{
CREATE TABLE other (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, v varchar(20) DEFAULT 'x' COMMENT 'words',
	x double CHECK (x < 1000), j longtext CHECK (json_valid(j)), o int REFERENCES other (id),
	e enum('a', 'b'), KEY kv (v), UNIQUE KEY kx (x),
	FOREIGN KEY fo (o) REFERENCES other (id) ON UPDATE CASCADE) COMMENT 'a table';
CREATE VIEW w AS SELECT id FROM t;
CREATE TRIGGER g AFTER DELETE ON t FOR EACH ROW SET @deleted = 1;
INSERT INTO other VALUES (1);
INSERT INTO t (v, x, o) VALUES ('a', 1.5, 1), ('b', 2.5, NULL)}, $place);
	my $url = $fake->url($place);
	$node->safe_psql('postgres', "CREATE DATABASE $place");
	# only lies are not waited for: several processes begin at once
	$node->safe_psql($place, qq{
CREATE EXTENSION binds;
SELECT binds.add('b', '$url', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b');
CREATE SCHEMA i});
	$import = "IMPORT FOREIGN SCHEMA $place FROM SERVER b INTO i; " .
	  'DO $$ BEGIN EXECUTE (SELECT coalesce(string_agg(format(\'DROP FOREIGN TABLE i.%I;\', relname), \'\'), \'SELECT\') ' .
	  'FROM pg_class WHERE relnamespace = \'i\'::regnamespace AND relkind = \'f\'); END $$';
	open_session();
	$pid = ask('SELECT pg_backend_pid()');
	set_timeout(1);
	return;
}

# How long is an answer waited for, in seconds?
sub set_timeout
{
	my $connect = $_[0] > 2 ? $_[0] : 2;
	ask(qq{SELECT binds.alter('b', options => '{"connect_args": {"read_timeout": $_[0], "connect_timeout": $connect}}')});
	return;
}

sub end_place
{
	$session->quit;
	$fake->stop;
	return;
}

sub open_session
{
	$session = $node->background_psql($place, on_error_stop => 0);
	$session->set_query_timer_restart;
	$session->query("\\set VERBOSITY verbose\nSET statement_timeout = '10s'; SET client_min_messages = error");
	$session->{stderr} = '';
	return;
}

# The SQLSTATE of a statement, or what it returns.
sub ask
{
	my ($sql) = @_;
	my $out = $session->query($sql);
	my $error = $session->{stderr};

	$session->{stderr} = '';
	return $out unless $error =~ /(?:ERROR|FATAL|PANIC):\s+([0-9A-Z]{5})/;
	my $code = $1;
	push @nameless, "$sql: $error" unless $long || names_bind($error);
	return $code;
}

# An error must tell the bind, or the foreign table, that it is about: of several servers
# the one to look at.  (What comes of changes at random may be a timeout of ours.)
sub names_bind
{
	return $_[0] =~ /^(?:.*ERROR:  \w{5}|CONTEXT): .*(?:bind|connect to server) "(?:b|alone)"/m ||
	  $_[0] =~ /ERROR:  \w{5}: .*foreign table "(?:t|other)"/ ||
	  # whose server is in the statement
	  $_[0] =~ /^CONTEXT:  importing foreign table "/m;
}

sub is_error { return $_[0] =~ /^[0-9A-Z]{5}$/ && $_[0] !~ /^[0-9]{5}$/ || $_[0] =~ /^(?:08|21|22|23|25|28|40|42|53|54|57|58)\d{3}$/; }

# An error of the kind that somebody else can be responsible for.
sub is_sensible { return is_error($_[0]) && $_[0] !~ /^(?:XX|P0|00)/; }

# Do something while the fake lies; what came out, and is the session as it was?
sub lie_and_ask
{
	my ($sql, $lie) = @_;

	$fake->lie($lie);
	my $out = eval { ask($sql) } // 'lost';
	return $out if $out ne 'lost' && (ask('SELECT pg_backend_pid()') // '') eq $pid;
	open_session();
	$pid = ask('SELECT pg_backend_pid()');
	return "the session was lost: $out";
}

# What refuses a lie.  Whose answer takes longer than read_timeout on a busy machine is lost
# instead, and asked again.
sub refusal_of
{
	my $out = lie_and_ask(@_);

	return $out eq '08006' ? lie_and_ask(@_) : $out;
}

# The rows are as in the beginning, and nobody uses them: what a lie has broken off may still
# be at work in the server, which would make a deadlock with what follows.
sub reset_table
{
	$fake->stop;
	foreach (1 .. 600)
	{
		last if $server->sql("SELECT count(*) FROM information_schema.processlist " .
			"WHERE db = '$place' AND id <> connection_id()") eq '0';
		sleep 0.05;
	}
	$server->sql(q{DELETE FROM t; DROP TABLE IF EXISTS m; ALTER TABLE t AUTO_INCREMENT = 1;
		INSERT INTO t (id, v, x, o) VALUES (1, 'a', 1.5, 1), (2, 'b', 2.5, NULL)}, $place);
	return;
}

# Do the work of one of several processes in each of them, in a place of its own: what each
# of them returns, a text.
sub each_process
{
	my ($work) = @_;
	my $dir = PostgreSQL::Test::Utils::tempdir;
	my (@pids, @results);

	foreach my $n (0 .. $processes - 1)
	{
		my $child = fork // die "fork: $!";
		if ($child == 0)
		{
			@nameless = ();
			my $done = eval {
				begin_place("users$n");
				my $result = $work->($n);
				open my $out, '>', "$dir/$n" or die $!;
				print $out $result;
				close $out or die $!;
				open $out, '>', "$dir/$n.nameless" or die $!;
				print $out @nameless;
				close $out or die $!;
				end_place();
				$server->sql("DROP DATABASE users$n");
				1;
			};
			if (!$done)
			{
				my $why = $@;
				if (open my $out, '>', "$dir/$n.died") { print $out $why; close $out; }
				# what would go on without us, and keep whoever waits for our output
				eval { $session->{run}->kill_kill(grace => 1) } if $session;
				eval { $fake->stop } if $fake;
			}
			POSIX::_exit($done ? 0 : 1);
		}
		push @pids, $child;
	}
	foreach my $n (0 .. $processes - 1)
	{
		waitpid $pids[$n], 0;
		is($?, 0, "process $n has come to its end");
		diag(slurp_file("$dir/$n.died")) if -e "$dir/$n.died";
		push @results, -e "$dir/$n" ? slurp_file("$dir/$n") : '';
		is(-e "$dir/$n.nameless" ? slurp_file("$dir/$n.nameless") : 'it has not said', '',
			"process $n: each error names the bind or its table");
		$node->safe_psql('postgres', "DROP DATABASE users$n WITH (FORCE)");
	}
	return @results;
}

begin_place('users');

# ------------------------------------------------------------------------
# The truth, and a server that answers alone
# ------------------------------------------------------------------------

is(ask('SELECT id, v, x FROM b.t ORDER BY id'), "1|a|1.5\n2|b|2.5", 'the truth');
is(ask(q{SELECT binds.query('b', 'SELECT NULL x, 1.50 y')}), '{"x": null, "y": "1.50"}',
	'the truth of a query');

my $alone = FakeMySQL->new(answer => sub {
	my ($sql) = @_;
	return { columns => ['a'], rows => [ ['x'], [undef] ] } if $sql eq 'SELECT a FROM t';
	return { error => [ 1146, '42S02', 'there is none' ] } if $sql =~ /^SELECT/;
	return;
});
ask("SELECT binds.add('alone', '@{[ $alone->url('users') ]}')");
is(ask("SELECT binds.query('alone', 'SELECT a FROM t')"), qq({"a": "x"}\n{"a": null}), 'rows');
is(ask("SELECT binds.query('alone', 'SELECT b FROM t')"), '42P01', 'an error');
is((grep { $_->[1] =~ /SELECT b FROM t/ } $alone->heard), 1, 'what the client said is kept');
$alone->stop;

# ------------------------------------------------------------------------
# Answers about the catalog
# ------------------------------------------------------------------------

my %catalog = (
	tables => qr/^SELECT table_name, table_type/,
	columns => qr/^SELECT table_name, column_name, column_type/,
	checks => qr/^SELECT t.table_name, c.check_clause/,
	'checks by name' => qr/^SELECT t.table_name, t.constraint_name/,
	indexes => qr/^SELECT table_name, index_name/,
	'foreign keys' => qr/^SELECT k.table_name/,
	storage => qr/^SELECT table_name, engine, create_options/,
	triggers => qr/^SELECT event_object_table/,
	estimate => qr/^SELECT table_rows/,
);

sub change_row
{
	my ($pattern, $change) = @_;

	return sub {
		my ($p) = @_;
		return $p->{payload} unless $p->{kind} eq 'row' && $p->{sql} =~ $pattern;
		my @row = FakeMySQL::row_of($p->{payload});
		@row = $change->(@row);
		return FakeMySQL::row_packet(@row);
	};
}

# Fewer columns than were asked for, more, none.
foreach my $name (sort keys %catalog)
{
	my $pattern = $catalog{$name};
	my $sql = $name eq 'estimate' ? 'ANALYZE b.t' : $import;

	is(refusal_of($sql, fewer_columns($pattern)), '08P01', "fewer columns about $name");
	is(refusal_of($sql, more_columns($pattern)), '08P01', "more columns about $name");
	is(refusal_of($sql, ok_for_rows($pattern)), '08P01', "no rows but OK about $name");
}

sub fewer_columns
{
	my ($pattern) = @_;

	return sub {
		my ($p) = @_;
		return $p->{payload} unless defined $p->{sql} && $p->{sql} =~ $pattern;
		return chr($p->{columns} - 1) if $p->{kind} eq 'header';
		# no packet
		return \'' if $p->{kind} eq 'column' && $p->{column} == 0;
		return $p->{payload} unless $p->{kind} eq 'row';
		my @row = FakeMySQL::row_of($p->{payload});
		return FakeMySQL::row_packet(@row[ 1 .. $#row ]);
	};
}

sub more_columns
{
	my ($pattern) = @_;

	return sub {
		my ($p) = @_;
		return $p->{payload} unless defined $p->{sql} && $p->{sql} =~ $pattern;
		return chr($p->{columns} + 1) if $p->{kind} eq 'header';
		return ($p->{payload}, $p->{payload}) if $p->{kind} eq 'column' && $p->{column} == 0;
		return $p->{payload} unless $p->{kind} eq 'row';
		return FakeMySQL::row_packet('more', FakeMySQL::row_of($p->{payload}));
	};
}

# Instead of a whole result.
sub ok_for_rows
{
	my ($pattern, $ok) = @_;

	return sub {
		my ($p) = @_;
		return $p->{payload} unless defined $p->{sql} && $p->{sql} =~ $pattern;
		return $ok // "\0\0\0\x02\0\0\0" if $p->{kind} eq 'header';
		return \'' if $p->{kind} =~ /^(?:column|row|end)$/;
		return $p->{payload};
	};
}

# those must be refused outright
foreach my $field ([ 'tables', 0 ], [ 'tables', 1 ], [ 'columns', 0 ], [ 'columns', 1 ],
	[ 'columns', 2 ], [ 'columns', 3 ], [ 'columns', 9 ], [ 'checks', 0 ], [ 'checks', 1 ],
	[ 'indexes', 0 ], [ 'indexes', 1 ], [ 'indexes', 2 ], [ 'indexes', 5 ],
	[ 'storage', 0 ], [ 'storage', 1 ], [ 'storage', 3 ], [ 'triggers', 0 ], [ 'triggers', 1 ],
	(map { [ 'checks by name', $_ ] } 0 .. 2), (map { [ 'foreign keys', $_ ] } 0 .. 7))
{
	my ($name, $column) = @$field;
	is(refusal_of($import,
			change_row($catalog{$name}, sub { my @row = @_; $row[$column] = undef; return @row; })),
		'08P01', "NULL for column $column about $name");
}

# a column that the table has not, which an account may not see, is in no key or index of ours
foreach my $field ([ 'indexes', 3 ], [ 'foreign keys', 2 ])
{
	my ($name, $column) = @$field;
	like(lie_and_ask(q{BEGIN; SELECT binds.forget('b', 't'); SELECT model FROM binds.reflect('b'); ROLLBACK},
			change_row($catalog{$name}, sub { my @row = @_; $row[$column] = 'nope'; return @row; })),
		qr/^t$/m, "an unknown column about $name");
}

# ------------------------------------------------------------------------
# Rows and counts
# ------------------------------------------------------------------------

my $scan = qr/^SELECT .* FROM `t`/;

foreach my $lie ([ 'fewer', fewer_columns($scan) ], [ 'more', more_columns($scan) ],
	[ 'OK', ok_for_rows($scan) ])
{
	is(refusal_of('SELECT id, v, x FROM b.t', $lie->[1]), '08P01', "a scan: $lie->[0]");
	is(refusal_of('ANALYZE b.t', $lie->[1]), '08P01', "ANALYZE: $lie->[0]");
	is(refusal_of(q{BEGIN; UPDATE b.t SET v = 'c' WHERE id = 1 RETURNING x; ROLLBACK},
			$lie->[1]), '08P01', "rows read again: $lie->[0]");
}
# or the connection is lost, depending on when what follows them arrives
like(lie_and_ask(q{BEGIN; UPDATE b.t SET v = 'c' WHERE id = 1; ROLLBACK}, sub {
	my ($p) = @_;
	return $p->{payload} unless $p->{kind} eq 'ok' && $p->{sql} =~ /^UPDATE/;
	return ("\x01", FakeMySQL::column_packet('a'), "\xfe\0\0\x02\0", "\x01x", "\xfe\0\0\x02\0");
}), qr/^08(?:P01|006)$/, 'rows that were not asked for');

sub count_as
{
	my ($pattern, $change) = @_;

	return sub {
		my ($p) = @_;
		return $p->{payload} unless $p->{kind} eq 'ok' && $p->{sql} =~ $pattern;
		my $ok = FakeMySQL::ok_of($p->{payload});
		$change->($ok);
		return FakeMySQL::ok_packet($ok);
	};
}

foreach my $n (1, 2, 40, 1000)
{
	# a list of values has a known width, so its rows are sent together
	my $sql = 'INSERT INTO b.t (v) VALUES ' . join(', ', ("('n')") x $n);
	# but for the first one over a connection: two are told the truth before
	$sql = "BEGIN; INSERT INTO b.t (v) VALUES ('n'), ('n'); $sql; COMMIT";
	foreach my $count (0, 1, $n - 1, $n + 1, ~0)
	{
		next if $count == $n;
		my $inserts = 0;
		is(refusal_of($sql,
				count_as(qr/^INSERT/, sub { $_[0]{affected} = $count if ++$inserts > 2 })),
			'08P01', "$count of $n rows") unless $n == 1000 && $count < 2;
	}
}
is(refusal_of("COPY b.t (v) FROM PROGRAM 'seq 40'", count_as(qr/^INSERT/, sub { $_[0]{affected} = 0 })),
	'08P01', 'rows of a COPY that are not acknowledged');
is(lie_and_ask(q{UPDATE b.t SET v = 'z' WHERE id = 1}, count_as(qr/^UPDATE/, sub { $_[0]{affected} = 2 })),
	'21000', 'two rows changed for one');
is(refusal_of('DELETE FROM b.t WHERE id = 1', count_as(qr/^DELETE/, sub { $_[0]{affected} = ~0 })),
	'08P01', 'as many as there are numbers');
$fake->lie(undef);
is(ask('SELECT count(*) FROM b.t'), 2, 'nothing of it was kept');

# a table that somebody drops before a foreign key refers to it: each server has its own
# words, which are not about the name.  To drop it takes time, which is no silence.
set_timeout(60);
is(lie_and_ask(q{BEGIN; SELECT binds.define('CREATE TABLE "its `gone`" (id int PRIMARY KEY); CREATE TABLE goes (id int PRIMARY KEY, g int REFERENCES "its `gone`")', 'b');
	SELECT count(*) FROM binds.create_all('b'); ROLLBACK}, sub {
	my ($p) = @_;
	local $SIG{CHLD} = 'DEFAULT';
	$server->sql('DROP TABLE `its ``gone```', $place)
	  if $p->{kind} eq 'ok' && $p->{sql} =~ /^CREATE TABLE `its/;
	return $p->{payload};
}), '42P01', 'a referenced table that is gone');
set_timeout(1);

# a definition that is not understood, as MariaDB up to 10.11.18 shows the name of a foreign
# key: nothing is known of its table, and all of the others
is(lie_and_ask(q{SELECT string_agg(concat_ws(' ', model, kind, note), ', ') FROM binds.diff('b') WHERE kind = 'different table'}, sub {
	my ($p) = @_;
	return $p->{payload} unless $p->{kind} eq 'row' && $p->{sql} =~ /^SHOW CREATE TABLE .*`t`/;
	my @row = FakeMySQL::row_of($p->{payload});
	$row[1] =~ s/CONSTRAINT `([^`]*)` FOREIGN/CONSTRAINT `a`b` FOREIGN/ or die "no foreign key: $row[1]";
	return FakeMySQL::row_packet(@row);
}), 't different table its definition is not understood', 'a definition that is not understood');

# a server that has prepared another statement: the client library binds as many values
# as it says
SKIP:
{
	foreach my $n (0, 1, 60000)
	{
		my $out = lie_and_ask(q{INSERT INTO b.t (v) SELECT 'n' FROM generate_series(1, 40)}, sub {
			my ($p) = @_;
			return $p->{payload} unless $p->{kind} eq 'prepared';
			my $payload = $p->{payload};
			substr $payload, 7, 2, pack 'v', $n;
			return $payload;
		});
		skip 'nothing is prepared with this client library', 4
		  unless grep { $_->[1] =~ /^\x16/ } $fake->heard;
		like($out, qr/^08/, "a statement with $n parameters");
	}
	$fake->lie(undef);
	is(ask('SELECT count(*) FROM b.t'), 2, 'nothing of it was kept, either');
}

# ------------------------------------------------------------------------
# Every column of every answer
# ------------------------------------------------------------------------

# What asks the server about itself.  Nothing of it stays.
my $reflect = q{BEGIN; SELECT binds.forget('b', 't'); SELECT model FROM binds.reflect('b', %s); ROLLBACK};
my @askers = (
	[ 'import', $import ],
	[ 'reflect', sprintf($reflect, q('{}')) ],
	[ 'reflect with views', sprintf($reflect, q('{"views": true}')) ],
	[ 'diff', q{SELECT model, kind FROM binds.diff('b')} ],
	[ 'attach', q{BEGIN; CREATE FOREIGN TABLE i.t (id integer, v text, x float8, o integer) SERVER b;
		SELECT count(*) FROM binds.attach('i.t'); SELECT count(*) FROM i.t; ROLLBACK} ],
	[ 'create and drop', q{BEGIN; SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY)', 'b');
		SELECT action FROM binds.create_all('b'); SELECT action FROM binds.drop_all('b'); ROLLBACK} ],
	[ 'analyze', 'ANALYZE b.t' ],
	[ 'handmade', q{BEGIN; CREATE FOREIGN TABLE i.t (id integer OPTIONS (key 'true'), v text) SERVER b;
		UPDATE i.t SET v = 'u' WHERE id = 1 RETURNING v; INSERT INTO i.t VALUES (8, 'n') RETURNING *; DELETE FROM i.t; ROLLBACK} ],
	[ 'a key twice', q{INSERT INTO b.t (id) VALUES (1)} ],
	[ 'no parent', q{UPDATE b.t SET o = 99 WHERE id = 1} ],
	[ 'a parent', q{DELETE FROM b.other WHERE id = 1} ],
	[ 'a check', q{UPDATE b.t SET x = 5000 WHERE id = 1} ],
);
my @values = (undef, "\xff\xfe", '', '-5', 'nope', '99999999999999999999', 'x' x 70000, 'VARCHAR(', "a\0b");

# A question without what differs from one time to another.
sub question_of { return $_[0] =~ s/[0-9a-f]{16}/*/gr =~ s/\b[0-9]{6,}\b/#/gr; }

sub new_session
{
	$session->quit;
	open_session();
	$pid = ask('SELECT pg_backend_pid()');
	return;
}

# Which questions are answered by rows, and by how many columns: a list of the two.  Those
# of the set-up of a connection count for the first operation.
sub questions_of
{
	my ($sql, $first) = @_;
	my $log = "$fake->{dir}/questions";
	my %columns;

	# the truth may come late
	foreach (1 .. 3)
	{
		unlink $log;
		new_session();
		set_timeout(60);
		my $out = lie_and_ask($sql, sub {
			my ($p) = @_;
			open my $fh, '>>', $log or die $!;
			syswrite $fh, "$p->{columns} " . unpack('H*', question_of($p->{sql})) . "\n"
			  if $p->{kind} eq 'row' && $p->{row} == 0;
			close $fh;
			return $p->{payload};
		});
		last if $out ne '08006';
	}
	set_timeout(1);
	foreach (split /\n/, slurp_file($log))
	{
		my ($n, $question) = split / /;
		$question = pack 'H*', $question;
		$columns{$question} = $n if $first || $question !~ /^SHOW (?!CREATE)/;
	}
	return map { [ $_, $columns{$_} ] } sort keys %columns;
}

# The part of process $share: a line for each lie, with what was wrong about it.
sub lie_in_columns
{
	my ($share) = @_;
	my ($turn, %seen, @told) = (0);

	foreach my $asker (@askers)
	{
		my ($name, $sql) = @$asker;
		my @questions = questions_of($sql, $asker == $askers[0]);

		push @told, "$name asks " . @questions;
		foreach my $question (@questions)
		{
			my ($text, $columns) = @$question;

			# once NULL, and one of the others; where another one has asked it, NULL in places
			my $again = $seen{$text}++;
			foreach my $column (0 .. $columns - 1)
			{
				$turn++;
				next unless $turn % $processes == $share;
				foreach my $v (0 .. $#values)
				{
					next unless $long || ($again ? $v == 0 && int($turn / $processes) % 3 == 0
						: $v == 0 || $v == 1 + $turn % $#values);
					reset_table() if $name eq 'create and drop';
					new_session();
					my $out = lie_and_ask($sql, sub {
						my ($p) = @_;
						return $p->{payload} unless $p->{kind} eq 'row' && question_of($p->{sql}) eq $text;
						my @row = FakeMySQL::row_of($p->{payload});
						$row[$column] = $values[$v];
						return FakeMySQL::row_packet(@row);
					});
					push @told, "$name told" . (is_error($out) && !is_sensible($out) || $out =~ /^the session was lost/
						? ": $out for value $v in column $column of " . substr($text, 0, 70) =~ s/\s+/ /gr : '');
				}
			}
		}
	}
	return map { "$_\n" } @told;
}

my @columns_told = split /\n/, join('', each_process(sub { return join('', lie_in_columns($_[0])); }));
foreach my $name (map { $_->[0] } @askers)
{
	is(join("\n", grep { /^\Q$name\E told:/ } @columns_told), '', "$name: lies in columns");
	my @asks = grep { /^\Q$name\E asks/ } @columns_told;
	is(scalar(grep { / asks [1-9]/ } @asks), $processes, "$name: asks the server");
	note("$asks[0] questions, ", scalar(grep { /^\Q$name\E told/ } @columns_told), ' lies');
}

# ------------------------------------------------------------------------
# One packet of an operation, in turn
# ------------------------------------------------------------------------

my @operations = (
	[ 'scan', 'SELECT id, v, x FROM b.t ORDER BY id' ],
	[ 'join', 'SELECT a.id, b.v FROM b.t a JOIN b.t b USING (id) ORDER BY 1' ],
	[ 'insert', q{INSERT INTO b.t (v) VALUES ('n') RETURNING v} ],
	[ 'batch', q{INSERT INTO b.t (v) SELECT 'n' FROM generate_series(1, 40)} ],
	[ 'update', q{UPDATE b.t SET v = 'u' WHERE x > 2 RETURNING v, x} ],
	[ 'delete', q{DELETE FROM b.t WHERE v = 'b'} ],
	[ 'savepoint', q{BEGIN; INSERT INTO b.t (v) VALUES ('n'); SAVEPOINT s; DELETE FROM b.t; ROLLBACK TO s; SELECT count(*) FROM b.t; COMMIT} ],
	[ 'analyze', 'ANALYZE b.t' ],
	[ 'import', undef ],
	[ 'query', q{SELECT binds.query('b', 'SELECT id, v FROM t ORDER BY id')} ],
	[ 'execute', q{SELECT binds.execute('b', 'UPDATE t SET v = ''e''')} ],
	[ 'define', q{BEGIN; SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY)', 'b'); SELECT action FROM binds.create_all('b') WHERE model = 'm'; ROLLBACK} ],
);

my @lies = (
	[ 'cut' => sub { return substr $_[0], 0, length($_[0]) / 2; } ],
	[ 'longer' => sub { return $_[0] . "\xfe\xff\xff\xff\xff"; } ],
	[ 'empty' => sub { return ''; } ],
	[ 'hang up' => sub { return; } ],
	[ 'an error' => sub { return FakeMySQL::error_packet(1213, '40001', 'a deadlock'); } ],
	[ 'another error' => sub { return FakeMySQL::error_packet(65535, "\xff\0' x", "no \xff words"); } ],
	[ 'OK' => sub { return "\0\0\0\x02\0\0\0"; } ],
	[ 'end' => sub { return "\xfe\0\0\x02\0"; } ],
	[ 'a file' => sub { return "\xfb/etc/passwd"; } ],
	[ 'lengths' => sub { my $p = $_[0]; $p =~ s/^(.).?/$1\xfe/s; return $p; } ],
	[ 'numbers' => sub { return "\xfe\xff\xff\xff\xff\xff\xff\xff\x7f" . $_[0]; } ],
	[ 'bytes' => sub { return "\xa5" x length $_[0]; } ],
	[ 'frame' => sub { return \"\xff\xff\xff\x00garbage"; } ],
	[ 'more' => sub { my $p = $_[0]; return ($p, $p); } ],
);

# What packets the operation gets on a new connection: number => kind.
sub packets_of
{
	my ($sql) = @_;
	my $log = "$fake->{dir}/packets";

	my $note = sub {
		my ($p) = @_;
		open my $fh, '>>', $log or die $!;
		my $set_up = !defined $p->{sql} || $p->{sql} =~ /^(?:SET|SHOW)/ ? 'set-up' : 'work';
		syswrite $fh, "$p->{kind} $p->{connection} $set_up\n";
		close $fh;
		return $p->{payload};
	};
	my $out;
	# as in questions_of
	set_timeout(60);
	foreach (1 .. 3)
	{
		unlink $log;
		$out = lie_and_ask($sql, $note);
		last if $out ne '08006';
	}
	set_timeout(1);
	return ($out, grep { /^\w+ 1 / } split /\n/, slurp_file($log));
}

# Tell lies to one operation, the part of process $share: a line of each lie, with what was
# wrong about it.
sub lie_to
{
	my ($i, $share) = @_;
	my ($name, $sql) = @{ $operations[$i] };
	# of each operation by itself: how many packets another one gets may depend on its plan
	my $turn = 5 * $i;
	my $writes = $name =~ /^(?:insert|batch|update|delete|savepoint|execute|define)$/;
	my @told;

	$sql //= $import;
	reset_table();
	my ($truth, @packets) = packets_of($sql);
	push @told, "$name: the truth has an error: $truth\n" if is_error($truth);
	# the first of a run of columns or of rows stands for all
	my $last = '';
	foreach my $n (0 .. $#packets)
	{
		my ($kind, undef, $part) = split / /, $packets[$n];
		my $same = $kind =~ /^(?:column|row)$/ && $kind eq $last;
		$last = $kind;
		# connecting is the same for all
		next if ($same && !$long) || ($part eq 'set-up' && $name ne 'scan');
		foreach my $l (0 .. $#lies)
		{
			my ($lie, $change) = @{ $lies[$l] };

			# one of them in each place
			next unless $long || $l == $turn % @lies;
			next unless ($turn + ($long ? $l : 0)) % $processes == $share;
			reset_table() if $writes;
			my $out = lie_and_ask($sql, sub {
				my ($p) = @_;
				return $p->{payload} unless $p->{connection} == 1 && $p->{number} == $n;
				return $change->($p->{payload});
			});
			my $right = is_sensible($out) || $out eq $truth ||
			  is_undetectable($lie, $kind, $name, $out);
			$out =~ s/\n/\\n/g;
			push @told, "$name:" . ($right ? '' : " $lie in packet $n ($kind): $out") . "\n";
		}
		$turn++;
	}
	return @told;
}

my @told = split /\n/, join('', each_process(sub {
	my ($n) = @_;
	return join('', map { lie_to($_, $n) } 0 .. $#operations);
}));
foreach my $name (map { $_->[0] } @operations)
{
	my @lies_told = grep { /^\Q$name\E:/ } @told;

	is(join("\n", grep { $_ ne "$name:" } @lies_told), '', "$name: lies");
	cmp_ok(scalar @lies_told, '>', 2, "$name: some were told");
	note(@lies_told . ' lies');
}

# A row more or less, or NULL in a row (what asks for a file begins as NULL does), if the
# server says so: what else is it to mean?  To libmariadb an error 65535 reports progress,
# and is skipped: a row less.  And an answer too much is taken for the next one's, which may
# be any for the user's own statement, and no row for a look-up.  The end of the columns
# twice is the end of no rows, for an UPDATE too, which then finds nothing to change.  OK is
# that no row has changed.
sub is_undetectable
{
	my ($lie, $kind, $name, $out) = @_;
	return $kind eq 'row' ? $lie =~ /^(?:end|OK|more|empty|a file|another error)$/
	  : $lie eq 'more' && $kind eq 'end' && $name =~ /^(?:scan|join|query|savepoint)$/ ? 1
	  : $name eq 'update' && $out eq '' ? "$lie $kind" =~ /^(?:more end|OK ok)$/
	  : $name eq 'execute' && $out eq '0' ? "$lie $kind" eq 'OK ok'
	  : $lie eq 'more' && $kind eq 'ok' && $name eq 'execute';
}

# ------------------------------------------------------------------------
# At random
# ------------------------------------------------------------------------

SKIP:
{
	skip 'BINDS_TEST_LONG is not set', 3 * $processes unless $long;
	my $seed = $ENV{BINDS_TEST_SEED} // time;
	my $rounds = $ENV{BINDS_TEST_ROUNDS} // 2000;

	note("BINDS_TEST_SEED=$seed");
	my @wrong = each_process(sub {
		my ($n) = @_;
		my @came;
		foreach my $round (grep { $_ % $processes == $n } 1 .. $rounds)
		{
			my ($name, $out) = change_at_random($seed + $round);
			push @came, "round $round, $name: $out" if is_error($out) && !is_sensible($out);
			reset_table() if $round % 20 < $processes;
		}
		return join("\n", @came);
	});
	is($wrong[$_], '', "random changes, $_") foreach 0 .. $processes - 1;
}

# One of the operations, and what came out when bytes of what it gets are changed.
sub change_at_random
{
	my ($random) = @_;

	srand($random);
	my ($name, $sql) = @{ $operations[ rand @operations ] };
	my $rate = 2**(2 + rand 8);
	return ($name, lie_and_ask($sql // $import, sub {
		my ($p) = @_;
		srand($random + $p->{number} * 7919 + $p->{connection});
		return $p->{payload} if rand($rate) > 1;
		my $bytes = $p->{payload};
		for (1 .. 1 + rand 4)
		{
			my $at = int rand(1 + length $bytes);
			my $how = int rand 4;
			substr($bytes, $at, 1) = chr int rand 256 if $how == 0 && $at < length $bytes;
			substr($bytes, $at, 0) = chr int rand 256 if $how == 1;
			substr($bytes, $at, 1 + rand 4) = '' if $how == 2 && $at < length $bytes;
			substr($bytes, $at, 1) = chr(0xfb + rand 5) if $how == 3 && $at < length $bytes;
		}
		return $bytes;
	}));
}

reset_table();
$fake->lie(undef);
is(ask('SELECT id, v, x FROM b.t ORDER BY id'), "1|a|1.5\n2|b|2.5", 'the truth again');
is(join('', @nameless), '', 'each error names the bind or its table');
unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC/, 'no backend was lost');

end_place();
done_testing();
