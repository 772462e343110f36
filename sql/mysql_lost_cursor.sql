\i test/setup.psql
-- The server ends our connection while a cursor is open on it.  What comes next fails
-- with 08006 or 40001, or finds a new connection where nothing was written; the session
-- lives, and what was not committed is gone.
\! $MY users -e 'CREATE TABLE a (id int PRIMARY KEY, v varchar(20)); CREATE TABLE b (id int PRIMARY KEY, v varchar(20)); INSERT INTO a VALUES (1, "a1"), (2, "a2"), (3, "a3"); INSERT INTO b VALUES (1, "b1"), (2, "b2"), (3, "b3")'
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "my"}');
SELECT count(*) FROM binds.reflect('my');
\set VERBOSITY sqlstate
\set SHOW_CONTEXT never
SELECT pg_backend_pid() AS pid \gset
\set cursor 'BEGIN; DECLARE c CURSOR FOR SELECT a.id, b.v FROM my.a JOIN my.b USING (id) ORDER BY 1; FETCH 1 FROM c;'

-- nothing was written yet: what comes is done on a new connection, and the cursor has
-- its rows
:cursor
\! test/kill_connections
INSERT INTO my.a VALUES (4, 'a4');
FETCH ALL FROM c;
COMMIT;
SELECT * FROM my.a ORDER BY id;
:cursor
\! test/kill_connections
SELECT id FROM my.a WHERE id = 1 FOR UPDATE;
ROLLBACK;
:cursor
\! test/kill_connections
UPDATE my.a SET v = 'new' WHERE id = 4;
COMMIT;
SELECT v FROM my.a WHERE id = 4;
:cursor
\! test/kill_connections
SAVEPOINT s;
INSERT INTO my.a VALUES (5, 'a5');
ROLLBACK TO s;
INSERT INTO my.a VALUES (6, 'a6');
COMMIT;
SELECT id FROM my.a WHERE id > 4;
:cursor
\! test/kill_connections
SELECT binds.execute('my', $$UPDATE a SET v = 'executed' WHERE id = 6$$);
COMMIT;
SELECT v FROM my.a WHERE id = 6;

-- what reads needs the snapshot that is lost with the connection
:cursor
\! test/kill_connections
SELECT count(*) FROM my.a;
ROLLBACK;
:cursor
\! test/kill_connections
SAVEPOINT s;
ANALYZE my.b;
ROLLBACK TO s;
SELECT count(*) FROM my.b;
COMMIT;
-- the same with more cursors, one of them closed
:cursor
DECLARE d CURSOR FOR SELECT a.id, b.v FROM my.a JOIN my.b USING (id);
FETCH 1 FROM d;
DECLARE e CURSOR FOR SELECT * FROM my.a;
FETCH 1 FROM e;
CLOSE d;
\! test/kill_connections
ANALYZE my.b;
ROLLBACK;
ANALYZE my.b;

-- a statement that has read in a snapshot does not go on in another one
SET binds.pushdown = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;
BEGIN;
DECLARE c CURSOR FOR SELECT a.id, b.v FROM my.a, LATERAL (SELECT v FROM my.b WHERE b.id = a.id OFFSET 0) b;
FETCH 1 FROM c;
\! test/kill_connections
SAVEPOINT s;
SELECT count(*) FROM my.a;
ROLLBACK TO s;
SELECT count(*) FROM my.a;
FETCH ALL FROM c;
ROLLBACK;
RESET ALL;

-- once something is written the transaction is doomed, whatever a block swallows
BEGIN;
INSERT INTO my.a VALUES (7, 'a7');
DECLARE c CURSOR FOR SELECT * FROM my.a;
FETCH 1 FROM c;
\! test/kill_connections
SAVEPOINT s;
INSERT INTO my.a VALUES (8, 'a8');
ROLLBACK TO s;
SELECT count(*) FROM my.b;
COMMIT;
BEGIN;
INSERT INTO my.a VALUES (7, 'a7');
\! test/kill_connections
COMMIT;
BEGIN;
INSERT INTO my.a VALUES (7, 'a7');
SAVEPOINT s;
INSERT INTO my.a VALUES (8, 'a8');
\! test/kill_connections
ROLLBACK TO s;
COMMIT;
SELECT count(*) FROM my.a WHERE id > 6;

-- reading catalogs, and making tables, of a connection that is lost
BEGIN;
SELECT count(*) FROM my.a;
SELECT binds.query('my', 'SELECT 1 AS i');
\! test/kill_connections
SELECT count(*) FROM binds.reflect('my');
ROLLBACK;
SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY)', 'my');
BEGIN;
SELECT model, action FROM binds.create_all('my');
\! test/kill_connections
-- (which also warns about the table it cannot drop, before or after the error)
SET client_min_messages = error;
SELECT model, action FROM binds.drop_all('my') WHERE action = 'dropped';
-- what it could not do while the transaction ended leaves a session that can be cancelled
ROLLBACK;
SET statement_timeout = '100ms';
SELECT pg_sleep(5);
RESET statement_timeout;
SELECT model, action FROM binds.create_all('my') WHERE model = 'm';
SELECT model, action FROM binds.create_all('my') WHERE model = 'm';

-- and the session is the same one
SELECT pg_backend_pid() = :pid AS lives;
