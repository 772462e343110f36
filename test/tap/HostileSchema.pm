# SQLite files whose sqlite_schema was edited, made from a seed.
#
# make($seed, $path) writes a file; statements($key) is what is done with it.
package HostileSchema;
use strict;
use warnings;
use File::Copy qw(copy);

sub n { return int rand $_[0]; }

sub one { return $_[n(scalar @_)]; }

sub quoted { return "'" . $_[0] =~ s/'/''/gr . "'"; }

# What every file begins with: it is right.
my $base = q{
CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id), d DATE DEFAULT '2024-02-29',
	n NUMERIC(9,2) DEFAULT 1.5, CHECK (n < 100));
CREATE TABLE pairs (a TEXT, b TEXT, v BLOB, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE made (v INTEGER, twice INTEGER AS (v * 2), t TEXT DEFAULT (upper('x')));
CREATE INDEX child_parent ON child (parent);
CREATE INDEX child_part ON child (d) WHERE n > 1;
CREATE INDEX made_expr ON made (v + 1);
CREATE VIEW both AS SELECT p.name, c.d FROM parent p JOIN child c ON c.parent = p.id;
CREATE VIEW over_both AS SELECT count(*) AS n FROM both;
CREATE TRIGGER child_i AFTER INSERT ON child BEGIN UPDATE parent SET name = name || '!' WHERE id = new.parent; END;
CREATE VIRTUAL TABLE doc USING fts5(body);
CREATE VIRTUAL TABLE box USING rtree(id, x0, x1);
INSERT INTO parent VALUES (1, 'a'), (2, 'b');
INSERT INTO child (parent) VALUES (1), (2), (NULL);
INSERT INTO pairs VALUES ('a', 'b', x'00'), ('c', 'd', NULL);
INSERT INTO made (v) VALUES (1), (2);
INSERT INTO doc VALUES ('one two');
INSERT INTO box VALUES (1, 0, 1);
};

my @names = qw(parent child pairs made both over_both doc box doc_data box_node child_parent child_part made_expr child_i sqlite_sequence);

# A definition, right or wrong.
sub definition
{
	my $x = one(@names);
	my $many = join ', ', map { "c$_" } 1 .. one(1, 3, 100, 1700, 2000, 2001, 10000);

	return one(
		"CREATE TABLE t1 (a, b)",
		"CREATE TABLE $x (a INTEGER PRIMARY KEY, b TEXT COLLATE nosuch)",
		"CREATE TABLE many ($many)",
		"CREATE TABLE deep (a DEFAULT (" . '(' x one(10, 90, 500) . '1' . ')' x one(10, 90, 500) . "))",
		"CREATE TABLE deep (a DEFAULT (" . join('||', ("'x'") x one(10, 500, 5000)) . "), b CHECK (b <> " . join(' AND ', ('1') x one(3, 900)) . "))",
		"CREATE TABLE gen (a AS (b), b AS (a))",
		"CREATE TABLE gen (a AS (load_extension('x')), b)",
		"CREATE TABLE twice (a, A, b)",
		"CREATE TABLE key2 (a, b, PRIMARY KEY (a, a, b, nosuch))",
		"CREATE TABLE rowidless (a) WITHOUT ROWID",
		"CREATE TABLE fk (a REFERENCES fk (b), b REFERENCES nosuch, c REFERENCES parent (nosuch, id), FOREIGN KEY (a, b) REFERENCES both)",
		"CREATE TABLE \"a\"\"b\" (\"c\"\"d\" 'text''x', [e]]f] )",
		"CREATE TABLE strict1 (a INTEGER, b NOSUCH) STRICT",
		"CREATE TABLE nocol ()",
		"CREATE TABLE defaults (a INTEGER DEFAULT 'x', b DATE DEFAULT (date('now', 'nosuch')), c BLOB DEFAULT x'zz', d TEXT DEFAULT (randomblob(1e9)), e REAL DEFAULT 9e999)",
		"CREATE INDEX i1 ON $x (a)",
		"CREATE UNIQUE INDEX i2 ON parent (name COLLATE nosuch)",
		"CREATE INDEX i3 ON parent (nosuch)",
		"CREATE INDEX i4 ON made (hex(zeroblob(100000000)))",
		"CREATE VIEW cyc AS SELECT * FROM cyc",
		"CREATE VIEW cyc1 AS SELECT * FROM cyc2",
		"CREATE VIEW cyc2 AS SELECT * FROM cyc1",
		"CREATE VIEW endless AS WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) AS n FROM r",
		"CREATE VIEW wide AS SELECT $many",
		"CREATE VIEW $x AS SELECT 1",
		"CREATE VIEW evil AS SELECT load_extension('x'), readfile('/etc/passwd'), writefile('/tmp/x', 'y')",
		"CREATE VIEW pragma AS SELECT * FROM pragma_journal_mode('delete')",
		"CREATE TRIGGER tr1 BEFORE INSERT ON $x BEGIN SELECT load_extension('x'); END",
		"CREATE TRIGGER tr2 AFTER UPDATE ON parent BEGIN INSERT INTO nosuch VALUES (1); END",
		"CREATE TRIGGER tr3 AFTER INSERT ON parent BEGIN INSERT INTO parent (name) VALUES (random()); END",
		"CREATE TRIGGER tr4 INSTEAD OF INSERT ON both BEGIN DELETE FROM child; END",
		"CREATE TRIGGER tr5 AFTER DELETE ON child BEGIN SELECT RAISE(ROLLBACK, 'gone'); END",
		"CREATE TRIGGER tr6 AFTER DELETE ON child BEGIN DELETE FROM sqlite_schema; END",
		"CREATE VIRTUAL TABLE vt USING nosuch(a)",
		"CREATE VIRTUAL TABLE vt USING fts5(a, content='$x')",
		"CREATE VIRTUAL TABLE vt USING fts5(a, nosuch='$x')",
		"CREATE VIRTUAL TABLE vt USING rtree(a)",
		"CREATE VIRTUAL TABLE vt USING fts3tokenize('nosuch')",
		"CREATE VIRTUAL TABLE vt USING dbstat",
		"CREATE VIRTUAL TABLE doc_data USING fts5(a)",
		"CREATE TABLE t AS SELECT * FROM parent",
		"DROP TABLE parent",
		"SELECT 1", '', ' ', '--', '/*', "CREATE", "CREATE TABLE", "CREATE TABLE t (", "CREATE TABLE t (a", "CREATE TABLE t (a '",
		"CREATE TABLE t (a CHECK (", "CREATE TABLE t (a CONSTRAINT", "CREATE TABLE t (a REFERENCES", 'x' x one(10, 100000));
}

