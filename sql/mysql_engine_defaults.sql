\i test/setup.psql
\pset null NULL
SET timezone = 'UTC';
SET datestyle = 'ISO';
-- Defaults that only the server can evaluate are the server's.
\! $MY users -e "CREATE TABLE d (id int AUTO_INCREMENT PRIMARY KEY, u char(36) DEFAULT (uuid()), cc varchar(10) DEFAULT (concat('a','b')), n int DEFAULT (1+2), cd date DEFAULT (curdate()), b bit(3) DEFAULT b'101', b1 bit(1) DEFAULT b'1', vb varbinary(10) DEFAULT '\\\\\\\\101', v varchar(10) DEFAULT 'a\\nb', q varchar(10) DEFAULT 'it''s', w varchar(20) DEFAULT 'current_timestamp', z int NOT NULL DEFAULT 42, neg int DEFAULT -1, p decimal(5,2) DEFAULT 1.5, f double DEFAULT 1e3, e enum('a','b') DEFAULT 'b', d0 date DEFAULT '2020-01-01', ti time DEFAULT '10:00', ts timestamp NULL DEFAULT '2020-01-01 00:00:00', bo boolean DEFAULT 1, nul int DEFAULT NULL)"
\! $MY users -e "CREATE TABLE now (id int PRIMARY KEY, dt datetime NOT NULL DEFAULT current_timestamp, dt6 datetime(6) DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6), ts timestamp DEFAULT current_timestamp, x int)"
\! $MY users -e "CREATE TABLE two (id int PRIMARY KEY, two tinyint(1) DEFAULT 2); CREATE TABLE made (id char(36) PRIMARY KEY DEFAULT (uuid()), n int DEFAULT (1+2)); SET sql_mode = ''; CREATE TABLE zero (id int PRIMARY KEY, d date DEFAULT '0000-00-00', t datetime NOT NULL DEFAULT '0000-00-00 00:00:00')"
\set url :mysql 'users'
SELECT binds.add('d', :'url', '{"schema": "d"}');
-- (not which defaults are the server's: a newline is said in two ways)
SET client_min_messages = warning;
SELECT model, action FROM binds.reflect('d');
RESET client_min_messages;
SET search_path = d, public;
SELECT attname, pg_get_expr(adbin, adrelid) AS expr, attnotnull AS not_null, 'default=engine' = ANY (attfdwoptions) AS engine
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attrelid = 'd'::regclass AND attnum > 0 AND attname <> 'v' ORDER BY attnum;	-- v: servers say a newline in two ways
INSERT INTO d DEFAULT VALUES RETURNING length(u), cc, n, cd > '2020-01-01' AS cd, b, b1, vb, v, q, w, z, neg, p, f, e, d0, ti, ts AT TIME ZONE 'UTC' AS ts, bo, nul;
-- Row by row: a value left out, or DEFAULT, is the server's; NULL is NULL.
INSERT INTO d (v, n, cc) VALUES ('x', DEFAULT, NULL), (NULL, 1 + NULL, DEFAULT), (DEFAULT, NULL, 'zz') RETURNING v, n, cc;
INSERT INTO d (v, n, cc) VALUES ('x', DEFAULT, NULL), (NULL, 7, DEFAULT), (DEFAULT, NULL, 'zz');
COPY d (n, v) FROM stdin;
\N	a
5	\N
\.
SELECT v, n, cc FROM d WHERE id > 4 ORDER BY id;
UPDATE d SET n = DEFAULT, cc = NULL, v = NULL WHERE id = 1 RETURNING n, cc, v;
UPDATE d SET n = NULL, v = DEFAULT WHERE id = 1 RETURNING n, cc, v;
EXPLAIN (VERBOSE, COSTS OFF) UPDATE d SET n = DEFAULT WHERE id = 1;
-- The server's time is UTC, whatever the session's time zone; so is ON UPDATE.
SET timezone = 'America/New_York';
INSERT INTO now (id) VALUES (1), (2) RETURNING abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - dt)) < 300 AS dt,
	abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - dt6)) < 300 AS dt6, abs(extract(epoch FROM now() - ts)) < 300 AS ts;
