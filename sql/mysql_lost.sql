\i test/setup.psql
-- Connections that the server ends, at every point of a transaction.
\set a_url :mysql 'users'
\pset null '(null)'
SELECT binds.add('a', :'a_url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'a');
SELECT model, action FROM binds.create_all();
INSERT INTO t SELECT i, repeat('x', 4000) FROM generate_series(1, 10000) i;
CREATE TABLE l (id integer);

-- Idle: nobody notices.
\! test/kill_connections
SELECT count(*) FROM t;
\! test/kill_connections
BEGIN;
UPDATE t SET v = 'new' WHERE id = 1;
COMMIT;
\! test/kill_connections
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT v FROM t WHERE id = 1;
COMMIT;

-- Between two reads of a transaction at READ COMMITTED: nothing is lost by it.
BEGIN;
SELECT count(*) FROM t;
\! test/kill_connections
SELECT count(*) FROM t;
COMMIT;

-- In the middle of a scan: an error, no rows less.  The session goes on.
BEGIN;
DECLARE c CURSOR FOR SELECT id, v FROM t;
MOVE 10 FROM c;
\! test/kill_connections
\set VERBOSITY sqlstate
MOVE ALL FROM c;
\set VERBOSITY default
ROLLBACK;
SELECT count(*) FROM t;

-- With a savepoint the transaction goes on, too; rows set aside are not lost.
BEGIN;
DECLARE c1 CURSOR FOR SELECT id FROM t ORDER BY id;
DECLARE c2 CURSOR FOR SELECT id, v FROM t ORDER BY id;
MOVE 10 FROM c1;
MOVE 10 FROM c2;
SAVEPOINT s;
\! test/kill_connections
\set VERBOSITY sqlstate
MOVE ALL FROM c2;
ROLLBACK TO s;
MOVE ALL FROM c2;
\set VERBOSITY default
ROLLBACK TO s;
MOVE 1000 FROM c1;
FETCH c1;
SELECT count(*) FROM t;
COMMIT;

-- In the middle of a writing transaction, told by the next statement.
BEGIN;
INSERT INTO l VALUES (1);
UPDATE t SET v = 'lost' WHERE id = 1;
\! test/kill_connections
\set VERBOSITY sqlstate
UPDATE t SET v = 'lost' WHERE id = 2;
\set VERBOSITY default
COMMIT;

-- Swallowed by an exception block: the commit fails.
BEGIN;
INSERT INTO l VALUES (1);
UPDATE t SET v = 'lost' WHERE id = 1;
\! test/kill_connections
DO $$ BEGIN PERFORM count(*) FROM t; EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%', sqlstate; END $$;
INSERT INTO l VALUES (2);
\set VERBOSITY sqlstate
COMMIT;

-- Told by the commit only, and by the rollback to a savepoint.
BEGIN;
INSERT INTO l VALUES (1);
UPDATE t SET v = 'lost' WHERE id = 1;
\! test/kill_connections
COMMIT;
BEGIN;
UPDATE t SET v = 'lost' WHERE id = 1;
SAVEPOINT s;
UPDATE t SET v = 'lost' WHERE id = 2;
\! test/kill_connections
ROLLBACK TO s;
INSERT INTO l VALUES (1);
UPDATE t SET v = 'lost' WHERE id = 3;
COMMIT;
BEGIN;
UPDATE t SET v = 'lost' WHERE id = 1;
SAVEPOINT s;
UPDATE t SET v = 'lost' WHERE id = 2;
\! test/kill_connections
RELEASE s;
COMMIT;

-- The rollback of a lost transaction is just that.
BEGIN;
UPDATE t SET v = 'lost' WHERE id = 1;
\! test/kill_connections
ROLLBACK;
\set VERBOSITY default
SELECT count(*) FROM t WHERE v = 'lost';
SELECT count(*) FROM l;

-- A wrong password, then the right one.
ALTER USER MAPPING FOR CURRENT_USER SERVER a OPTIONS (SET password 'wrong');
\set VERBOSITY sqlstate
SELECT count(*) FROM t;
\set VERBOSITY default
ALTER USER MAPPING FOR CURRENT_USER SERVER a OPTIONS (SET password 'secret');
SELECT count(*) FROM t;

-- Whoever is no superuser must give a password.
CREATE ROLE regress_lost;
GRANT SELECT ON t TO regress_lost;
CREATE USER MAPPING FOR regress_lost SERVER a OPTIONS (user 'app');
SET ROLE regress_lost;
SELECT count(*) FROM t;
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
ALTER USER MAPPING FOR regress_lost SERVER a OPTIONS (ADD password_required 'false');
SET ROLE regress_lost;
\set VERBOSITY sqlstate
SELECT count(*) FROM t;
\set VERBOSITY default
RESET ROLE;
ALTER USER MAPPING FOR regress_lost SERVER a OPTIONS (ADD password 'secret', SET password_required 'true');
SET ROLE regress_lost;
SELECT count(*) FROM t;
RESET ROLE;
DROP USER MAPPING FOR regress_lost SERVER a;
SET ROLE regress_lost;
\set VERBOSITY sqlstate
SELECT count(*) FROM t;
\set VERBOSITY default
RESET ROLE;

-- A view reads with the rights of its owner.
CREATE VIEW w AS SELECT count(*) FROM t;
GRANT SELECT ON w TO regress_lost;
SET ROLE regress_lost;
SELECT * FROM w;
RESET ROLE;
DROP OWNED BY regress_lost;
DROP ROLE regress_lost;
