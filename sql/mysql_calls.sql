\i test/setup.psql
-- A CALL is one wherever it stands: behind comments, in parentheses, inside of executable
-- comments.  On a server without XA a procedure that ends the transaction, and begins
-- another one, dooms the session's: nothing of it is committed as if all were well.
\set VERBOSITY sqlstate
\! printf 'CREATE TABLE t (id int PRIMARY KEY);\nDELIMITER /\nCREATE PROCEDURE q()\nBEGIN\n\tCOMMIT;\n\tSTART TRANSACTION;\nEND/\n' | $MY users
\set url :mysql 'users'
SELECT binds.add('b', :'url', '{"two_phase": "off"}');
SELECT binds.execute('b', 'CALL q()');
SELECT binds.execute('b', ' call q()');
SELECT binds.execute('b', '/* x */ CALL q()');
SELECT binds.execute('b', '/* x */CALL q()');
SELECT binds.execute('b', E'-- x\nCALL q()');
SELECT binds.execute('b', E'#x\n\tCALL q()');
SELECT binds.execute('b', '/**//* ; */ -- x' || E'\n# y\n' || '/* z */ CALL q()');
SELECT binds.execute('b', '/*! CALL q() */');
SELECT binds.execute('b', '/*!50000 CALL */ q()');
BEGIN;
SELECT binds.execute('b', 'INSERT INTO t VALUES (1)');
SELECT binds.execute('b', '/* x */ CALL q()');
COMMIT;
-- no more than that is refused
BEGIN;
SELECT binds.execute('b', '/* x */ INSERT INTO t VALUES (2)');
SELECT binds.execute('b', '/* x */ DO 0');
SELECT binds.query('b', '(SELECT 1 AS one)');
COMMIT;
SELECT binds.query('b', 'SELECT max(id) AS id FROM t');
