\i test/setup.psql
\set url :mysql 'users'
SELECT binds.add('auth', :'url');
\! $MY users -e "CREATE TABLE t (id bigint PRIMARY KEY, grp int, name varchar(60), n decimal(10,2), d double, f float, flag boolean, day date, at datetime(6), b blob, u char(36) CHARACTER SET ascii COLLATE ascii_bin) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
CREATE TABLE here (id bigint, grp int, name text, n numeric(10,2), d float8, f real, flag boolean, day date, at timestamp, b bytea, u uuid);
INSERT INTO here VALUES
	(1, 1, '', 0.00, 0.1, 0.1, false, '1000-01-01', '2020-02-29 23:59:59.999999', '', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
	(9223372036854775807, 1, E'O''Brien"; DROP TABLE t; -- \\ ? 😀 `', -99999999.99, 1e300, 16777215, true, '9999-12-31', '1970-01-01', '\x00ff27', NULL),
	(-9223372036854775808, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(0, 2, 'a', 1.5, -0.5, 1.2345678, true, '2024-02-29', '2024-02-29 12:00', '\x3f', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
	(2, 2, 'A', 1, 5, 5, true, '2024-02-29', '2024-02-29 12:00', '\x3f', 'ffffffff-ffff-ffff-ffff-ffffffffffff');
SELECT sum(binds.execute('auth', 'INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', id, grp, name, n, d, f, flag, day, at, b, u)) FROM here;

-- A statement, and what it is here.
CREATE FOREIGN TABLE q (id bigint, grp int, name text, n numeric(10,2), d float8, f real, flag boolean, day date, at timestamp, b bytea, u uuid)
	SERVER auth OPTIONS (query 'SELECT * FROM t');
CREATE FOREIGN TABLE sums (grp int, n int, low numeric(10,2)) SERVER auth
	OPTIONS (query 'SELECT grp, count(*) AS n, min(n) AS low FROM t GROUP BY grp # of each');
CREATE VIEW sums_here AS SELECT grp, count(*)::int AS n, min(n) AS low FROM here GROUP BY grp;
CREATE FOREIGN TABLE pair (id bigint, name text) SERVER auth
	OPTIONS (query 'WITH w AS (SELECT id, name FROM t) SELECT id, name FROM w UNION ALL SELECT id + 10, upper(name) FROM w WHERE id IN (0, 1);');
CREATE VIEW pair_here AS SELECT id, name FROM here UNION ALL SELECT id + 10, upper(name) FROM here WHERE id IN (0, 1);
CREATE FOREIGN TABLE first (id bigint, name text) SERVER auth OPTIONS (query '(SELECT id, name FROM t ORDER BY id LIMIT 3)');
CREATE VIEW first_here AS SELECT id, name FROM here ORDER BY id LIMIT 3;
-- One that makes one value of two, and one of which more digits are there than are told.
CREATE FOREIGN TABLE names (name text) SERVER auth OPTIONS (query 'SELECT DISTINCT name FROM t');
CREATE FOREIGN TABLE thirds (id int, x numeric, y numeric) SERVER auth OPTIONS (query 'SELECT id, n / 3 AS x, 1 / 3 AS y FROM t WHERE id = 2');

-- The answers are those of the same rows here, sent or not.
\i test/differs.psql
SELECT differs('q', c) FROM unnest(ARRAY['true', 'id = 1', 'id > 1', 'id = 9223372036854775807', 'id < 0', 'id IN (0, 2, NULL)', 'grp IS NULL',
	'name = ''''', 'name = ''a''', 'name <> ''a''', 'name > ''B''', 'name IN (''A'', ''x'')', 'name LIKE ''%?%''', 'length(name) > 1', 'n = 1.5', 'n > 0', 'n < 1.499', 'n = 1.001',
	'd = 0.1', 'd > 1e200', 'f = 0.1::real', 'f > 1', 'flag', 'NOT flag', 'day = ''2024-02-29''', 'day < ''1500-01-01''', 'at > ''2020-02-29 23:59:59.999998''', 'b = ''\x3f''', 'b = ''''', 'u = ''ffffffff-ffff-ffff-ffff-ffffffffffff''',
	'id = grp - 1', 'id - grp = 0', 'NOT (id = 1)', 'id = 1 OR name = ''A''']) c;
SELECT differs('sums', c) FROM unnest(ARRAY['true', 'grp = 1', 'grp IS NULL', 'n = 2', 'n > 1', 'low = 1.00', 'low < 0']) c;
SELECT differs('pair', c) FROM unnest(ARRAY['true', 'id = 10', 'id > 1', 'name = ''A''', 'name = ''a''']) c;
SELECT differs('first', c) FROM unnest(ARRAY['true', 'id = 1', 'id = 2', 'name = ''a''']) c;
SELECT count(*) FROM names WHERE lower(name) = 'a' AND (name = 'a' OR name = 'A');
SELECT * FROM thirds WHERE x = 0.333333 AND y = 0.3333;
SELECT * FROM thirds WHERE x > 0.333333 OR y > 0.3333;

-- What is sent: numbers and moments of tables, integers of anything; no texts.
-- (Where the client library cannot ask what the columns are, nothing is: libmysqlclient.)
CREATE FUNCTION sends(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	sent text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		sent := coalesce(sent || E'\n' || line, substring(line from 'Remote SQL: (.*)'));
	END LOOP;
	RETURN sent;
END $$;
SELECT sends('SELECT id, name FROM q LIMIT 2');
SELECT sends('SELECT name FROM names LIMIT 2 OFFSET 1');
SELECT (sends('SELECT id FROM q WHERE id = 1') LIKE '% WHERE (`id` = 1)') <> EXISTS (SELECT FROM binds.version() WHERE component LIKE '%mysqlclient%') AS right;
SELECT (sends('SELECT * FROM sums WHERE grp = 1 AND n = 2') LIKE '% WHERE %') <> EXISTS (SELECT FROM binds.version() WHERE component LIKE '%mysqlclient%') AS right;
SELECT sends('SELECT * FROM thirds WHERE x = 0.3333');
EXPLAIN (VERBOSE, COSTS OFF) SELECT id, name FROM q WHERE name = 'a' AND b = '\x00';
SELECT id FROM q ORDER BY id LIMIT 2;
SELECT id FROM q ORDER BY id DESC OFFSET 1 LIMIT 2;
PREPARE p(bigint, text) AS SELECT id FROM q WHERE id = $1 OR name = $2 ORDER BY id;
EXECUTE p(1, 'a');
EXECUTE p(1, E'O''Brien"; DROP TABLE t; -- \\ ? 😀 `');
SELECT h.id, q.name FROM here h JOIN q ON q.id = h.id WHERE h.grp = 2 ORDER BY 1;
SELECT a.id, b.n FROM q a JOIN q b ON a.grp = b.grp AND a.id < b.id ORDER BY 1;
-- A value that is another one each time it is asked for satisfies its condition.
CREATE FOREIGN TABLE dice (r bigint) SERVER auth OPTIONS (query 'SELECT CAST(rand() * 100 AS SIGNED) AS r FROM t AS a, t AS b, t AS c');
SELECT count(*) FROM dice WHERE r <= 50 AND r > 50;
SELECT bool_and(r > 50) FROM dice WHERE r > 50;
-- Column names that need quotes, and texts with what looks like an end.
CREATE FOREIGN TABLE quoted (x int OPTIONS (column_name 'a"b`c'), "?" int, "select" text) SERVER auth OPTIONS (query $$SELECT 1 AS `a"b``c`, 2 AS `?`, 'a\' AS `select` /* ? */$$);
SELECT * FROM quoted WHERE x = 1 AND "?" > 1 AND "select" = 'a\';

-- Nothing is written to it, nor locked in it.
INSERT INTO q (id) VALUES (5);
UPDATE q SET id = 5;
DELETE FROM q;
TRUNCATE q;
SELECT * FROM q FOR UPDATE;
SELECT * FROM q FOR SHARE;
SELECT pg_relation_is_updatable('q'::regclass, true);
-- Nor by a function of the server: neither when it is asked what the rows are, nor when they are read.
\! $MY users -e 'CREATE TABLE log (a int); CREATE FUNCTION w(i int) RETURNS int DETERMINISTIC MODIFIES SQL DATA BEGIN INSERT INTO log VALUES (i); RETURN i; END' --delimiter='//'
CREATE FOREIGN TABLE writes (a int) SERVER auth OPTIONS (query 'SELECT w(5) AS a');
SELECT count(*) FROM (SELECT sends('SELECT * FROM writes')) s;
\set VERBOSITY sqlstate
SELECT * FROM writes;
ANALYZE writes;
\set VERBOSITY default
\! $MY users -e 'SELECT * FROM log'
-- In a transaction that writes it is a part of that.
BEGIN;
SELECT binds.execute('auth', 'UPDATE t SET grp = grp WHERE id = ?', 1);
SELECT * FROM writes;
ROLLBACK;
\! $MY users -e 'SELECT * FROM log'

-- A statement that changes what it reads sees it as it was.
CREATE FOREIGN TABLE t (id bigint, grp int, name varchar(60)) SERVER auth;
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

-- What is no statement with rows, by itself and in the place of a table.
CREATE FUNCTION try(statement text, columns text DEFAULT 'a int') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	message text;
BEGIN
	DROP FOREIGN TABLE IF EXISTS bad;
	EXECUTE format('CREATE FOREIGN TABLE bad (%s) SERVER auth OPTIONS (query %L)', columns, statement);
	PERFORM * FROM bad WHERE a IS NOT NULL;
	RAISE INFO '% is taken', statement;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
	RAISE INFO '%', SQLSTATE || CASE WHEN SQLSTATE IN ('42809', '22P02', '0A000') THEN ' ' || message ELSE '' END;
END $$;
SET client_min_messages = warning;
\set VERBOSITY terse
SELECT try('DELETE FROM t');
SELECT try('SHOW TABLES');
\! $MY users -e "CREATE PROCEDURE nothing() DO 1"
SELECT try('CALL nothing()');
SELECT try('SELECT 1 AS a; DELETE FROM t');
SELECT try('SELECT 1 AS a) AS s; DELETE FROM t; -- ');
SELECT try('SELECT 1 AS a) AS s UNION ALL SELECT * FROM (SELECT 2 AS a');
SELECT try('SELECT 1 AS a /*!50000 ) AS s UNION ALL SELECT * FROM (SELECT 2 */');
SELECT try('SELECT 1 AS a -- ');
SELECT try('SELECT 1 AS a INTO @x');
SELECT try(' ; ');
SELECT try('SELECT ? AS a');
SELECT try('SELECT 1 AS a, 2 AS A');
SELECT try('SELECT 1 AS b');
SELECT try('SELECT a FROM nowhere');
SELECT try('SELECT ''x'' AS a');
SELECT try('(SELECT 1 AS a) UNION (SELECT 2)');
SELECT try('SELECT 1 AS a ;');
\set VERBOSITY default
RESET client_min_messages;
SELECT count(*) FROM t;

-- It runs with the account of who queries, or of the owner of a view.
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_binds_reader;
CREATE ROLE regress_binds_reader;
RESET client_min_messages;
CREATE FOREIGN TABLE who (w text) SERVER auth OPTIONS (query 'SELECT substring_index(current_user(), ''@'', 1) AS w');
CREATE VIEW owners AS SELECT * FROM who;
GRANT SELECT ON who, owners TO regress_binds_reader;
SET ROLE regress_binds_reader;
\set VERBOSITY sqlstate
SELECT * FROM who;
\set VERBOSITY default
SELECT count(*) FROM owners;
RESET ROLE;
DROP OWNED BY regress_binds_reader;
DROP ROLE regress_binds_reader;
