\i test/setup.psql
\set url :sqlite 'files.db'
SELECT binds.add('files', :'url');

-- A file that is not there is made by the first definition, not by a look at it.
\set VERBOSITY terse
SELECT binds.query('files', 'SELECT 1 AS one');
\set VERBOSITY default
SELECT binds.execute('files', 'CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c REAL, d BLOB)');
-- The number of rows; every kind of value.
SELECT binds.execute('files', $$INSERT INTO t VALUES (1, 'ä"''', 1.5, x'00ff'), (2, NULL, 9e999, NULL)$$);
SELECT * FROM binds.query('files', 'SELECT * FROM t ORDER BY a');
SELECT binds.execute('files', 'UPDATE t SET b = b');
SELECT * FROM binds.query('files', 'UPDATE t SET b = ''x'' WHERE a = 2 RETURNING a, b');
SELECT binds.execute('files', 'DELETE FROM t WHERE a > 5');
SELECT count(*) FROM binds.query('files', 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL
	SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n');
-- The number of rows of a SELECT is that of its rows.
SELECT binds.execute('files', 'SELECT * FROM t');
-- Changes that WITH introduces.
SELECT binds.execute('files', 'WITH v(x) AS (VALUES (7)) INSERT INTO t (a) SELECT x FROM v');
SELECT * FROM binds.query('files', 'WITH v(x) AS (VALUES (7)) DELETE FROM t WHERE a IN v RETURNING a');

-- All in the session's transaction.
BEGIN;
SELECT binds.execute('files', 'INSERT INTO t (a) VALUES (10)');
SAVEPOINT s;
SELECT binds.execute('files', 'INSERT INTO t (a) VALUES (11)');
SELECT binds.execute('files', 'CREATE TABLE u (a)');
ROLLBACK TO s;
SELECT * FROM binds.query('files', 'SELECT a FROM t UNION ALL SELECT name FROM sqlite_master WHERE name = ''u''');
ROLLBACK;
SELECT * FROM binds.query('files', 'SELECT a FROM t');
-- An error of one statement undoes all of them.
BEGIN;
SELECT binds.execute('files', 'INSERT INTO t (a) VALUES (12)');
SELECT binds.execute('files', 'INSERT INTO t (a) VALUES (12)');
COMMIT;
SELECT * FROM binds.query('files', 'SELECT a FROM t');

-- What is written is in the file.
\! sqlite3 $D/files.db 'SELECT a, b FROM t'

-- Statements that end the transaction, or reach for other files, are refused, however
-- they are written; several at once, too.
SELECT binds.execute('files', 'COMMIT');
SELECT binds.execute('files', ' /* x */ -- y
	rollback');
SELECT binds.execute('files', 'BEGIN IMMEDIATE');
SELECT binds.execute('files', 'SAVEPOINT s');
SELECT binds.execute('files', 'ATTACH ''/etc/passwd'' AS x');
SELECT binds.execute('files', 'VACUUM');
SELECT binds.execute('files', 'SELECT 1; COMMIT');
SELECT binds.execute('files', 'SELECT 1; -- nothing follows');
SELECT binds.execute('files', 'CREATE TABLE v (a); COMMIT');
SELECT binds.execute('files', ';');
SELECT binds.execute('files', '');
SELECT binds.execute('files', '-- nothing');
SELECT binds.execute('files', '"SELECT" 1');
SELECT binds.execute('files', 'PRAGMA journal_mode = off');
SELECT binds.query('files', 'SELECT load_extension(''x'')');
-- A trigger's body holds several.
SELECT binds.execute('files', 'CREATE TRIGGER tr AFTER INSERT ON t BEGIN
	UPDATE t SET c = 1; UPDATE t SET c = 2; END;');

-- Rows without a name of their own, and none at all.
SELECT binds.query('files', 'SELECT 1 AS a, 2 AS a');
SELECT binds.query('files', 'DELETE FROM t WHERE a = 99');
-- Text that cannot be text here.
SELECT binds.query('files', 'SELECT CAST(x''ff'' AS TEXT) AS a');
SELECT binds.query('files', 'SELECT CAST(x''6100'' AS TEXT) AS a');
-- The engine's own errors.
SELECT binds.query('files', 'SELECT * FROM nowhere');
SELECT binds.execute('files', 'INSERT INTO t (a) VALUES (1)');

-- Read-only: the transaction, and the bind.
BEGIN READ ONLY;
SELECT binds.query('files', 'SELECT a FROM t');
SAVEPOINT s;
SELECT binds.execute('files', 'DELETE FROM t');
ROLLBACK TO s;
SELECT binds.query('files', 'WITH v(x) AS (VALUES (7)) DELETE FROM t WHERE a IN v RETURNING a');
ROLLBACK;
SELECT binds.alter('files', options => '{"read_only": true}');
SELECT binds.query('files', 'SELECT a FROM t');
SELECT binds.execute('files', 'DELETE FROM t');
SELECT binds.alter('files', options => '{"read_only": null}');

-- The default bind: the same, through PostgreSQL itself, with the caller's path.
CREATE SCHEMA path CREATE TABLE here (a int PRIMARY KEY, b text);
SET search_path = path, public;
SELECT binds.execute(NULL, 'INSERT INTO here VALUES (1, ''x''), (2, NULL)');
SELECT * FROM binds.query(NULL, 'SELECT *, a / 2.0 AS half, now() IS NULL AS nope FROM here ORDER BY a');
SELECT * FROM binds.query(NULL, 'DELETE FROM here RETURNING a');
SELECT binds.execute(NULL, 'COMMIT');
SELECT binds.execute(NULL, 'COPY here FROM STDIN');
SELECT binds.query(NULL, 'INSERT INTO here VALUES (3)');
SELECT binds.query(NULL, 'SELECT 1 AS a, 2 AS a');
SELECT binds.query(NULL, 'SELECT 1; SELECT 2');
RESET search_path;

-- Keys and statements that are not there.
SELECT binds.execute('nope', 'SELECT 1');
SELECT binds.query('nope', 'SELECT 1');
SELECT binds.query('files', NULL);

-- Who has EXECUTE on a function needs USAGE on the server as well.
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_binds_executes;
CREATE ROLE regress_binds_executes;
RESET client_min_messages;
GRANT USAGE ON SCHEMA binds TO regress_binds_executes;
GRANT EXECUTE ON FUNCTION binds.execute(text, text), binds.query(text, text), binds.execute(text, text, "any"), binds.query(text, text, "any") TO regress_binds_executes;
SET ROLE regress_binds_executes;
SELECT binds.execute('files', 'DELETE FROM t');
SELECT binds.query('files', 'SELECT a FROM t');
SELECT binds.execute('files', 'DELETE FROM t WHERE a = ?', 1);
SELECT binds.query('files', 'SELECT a FROM t WHERE a = ?', 1);
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER files TO regress_binds_executes;
SET ROLE regress_binds_executes;
SELECT binds.execute('files', 'SELECT 1');
SELECT binds.query('files', 'SELECT ? AS a', 1);
RESET ROLE;
DROP OWNED BY regress_binds_executes;
DROP ROLE regress_binds_executes;
