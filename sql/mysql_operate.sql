\i test/setup.psql
-- Versions, ping, and the connections of this session, with a MySQL server.  What it says
-- of itself differs: only that it looks like a version is shown.
\pset null '(null)'
\set a_url :mysql 'users'
\set ping 'bind_key, ok, ms >= 0 AS timed, server_version ~ ''^[0-9]+[.][0-9]+'' AS version, split_part(error, '': '', 1) AS error'
\set connection 'bind_key, role = current_user AS mine, opened <= clock_timestamp() AS opened, in_transaction, server_version ~ ''^[0-9]+[.][0-9]+[.][0-9]+'' AS version, session ~ ''^[0-9]+$'' AS session'
SELECT binds.add('a', :'a_url');
SELECT binds.add('nowhere', 'mysql://app:hidden@127.0.0.1:1/users');
SELECT binds.add('wrong', replace(:'a_url', 'secret', 'hidden'));
SELECT binds.add('missing', :'a_url' || '_missing');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'a');
SELECT model, action FROM binds.create_all('a');
INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 5000) i;
SELECT binds.disconnect();

-- A server that cannot be reached, a wrong password, a database that is missing: rows, in
-- which no password stands, and the others come all the same.
SELECT :ping FROM binds.ping(ARRAY['nowhere', 'wrong', NULL, 'missing', 'a']);
SELECT bind_key, error ~ 'hidden|secret' AS told FROM binds.ping(ARRAY['nowhere', 'wrong', 'missing']);
SELECT :connection FROM binds.connections;
-- The session number and the version are the server's own.
SELECT c.session = q->>'i' AS session, c.server_version = q->>'v' AS version, p.server_version = q->>'v' AS version
	FROM binds.query('a', 'SELECT CONNECTION_ID() AS i, VERSION() AS v') q, binds.connections c, binds.ping('a') p;
SELECT bind_key, dialect, url ~ 'hidden|secret' AS told FROM binds.engine('wrong');

-- disconnect closes it on the server, too, and the next query opens another one.
SELECT session AS id FROM binds.connections \gset
\setenv ID :id
SELECT binds.disconnect('a'), binds.disconnect('a'), binds.disconnect('wrong');
\! for i in 1 2 3 4 5 6 7 8 9 10; do n=$($MY -e "SELECT count(*) FROM information_schema.processlist WHERE id = $ID"); [ "$n" = 0 ] && break; sleep 0.1; done; echo $n
SELECT count(*) FROM t;
SELECT session <> :'id' AS another FROM binds.connections;

-- A connection that was killed is opened again where nothing is lost by it: idle, ...
\! test/kill_connections
SELECT :ping FROM binds.ping('a');
SELECT count(*) FROM binds.connections;
-- ... or between two reads of a transaction at READ COMMITTED.
BEGIN;
SELECT count(*) FROM t;
\! test/kill_connections
SELECT :ping FROM binds.ping('a');
SELECT count(*) FROM t;
\! test/kill_connections
SELECT binds.disconnect('a');
COMMIT;
-- What was written is lost with it.  The first to notice says so, then the transaction.
BEGIN;
INSERT INTO t VALUES (10001, 'lost');
\! test/kill_connections
SELECT bind_key, ok, server_version IS NULL AS unknown, error IS NOT NULL AS why FROM binds.ping(ARRAY['a', NULL]);
\set VERBOSITY sqlstate
SELECT ok FROM binds.ping('a');
\set VERBOSITY default
ROLLBACK;
BEGIN;
INSERT INTO t VALUES (10001, 'lost');
\! test/kill_connections
SELECT ok FROM binds.ping('a');
\set VERBOSITY sqlstate
COMMIT;
\set VERBOSITY default
SELECT count(*) FROM t WHERE id > 10000;

-- Nothing is begun by asking: what others commit after it is seen.
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT ok FROM binds.ping('a');
SELECT in_transaction FROM binds.connections;
\! $MY users -e "INSERT INTO t VALUES (10001, 'other')"
SELECT count(*) FROM t WHERE id > 10000;
SELECT in_transaction FROM binds.connections;
SELECT ok FROM binds.ping('a');
SELECT binds.disconnect('a');
ROLLBACK;

