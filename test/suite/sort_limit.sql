-- ORDER BY and LIMIT: the rows and their order, NULLs where PostgreSQL has them.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, a integer, b varchar(100) COLLATE "C", c text, d date, f double precision, k integer NOT NULL, g boolean, m numeric(10,2), z timestamptz);
CREATE TABLE e (id integer PRIMARY KEY, a integer);
$$);
SELECT suite.fill($$
INSERT INTO t SELECT i, CASE WHEN i % 5 = 0 THEN NULL ELSE i * 7 % 31 END, CASE WHEN i % 6 = 0 THEN NULL ELSE chr(60 + i * 11 % 60) || i END,
	(ARRAY['a','B','b','A','ä','Z','z','é','e', NULL])[1 + i % 10], date '2024-01-01' + i * 5 % 17, CASE WHEN i % 4 = 0 THEN NULL ELSE (i * 13 % 29) / 3.0 END, i * 3 % 7,
	CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN true ELSE false END, (i * 37 % 101) / 4.0, timestamptz '2024-03-31 00:00+00' + (i * 17 % 23) * interval '10 min'
FROM generate_series(1, 60) i
$$);
SELECT suite.same(format('SELECT id FROM t ORDER BY %s %s %s, id', c, d, n), true)
FROM unnest(ARRAY['a', 'b', 'c', 'd', 'f', 'k', 'g', 'm', 'z']) c, unnest(ARRAY['', 'ASC', 'DESC']) d, unnest(ARRAY['', 'NULLS FIRST', 'NULLS LAST']) n;
SELECT suite.same('SELECT id, a FROM t ORDER BY ' || o, true) FROM unnest(ARRAY[
	'a, id LIMIT 5', 'a DESC, id LIMIT 5 OFFSET 3', 'a NULLS FIRST, id DESC OFFSET 50', 'id LIMIT 0', 'id LIMIT NULL', 'id LIMIT ALL OFFSET 57', 'id LIMIT 1000', 'id OFFSET 1000', 'k, a DESC NULLS LAST, id LIMIT 7',
	'id FETCH FIRST 3 ROWS ONLY', 'a + k, id LIMIT 4', '-id LIMIT 3', 'b COLLATE "C", id LIMIT 9', 'b DESC, id LIMIT 9', 'length(b), id LIMIT 5', 'a IS NULL, id LIMIT 4', 'id LIMIT (SELECT 2)', 'id LIMIT -1', 'id OFFSET -1', 'id LIMIT 3 OFFSET (SELECT 4)']) o;
SELECT suite.same('SELECT id FROM t WHERE ' || o, true) FROM unnest(ARRAY['a > 5 ORDER BY id LIMIT 3', 'upper(c) = ''A'' ORDER BY id LIMIT 1', 'a > 5 AND upper(c) = ''A'' ORDER BY id DESC LIMIT 2', 'id IN (3,4,5) ORDER BY a LIMIT 1']) o;
SELECT suite.same(q, true) FROM unnest(ARRAY[
	'SELECT a, count(*) FROM t GROUP BY a ORDER BY a LIMIT 3', 'SELECT DISTINCT k FROM t ORDER BY k LIMIT 3', 'SELECT DISTINCT ON (k) k, id FROM t ORDER BY k, id LIMIT 4', 'SELECT max(id), min(b), sum(a), avg(m), count(c) FROM t',
	'SELECT id, row_number() OVER (ORDER BY a, id) FROM t ORDER BY id LIMIT 5', 'SELECT * FROM (SELECT id FROM t ORDER BY id LIMIT 3) x ORDER BY id DESC', 'SELECT id FROM t UNION ALL SELECT id FROM e ORDER BY 1 LIMIT 3', '(SELECT id FROM t ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM t ORDER BY id DESC LIMIT 1)',
	'SELECT id, generate_series(1, 2) FROM t ORDER BY id LIMIT 3', 'SELECT t.id FROM t JOIN e USING (id) ORDER BY 1 LIMIT 1', 'SELECT id FROM e ORDER BY id LIMIT 1', 'SELECT count(*) FROM (SELECT 1 FROM t LIMIT 10) x', 'SELECT id FROM t ORDER BY id LIMIT 2 FOR UPDATE', 'SELECT string_agg(b, '','' ORDER BY b DESC NULLS FIRST) FROM t', 'SELECT a FROM t ORDER BY a DESC NULLS LAST, id LIMIT 1',
	'SELECT (SELECT s.id FROM t s WHERE s.k = t.k ORDER BY s.id LIMIT 1) FROM t ORDER BY id', 'SELECT x.id FROM e RIGHT JOIN LATERAL (SELECT id FROM t ORDER BY id LIMIT 2) x ON true ORDER BY 1', 'SELECT s.id, x.id FROM t s, LATERAL (SELECT id FROM t WHERE t.k = s.k ORDER BY id DESC LIMIT 1) x WHERE s.id < 9 ORDER BY 1, 2']) q;
SELECT suite.same('SELECT id, k FROM t ORDER BY k FETCH FIRST 3 ROWS WITH TIES');
-- a limit that is a parameter: null, zero, too many, negative
CREATE FUNCTION suite.limited(vals text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE v text; mode text; side text; r text[]; twin text[];
BEGIN
	FOREACH v IN ARRAY vals LOOP
		FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[] LOOP
			twin := NULL;
			FOREACH side IN ARRAY '{twin,eng}'::text[] LOOP
				PERFORM set_config('search_path', side || ', public', true);
				PERFORM set_config('plan_cache_mode', mode, true);
				EXECUTE format('PREPARE l_%s(bigint, bigint) AS SELECT id FROM t ORDER BY id LIMIT $1 OFFSET $2', side);
				r := suite.answer(format('EXECUTE l_%s(%s)', side, v), side, true, true);
				EXECUTE 'DEALLOCATE l_' || side;
				twin := coalesce(twin, r);
			END LOOP;
			RETURN NEXT suite.line(suite.equal(r, twin), format('LIMIT and OFFSET %s, %s [%s]', v, mode, cardinality(twin)), suite.difference('sent', r, twin));
		END LOOP;
	END LOOP;
END $$;
SELECT suite.limited(ARRAY['3, 0', 'NULL, 0', '0, 0', '3, NULL', 'NULL, NULL', '-1, 0', '2, -1', '1000, 58', '9223372036854775807, 9223372036854775807']);
SELECT suite.sent('SELECT id FROM t WHERE a > 3 ORDER BY a DESC NULLS LAST, id LIMIT 3');
SELECT suite.sent('SELECT id FROM t ORDER BY b, id');
SELECT suite.kept('SELECT id FROM t ORDER BY c COLLATE "en-x-icu"');
