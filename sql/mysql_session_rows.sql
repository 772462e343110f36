\i test/setup.psql
-- A trigger of the server that changes the session for the rows after its own: they are stored as they were sent, also
-- where several rows go in one statement; and rows of other tables still go together.
\set url :mysql 'users'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
\! $MY users -e "CREATE TABLE tr (id int PRIMARY KEY, at timestamp NULL, t varchar(20)); CREATE TRIGGER tr1 BEFORE INSERT ON tr FOR EACH ROW SET time_zone = '+05:00'"
\! $MY users -e "CREATE TABLE late (id int PRIMARY KEY, at timestamp NULL, t varchar(20)); CREATE TRIGGER late1 AFTER INSERT ON late FOR EACH ROW SET time_zone = @@time_zone"
\! $MY users -e "CREATE TABLE some (id int PRIMARY KEY, at timestamp NULL, t varchar(20))"
\! printf '%s\n' "DELIMITER /" "CREATE TRIGGER some1 BEFORE INSERT ON some FOR EACH ROW IF MOD(NEW.id, 100) = 7 THEN SET time_zone = '+05:00', NAMES latin1; END IF/" | $MY users
\! $MY users -e "CREATE TABLE vars (id int PRIMARY KEY, at timestamp NULL, t varchar(20)); CREATE TRIGGER vars1 BEFORE INSERT ON vars FOR EACH ROW SET @n = NEW.id"
\! $MY users -e "CREATE TABLE plain (id int PRIMARY KEY, at timestamp NULL, t varchar(20)); CREATE TABLE made (id int AUTO_INCREMENT PRIMARY KEY, at timestamp NULL, t varchar(20) DEFAULT 'é'); CREATE TRIGGER made1 BEFORE INSERT ON made FOR EACH ROW SET time_zone = '+05:00'"
SELECT binds.add('b', :'url', '{"schema": "b"}') \g /dev/null
SET client_min_messages = warning;
SELECT model FROM binds.reflect('b');
RESET client_min_messages;
-- Rows that are not as they were sent; and how many statements have inserted rows on this connection.
CREATE FUNCTION wrong(tab regclass) RETURNS TABLE (rows bigint, wrong bigint) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT count(*), count(*) FILTER (WHERE at <> ''2024-01-01 12:00+00'' OR t <> ''é'') FROM %s', tab);
END $$;
CREATE FUNCTION statements() RETURNS bigint LANGUAGE sql AS $$
	SELECT (q ->> 'Value')::bigint FROM binds.query('b', 'SHOW SESSION STATUS LIKE ''Com_insert''') q
$$;

-- two rows of one instant, the first that this session writes to the table; then many in every way
INSERT INTO b.tr VALUES (1, '2024-01-01 12:00+00', 'é'), (2, '2024-01-01 12:00+00', 'é');
SELECT * FROM b.tr ORDER BY id;
\! $MY users -e "SET time_zone = '+00:00'; SELECT * FROM tr ORDER BY id"
INSERT INTO b.tr SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(11, 60) g;
COPY b.tr FROM stdin;
61	2024-01-01 12:00+00	é
62	2024-01-01 12:00+00	é
63	2024-01-01 12:00+00	é
\.
INSERT INTO b.tr SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(58, 70) g ON CONFLICT DO NOTHING;
BEGIN;
SAVEPOINT s;
INSERT INTO b.tr VALUES (71, '2024-01-01 12:00+00', 'é'), (72, '2024-01-01 12:00+00', 'é');
ROLLBACK TO s;
INSERT INTO b.tr VALUES (73, '2024-01-01 12:00+00', 'é'), (74, '2024-01-01 12:00+00', 'é');
COMMIT;
INSERT INTO b.made (at) SELECT '2024-01-01 12:00+00' FROM generate_series(1, 20);
INSERT INTO b.made (at, t) VALUES ('2024-01-01 12:00+00', DEFAULT), ('2024-01-01 12:00+00', 'é') RETURNING id, at, t;
SELECT * FROM wrong('b.tr');
SELECT * FROM wrong('b.made');
-- COPY first
\c
SET TimeZone = 'UTC';
COPY b.tr FROM stdin;
81	2024-01-01 12:00+00	é
82	2024-01-01 12:00+00	é
\.
SELECT * FROM wrong('b.tr');
-- partitions, each with a trigger of its own
CREATE TABLE parted (id integer, at timestamptz(0), t varchar(20)) PARTITION BY RANGE (id);
ALTER TABLE parted ATTACH PARTITION b.tr FOR VALUES FROM (0) TO (200);
ALTER TABLE parted ATTACH PARTITION b.plain FOR VALUES FROM (200) TO (2000);
INSERT INTO parted SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(190, 210) g;
SELECT * FROM wrong('b.tr');
SELECT * FROM wrong('b.plain');
-- over a new connection, too
SELECT query ->> 'i' AS id FROM binds.query('b', 'SELECT connection_id() AS i') \gset
\setenv ID :id
\! $MY -e "KILL $ID"
INSERT INTO b.tr VALUES (91, '2024-01-01 12:00+00', 'é'), (92, '2024-01-01 12:00+00', 'é');
SELECT * FROM wrong('b.tr');

