\i test/setup.psql
\pset null NULL
SET timezone = 'UTC';
SET datestyle = 'ISO';
-- Defaults of a file that PostgreSQL cannot evaluate exactly are the engine's.
\set url :sqlite 'd.db'
\setenv DB `echo sqlite3 $D/d.db`
\! $DB "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT \"\", c text DEFAULT (upper('x')), e integer DEFAULT (60*60), d blob DEFAULT x'01', r real DEFAULT 1e3, n numeric(5,2) DEFAULT 1.50, k text DEFAULT 1.50, v varchar(3) DEFAULT (lower('ABC')), w varchar(3) DEFAULT 'too long', s smallint DEFAULT 99999, m numeric(3,1) DEFAULT 12.34, l varchar(5) DEFAULT 'it''s', f int DEFAULT -7, z text DEFAULT NULL, tz timestamptz DEFAULT '2024-01-02 03:04:05')"
\! $DB "CREATE TABLE now (id integer PRIMARY KEY, t text DEFAULT current_timestamp, ts datetime DEFAULT current_timestamp, tz timestamptz NOT NULL DEFAULT (current_timestamp), d date DEFAULT current_date, x int)"
\! $DB "CREATE TABLE made (id text PRIMARY KEY NOT NULL DEFAULT (lower(hex(randomblob(4)))), x int); CREATE TABLE all_made (a int DEFAULT (1+1))"
\! chmod 666 $D/d.db
SELECT binds.add('d', :'url', '{"schema": "d"}');
SELECT model, action FROM binds.reflect('d');
SET search_path = d, public;
\d t
\d now
-- A value left out, or DEFAULT, is the engine's; it comes back.  NULL is NULL.
INSERT INTO t (id) VALUES (1) RETURNING id, a, c, e, d, r, n, k, l, f, z;
INSERT INTO t (id, c, e) VALUES (2, DEFAULT, NULL) RETURNING c, e;
INSERT INTO t (id, c, e) SELECT 3, NULL, 5 RETURNING c, e;
-- Row by row: also where the planner makes a constant of an expression.
INSERT INTO t (id, c, e) VALUES (10, 'u', DEFAULT), (11, NULL, 1 + NULL), (12, DEFAULT, 7), (DEFAULT, DEFAULT, DEFAULT);
SELECT id, a, c, e FROM t WHERE id > 3 ORDER BY id;
INSERT INTO t (a, v, e) VALUES (DEFAULT, 'x', DEFAULT), ('y', NULL, DEFAULT) RETURNING a, v, e;
PREPARE p(text, int) AS INSERT INTO t (c, e) VALUES ($1, $2), (DEFAULT, $2), ($1, DEFAULT) RETURNING c, e;
EXECUTE p(NULL, NULL);
SET plan_cache_mode = force_generic_plan;
EXECUTE p(NULL, NULL);
EXECUTE p('x', 1);
RESET plan_cache_mode;
-- A column that is not in the list of COPY is left out, \N is NULL.
COPY t (id, c) FROM stdin;
100	\N
101	q
\.
SELECT id, a, c, e FROM t WHERE id >= 100 ORDER BY id;
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO t (id, c) VALUES (5, 'x');
\set VERBOSITY sqlstate
INSERT INTO t (id, a) VALUES (6, NULL);
\set VERBOSITY default
UPDATE t SET c = NULL, e = DEFAULT WHERE id = 1;
UPDATE t SET c = NULL WHERE id = 1 RETURNING c;
-- A trigger may give what the statement leaves out.
CREATE FUNCTION give() RETURNS trigger LANGUAGE plpgsql AS
	$$BEGIN IF NEW.e = 5 THEN NEW.c := 'given'; END IF; RETURN NEW; END$$;
CREATE TRIGGER give BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION give();
INSERT INTO t (id, e) VALUES (200, 5), (201, 6) RETURNING id, c, e;
COPY t (id, e) FROM stdin;
202	5
203	6
\.
SELECT id, c, e FROM t WHERE id > 201 ORDER BY id;
DROP TRIGGER give ON t;
-- So with a key that the engine makes, and with a table of nothing else.
INSERT INTO made (x) VALUES (1), (2) RETURNING length(id), x;
INSERT INTO made (id, x) VALUES (DEFAULT, 3), ('mine', 4) RETURNING length(id), x;
INSERT INTO all_made SELECT FROM generate_series(1, 3);
INSERT INTO all_made DEFAULT VALUES RETURNING a;
SELECT * FROM all_made;
-- The engine's time is in UTC, whatever the session's time zone.
SET timezone = 'America/New_York';
INSERT INTO now (x) VALUES (1), (2) RETURNING now() - tz < '5 min' AND tz - now() < '5 min' AS tz,
	now() AT TIME ZONE 'UTC' - ts < '5 min' AS ts, d = (tz AT TIME ZONE 'UTC')::date AS d,
	t = to_char(ts, 'YYYY-MM-DD HH24:MI:SS') AS t;
