\i test/setup.psql
\set url :mysql 'users'
\set bind u
SELECT binds.add('u', :'url') \g /dev/null
SET client_min_messages = warning;
\i test/upsert.psql
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET n = t.n + 1 WHERE t.n < 50;
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO NOTHING;
-- (PostgreSQL 18 counts rows with decimals)
CREATE FUNCTION counted(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE line text; BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) ' || statement LOOP
		RETURN NEXT regexp_replace(line, '(rows=\d+)\.00', '\1');
	END LOOP; END $$;
SELECT counted('INSERT INTO t (id, n) VALUES (1, 2), (2, 2), (1000, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.n WHERE t.id > 1');
-- A key that others made, which takes more values for equal than PostgreSQL: what it refuses is no conflict of the key
-- that the statement means.
\! $MY users -e "CREATE TABLE fold (k varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY, n int); CREATE TABLE gen (id int AUTO_INCREMENT PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED UNIQUE)"
CREATE FOREIGN TABLE fold (k varchar(20), n integer) SERVER u;
INSERT INTO fold VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET n = fold.n + 1 RETURNING *;
INSERT INTO fold VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET n = fold.n + 1 RETURNING *;
\set VERBOSITY sqlstate
INSERT INTO fold VALUES ('A', 1) ON CONFLICT (k) DO UPDATE SET n = fold.n + 1 RETURNING *;
INSERT INTO fold VALUES ('A', 1) ON CONFLICT (k) DO NOTHING RETURNING *;
\set VERBOSITY default
-- A key of a column that the engine computes.
SELECT model FROM binds.reflect('u', '{"only": ["gen"]}');
INSERT INTO gen (a) VALUES (1) ON CONFLICT (b) DO UPDATE SET a = 3;
INSERT INTO gen (id, a) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = 3 RETURNING *;
INSERT INTO gen (id, a) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = gen.b + 3 RETURNING *;
-- A table that is younger than what the transaction sees.
BEGIN;
SELECT count(*) > 0 AS read FROM t;
SELECT binds.define('CREATE TABLE late (id integer PRIMARY KEY, n integer)', 'u') \g /dev/null
SELECT model, action FROM binds.create_all('u') WHERE model = 'late';
INSERT INTO late VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = late.n + 1 RETURNING *;
INSERT INTO late VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = late.n + 1 RETURNING *;
INSERT INTO late VALUES (1, 1) ON CONFLICT (id) DO NOTHING RETURNING *;
COMMIT;
SELECT * FROM late;
-- A default of the engine, and a column that it computes.
\! $MY users -e "CREATE TABLE seen (id int PRIMARY KEY, at datetime DEFAULT (now() + interval 0 second), d int AS (id * 2) STORED, n int)"
SELECT model FROM binds.reflect('u', '{"only": ["seen"]}');
INSERT INTO seen (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET at = excluded.at;
INSERT INTO seen (id, n) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = excluded.d;
INSERT INTO seen (id, at) VALUES (1, '2020-01-01') ON CONFLICT (id) DO UPDATE SET at = excluded.at;
INSERT INTO seen (id, at) VALUES (1, '2020-01-02') ON CONFLICT (id) DO UPDATE SET at = excluded.at RETURNING id, at, n;
-- Where the engine cannot be asked for the key, that is the error.
CREATE SERVER away FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'mysql://127.0.0.1:1/users');
CREATE FOREIGN TABLE away (k integer, n integer) SERVER away;
\set VERBOSITY sqlstate
INSERT INTO away VALUES (1, 1) ON CONFLICT (k) DO NOTHING;
CREATE USER MAPPING FOR CURRENT_USER SERVER away OPTIONS (user 'app', password 'secret');
INSERT INTO away VALUES (1, 1) ON CONFLICT (k) DO NOTHING;
EXPLAIN (COSTS OFF) INSERT INTO away VALUES (1, 1) ON CONFLICT (k) DO NOTHING;
