\i test/setup.psql
\set url :mysql 'users'
SELECT binds.add('auth', :'url');
\! $MY users -e 'CREATE TABLE t (a int PRIMARY KEY, b text, c double, d blob, e decimal(10,2), f datetime(6))'

-- The number of rows; every kind of value.
SELECT binds.execute('auth', $$INSERT INTO t VALUES (1, 'ä"''\\', 1.5, x'00ff', 12.50, '2024-01-02 03:04:05.6'),
	(2, NULL, NULL, NULL, NULL, NULL)$$);
SELECT * FROM binds.query('auth', 'SELECT * FROM t ORDER BY a');
SELECT binds.execute('auth', 'UPDATE t SET b = b');
SELECT binds.execute('auth', 'UPDATE t SET b = ''x'' WHERE a = 2');
SELECT * FROM binds.query('auth', 'TABLE t') WHERE false;
SELECT * FROM binds.query('auth', 'SHOW TABLES');
SELECT * FROM binds.query('auth', '(SELECT 1 AS a) UNION (SELECT 2)');
SELECT binds.execute('auth', 'SELECT * FROM t');
SELECT binds.execute('auth', 'REPLACE INTO t (a, b) VALUES (2, ''y'')');

-- All in the session's transaction.
BEGIN;
SELECT binds.execute('auth', 'INSERT INTO t (a) VALUES (10)');
SAVEPOINT s;
SELECT binds.execute('auth', 'INSERT INTO t (a) VALUES (11)');
ROLLBACK TO s;
SELECT * FROM binds.query('auth', 'SELECT a FROM t ORDER BY a');
ROLLBACK;
\! $MY users -e 'SELECT a, b FROM t ORDER BY a'
BEGIN;
SELECT binds.execute('auth', 'INSERT INTO t (a) VALUES (12)');
\set VERBOSITY sqlstate
SELECT binds.execute('auth', 'INSERT INTO t (a) VALUES (12)');
\set VERBOSITY default
COMMIT;
\! $MY users -e 'SELECT a, b FROM t ORDER BY a'
SELECT * FROM binds.query('auth', 'SELECT a FROM t WHERE a = 1 FOR UPDATE');

-- What would end the transaction or change the connection is refused, however it is
-- written: in comments that are code, and behind those that are none.
SELECT binds.execute('auth', 'COMMIT');
SELECT binds.execute('auth', '/*!50000 COMMIT */');
SELECT binds.execute('auth', '/*M!100000 rollback */');
SELECT binds.execute('auth', E'# x\n-- y\n/* z */ START TRANSACTION');
SELECT binds.execute('auth', 'SET autocommit = 1');
SELECT binds.execute('auth', 'XA COMMIT ''x''');
SELECT binds.execute('auth', 'LOCK TABLES t WRITE');
SELECT binds.execute('auth', 'USE mysql');
SELECT binds.execute('auth', 'PREPARE p FROM ''COMMIT''');
SELECT binds.execute('auth', 'KILL 1');
SELECT binds.execute('auth', 'CREATE TABLE u (a int)');
SELECT binds.execute('auth', 'TRUNCATE TABLE t');
SELECT binds.execute('auth', 'ANALYZE TABLE t');
\set VERBOSITY sqlstate
SELECT binds.execute('auth', 'SELECT 1; COMMIT');
\set VERBOSITY default
SELECT binds.execute('auth', 'SELECT ''a''''; -- b'' AS c');
-- A procedure that commits is stopped by the engine: nothing is half done.
\! $MY users --delimiter=/ -e 'CREATE PROCEDURE p() BEGIN INSERT INTO t (a) VALUES (20); COMMIT; END'
SELECT binds.execute('auth', 'CALL p()');
-- A function that writes does so with the session, or not at all.
\! $MY users --delimiter=/ -e 'CREATE FUNCTION f() RETURNS int BEGIN INSERT INTO t (a) VALUES (30); RETURN 1; END'
BEGIN;
SELECT * FROM binds.query('auth', 'SELECT f()');
ROLLBACK;
BEGIN READ ONLY;
\set VERBOSITY sqlstate
SELECT * FROM binds.query('auth', 'SELECT f()');
\set VERBOSITY default
ROLLBACK;
\! $MY users -e 'SELECT a, b FROM t ORDER BY a'
SELECT * FROM binds.query('auth', 'SELECT f()');
\! $MY users -e 'SELECT a, b FROM t ORDER BY a'

-- The engine's own errors; the session works on.
SELECT binds.query('auth', 'SELECT * FROM nowhere');
SELECT * FROM binds.query('auth', 'SELECT count(*) AS n FROM t');
