\i test/setup.psql
-- Files that are missing, locked, damaged, replaced or not ours to change.
\set VERBOSITY sqlstate
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; n bigint;
BEGIN
	EXECUTE statement;
	GET DIAGNOSTICS n = ROW_COUNT;
	RETURN 'done ' || n;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN SQLSTATE || ' ' || SQLERRM || ' ' ||
		regexp_replace(detail, '"/[^"]*/', '".../');
END $$;
\pset format unaligned
\pset tuples_only on
\t on

-- A bind is added without its file; reading does not make one, create_all does.
\set url :sqlite 'new.db'
SELECT binds.add('new', :'url');
SELECT binds.define('CREATE TABLE t (id serial PRIMARY KEY, v text)', 'new');
CREATE FOREIGN TABLE early (id integer) SERVER new OPTIONS (table_name 't');
SELECT try('SELECT * FROM early');
SELECT try('SELECT binds.query(''new'', ''SELECT 1'')');
\! ls $D
SELECT action FROM binds.create_all('new');
SELECT try('SELECT * FROM t');
\! sqlite3 $D/new.db 'PRAGMA journal_mode'
\set url :sqlite 'no/such/dir/x.db'
SELECT binds.add('nodir', :'url');
SELECT binds.define('CREATE TABLE d (id integer)', 'nodir');
SELECT try('SELECT * FROM binds.create_all(''nodir'')');

-- The journal mode of new files can be chosen; an empty file counts as new, and a
-- file that is there keeps its own.
\set url :sqlite 'del.db'
SELECT binds.add('del', :'url', '{"journal_mode": "delete"}');
SELECT binds.define('CREATE TABLE e (id integer)', 'del');
SELECT action FROM binds.create_all('del');
\! sqlite3 $D/del.db 'PRAGMA journal_mode'
\! : > $D/empty.db; chmod 666 $D/empty.db
\set url :sqlite 'empty.db'
SELECT binds.add('empty', :'url');
CREATE FOREIGN TABLE empty (id integer) SERVER empty;
SELECT try('SELECT * FROM empty');
SELECT try('SELECT binds.execute(''empty'', ''CREATE TABLE empty (id integer)'')');
SELECT try('SELECT * FROM empty');
\! sqlite3 $D/empty.db 'PRAGMA journal_mode'

-- What is no database, or a damaged one.
\! head -c 3000 /dev/urandom | tr '\0' 'x' > $D/noise.db; printf 'SQLite format 3\0' > $D/head.db; head -c 4000 /dev/zero >> $D/head.db
\! sqlite3 $D/torn.db "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < 3000) INSERT INTO t SELECT x, 'row ' || x FROM r"
\! cp $D/torn.db $D/short.db; cp $D/torn.db $D/good.db; truncate -s 12288 $D/short.db
\! head -c 12288 /dev/zero | tr '\0' 'z' | dd of=$D/torn.db bs=4096 seek=3 conv=notrunc 2>/dev/null; chmod 666 $D/*.db; mkdir $D/folder.db
\! sqlite3 $D/utf16.db "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (id integer)"
SELECT name, binds.add(name, :'sqlite' || name || '.db')
	FROM unnest(ARRAY['noise', 'head', 'torn', 'short', 'good', 'folder', 'utf16']) name;
DO $$
DECLARE name text;
BEGIN
	FOREACH name IN ARRAY ARRAY['noise', 'head', 'torn', 'short', 'good', 'folder', 'utf16'] LOOP
		EXECUTE format('CREATE FOREIGN TABLE %I (id integer, v text) SERVER %I OPTIONS (table_name ''t'')', name || '_t', name);
	END LOOP;
END $$;
SELECT try('SELECT sum(id), max(v) FROM noise_t');
SELECT try('SELECT sum(id), max(v) FROM head_t');
SELECT try('SELECT sum(id), max(v) FROM torn_t');
SELECT try('SELECT sum(id), max(v) FROM short_t');
SELECT try('SELECT sum(id), max(v) FROM folder_t');
SELECT try('SELECT sum(id), max(v) FROM utf16_t');
SELECT try('INSERT INTO torn_t SELECT id, v FROM good_t');
SELECT count(*), sum(id) FROM good_t;

-- A file that we may not write, by the bind's option or by its permissions.
ALTER SERVER good OPTIONS (ADD read_only 'true');
SELECT try('INSERT INTO good_t VALUES (9999)');
SELECT try('SELECT binds.execute(''good'', ''DELETE FROM t'')');
ALTER SERVER good OPTIONS (DROP read_only);
\! chmod 444 $D/short.db; cp $D/good.db $D/ro.db; chmod 444 $D/ro.db
\set url :sqlite 'ro.db'
SELECT binds.add('ro', :'url');
CREATE FOREIGN TABLE ro_t (id integer, v text) SERVER ro OPTIONS (table_name 't');
SELECT try('SELECT * FROM ro_t');
SELECT try('INSERT INTO ro_t VALUES (9999, ''x'')');
SELECT try('SELECT * FROM ro_t');

-- A file that was replaced is noticed between transactions, and its changes are
-- not lost within one.
SELECT try('SELECT * FROM good_t');
\! sqlite3 $D/other.db "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'other')"; chmod 666 $D/other.db; mv $D/other.db $D/good.db
SELECT * FROM good_t;
BEGIN;
INSERT INTO good_t VALUES (2, 'lost?');
\! cp $D/good.db $D/copy.db; chmod 666 $D/copy.db; rm $D/good.db; mv $D/copy.db $D/good.db
COMMIT;
SELECT * FROM good_t;
\! rm $D/good.db
SELECT try('SELECT * FROM good_t');

-- A table that changed under us: dropped, without a column, of another shape.
SELECT try('INSERT INTO t (v) VALUES (''a''), (''b'')');
SELECT * FROM t;
PREPARE q AS SELECT id, v FROM t ORDER BY id;
EXECUTE q;
\! sqlite3 $D/new.db "ALTER TABLE t ADD COLUMN w TEXT DEFAULT 'new'; ALTER TABLE t RENAME COLUMN v TO x; ALTER TABLE t RENAME COLUMN w TO v"
EXECUTE q;
\! sqlite3 $D/new.db "ALTER TABLE t DROP COLUMN v"
EXECUTE q;
SELECT left(try('SELECT v FROM t'), 20);
SELECT try('INSERT INTO t (v) VALUES (''c'')');
\! sqlite3 $D/new.db "DROP TABLE t"
SELECT try('SELECT id FROM t');
SELECT try('DELETE FROM t');

-- A lock of another program is waited for, as long as lock_timeout says.
\! mkfifo $D/hold; (sqlite3 $D/del.db <$D/hold >/dev/null 2>&1 &); exec 3>$D/hold; (echo "BEGIN EXCLUSIVE;" >&3; sleep 3; echo "COMMIT;" >&3) & sleep 0.5
SET lock_timeout = '200ms';
SELECT try('INSERT INTO e VALUES (1)');
SELECT try('SELECT * FROM e');
SET lock_timeout = 0;
SET statement_timeout = '300ms';
SELECT * FROM e;
RESET statement_timeout;
SELECT try('INSERT INTO e VALUES (2)');
SELECT * FROM e;

-- A query without end can be cancelled, and so can a change; the change takes the
-- transaction with it.
SET statement_timeout = '500ms';
SELECT binds.query('del', 'WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r');
SELECT binds.execute('del', 'INSERT INTO e WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x FROM r WHERE x < 0');
RESET statement_timeout;
SELECT * FROM e;
