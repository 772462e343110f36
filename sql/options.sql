\i test/setup.psql
\set url :sqlite 'files.db'
SELECT binds.add('files', :'url');
SELECT binds.define('CREATE TABLE t (a integer PRIMARY KEY, b varchar(10))', 'files');
SELECT * FROM binds.create_all('files');

-- New files are in WAL mode, unless journal_mode says otherwise.
\! sqlite3 $D/files.db 'PRAGMA journal_mode'
\set url2 :sqlite 'other.db'
SELECT binds.add('other', :'url2', '{"journal_mode": "delete", "schema": "other"}');
SELECT binds.define('CREATE TABLE t (a integer PRIMARY KEY, b varchar(10))', 'other');
-- The local schema is that of the bind.
SELECT * FROM binds.create_all('other');
\! sqlite3 $D/other.db 'PRAGMA journal_mode'

-- read_only of a bind, from the next transaction on; and of one table.
INSERT INTO t VALUES (1, 'x');
SELECT binds.alter('files', options => '{"read_only": true}');
INSERT INTO t VALUES (2, 'x');
SELECT * FROM t;
SELECT binds.alter('files', options => '{"read_only": false}');
ALTER FOREIGN TABLE t OPTIONS (ADD read_only 'true');
DELETE FROM t;
ALTER FOREIGN TABLE t OPTIONS (DROP read_only);
UPDATE t SET b = 'y';

-- hide_parameters: no value in messages.
INSERT INTO t VALUES (1, 'secret');
SELECT binds.alter('files', options => '{"hide_parameters": true}');
INSERT INTO t VALUES (1, 'secret');
SELECT binds.execute('files', 'INSERT INTO t VALUES (1, ''secret'')');
CREATE FOREIGN TABLE misread (b integer, j json OPTIONS (column_name 'b'))
	SERVER files OPTIONS (table_name 't');
CREATE FOREIGN TABLE misread_number (n numeric(20,2) OPTIONS (column_name 'a'))
	SERVER files OPTIONS (table_name 't');
SELECT b FROM misread;
SELECT j FROM misread;
INSERT INTO misread_number VALUES (123456789012345678.91);
SELECT binds.alter('files', options => '{"hide_parameters": null}');
SELECT b FROM misread;
SELECT j FROM misread;
INSERT INTO misread_number VALUES (123456789012345678.91);
DROP FOREIGN TABLE misread, misread_number;

-- managed false: nothing is created, dropped or altered.
SELECT binds.define('CREATE TABLE u (a integer PRIMARY KEY)', 'files');
SELECT binds.alter('files', options => '{"managed": false}');
SELECT * FROM binds.create_all('files');
SELECT * FROM binds.drop_all('files');
SELECT * FROM binds.query('files', 'SELECT name FROM sqlite_master ORDER BY 1');
SELECT binds.alter('files', options => '{"managed": true}');

-- invalid_values: of the wrapper, the bind, the table, the column; the nearest counts.
SELECT binds.execute('files', 'CREATE TABLE bad (a int, b int)');
SELECT binds.execute('files', 'INSERT INTO bad VALUES (1, ''x'')');
CREATE FOREIGN TABLE bad (a int, b int) SERVER files;
SELECT * FROM bad;
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (invalid_values 'null');
SELECT * FROM bad;
ALTER SERVER files OPTIONS (invalid_values 'error');
SELECT * FROM bad;
ALTER FOREIGN TABLE bad OPTIONS (invalid_values 'null');
SELECT * FROM bad;
ALTER FOREIGN TABLE bad ALTER b OPTIONS (invalid_values 'error');
SELECT * FROM bad;
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (DROP invalid_values);

-- isolation_level, pool_pre_ping, pool_recycle and echo are taken; echo is for the log.
SELECT binds.alter('files', options => '{"isolation_level": "SERIALIZABLE",
	"pool_pre_ping": "yes", "pool_recycle": 0, "echo": true}');
