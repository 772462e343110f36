\i test/setup.psql
-- SQLite files that are missing, locked, read-only, truncated, damaged or replaced:
-- the right error, and the session works on.
\set VERBOSITY terse
\set url :sqlite 'a.db'
SELECT binds.add('a', :'url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'a');
SELECT action FROM binds.create_all('a');
INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 2000) i;

-- A new file is in WAL mode.
\! sqlite3 $D/a.db 'PRAGMA journal_mode'

-- A folder that is not there.
\set lost sqlite:/// :dir /nowhere/b.db
SELECT binds.add('lost', :'lost');
SELECT binds.define('CREATE TABLE l (id integer PRIMARY KEY)', 'lost');
SELECT * FROM binds.create_all('lost');
\echo :LAST_ERROR_SQLSTATE
-- A relative path is below the data directory's "binds", which is made; a folder
-- further down is not.
SELECT binds.alter('lost', 'sqlite:///regress_folder/b.db');
SELECT * FROM binds.create_all('lost');
\echo :LAST_ERROR_SQLSTATE
SELECT binds.alter('lost', 'sqlite:///regress_binds.db');
SELECT action FROM binds.create_all('lost');
COPY (SELECT) TO PROGRAM 'ls binds/regress_binds.db >/dev/null && rm binds/regress_binds.db*';
-- A file that is not there is not made by reading.
\set none :sqlite 'none.db'
SELECT binds.add('none', :'none');
CREATE FOREIGN TABLE n (id integer) SERVER none;
SELECT * FROM n;
\echo :LAST_ERROR_SQLSTATE
\! ls $D/none.db 2>&1 | grep -c 'No such'

-- A table that is not there, or has changed under us.
CREATE FOREIGN TABLE nope (id integer) SERVER a;
SELECT * FROM nope;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM t;
\! sqlite3 $D/a.db 'ALTER TABLE t RENAME COLUMN v TO w'
\set VERBOSITY sqlstate
SELECT max(v) IS NULL FROM t;
\set VERBOSITY terse
\! sqlite3 $D/a.db 'ALTER TABLE t RENAME COLUMN w TO v'
SELECT count(v) FROM t;

-- A file that another program has locked.
SET lock_timeout = '300ms';
\! (echo 'BEGIN IMMEDIATE; INSERT INTO t VALUES (-1, NULL);'; sleep 2) | sqlite3 $D/a.db & sleep 0.5
UPDATE t SET v = 'y' WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM t;
RESET lock_timeout;
UPDATE t SET v = 'y' WHERE id = 1;
SELECT v FROM t WHERE id = 1;

-- A file replaced by another one is opened anew.
\! sqlite3 $D/new.db 'CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (7, 7)'
\! sqlite3 $D/a.db ".backup $D/keep.db"; rm -f $D/a.db-wal $D/a.db-shm; chmod 666 $D/new.db; mv $D/new.db $D/a.db
SELECT id, v FROM t;

-- A file that holds something else, one that is cut, one that is damaged inside.
\! rm -f $D/a.db*; head -c 100000 /dev/zero | tr '\0' 'z' >$D/a.db; chmod 666 $D/a.db
SELECT count(*) FROM t;
\echo :LAST_ERROR_SQLSTATE
\! rm -f $D/a.db*; head -c 50000 $D/keep.db >$D/a.db; chmod 666 $D/a.db
SELECT count(v) FROM t;
\echo :LAST_ERROR_SQLSTATE
\! rm -f $D/a.db*; cp $D/keep.db $D/a.db; chmod 666 $D/a.db; head -c 40000 /dev/zero | tr '\0' 'z' | dd of=$D/a.db bs=4096 seek=4 conv=notrunc 2>/dev/null
SELECT count(v) FROM t;
\echo :LAST_ERROR_SQLSTATE
-- The whole one again.
\! rm -f $D/a.db*; cp $D/keep.db $D/a.db; chmod 666 $D/a.db
SELECT count(v) FROM t;

-- A file that may only be read.
\! chmod 444 $D/a.db
\c -
\set VERBOSITY terse
SELECT count(v) FROM t;
DELETE FROM t WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
\! chmod 666 $D/a.db

-- A bind that takes no writes.
SELECT binds.alter('a', NULL, '{"read_only": true}');
DELETE FROM t WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM t;
SELECT binds.alter('a', NULL, '{"read_only": false}');
BEGIN READ ONLY;
DELETE FROM t WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;

-- Databases in memory are refused.
SELECT binds.add('m', 'sqlite://');
SELECT binds.add('m', 'sqlite:///:memory:');
\echo :LAST_ERROR_SQLSTATE

-- The file of a bind is input like any other: no function of it runs here.
\! sqlite3 $D/h.db "CREATE TABLE h (id INTEGER PRIMARY KEY, v TEXT DEFAULT (load_extension('x'))); CREATE TABLE u (id INTEGER PRIMARY KEY)"
\! chmod 666 $D/h.db
\set h :sqlite 'h.db'
SELECT binds.add('h', :'h');
SELECT binds.execute('h', $$ATTACH '/tmp/other.db' AS o$$);
\echo :LAST_ERROR_SQLSTATE
SELECT binds.execute('h', 'PRAGMA writable_schema = on');
SELECT binds.execute('h', 'COMMIT');
\echo :LAST_ERROR_SQLSTATE
