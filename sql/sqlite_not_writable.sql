\i test/setup.psql
-- Files of SQLite, and folders, that the server may not write, for the moment or for good.
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE hint text; n bigint;
BEGIN
	EXECUTE statement;
	GET DIAGNOSTICS n = ROW_COUNT;
	RETURN 'done ' || n;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(E'\n', SQLSTATE || ' ' || SQLERRM, nullif(hint, ''));
END $$;
\pset format unaligned
\t on

-- A file in WAL mode in a folder that must not be written: the way out is named, and works.
\! mkdir $D/ro && sqlite3 $D/ro/wal.db "PRAGMA journal_mode = wal; CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one')" && chmod 444 $D/ro/wal.db && chmod 555 $D/ro && ls $D/ro
\set url :sqlite 'ro/wal.db'
SELECT binds.add('wal', :'url');
CREATE FOREIGN TABLE wal_t (id integer, v text) SERVER wal OPTIONS (table_name 't');
SELECT try('SELECT * FROM wal_t');
SELECT try('SELECT binds.query(''wal'', ''SELECT 1'')');
\set url sqlite:///file: :dir '/ro/wal.db?mode=ro&immutable=1&uri=true'
SELECT binds.alter('wal', :'url');
SELECT * FROM wal_t;
SELECT try('INSERT INTO wal_t VALUES (2, ''two'')');

-- What is no matter of WAL mode has no such hint: no file, and no right to make a journal.
\! mkdir $D/del && sqlite3 $D/del/del.db "CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one')" && chmod 666 $D/del/del.db && chmod 555 $D/del
\set url :sqlite 'del/no.db'
SELECT binds.add('del', :'url');
CREATE FOREIGN TABLE del_t (id integer, v text) SERVER del OPTIONS (table_name 't');
SELECT try('SELECT * FROM del_t');
\set url :sqlite 'del/del.db'
SELECT binds.alter('del', :'url');
SELECT * FROM del_t;
SELECT try('INSERT INTO del_t VALUES (2, ''two'')');
\! chmod 777 $D/del
INSERT INTO del_t VALUES (2, 'two');

-- A file that may be written later is written by the next transaction of the session,
-- not by the one that has read it before.
\! sqlite3 $D/late.db "CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one')" && chmod 444 $D/late.db
\set url :sqlite 'late.db'
SELECT binds.add('late', :'url');
CREATE FOREIGN TABLE late_t (id integer, v text) SERVER late OPTIONS (table_name 't');
SELECT * FROM late_t;
SELECT try('INSERT INTO late_t VALUES (2, ''two'')');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM late_t;
\! chmod 666 $D/late.db
SELECT try('INSERT INTO late_t VALUES (2, ''two'')');
SELECT * FROM late_t;
COMMIT;
INSERT INTO late_t VALUES (3, 'three');
SELECT * FROM late_t ORDER BY id;
SELECT binds.execute('late', 'DELETE FROM t WHERE id = 3');
SELECT * FROM late_t ORDER BY id;

-- So is one whose server's owner may write files later.
CREATE ROLE binds_reads IN ROLE pg_read_server_files;
ALTER SERVER late OWNER TO binds_reads;
SELECT * FROM late_t;
SELECT try('INSERT INTO late_t VALUES (4, ''four'')');
GRANT pg_write_server_files TO binds_reads;
INSERT INTO late_t VALUES (4, 'four');
SELECT * FROM late_t ORDER BY id;
DROP SERVER late CASCADE;
DROP ROLE binds_reads;

-- A bind with immutable=1 sees no change of others; another bind on the same file does, in
-- the same session as well.
\! sqlite3 $D/live.db "CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'one')" && chmod 666 $D/live.db
\set url sqlite:///file: :dir '/live.db?mode=ro&immutable=1&uri=true'
SELECT binds.add('frozen', :'url');
\set url sqlite:///file: :dir '/live.db?mode=ro&uri=true'
SELECT binds.add('live', :'url');
CREATE FOREIGN TABLE frozen_t (id integer, v text) SERVER frozen OPTIONS (table_name 't');
CREATE FOREIGN TABLE live_t (id integer, v text) SERVER live OPTIONS (table_name 't');
SELECT count(*) FROM frozen_t;
\! sqlite3 $D/live.db "INSERT INTO t VALUES (2, 'two')"
SELECT count(*) FROM live_t;
SELECT count(*) FROM frozen_t;
\c
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM frozen_t;
SELECT count(*) FROM live_t;
ROLLBACK;
SELECT count(*) FROM live_t;
-- It is read only, wherever it is said.
\set url :sqlite 'live.db'
SELECT binds.alter('frozen', :'url', '{"connect_args": {"immutable": true}}');
SELECT try('INSERT INTO frozen_t VALUES (3, ''three'')');
SELECT count(*) FROM frozen_t;
\! chmod 755 $D/ro $D/del
