\i test/setup.psql
-- Conditions beyond what SQLite takes (arguments of a function, nesting) are checked here, as those of a table here.
\set url :sqlite 'd.db'
SELECT binds.add('d', :'url') \g /dev/null
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v integer)', 'd') \g /dev/null
SELECT action FROM binds.create_all('d');
INSERT INTO t SELECT g, nullif(g, 7) FROM generate_series(1, 100) g;
CREATE TABLE here AS SELECT * FROM t;
SET statement_timeout = '60s';
CREATE FUNCTION sent(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan text;
BEGIN
	FOR plan IN EXECUTE 'EXPLAIN (VERBOSE) ' || query
	LOOP
		IF plan LIKE '%Remote SQL: %WHERE%' THEN
			RETURN true;
		END IF;
	END LOOP;
	RETURN false;
END $$;
CREATE FUNCTION try(condition text) RETURNS TABLE (sent boolean, rows bigint, same boolean) LANGUAGE plpgsql AS $$
DECLARE
	there text := 'SELECT count(*) FROM t WHERE ' || condition;
	here bigint;
BEGIN
	EXECUTE there INTO rows;
	EXECUTE 'SELECT count(*) FROM here WHERE ' || condition INTO here;
	same := rows = here;
	sent := sent(there);
	RETURN NEXT;
END $$;
-- Many arguments.
SELECT n, try.* FROM unnest('{2, 100, 101, 127, 128, 1000}'::int[]) n, try('coalesce(v' || repeat(', v + 1', n - 2) || ', 0) > 90');
SELECT n, try.* FROM unnest('{2, 128, 1000}'::int[]) n, try('greatest(v' || repeat(', v + 1', n - 1) || ') > 90');
-- Deep ones, to the left, to the right, and in functions and choices.
SELECT n, try.* FROM unnest('{1, 70, 99, 100, 190, 250, 1000, 3000}'::int[]) n, try('v' || repeat(' + 1', n) || ' > ' || n + 90);
SELECT n, try.* FROM unnest('{1, 10, 33, 34, 190, 1000}'::int[]) n, try('v' || repeat(' + (id', n) || repeat(')', n) || ' > 90');
SELECT n, try.* FROM unnest('{1, 5, 10, 20, 34, 190}'::int[]) n, try(repeat('coalesce(v, ', n) || 'id' || repeat(')', n) || ' > 90');
SELECT n, try.* FROM unnest('{1, 5, 10, 20, 34, 150}'::int[]) n, try(repeat('(id > 1 AND (v < 90 OR ', n) || 'id = 7' || repeat('))', n));
SELECT n, try.* FROM unnest('{1, 5, 10, 20, 34, 90}'::int[]) n, try(repeat('CASE WHEN v = 2 OR v > (', n) || 'id' || repeat(') THEN 1 ELSE 2 END', n) || ' > 1');
-- A choice of a choice has its argument in each branch: each level would be twice as long.
SELECT n, try.* FROM unnest('{1, 3, 17, 20}'::int[]) n, try(repeat('CASE ', n) || 'v' || repeat(' WHEN 1 THEN 2 WHEN 2 THEN 1 END', n) || ' > 1');
-- Long ones.
SELECT n, try.* FROM unnest('{10, 150, 250, 2000}'::int[]) n, try((SELECT string_agg('v + id = ' || g, ' OR ') FROM generate_series(1, n) g));
SELECT n, try.* FROM unnest('{10, 150, 2000}'::int[]) n, try('CASE ' || (SELECT string_agg('WHEN v = ' || g || ' THEN ' || g, ' ') FROM generate_series(1, n) g) || ' END > 90');
-- Writes, and a check of a model.
SELECT 'UPDATE t SET v = 0 WHERE v' || repeat(' + 1', 150) || ' > 240' \gexec
SELECT count(*) FROM t WHERE v = 0;
SELECT binds.define('CREATE TABLE c (id integer PRIMARY KEY, v integer, CHECK (coalesce(v' || repeat(', id', 127) || ') > 0), CHECK (v' || repeat(' + 1', 150) || ' > 0))', 'd') \g /dev/null
SELECT action FROM binds.create_all('d') WHERE model = 'c';
INSERT INTO c VALUES (1, 1);
INSERT INTO c VALUES (-1, NULL);
