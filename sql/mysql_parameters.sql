\i test/setup.psql
-- Columns of character sets that lack characters: a value with such a character, known or a
-- parameter, is found nowhere, and is no error.
\! $MY -e "DROP DATABASE IF EXISTS charsets; CREATE DATABASE charsets; USE charsets; CREATE TABLE c (id int PRIMARY KEY, u varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci, b varchar(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin, n char(8) CHARACTER SET utf8mb3, x text CHARACTER SET utf8mb3, e enum('é','?') CHARACTER SET utf8mb3, l varchar(20) CHARACTER SET latin1, a varchar(20) CHARACTER SET ascii, m varchar(20) CHARACTER SET utf8mb4, KEY (u), KEY (l), KEY (n))"
\! $MY charsets -e "INSERT INTO c VALUES (1,'é','é','é','é','é','é','e','é'), (2,'e','e','e','e','?','e','e','E'), (3,'?','?','?','?','?','?','?','?'), (4,'','','','',NULL,'','',''), (5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL), (6,'E','E','E','E','é','É','E','e')"
\set url :mysql 'charsets'
SELECT binds.add('my', :'url', '{"schema": "my"}') \g /dev/null
SELECT binds.reflect('my') \g /dev/null
CREATE TABLE twin AS SELECT id, u, b, n, x, e::text, l, a, m FROM my.c;
CREATE FUNCTION differ(cond text, value text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE mode text; push text; side text; r int[]; first int[];
BEGIN
	FOR side, push, mode IN VALUES ('twin', 'on', 'auto'), ('my.c', 'on', 'force_custom_plan'), ('my.c', 'on', 'force_generic_plan'), ('my.c', 'off', 'auto') LOOP
		PERFORM set_config('binds.pushdown', push, true), set_config('plan_cache_mode', mode, true);
		EXECUTE format('PREPARE ask(text) AS SELECT array_agg(id ORDER BY id) FROM %s WHERE %s', side, cond);
		EXECUTE format('EXECUTE ask(%L)', value) INTO r;
		DEALLOCATE ask;
		IF side = 'twin' THEN first := r;
		ELSIF r IS DISTINCT FROM first THEN RETURN true;
		END IF;
	END LOOP;
	RETURN false;
EXCEPTION WHEN OTHERS THEN
	RAISE NOTICE '% with %: %', cond, value, SQLSTATE;
	RETURN true;
END $$;
SELECT format(cond, col) || ' with ' || value AS differs
FROM unnest(ARRAY['u', 'b', 'n', 'x', 'e::text', 'l', 'a', 'm']) col,
	unnest(ARRAY['%s = $1', '%s <> $1', 'NOT (%s = $1)', '%s < $1', '%s LIKE $1', '%s LIKE $1 || ''%%''', '%s = ANY (ARRAY[$1, ''é''])', '%s IN ($1, ''e'')', '%s NOT IN ($1, ''e'')', '%s IS DISTINCT FROM $1', 'nullif(%s, $1) IS NULL', 'coalesce(%s, $1) = $1',
		'coalesce(%s, $1) IS NULL', 'CASE WHEN id = 1 THEN $1 ELSE %1$s END = $1', 'length(coalesce(%s, $1)) = 1', '%s = $1 OR id = 2', '%s || ''x'' = $1 || ''x''']) cond,
	unnest(ARRAY['🙂', 'é', 'ł', '?', 'e', 'E', '', NULL]) value
WHERE differ(format(cond, col), value);
-- the same values from another relation, and as a key
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
EXPLAIN (COSTS OFF, VERBOSE) SELECT w.v, c.id FROM (VALUES ('🙂'), ('é'), ('?'), ('ł')) w(v) LEFT JOIN my.c ON c.u = w.v;
SELECT w.v, c.id FROM (VALUES ('🙂'), ('é'), ('?'), ('ł')) w(v) LEFT JOIN my.c ON c.u = w.v ORDER BY 1, 2;
SELECT w.v, c.id FROM (VALUES ('🙂'), ('é'), ('?'), ('ł')) w(v) LEFT JOIN my.c ON c.l = w.v ORDER BY 1, 2;
DELETE FROM my.c WHERE u = '🙂' OR l = 'ł';
UPDATE my.c SET m = '🙂' WHERE u <> '🙂' AND id = 1 RETURNING id, m;