# A value for a field of sqlite_schema, as SQL.
sub value
{
	my ($field) = @_;

	return one('NULL', "''", '7', '-1', '1.5', "x'00ff'", "x'ff'") if n(10) == 0;
	return quoted(one(qw(table index view trigger TABLE nosuch), 'tab' . chr(0))) =~ s/\0/?/r if $field eq 'type';
	return one(map { quoted($_) } @names, 'a"b', "a'b", 'x' x 70, 'y' x 5000, 'sqlite_x', 'ctid', "\xc3\xa9", 'Parent')
	  if $field ne 'rootpage' && $field ne 'sql' && n(4) > 0;
	return one("CAST(x'62ff' AS TEXT)", "CAST(x'6100' AS TEXT)", "CAST(x'eda080' AS TEXT)", quoted('ñ' x 40)) if $field =~ /name/;
	return one(0 .. 30, -1, 2147483647, 4294967296, 9223372036854775807, 'NULL', "'x'") if $field eq 'rootpage';
	return n(8) > 0 ? quoted(definition()) :
	  one("CAST(x'435245415445205441424c45207420286120544558542044454641554c542027ff2729' AS TEXT)",
		"substr(sql, 1, " . n(60) . ')', 'upper(sql)', "sql || sql", "replace(sql, 'INTEGER', 'BLOB')",
		"replace(sql, 'parent', '" . one(@names) . "')", "replace(sql, ' ', '')");
}

sub edit
{
	my $kind = n(10);
	my $field = one(qw(type name tbl_name rootpage sql sql sql));

	return 'UPDATE sqlite_schema SET ' . $field . ' = ' . value($field) . ' WHERE name = ' . quoted(one(@names)) if $kind < 4;
	return 'DELETE FROM sqlite_schema WHERE name = ' . quoted(one(@names)) if $kind == 4;
	return 'INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = ' . quoted(one(@names)) if $kind == 5;
	return 'INSERT INTO sqlite_schema VALUES (' . join(', ', map { value($_) } qw(type name tbl_name rootpage sql)) . ')' if $kind == 6;

	# a row that fits its definition
	my $sql = definition();
	my ($type, $name) = $sql =~ /^CREATE (?:UNIQUE |VIRTUAL )?(TABLE|INDEX|VIEW|TRIGGER) ("(?:[^"]|"")*"|\w+)/;
	return edit() if !defined $name;
	my ($on) = $sql =~ / ON (\w+)/;
	$name =~ s/^"|"$//g;
	$name =~ s/""/"/g;
	return sprintf 'INSERT INTO sqlite_schema VALUES (%s, %s, %s, %s, %s)', quoted(lc $type), quoted($name), quoted($on // $name),
	  $sql =~ /VIRTUAL|VIEW|TRIGGER/ ? 0 : one(2 .. 20), quoted($sql);
}

