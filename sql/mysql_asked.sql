\i test/setup.psql
-- What MySQL's own SQL does is the server's answer; a word decides only what must not
-- reach it.
\set url :mysql 'users'
SELECT binds.add('m', :'url');
\! $MY users -e 'CREATE TABLE t (a int PRIMARY KEY); INSERT INTO t VALUES (1)'
\! $MY users --delimiter=/ -e 'CREATE FUNCTION w() RETURNS int DETERMINISTIC BEGIN INSERT INTO t VALUES (100); RETURN 1; END/ CREATE PROCEDURE commits() BEGIN COMMIT; INSERT INTO t VALUES (200); END'
\set VERBOSITY sqlstate
-- a typing error is a syntax error
SELECT binds.execute('m', 'SELCT 1');
SELECT binds.execute('m', 'UDPATE t SET a = 2');
SELECT binds.execute('m', 'INSRET INTO t VALUES (''it''''s \'')');
BEGIN READ ONLY;
SELECT binds.execute('m', 'SELCT 1');
ROLLBACK;
-- what the server understands and we do not is refused, and not executed
SELECT binds.execute('m', 'CHECKSUM TABLE t');
-- also behind a comment that only other servers read
SELECT binds.execute('m', '/*!99999 SELECT 1 */ COMMIT');
SELECT binds.execute('m', '/*!99999 SELECT 1 */ INSERT INTO t VALUES (2)');
SELECT binds.execute('m', '/*!40101 TRUNCATE TABLE t */');
SELECT binds.execute('m', '(((COMMIT)))');
-- an explained change is none
SELECT count(*) > 0 AS plan FROM binds.query('m', 'EXPLAIN INSERT INTO t VALUES (3)');
BEGIN READ ONLY;
SELECT binds.query('m', 'DO 1');
ROLLBACK;
-- where nothing may be written the server refuses, be it inside of a function; and a
-- procedure that ends the transaction is not called
BEGIN READ ONLY;
SELECT binds.query('m', 'SELECT w()');
ROLLBACK;
BEGIN READ ONLY;
SELECT binds.execute('m', 'CALL commits()');
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT binds.execute('m', 'INSERT INTO t VALUES (4)');
ROLLBACK;
SELECT binds.alter('m', options => '{"read_only": true}');
SELECT binds.query('m', 'SELECT w()');
SELECT binds.execute('m', 'CALL commits()');
SELECT binds.execute('m', 'INSERT INTO t VALUES (4)');
SELECT binds.query('m', 'SELECT a FROM t');
SELECT binds.alter('m', options => '{"read_only": null}');
-- and where it may, what a SELECT has written goes with the transaction
BEGIN;
SELECT binds.query('m', 'SELECT w()');
ROLLBACK;
\! $MY users -e 'SELECT a FROM t'
