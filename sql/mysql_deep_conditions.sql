\i test/setup.psql
-- Conditions deeper than what is sent to a server are checked here, as those of a table here.
\set url :mysql 'users'
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