INSERT INTO t (id) VALUES (300) RETURNING tz AT TIME ZONE 'UTC' AS tz;
-- The model has the current time for other engines.
SELECT statement FROM binds.ddl('d') WHERE statement LIKE '%now%';
-- IMPORT FOREIGN SCHEMA: a default that is not imported is the engine's.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main LIMIT TO (t) FROM SERVER d INTO i;
CREATE SCHEMA j;
IMPORT FOREIGN SCHEMA main LIMIT TO (t) FROM SERVER d INTO j OPTIONS (import_default 'true');
SELECT table_schema, column_name, column_default, is_nullable FROM information_schema.columns
	WHERE table_schema IN ('i', 'j') AND column_name IN ('a', 'c', 'l', 'f') ORDER BY 1, 2;
INSERT INTO i.t (id) VALUES (400) RETURNING a, c, l, f;
-- What is no value of its column is the engine's, too.
\! $DB "SELECT w, s, m FROM t WHERE id = 400"
INSERT INTO j.t (id) VALUES (401) RETURNING a, c, l, f;
-- Partitions get them from rows that are routed, if the statement leaves them out.
CREATE TABLE parted (a int, v varchar(10), n int) PARTITION BY LIST (a);
CREATE FOREIGN TABLE part PARTITION OF parted FOR VALUES IN (1) SERVER d OPTIONS (table_name 'part');
\! $DB "CREATE TABLE part (a int, v text DEFAULT (lower('D')), n int DEFAULT (1+2))"
ALTER FOREIGN TABLE part ALTER v OPTIONS (ADD default 'engine'), ALTER n OPTIONS (ADD default 'engine');
INSERT INTO parted VALUES (1, DEFAULT, DEFAULT), (1, NULL, NULL), (1, DEFAULT, 5) RETURNING *;
INSERT INTO parted (a) VALUES (1) RETURNING *;
-- So does a single row that says DEFAULT, in any order, in WITH and by parameters.
INSERT INTO parted VALUES (1, DEFAULT, DEFAULT) RETURNING *;
INSERT INTO parted (n, v, a) VALUES (DEFAULT, NULL, 1) RETURNING *;
INSERT INTO parted (v, a, n) VALUES (DEFAULT, 1, NULL) RETURNING *;
INSERT INTO parted VALUES (1, NULL, NULL) RETURNING *;
PREPARE one AS INSERT INTO parted VALUES ($1, DEFAULT, $2) RETURNING *;
EXECUTE one (1, NULL);
EXECUTE one (1, 7);
DEALLOCATE one;
WITH w AS (INSERT INTO parted VALUES (1, NULL, DEFAULT) RETURNING *) SELECT * FROM w;
-- A partition of PostgreSQL's has NULL, as ever, and a default of the whole table goes first.
CREATE TABLE part_local PARTITION OF parted (n DEFAULT 9) FOR VALUES IN (2);
INSERT INTO parted VALUES (2, DEFAULT, DEFAULT) RETURNING *;
ALTER TABLE ONLY parted ALTER v SET DEFAULT 'all';
INSERT INTO parted VALUES (1, DEFAULT, DEFAULT) RETURNING *;
ALTER TABLE ONLY parted ALTER v DROP DEFAULT;
DELETE FROM parted WHERE v = 'all' OR n = 7 OR v IS NULL AND n = 3 OR a = 2;
DROP TABLE part_local;
INSERT INTO parted (a, n) SELECT 1, NULL RETURNING *;
COPY parted (a, n) FROM stdin;
1	\N
1	5
\.
SELECT * FROM part ORDER BY n, v;
-- A generated key tells DEFAULT from NULL in the same way.
INSERT INTO now (id, x) VALUES (DEFAULT, 3), (NULL, 4);
INSERT INTO now (id, x) VALUES (DEFAULT, 3), (1 + NULL, 4);
-- of which versions of COPY tell more than others
\set SHOW_CONTEXT never
COPY now (id, x) FROM stdin;
\N	3
\.
\set SHOW_CONTEXT errors
SELECT count(*) FROM now;
ALTER FOREIGN TABLE part ALTER v OPTIONS (SET default 'local');