\! $MY users -e "UPDATE now SET dt6 = '2000-01-01'; SELECT count(*) FROM now WHERE abs(timestampdiff(SECOND, dt, utc_timestamp())) < 300"
UPDATE now SET x = 1 WHERE id = 1 RETURNING dt6 > '2020-01-01' AS dt6;
\set VERBOSITY sqlstate
INSERT INTO now (id, dt) VALUES (3, NULL);
\set VERBOSITY default
-- A key that the server makes comes back on MariaDB; MySQL has no RETURNING, so there the statement is refused before it is sent.
SELECT set_config('server.fork', (v->>'v' LIKE '%MariaDB%')::text, false) FROM binds.query('d', 'SELECT version() AS v') v \g /dev/null
DO $$
DECLARE
	made record;
BEGIN
	INSERT INTO d.made (n) VALUES (DEFAULT) RETURNING id, n INTO made;
	IF length(made.id) <> 36 OR made.n <> 3 THEN
		RAISE 'wrong: %', made;
	END IF;
	IF current_setting('server.fork')::boolean IS NOT TRUE THEN
		RAISE 'MySQL has no RETURNING';
	END IF;
EXCEPTION WHEN feature_not_supported THEN
	IF current_setting('server.fork')::boolean OR (SELECT count(*) FROM d.made) > 0 THEN
		RAISE 'refused on MariaDB, or a row was stored';
	END IF;
END$$;
INSERT INTO made (n) VALUES (5), (DEFAULT);
SELECT length(id), n FROM made WHERE n = 5;
-- A date of zeros is stored, and no date here.
INSERT INTO zero (id) VALUES (1);
\! $MY users -e "SELECT * FROM zero"
SELECT d FROM zero;
INSERT INTO two (id) VALUES (1);
\! $MY users -e "SELECT * FROM two"
SET client_min_messages = warning;
CREATE SCHEMA j;
IMPORT FOREIGN SCHEMA users LIMIT TO (d) FROM SERVER d INTO j OPTIONS (import_default 'true');
INSERT INTO j.d DEFAULT VALUES RETURNING cc, n, v, q, w, z, e, bo;
-- A text of a model that servers would not show as it is comes back by reflect.
SET client_min_messages = warning;
SELECT binds.add('own', :'url', '{"schema": "own"}');
SELECT binds.define($$CREATE TABLE texts (id int PRIMARY KEY, a text DEFAULT 'ä', q text DEFAULT 'why?', n text DEFAULT E'1\n2', b text DEFAULT 'a\b', x text DEFAULT '😀''')$$, 'own');
SELECT action FROM binds.create_all('own');
SELECT binds.forget('own', 'texts');
SELECT action FROM binds.reflect('own', '{"only": ["texts"]}');
SELECT count(*) FROM binds.diff('own') WHERE model = 'texts';
\! $MY users -e "INSERT INTO texts (id) VALUES (1)"
INSERT INTO own.texts (id) VALUES (2);
SELECT id, a, q, n = E'1\n2' AS n, b, x FROM own.texts ORDER BY id;
-- An expression of others with characters that a server shows in another way is the server's.
\! $MY users --default-character-set=utf8mb4 -e "CREATE TABLE shown (id int PRIMARY KEY, t text DEFAULT ('ä'), v varchar(9) DEFAULT (concat('ü', '')), w varchar(9) DEFAULT 'ö')"
SELECT action FROM binds.reflect('own', '{"only": ["shown"]}');
\! $MY users -e "INSERT INTO shown (id) VALUES (1)"
INSERT INTO own.shown (id) VALUES (2);
SELECT * FROM own.shown ORDER BY id;
