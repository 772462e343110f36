\i test/setup.psql
-- What a part of a transaction that is rolled back has given to MySQL can be given again.
\set VERBOSITY terse
\set url :mysql 'users'
SELECT binds.add('there', :'url');
CREATE TABLE t (id integer PRIMARY KEY, d float8);
CREATE TABLE nan (id integer PRIMARY KEY, d float8);
CREATE TABLE here (id integer PRIMARY KEY);
INSERT INTO t VALUES (1, 1);
INSERT INTO nan VALUES (1, 'NaN');
SELECT binds.assign('here', 'there');
BEGIN;
SAVEPOINT a;
SELECT binds.assign('t', 'there');
ROLLBACK TO a;
SELECT binds.assign('t', 'there');
UPDATE t SET d = 2;
ROLLBACK TO a;
SELECT * FROM t;
SELECT binds.assign('t', 'there');
COMMIT;
SELECT * FROM t;
SELECT binds.assign('t', NULL);
\! $MY users -N -e "SHOW TABLES"

-- An exception block, the error half of the way.
DO $$ BEGIN
	BEGIN
		PERFORM binds.assign('{t,nan}'::regclass[], 'there');
	EXCEPTION WHEN OTHERS THEN
		RAISE NOTICE '%', SQLSTATE;
	END;
	PERFORM binds.assign('t', 'there');
END $$;
SELECT binds.get_bind('t'), binds.get_bind('nan');
SELECT binds.assign('t', NULL);
\! $MY users -N -e "SHOW TABLES"

-- What came before the savepoint stays, and all goes with the transaction.
BEGIN;
SAVEPOINT a;
SELECT binds.assign('t', 'there');
RELEASE a;
SAVEPOINT b;
SELECT binds.assign('here', NULL);
ROLLBACK TO b;
SELECT * FROM t;
ROLLBACK;
\! $MY users -N -e "SHOW TABLES"

-- Where the transaction has written to the bind before, the server keeps the table until its end.
\set VERBOSITY default
SELECT binds.alter('there', options => '{"isolation_level": "READ COMMITTED"}');
BEGIN;
INSERT INTO here VALUES (1);
SAVEPOINT a;
SELECT binds.assign('t', 'there');
ROLLBACK TO a;
SELECT binds.assign('t', 'there');
ROLLBACK TO a;
COMMIT;
SELECT * FROM here;
\! $MY users -N -e "SHOW TABLES"
-- There and back is two transactions.
BEGIN;
SELECT binds.assign('here', NULL);
SELECT binds.assign('here', 'there');
ROLLBACK;
SELECT binds.assign('here', NULL);
SELECT binds.assign('here', 'there');
SELECT * FROM here;
