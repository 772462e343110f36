\i test/setup.psql
\set url :sqlite 'files.db'
SELECT binds.add('files', :'url');
SELECT binds.execute('files', $$CREATE TABLE t (id INTEGER PRIMARY KEY, grp INT, name TEXT COLLATE NOCASE, n NUMERIC(10,2), d DOUBLE,
	day DATE, at TIMESTAMP, b BLOB, u CHAR(36))$$);
CREATE TABLE here (id bigint, grp int, name text, n numeric(10,2), d float8, day date, at timestamp, b bytea, u uuid);
INSERT INTO here VALUES
	(1, 1, '', 0.00, 0.1, '0001-01-01', '2020-02-29 23:59:59.999999', '', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
	(9223372036854775807, 1, E'O''Brien"; DROP TABLE t; -- \\ ? 😀 `', -99999999.99, 'Infinity', '9999-12-31', '1970-01-01', '\x00ff27', NULL),
	(-9223372036854775808, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(0, 2, 'a', 1.5, 1e300, '2024-02-29', '2024-02-29 12:00', '\x3f', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
	(2, 2, 'A', 1.5, -0.5, '2024-02-29', '2024-02-29 12:00', '\x3f', 'ffffffff-ffff-ffff-ffff-ffffffffffff');
SELECT sum(binds.execute('files', 'INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', id, grp, name, n, d, day, at, b, u)) FROM here;

-- A statement, and what it is here.
CREATE FOREIGN TABLE q (id bigint, grp int, name text, n numeric(10,2), d float8, day date, at timestamp, b bytea, u uuid)
	SERVER files OPTIONS (query 'SELECT * FROM t');
CREATE FOREIGN TABLE sums (grp int, n int, low text) SERVER files
	OPTIONS (query $$SELECT grp, count(*) AS n, min(name COLLATE BINARY) AS low FROM t GROUP BY grp -- of each$$);
CREATE VIEW sums_here AS SELECT grp, count(*)::int AS n, min(name COLLATE "C") AS low FROM here GROUP BY grp;
CREATE FOREIGN TABLE pair (id bigint, name text) SERVER files
	OPTIONS (query 'WITH w AS (SELECT id, name FROM t) SELECT id, name FROM w UNION ALL SELECT id + 10, upper(name) FROM w WHERE id IN (0, 1);');
CREATE VIEW pair_here AS SELECT id, name FROM here UNION ALL SELECT id + 10, upper(name) FROM here WHERE id IN (0, 1);
-- One that makes of NOCASE one value of two.
CREATE FOREIGN TABLE names (name text) SERVER files OPTIONS (query 'SELECT DISTINCT name FROM t');
-- With an order and a limit of its own.
CREATE FOREIGN TABLE first (id bigint, name text) SERVER files OPTIONS (query 'SELECT id, name FROM t ORDER BY id LIMIT 3');
CREATE VIEW first_here AS SELECT id, name FROM here ORDER BY id LIMIT 3;

-- The answers are those of the same rows here, sent or not.
\i test/differs.psql
SELECT differs('q', c) FROM unnest(ARRAY['true', 'id = 1', 'id > 1', 'id = 9223372036854775807', 'id < 0', 'id IN (0, 2, NULL)', 'grp IS NULL',
	'name = ''''', 'name = ''a''', 'name <> ''a''', 'name > ''B''', 'name IN (''A'', ''x'')', 'name LIKE ''%?%''', 'length(name) > 1', 'n = 1.5', 'n > 0', 'n < 1.499',
	'd = 0.1', 'd > 1e200', 'd = ''Infinity''', 'day = ''2024-02-29''', 'day < ''1000-01-01''', 'at > ''2020-02-29 23:59:59.999998''', 'b = ''\x3f''', 'b = ''''', 'u = ''ffffffff-ffff-ffff-ffff-ffffffffffff''',
	'id = grp - 1', 'id - grp = 0', 'NOT (id = 1)', 'id = 1 OR name = ''A''']) c;
SELECT differs('sums', c) FROM unnest(ARRAY['true', 'grp = 1', 'grp IS NULL', 'n = 2', 'n > 1', 'low = ''''']) c;
SELECT differs('pair', c) FROM unnest(ARRAY['true', 'id = 10', 'id > 1', 'name = ''A''', 'name = ''a''']) c;
SELECT differs('first', c) FROM unnest(ARRAY['true', 'id = 1', 'id = 2', 'name = ''a''']) c;
SELECT count(*) FROM names;
SELECT name FROM names WHERE lower(name) = 'a' AND (name = 'a' OR name = 'A');

-- What is sent: WHERE where the types are known, LIMIT, order.
EXPLAIN (VERBOSE, COSTS OFF) SELECT id, name FROM q WHERE id > 1 AND n = 1.5 AND name = 'a' AND day > '2020-01-01' ORDER BY id LIMIT 2;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM sums WHERE grp = 1 AND n = 2 LIMIT 2;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM sums LIMIT 2 OFFSET 1;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM pair WHERE id = 1 AND name = 'a';
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM names WHERE name = 'a' ORDER BY name;
SELECT id FROM q ORDER BY id LIMIT 2;
SELECT id FROM q ORDER BY id DESC OFFSET 1 LIMIT 2;
SET binds.pushdown = off;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM q WHERE id > 1 LIMIT 2;
RESET binds.pushdown;
-- Parameters, also from another relation.
PREPARE p(bigint, text) AS SELECT id FROM q WHERE id = $1 OR name = $2 ORDER BY id;
EXECUTE p(1, 'a');
EXECUTE p(1, E'O''Brien"; DROP TABLE t; -- \\ ? 😀 `');
SET enable_hashjoin = off;
SET enable_mergejoin = off;
CREATE FUNCTION sent(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		IF line ~ 'Remote SQL|Loop' THEN RETURN NEXT ltrim(line, ' ->'); END IF;
	END LOOP;
END $$;
SELECT sent('SELECT h.id, q.name FROM here h JOIN q ON q.id = h.id WHERE h.grp = 2');
SELECT h.id, q.name FROM here h JOIN q ON q.id = h.id WHERE h.grp = 2 ORDER BY 1;
RESET enable_hashjoin;
RESET enable_mergejoin;
-- A value that is another one each time it is asked for satisfies its condition.
CREATE FOREIGN TABLE dice (r bigint) SERVER files OPTIONS (query 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT CAST(random() AS INTEGER) AS r FROM n');
SELECT count(*) FROM dice WHERE r <= 0 AND r > 0;
SELECT bool_and(r > 0) FROM dice WHERE r > 0;
-- A name of its own for a column, and names that need quotes.
CREATE FOREIGN TABLE quoted (x int OPTIONS (column_name 'a"b`c'), "?" int, "select" text) SERVER files OPTIONS (query $$SELECT 1 AS "a""b`c", 2 AS "?", '?' AS "select" /* ? */$$);
SELECT * FROM quoted WHERE x = 1 AND "?" > 1 AND "select" = '?';

-- Nothing is written to it, nor locked in it.
INSERT INTO q (id) VALUES (5);
UPDATE q SET id = 5;
DELETE FROM q;
TRUNCATE q;
COPY q (id) FROM STDIN;
\.
SELECT * FROM q FOR UPDATE;
SELECT * FROM q FOR KEY SHARE;
SELECT pg_relation_is_updatable('q'::regclass, true);
SELECT binds.attach('q');
-- A statement that changes what it reads sees it as it was.
CREATE FOREIGN TABLE t (id bigint, grp int, name text) SERVER files;
BEGIN;
UPDATE t SET grp = (SELECT count(*) FROM q WHERE q.grp = 1) WHERE id IN (0, 1, 2);
INSERT INTO t (id, name) SELECT id + 100, name FROM q WHERE id BETWEEN 0 AND 200;
SELECT id, grp, name FROM q WHERE id BETWEEN 0 AND 200 ORDER BY id;
DECLARE c CURSOR FOR SELECT id FROM q WHERE id > 0 ORDER BY id;
FETCH c;
DELETE FROM t WHERE id > 1;
FETCH ALL FROM c;
SELECT count(*) FROM q;
ROLLBACK;
SELECT count(*) FROM q;
ANALYZE q;
SELECT reltuples FROM pg_class WHERE relname = 'q';

-- The option: it excludes those of a table, and has a value.
CREATE FOREIGN TABLE bad (a int) SERVER files OPTIONS (query '');
CREATE FOREIGN TABLE bad (a int) SERVER files OPTIONS (query 'SELECT 1 AS a', table_name 't');
CREATE FOREIGN TABLE bad (a int) SERVER files OPTIONS (schema_name 'main', query 'SELECT 1 AS a');
CREATE FOREIGN TABLE bad (a int) SERVER files OPTIONS (query 'SELECT 1 AS a', rowid 'true');
ALTER FOREIGN TABLE q OPTIONS (ADD described 'x');
ALTER SERVER files OPTIONS (ADD query 'SELECT 1');
-- What is no statement with rows, by itself and in the place of a table.
CREATE FUNCTION try(statement text, columns text DEFAULT 'a int') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
	message text;
BEGIN
	DROP FOREIGN TABLE IF EXISTS bad;
	EXECUTE format('CREATE FOREIGN TABLE bad (%s) SERVER files OPTIONS (query %L)', columns, statement);
	PERFORM * FROM bad WHERE a IS NOT NULL;
	RAISE INFO '% is taken', statement;
EXCEPTION WHEN OTHERS THEN
	-- words of the engine are left out
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, message = MESSAGE_TEXT;
	RAISE INFO '%', SQLSTATE || CASE WHEN SQLSTATE IN ('42809', '22P02', '0A000') THEN ' ' || message || ' (' || regexp_replace(detail, 'says:.*', 'says ...') || ' ' || hint || ')' ELSE '' END;
END $$;
SET client_min_messages = warning;
\set VERBOSITY terse
SELECT try('DELETE FROM t');
SELECT try('INSERT INTO t (id) VALUES (77) RETURNING id AS a');
SELECT try('PRAGMA table_info(t)');
SELECT try('COMMIT');
SELECT try('CREATE TABLE x (a)');
SELECT try('ATTACH ''/etc/passwd'' AS a');
SELECT try('SELECT 1 AS a; DELETE FROM t');
SELECT try('SELECT 1 AS a) AS s; DELETE FROM t; --');
SELECT try('SELECT 1 AS a) AS s UNION ALL SELECT * FROM (SELECT 2 AS a');
SELECT try('SELECT 1 AS a /*');
SELECT try('SELECT 1 AS a --');
SELECT try(' ; ');
SELECT try('-- nothing');
SELECT try('SELECT ? AS a');
SELECT try('SELECT 1 AS a, 2 AS a');
SELECT try('SELECT 1 AS a, 2 AS "A"');
SELECT try('SELECT * FROM t x, t y', 'a int OPTIONS (column_name ''id'')');
SELECT try('SELECT :a AS a');
SELECT try('SELECT 1 AS b');
SELECT try('SELECT a FROM nowhere');
SELECT try('SELECT load_extension(''x'') AS a');
SELECT try('SELECT ''x'' AS a');
SELECT try('SELECT 1 AS a', 'a money');
SELECT try('VALUES (1)', 'a int OPTIONS (column_name ''column1'')');
SELECT try(E'SELECT 1 AS a ;\n ; ');
\set VERBOSITY default
RESET client_min_messages;
SELECT count(*) FROM t;
-- A plan is made anew when the statement is another one.
PREPARE again AS SELECT * FROM bad;
EXECUTE again;
ALTER FOREIGN TABLE bad OPTIONS (SET query 'SELECT 2 AS a');
EXECUTE again;
ALTER FOREIGN TABLE bad OPTIONS (DROP query, ADD table_name 't');
ALTER FOREIGN TABLE bad RENAME a TO id;
SELECT count(*) FROM bad WHERE id = 1;
-- An engine that is not there: planning goes on, nothing is sent, reading says why.
SELECT binds.add('gone', 'sqlite:////nowhere/gone.db');
CREATE FOREIGN TABLE far (a int) SERVER gone OPTIONS (query 'SELECT 1 AS a');
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM far WHERE a = 1;
\set VERBOSITY sqlstate
SELECT * FROM far;
\set VERBOSITY default

-- Who queries needs the right to read it; who makes it, USAGE on the server.
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_binds_reader;
CREATE ROLE regress_binds_reader;
RESET client_min_messages;
GRANT CREATE ON SCHEMA public TO regress_binds_reader;
SET ROLE regress_binds_reader;
SELECT count(*) FROM q;
CREATE FOREIGN TABLE mine (id bigint) SERVER files OPTIONS (query 'SELECT id FROM t');
ALTER FOREIGN TABLE q OPTIONS (SET query 'SELECT 1 AS id');
RESET ROLE;
GRANT SELECT ON q TO regress_binds_reader;
SET ROLE regress_binds_reader;
SELECT count(*) FROM q;
RESET ROLE;
DROP OWNED BY regress_binds_reader;
DROP ROLE regress_binds_reader;
-- A dump has it.
\! pg_dump -s -t q -t quoted regress_binds | grep 'query\|column_name'