-- A transaction that has written keeps its connection; nothing of it is lost by asking.
BEGIN;
INSERT INTO t VALUES (10002, 'mine');
SELECT :connection FROM binds.connections;
SELECT :ping FROM binds.ping(ARRAY['a', 'nowhere', 'wrong']);
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
SELECT binds.disconnect();
ROLLBACK TO s;
INSERT INTO t VALUES (10003, 'undone');
SELECT ok FROM binds.ping(ARRAY['a', 'nowhere']);
ROLLBACK TO s;
SELECT ok FROM binds.ping('a');
SELECT binds.disconnect('nowhere'), binds.disconnect('wrong');
COMMIT;
SELECT id FROM t WHERE id > 10001;
BEGIN;
INSERT INTO t VALUES (10003, 'undone');
SELECT ok FROM binds.ping('a');
ROLLBACK;
SELECT binds.disconnect('a');
SELECT id FROM t WHERE id > 10001;

-- Rows of a cursor that wait in the server are set aside by asking; none is lost.
BEGIN;
DECLARE c CURSOR FOR SELECT id, length(v) FROM t WHERE id <= 5000 ORDER BY id;
MOVE 10 FROM c;
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
SELECT :ping FROM binds.ping('a');
MOVE 4000 FROM c;
FETCH FROM c;
SELECT binds.disconnect('a');
ROLLBACK TO s;
MOVE ALL FROM c;
CLOSE c;
SELECT binds.disconnect('a');
COMMIT;
-- One whose connection was killed: whoever asks is told, or gets another connection if all
-- rows were here; the session goes on.
BEGIN;
DECLARE c CURSOR FOR SELECT id, repeat(v, 10) FROM t;
MOVE 10 FROM c;
\! test/kill_connections
SAVEPOINT s;
SELECT ok IS NOT NULL AS asked FROM binds.ping('a');
ROLLBACK TO s;
SELECT ok FROM binds.ping('a');
SELECT count(*) FROM t;
ROLLBACK;
SELECT id, binds.disconnect('a') FROM t WHERE id < 3;

-- Tables that are made outside of the transaction: their connection is needed at its end.
BEGIN;
SELECT binds.define('CREATE TABLE late (id integer PRIMARY KEY)', 'a');
SELECT model, action FROM binds.create_all('a');
SELECT ok FROM binds.ping('a');
SELECT bind_key FROM binds.connections GROUP BY bind_key;
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
COMMIT;
SELECT binds.disconnect('a') > 0 AS closed;
SELECT count(*) FROM late;

-- Roles have connections of their own, by their user mappings.
CREATE ROLE regress_operate;
SET ROLE regress_operate;
SELECT :ping FROM binds.ping(ARRAY['a', NULL]);
SELECT :connection FROM binds.connections;
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER a TO regress_operate;
SET ROLE regress_operate;
SELECT :ping FROM binds.ping('a');
RESET ROLE;
CREATE USER MAPPING FOR regress_operate SERVER a OPTIONS (user 'app');
SET ROLE regress_operate;
SELECT :ping FROM binds.ping('a');
RESET ROLE;
ALTER USER MAPPING FOR regress_operate SERVER a OPTIONS (ADD password 'secret');
SET ROLE regress_operate;
SELECT :ping FROM binds.ping('a');
RESET ROLE;
SELECT :ping FROM binds.ping('a');
SELECT :connection FROM binds.connections;
SELECT count(DISTINCT session) FROM binds.connections;
-- What is in use of one role keeps those of all: none is closed.
BEGIN;
INSERT INTO t VALUES (10003, 'undone');
SET LOCAL ROLE regress_operate;
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
SELECT count(*) FROM binds.connections;
ROLLBACK;
SELECT binds.disconnect('a');
-- A password that has changed is asked for with the next connection.
SELECT ok FROM binds.ping('a');
ALTER USER MAPPING FOR CURRENT_USER SERVER a OPTIONS (SET password 'hidden');
SELECT :ping FROM binds.ping('a');
ALTER USER MAPPING FOR CURRENT_USER SERVER a OPTIONS (SET password 'secret');
SELECT :ping FROM binds.ping('a');

-- The owner of the server may without USAGE.
GRANT USAGE ON FOREIGN DATA WRAPPER binds_mysql TO regress_operate;
ALTER SERVER a OWNER TO regress_operate;
REVOKE USAGE ON FOREIGN SERVER a FROM regress_operate;
SET ROLE regress_operate;
SELECT :ping FROM binds.ping('a');
RESET ROLE;
ALTER SERVER a OWNER TO CURRENT_USER;
DROP OWNED BY regress_operate;
DROP ROLE regress_operate;