sub run
{
	my ($path, $sql) = @_;

	utf8::encode($sql) if utf8::is_utf8($sql);
	open my $sqlite, '|-', "sqlite3 -bail '$path' >/dev/null 2>&1" or die;
	binmode $sqlite;
	print $sqlite $sql;
	close $sqlite;
	return $? == 0;
}

# One file in four may be one that SQLite refuses to open; in the others each edit is
# undone that would make it so.
sub make
{
	my ($seed, $path) = @_;
	my $raw;

	srand $seed;
	$raw = n(4) == 0;
	unlink $path;
	run($path, $base) or die "could not make $path";
	for (1 .. 2 + n(5))
	{
		my $edit = 'PRAGMA writable_schema = on; ' . edit() . ';';

		copy($path, "$path.before");
		run($path, $edit);
		copy("$path.before", $path) if !$raw && !run($path, 'SELECT count(*) FROM sqlite_schema;');
	}
	unlink "$path.before";
	chmod 0666, $path;
	return;
}

# SQL for psql, in a session that goes on; each error must name the bind.
sub statements
{
	my ($key, $url) = @_;

	return qq{
CREATE SCHEMA there;
CREATE SCHEMA hand;
SELECT count(*) FROM (SELECT binds.add('$key', '$url', '{"schema": "there"}')) x;
SELECT count(*) FROM binds.reflect('$key');
SELECT count(*) FROM binds.reflect('$key', '{"views": true}');
SELECT format('IMPORT FOREIGN SCHEMA main FROM SERVER $key INTO hand') \\gexec
CREATE FOREIGN TABLE hand.by_hand (id bigint, name text) SERVER $key OPTIONS (table_name 'parent');
CREATE FOREIGN TABLE hand.by_hand2 (n text) SERVER $key OPTIONS (table_name 'over_both');
SELECT count(*) FROM binds.attach('hand.by_hand');
SELECT count(*) FROM binds.attach('hand.by_hand2');
SELECT format('SELECT count(*) FROM (SELECT * FROM %s LIMIT 100) x', ftrelid::regclass) FROM pg_foreign_table ORDER BY ftrelid::regclass::text \\gexec
SELECT format('EXPLAIN UPDATE %s SET %2\$I = %2\$I', attrelid::regclass, attname) FROM pg_attribute JOIN pg_foreign_table ON ftrelid = attrelid WHERE attnum = 1 ORDER BY attrelid::regclass::text \\gexec
SELECT format('UPDATE %s SET %2\$I = %2\$I', attrelid::regclass, attname) FROM pg_attribute JOIN pg_foreign_table ON ftrelid = attrelid WHERE attnum = 1 ORDER BY attrelid::regclass::text \\gexec
SELECT format('INSERT INTO %s DEFAULT VALUES', ftrelid::regclass) FROM pg_foreign_table ORDER BY ftrelid::regclass::text \\gexec
SELECT format('DELETE FROM %s WHERE false OR %I IS NULL', attrelid::regclass, attname) FROM pg_attribute JOIN pg_foreign_table ON ftrelid = attrelid WHERE attnum = 1 ORDER BY attrelid::regclass::text \\gexec
SELECT format('ANALYZE %s', ftrelid::regclass) FROM pg_foreign_table ORDER BY ftrelid::regclass::text LIMIT 3 \\gexec
SELECT count(*) FROM (SELECT binds.define('CREATE TABLE fresh (id serial PRIMARY KEY, v text); CREATE TABLE parent2 (id integer PRIMARY KEY)', '$key')) x;
SELECT count(*) FROM binds.create_all('$key');
SELECT count(*) FROM binds.query('$key', 'SELECT * FROM sqlite_schema');
SELECT count(*) FROM binds.drop_all('$key');
SELECT count(*) FROM (SELECT binds.remove('$key', true)) x;
DROP SERVER IF EXISTS $key CASCADE;
DROP SCHEMA IF EXISTS there, hand, binds_metadata_$key CASCADE;
SELECT 'on we go';
};
}

1;
