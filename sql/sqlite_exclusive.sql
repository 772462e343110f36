\i test/setup.psql
-- The option exclusive: no memory is shared with other processes, which cannot use the
-- file while a transaction does.
\pset format unaligned
\t on
\set url :sqlite 'x.db'
SELECT binds.add('x', :'url', '{"exclusive": true, "lock_timeout": 300}');
SELECT options -> 'exclusive' FROM binds.engines WHERE bind_key = 'x';
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'x');
SELECT action FROM binds.create_all('x');
INSERT INTO t VALUES (1, 'one');
\! ls $D; sqlite3 $D/x.db 'PRAGMA journal_mode; SELECT * FROM t'

-- Readers, writers and cursors keep others out to the end of the transaction.
BEGIN;
SELECT * FROM t;
\! ls $D | grep shm; sqlite3 $D/x.db 'SELECT * FROM t' 2>&1 | grep -o locked
COMMIT;
\! sqlite3 $D/x.db "INSERT INTO t VALUES (2, 'two')"
BEGIN;
SAVEPOINT s;
INSERT INTO t VALUES (3, 'three');
DECLARE c CURSOR FOR SELECT * FROM t ORDER BY id;
FETCH 2 FROM c;
\! ls $D | grep shm; sqlite3 $D/x.db 'SELECT * FROM t' 2>&1 | grep -o locked
FETCH 2 FROM c;
ROLLBACK TO s;
SELECT * FROM t ORDER BY id;
COMMIT;
\! ls $D; sqlite3 $D/x.db "SELECT * FROM t ORDER BY id"
DECLARE h CURSOR WITH HOLD FOR SELECT * FROM t ORDER BY id;
FETCH 1 FROM h;
\! sqlite3 $D/x.db "INSERT INTO t VALUES (4, 'four')"
FETCH ALL FROM h;
CLOSE h;

-- Another program that has the file open keeps us out, for lock_timeout.
\! mkfifo $D/hold; (sqlite3 $D/x.db <$D/hold >/dev/null 2>&1 &); (echo "BEGIN; SELECT * FROM t;" >&3; sleep 2; echo "COMMIT;" >&3) 3>$D/hold & sleep 0.7
SELECT count(*) FROM t;
\echo :LAST_ERROR_SQLSTATE
\! sleep 2
SELECT count(*) FROM t;

-- A bind of the same file without the option opens it as usual, in a transaction of its
-- own; the next transaction of this one opens it again.
SELECT binds.add('y', :'url');
CREATE FOREIGN TABLE y_t (id integer, v text) SERVER y OPTIONS (table_name 't');
BEGIN;
SELECT count(*) FROM y_t;
\! ls $D | grep shm
COMMIT;
BEGIN;
SELECT count(*) FROM t;
\! ls $D | grep shm
COMMIT;

-- A file that is only read has no lock to keep.
ALTER SERVER x OPTIONS (ADD read_only 'true');
SELECT * FROM t;
ALTER SERVER x OPTIONS (DROP read_only);
ALTER SERVER x OPTIONS (SET exclusive 'maybe');
ALTER SERVER x OPTIONS (SET exclusive 'false');
SELECT count(*) FROM t;
