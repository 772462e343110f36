\i test/setup.psql
-- Ways to a MySQL server, and what becomes of connections.
\set VERBOSITY sqlstate
\set QUIET on
\! $MY users -e "CREATE TABLE t (id int PRIMARY KEY, v varchar(20)); INSERT INTO t VALUES (1, 'one'), (2, 'two')"
\set QUIET off
\set users :mysql 'users'
CREATE FUNCTION try(url text, options jsonb DEFAULT '{}', statement text DEFAULT 'SELECT v FROM t WHERE id = 1') RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
	PERFORM binds.add('b', url, options);
	SELECT string_agg(query::text, ' ') INTO answer FROM binds.query('b', statement);
	PERFORM binds.remove('b');
	RETURN answer;
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
END $$;
-- by address, by name, by socket; mariadb and drivers of Python
SELECT try(:'users');
SELECT try(replace(:'users', '127.0.0.1', 'localhost'));
SELECT try('mysql://app:secret@localhost/users?unix_socket=' || :'my_socket');
SELECT try('mysql://app:secret@/users', jsonb_build_object('connect_args', jsonb_build_object('unix_socket', :'my_socket')));
SELECT try(replace(:'users', 'mysql:', 'mariadb:'));
SELECT try(replace(:'users', 'mysql:', 'mysql+pymysql:') || '?charset=utf8mb4&connect_timeout=5');
-- wrong password, user, database, port, host
SELECT try(replace(:'users', 'secret', 'wrong'));
SELECT try(replace(:'users', 'app:secret', 'nobody:secret'));
SELECT try(replace(:'users', '/users', '/missing'));
SELECT try('mysql://app:secret@127.0.0.1:1/users');
SELECT try('mysql://app:secret@host.invalid/users');
SELECT try('mysql://app:secret@localhost/users?unix_socket=/no/such/socket');
-- settings that are wrong
SELECT try(:'users' || '?nonsense=1');
SELECT try(:'users', '{"connect_args": {"connect_timeout": 0}}');
SELECT try(:'users', '{"connect_args": {"ssl_mode": "maybe"}}');
SELECT try(:'users', '{"connect_args": {"read_default_file": "/etc/my.cnf"}}');
-- TLS that is asked for is had, or there is no connection
SELECT mode, try(:'users' || '?' || mode, '{}', 'SHOW SESSION STATUS LIKE ''Ssl_cipher''') ~ '"Value": ".+"|^08001$' AS safe
	FROM unnest(ARRAY['ssl_mode=REQUIRED', 'ssl=true', 'ssl_mode=verify_identity', 'ssl_ca=/no/such/file']) mode;
SELECT try(:'users' || '?ssl_disabled=true', '{}', 'SHOW SESSION STATUS LIKE ''Ssl_cipher''') ~ '"Value": ""' AS clear;
-- the session does not depend on the server's defaults
SELECT try(:'users', '{}', 'SELECT @@time_zone AS z, @@character_set_client AS c, @@autocommit AS a, @@sql_mode LIKE ''%STRICT_ALL_TABLES%'' AS m');
SELECT try(:'users', '{}', $$SELECT '\' AS backslash, '😀' AS face, CHAR_LENGTH('😀') AS n$$);
-- files of this machine are not sent
SELECT try(:'users', '{}', 'LOAD DATA LOCAL INFILE ''/etc/passwd'' INTO TABLE t') ~ '^[0-9A-Z]{5}$' AS refused;
-- one statement at a time
SELECT try(:'users', '{}', 'SELECT 1; DELETE FROM t');

SELECT binds.add('my', :'users', '{"schema": "my", "connect_args": {"wait_timeout": 1}}');
SELECT model FROM binds.reflect('my');
-- a connection that idled out, and one that was killed, are opened again
SELECT v FROM my.t WHERE id = 1;
SELECT pg_sleep(2);
SELECT v FROM my.t WHERE id = 1;
ALTER SERVER my OPTIONS (SET connect_args '{"connect_timeout": 5}');
CREATE TEMP TABLE mine AS SELECT (query->>'i')::bigint AS i FROM binds.query('my', 'SELECT connection_id() AS i');
SELECT i AS id FROM mine \gset
\setenv ID :id
\! $MY -e "KILL $ID"
SELECT v FROM my.t WHERE id = 1;
SELECT i <> (query->>'i')::bigint AS another FROM mine, binds.query('my', 'SELECT connection_id() AS i');
-- in a transaction that is an error, and the next one works
BEGIN;
INSERT INTO my.t VALUES (3, 'three');
SELECT query->>'i' AS id FROM binds.query('my', 'SELECT connection_id() AS i') \gset
\setenv ID :id
\! $MY -e "KILL $ID"
INSERT INTO my.t VALUES (4, 'four');
ROLLBACK;
SELECT * FROM my.t ORDER BY id;
-- also if a block caught it: nothing is committed
BEGIN;
INSERT INTO my.t VALUES (3, 'three');
SELECT query->>'i' AS id FROM binds.query('my', 'SELECT connection_id() AS i') \gset
\setenv ID :id
\! $MY -e "KILL $ID"
DO $$ BEGIN INSERT INTO my.t VALUES (4, 'four'); EXCEPTION WHEN connection_failure THEN NULL; END $$;
INSERT INTO my.t VALUES (5, 'five');
COMMIT;
SELECT * FROM my.t ORDER BY id;
-- a value that is longer than a packet
CREATE FOREIGN TABLE my.packet (id integer OPTIONS (key 'true'), v text) SERVER my OPTIONS (table_name 'packet');
\! $MY users -e "CREATE TABLE packet (id int PRIMARY KEY, v longtext); SET GLOBAL max_allowed_packet = 1048576"
SELECT binds.alter('my', NULL, '{"pool_recycle": 1000}');
INSERT INTO my.packet VALUES (1, repeat('x', 1100000));
INSERT INTO my.packet SELECT i, repeat('x', 300000) FROM generate_series(1, 10) i;
INSERT INTO my.packet VALUES (11, repeat('''', 500000));
INSERT INTO my.packet VALUES (12, repeat('''', 600000));
SELECT count(*), sum(length(v)) FROM my.packet;
\! $MY users -e "SET GLOBAL max_allowed_packet = 67108864"