\! echo 'SET client_min_messages = log; SELECT * FROM t;' | test/masked
SELECT binds.alter('files', options => '{"echo": null}');
SELECT * FROM t;

-- A new URL takes effect at the next transaction.
BEGIN;
INSERT INTO t VALUES (3, 'old');
SELECT binds.alter('files', :'url2');
INSERT INTO t VALUES (4, 'old');
COMMIT;
SELECT * FROM t;
\! sqlite3 $D/files.db 'SELECT * FROM t'

-- isolation_level: at REPEATABLE READ what was read first stays, whatever others do.
SELECT binds.alter('files', options => '{"isolation_level": null}');
\! chmod 666 $D/*.db*
BEGIN;
SELECT count(*) FROM t;
\! sqlite3 $D/other.db 'INSERT INTO t VALUES (100, NULL)'
SELECT count(*) FROM t;
COMMIT;
SELECT binds.alter('files', options => '{"isolation_level": "REPEATABLE READ"}');
\! sqlite3 $D/files.db 'INSERT INTO t VALUES (100, NULL)'
SELECT binds.alter('files', :'url');
BEGIN;
SELECT count(*) FROM t;
\! sqlite3 $D/files.db 'INSERT INTO t VALUES (101, NULL)'
SELECT count(*) FROM t;
COMMIT;
SELECT count(*) FROM t;

-- mode=ro of a URI: takes no writes; timeout: how long a lock is waited for.
SELECT binds.add('ro', 'sqlite:///file://' || :'dir' || '/files.db?mode=ro&uri=true', '{"schema": "ro"}');
CREATE FOREIGN TABLE ro.t (a integer OPTIONS (key 'true'), b varchar(10)) SERVER ro;
SELECT count(*) FROM ro.t;
DELETE FROM ro.t;
\echo :LAST_ERROR_SQLSTATE
\c -
SELECT binds.alter('files', :'url' || '?timeout=1');
\! (echo 'BEGIN IMMEDIATE; SELECT 1;'; sleep 3) | sqlite3 -cmd '.timeout 5000' $D/files.db >/dev/null & sleep 0.5
SELECT clock_timestamp() AS start \gset
DELETE FROM t;
\echo :LAST_ERROR_SQLSTATE
SELECT clock_timestamp() - :'start' BETWEEN '0.8 s' AND '2.5 s' AS soon;

-- fetch_size: rows are read at once, so that a shorter result locks nothing while its
-- rows are being used; without it they stream. Longer results are whole all the same.
\set url 'sqlite:///' :dir '/ahead.db'
SELECT binds.add('ahead', :'url', '{"journal_mode": "delete"}');
SELECT binds.define('CREATE TABLE ahead (id integer PRIMARY KEY)', 'ahead');
SELECT action FROM binds.create_all('ahead');
INSERT INTO ahead SELECT generate_series(1, 50);
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM ahead ORDER BY id;
FETCH 1 FROM c;
\! sqlite3 $D/ahead.db 'DELETE FROM ahead WHERE id = 50' 2>&1 | sed 's/.*locked.*/locked/'
COMMIT;
SELECT binds.alter('ahead', options => '{"fetch_size": 100}');
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM ahead ORDER BY id;
FETCH 1 FROM c;
\! sqlite3 $D/ahead.db 'DELETE FROM ahead WHERE id = 50' 2>&1 | sed 's/.*locked.*/locked/'
SELECT count(*) FROM ahead;
MOVE ALL FROM c;
COMMIT;
SELECT binds.alter('ahead', options => '{"fetch_size": 7}');
SELECT count(*), sum(id), min(id), max(id) FROM ahead;
SELECT count(*) FROM ahead a JOIN ahead b ON b.id = a.id;
SELECT count(*) FROM generate_series(1, 3) g, LATERAL (SELECT id FROM ahead WHERE id > g * 10 OFFSET 0) x;