-- A table whose trigger leaves the session alone, or only sets variables of the user, takes its rows together: but for
-- the first row of all.
SELECT statements() AS before \gset
INSERT INTO b.plain SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(1001, 1050) g;
INSERT INTO b.vars SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(1, 50) g;
INSERT INTO b.vars SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(51, 100) g;
SELECT statements() - :before < 10 AS together;
SELECT * FROM wrong('b.vars');
-- also when we have just set a variable ourselves
ALTER FOREIGN TABLE b.vars ALTER t SET STATISTICS 1;	-- forgets what is known of the table
SELECT statements() AS before \gset
SET lock_timeout = '7s';
INSERT INTO b.vars SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(101, 150) g;
RESET lock_timeout;
SELECT statements() - :before < 10 AS together;
-- and one that does not, one by one
SELECT statements() AS before \gset
INSERT INTO b.tr SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(101, 120) g;
SELECT statements() - :before AS statements;

-- A trigger that changes the session for some rows only: nothing wrong is kept, and the next time it works.
INSERT INTO b.some VALUES (1, '2024-01-01 12:00+00', 'é'), (2, '2024-01-01 12:00+00', 'é');
INSERT INTO b.some SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(3, 40) g;
SELECT * FROM wrong('b.some');
INSERT INTO b.some SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(3, 40) g;
SELECT * FROM wrong('b.some');
-- which holds over a new connection
SELECT query ->> 'i' AS id FROM binds.query('b', 'SELECT connection_id() AS i') \gset
\setenv ID :id
\! $MY -e "KILL $ID"
INSERT INTO b.some SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(1003, 1040) g;
SELECT * FROM wrong('b.some');
-- in an exception block, and by COPY
\c
SET TimeZone = 'UTC';
INSERT INTO b.some VALUES (41, '2024-01-01 12:00+00', 'é'), (42, '2024-01-01 12:00+00', 'é');
DO $$
BEGIN
	INSERT INTO b.some SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(103, 140) g;
EXCEPTION WHEN serialization_failure THEN
	RAISE NOTICE 'again';
	INSERT INTO b.some SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(103, 140) g;
END $$;
SELECT * FROM wrong('b.some');
\c
SET TimeZone = 'UTC';
ALTER FOREIGN TABLE b.some OPTIONS (ADD batch_size '1');
INSERT INTO b.some SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(203, 240) g;
COPY b.some FROM stdin;
306	2024-01-01 12:00+00	é
307	2024-01-01 12:00+00	é
308	2024-01-01 12:00+00	é
\.
SELECT * FROM wrong('b.some');
-- one that sets what it finds: the server names the variable all the same
INSERT INTO b.late SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(1, 20) g;
SELECT * FROM wrong('b.late');

-- What hides that it changes the session is found, too, in six ways (see the server's procedure "hide").
\! $MY other < test/session_mysql.sql
\! $MY other -e "CREATE TABLE hid (how int, n int, at timestamp NULL, t varchar(20), PRIMARY KEY (how, n)); CREATE TRIGGER hid1 BEFORE INSERT ON hid FOR EACH ROW CALL hide(NEW.how)"
\set url :mysql 'other'
SELECT binds.add('o', :'url', '{"schema": "o"}') \g /dev/null
SET client_min_messages = warning;
SELECT count(*) > 0 AS reflected FROM binds.reflect('o');
\c
SET TimeZone = 'UTC';
INSERT INTO o.hid VALUES (1, 1, '2024-01-01 12:00+00', 'é'), (1, 2, '2024-01-01 12:00+00', 'é'), (1, 3, '2024-01-01 12:00+00', 'é');
\c
SET TimeZone = 'UTC';
INSERT INTO o.hid VALUES (2, 1, '2024-01-01 12:00+00', 'é'), (2, 2, '2024-01-01 12:00+00', 'é'), (2, 3, '2024-01-01 12:00+00', 'é');
\c
SET TimeZone = 'UTC';
INSERT INTO o.hid VALUES (3, 1, '2024-01-01 12:00+00', 'é'), (3, 2, '2024-01-01 12:00+00', 'é'), (3, 3, '2024-01-01 12:00+00', 'é');
\c
SET TimeZone = 'UTC';
INSERT INTO o.hid VALUES (4, 1, '2024-01-01 12:00+00', 'é'), (4, 2, '2024-01-01 12:00+00', 'é'), (4, 3, '2024-01-01 12:00+00', 'é');
\c
SET TimeZone = 'UTC';
INSERT INTO o.hid VALUES (5, 1, '2024-01-01 12:00+00', 'é'), (5, 2, '2024-01-01 12:00+00', 'é'), (5, 3, '2024-01-01 12:00+00', 'é');
\c
SET TimeZone = 'UTC';
INSERT INTO o.hid VALUES (6, 1, '2024-01-01 12:00+00', 'é'), (6, 2, '2024-01-01 12:00+00', 'é'), (6, 3, '2024-01-01 12:00+00', 'é');
SELECT * FROM wrong('o.hid');
