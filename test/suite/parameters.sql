-- Parameters: a value that cannot be sent makes the clauses that need it local, and no others.
SELECT suite.tables($$
CREATE TABLE p (id integer PRIMARY KEY, t0 time(0), t3 time(3), t6 time(6), s0 timestamp(0), s6 timestamp(6), z0 timestamptz(0), z6 timestamptz(6),
	d date, n numeric(9,2), f real, g double precision, v varchar(20), c char(4), y bytea, b boolean, u uuid, i bigint);
CREATE TABLE q (id integer PRIMARY KEY, t time(6), s timestamp(6), z timestamptz(6), d date, g double precision, n numeric(12,4), v varchar(30));
$$);
SELECT suite.fill($$
INSERT INTO p SELECT g, time '12:30:00' + (g - 5) * interval '1 s', time '12:30' + (g - 5) * interval '0.5 s', time '12:30' + (g - 5) * interval '0.25 s',
	timestamp '2024-01-01' + g * interval '1 day', timestamp '2024-01-01' + g * interval '12 h', timestamptz '2024-03-31 00:00+00' + g * interval '1 h', timestamptz '2024-03-31 00:00+00' + g * interval '30 min',
	date '2024-02-25' + g, g / 4.0, g / 3.0, g / 7.0, 'v' || g % 3, 'c' || g % 2, decode(lpad(to_hex(g), 2, '0'), 'hex'), g % 2 = 0,
	('00000000-0000-0000-0000-' || lpad(g::text, 12, '0'))::uuid, g * 1000000000000 FROM generate_series(1, 12) g;
$$);
SELECT suite.fill('INSERT INTO p (id) VALUES (50)');
SELECT suite.fill($$
INSERT INTO q VALUES (1, '12:30:00.5', '2024-01-03 00:00:00.5', '2024-03-31 02:00:00.25+00', '2024-02-28', 0.5, 1.2345, 'v1'),
	(2, '12:30:01', '2024-01-05', '2024-03-31 03:00+00', '2024-02-29', 1, 2.5, 'v2'),
	(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (4, '23:59:59.999999', '9999-12-31 23:59:59.999999', '2024-03-31 02:00+00', '9999-12-31', 1e300, 12345678.9999, '')
$$);

-- A statement with parameters, prepared once per side and run with each list of values, with a generic plan.
CREATE FUNCTION suite.prepared(types text, query text, VARIADIC vals text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE v text; side text; push text; r text[]; twin text[];
BEGIN
	PERFORM set_config('plan_cache_mode', 'force_generic_plan', true);
	FOREACH v IN ARRAY vals LOOP
		twin := NULL;
		FOR side, push IN VALUES ('twin', 'on'), ('eng', 'on'), ('eng', 'off') LOOP
			PERFORM set_config('search_path', side || ', public', true);
			PERFORM set_config('binds.pushdown', push, true);
			EXECUTE format('PREPARE prep(%s) AS %s', types, query);
			r := suite.answer(format('EXECUTE prep(%s)', v), side, push = 'on', false);
			DEALLOCATE prep;
			twin := coalesce(twin, r);
			IF side = 'eng' THEN
				RETURN NEXT suite.line(suite.equal(r, twin), format('%s with %s, pushdown %s [%s]', query, v, push,
					CASE WHEN twin[1] LIKE 'error %' THEN twin[1] ELSE cardinality(twin)::text END), suite.difference('sent', r, twin));
			END IF;
		END LOOP;
	END LOOP;
END $$;

-- more digits of a second than the column has: alone, and next to clauses that can be sent
SELECT suite.prepared('time', 'SELECT id FROM p WHERE t0 < $1', '''12:30:00.5''', '''12:30:00''', '''24:00''', '''00:00''', 'NULL');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE t0 = $1', '''12:30:00.000001''', '''12:30:00''', '''12:30:00.5''');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE t0 <> $1', '''12:30:00.5''', '''12:30:00''');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE t3 >= $1', '''12:30:00.0005''', '''12:30:00.5''');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE t6 BETWEEN $1 AND $1', '''12:30:00.25''');
SELECT suite.prepared('timestamp, time', 'SELECT id FROM p WHERE s6 < $1 AND t0 < $2', '''2024-01-03'', ''12:30:00.5''', '''infinity'', ''12:30:00.5''', '''infinity'', ''12:30:02''',
	'''2024-01-05'', ''12:30:02''', '''-infinity'', ''12:30:00.5''', '''0044-03-15 BC'', ''12:30''', 'NULL, ''12:30:00.5''', '''2024-01-05'', NULL');
SELECT suite.prepared('int, timestamp, time, numeric, float8', 'SELECT id FROM p WHERE id > $1 AND s0 < $2 AND t0 < $3 AND n < $4 AND g < $5 AND v <> ''v0''',
	'1, ''infinity'', ''12:30:09.5'', ''NaN'', ''NaN''', '1, ''2024-01-09'', ''12:30:09'', 3.001, ''Infinity''', '1, ''2024-01-09 00:00:00.5'', ''12:30:09.5'', 1e30, 1', '2, ''2024-01-09'', ''12:30:09'', 3, 1');
SELECT suite.prepared('time, time', 'SELECT id FROM p WHERE t0 < $1 OR t6 > $2', '''12:30:00.5'', ''12:30:01''', '''12:29:58'', ''12:30:01.000001''');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE NOT (t0 < $1)', '''12:30:00.5''');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE (t0 < $1) IS NOT TRUE', '''12:30:00.5''');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE t0 IS DISTINCT FROM $1', '''12:30:00.5''', '''12:30:00''', 'NULL');
SELECT suite.prepared('time', 'SELECT id FROM p WHERE CASE WHEN b THEN t0 ELSE $1 END = ''12:30:00.5''', '''12:30:00.5''');
SELECT suite.prepared('time[]', 'SELECT id FROM p WHERE t0 = ANY ($1)', '''{12:30:00.5,12:30:01}''', '''{12:30:00.5}''', '''{12:30:01,NULL}''', '''{}''', 'NULL');
SELECT suite.prepared('numeric[]', 'SELECT id FROM p WHERE n = ANY ($1) AND id < 40', '''{0.25,0.2500001,NaN}''', '''{0.25,1.5}''', '''{1e40}''');
SELECT suite.prepared('timestamptz, date', 'SELECT id FROM p WHERE z0 <= $1 AND d < $2', '''2024-03-31 03:00:00.5+00'', ''infinity''', '''2024-03-31 03:00+00'', ''2024-03-01''', '''infinity'', ''-infinity''');
SELECT suite.prepared('date', 'SELECT id FROM p WHERE s0 > $1 AND z6 > $1', '''infinity''', '''2024-01-05''', '''5874897-01-01''', '''4713-01-01 BC''');
SELECT suite.prepared('real', 'SELECT id FROM p WHERE f > $1', '''NaN''', '''Infinity''', '''-Infinity''', '1.5');
SELECT suite.prepared('text', 'SELECT id FROM p WHERE v = $1', '''v1''', '''🙂''', '''v1 ''', '''''', 'repeat(''x'', 100000)');
SELECT suite.prepared('text', 'SELECT id FROM p WHERE c = $1', '''c1''', '''c1   ''', '''🙂''', 'repeat(''x'', 100000)');
SELECT suite.prepared('bytea', 'SELECT id FROM p WHERE y > $1', '''\x05''', '''\x0500''', '''\x''', 'convert_to(repeat(''x'', 100000), ''UTF8'')');

-- LIMIT and OFFSET next to such a clause, and by themselves
SELECT suite.prepared('time, int, int', 'SELECT id FROM p WHERE t0 < $1 ORDER BY id LIMIT $2 OFFSET $3', '''12:30:05.5'', 3, 2', '''12:30:05'', 3, 2', '''12:30:05.5'', NULL, 2', '''12:30:05.5'', 3, NULL', '''12:30:05.5'', -1, 0', '''12:30:05'', 0, 0');
SELECT suite.prepared('int8, int8', 'SELECT id FROM p ORDER BY id LIMIT $1 OFFSET $2', '3, 2', 'NULL, NULL', '9223372036854775807, 3', '0, 0', '3, 9223372036854775807', '-1, 0', '1, -1');

-- parameters from other relations: nested loops, inner and outer, and LATERAL
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_sort = off;
SELECT suite.same('SELECT q.id, p.id FROM q JOIN p ON p.t0 < q.t');
SELECT suite.same('SELECT q.id, p.id FROM q LEFT JOIN p ON p.t0 = q.t');
SELECT suite.same('SELECT q.id, p.id FROM q LEFT JOIN p ON p.s0 = q.s AND p.t0 < q.t AND p.id < 40');
SELECT suite.same('SELECT q.id, p.id FROM q JOIN p ON p.s0 < q.s AND p.n < q.n');
SELECT suite.same('SELECT q.id, p.id FROM q LEFT JOIN p ON p.n = q.n AND p.v = q.v');
SELECT suite.same('SELECT q.id, p.id FROM q LEFT JOIN p ON p.d = q.d AND p.g < q.g');
SELECT suite.same('SELECT q.id, p.id FROM q LEFT JOIN p ON p.z0 = q.z');
SELECT suite.same('SELECT q.id FROM q WHERE NOT EXISTS (SELECT 1 FROM p WHERE p.t0 = q.t AND p.s0 > ''2024-01-01'')');
SELECT suite.same('SELECT q.id, l.id FROM q, LATERAL (SELECT id FROM p WHERE p.t0 < q.t AND p.id > 2 ORDER BY id LIMIT 2 OFFSET q.id - 1) l');
SELECT suite.same('SELECT q.id, (SELECT count(*) FROM p WHERE p.t0 < q.t AND p.s0 < q.s) FROM q');
SELECT suite.same('SELECT x, p.id FROM (VALUES (''infinity''::timestamp), (''2024-01-04''), (''-infinity''), (NULL)) w(x) LEFT JOIN p ON p.s0 < w.x');
SELECT suite.same('SELECT x, p.id FROM (VALUES (1.5), (''NaN''::float8), (1e300)) w(x) LEFT JOIN p ON p.g < w.x AND p.id > 3');
RESET enable_hashjoin;
RESET enable_mergejoin;
RESET enable_material;
RESET enable_sort;

-- changes find the same rows
SET plan_cache_mode = force_generic_plan;
CREATE FUNCTION suite.late(x anyelement) RETURNS anyelement LANGUAGE plpgsql STABLE AS 'BEGIN RETURN x; END';
SELECT suite.same_change('DELETE FROM p WHERE t0 < suite.late(time ''12:30:00.5'')', 'p');
SELECT suite.same_change('DELETE FROM p WHERE t0 < suite.late(time ''12:30:00.5'') AND s0 < suite.late(timestamp ''infinity'') AND id > 1', 'p');
SELECT suite.same_change('UPDATE p SET v = ''new'' WHERE s0 < suite.late(timestamp ''2024-01-05'') AND t0 <> suite.late(time ''12:30:00.5'')', 'p');
SELECT suite.same_change('UPDATE p SET v = q.v FROM q WHERE p.t0 = q.t AND p.n < q.n', 'p');
SELECT suite.same_change('DELETE FROM p USING q WHERE p.t0 < q.t AND q.id = 1', 'p');

-- only what cannot be sent is left out: the engine finds the two rows, and nothing is left to filter
SELECT suite.check('a clause is left out, the others are sent',
	(SELECT bool_or(l ~ 'Fallback SQL: .* WHERE .*id. > 5') FROM suite.plan('SELECT id FROM p WHERE id > 5 AND n < suite.late(2.5)') l));
CREATE FUNCTION suite.removed(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE l text;
BEGIN
	PERFORM set_config('search_path', 'eng, public', true);
	FOR l IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
		IF l ~ 'Rows Removed by Filter' THEN RETURN true; END IF;
	END LOOP;
	RETURN false;
END $$;
SELECT suite.check('one of two such clauses is sent',
	NOT suite.removed('SELECT id FROM p WHERE g > suite.late(float8 ''-infinity'') AND n < suite.late(0.75)'));
SELECT suite.check('and none', suite.removed('SELECT id FROM p WHERE g < suite.late(float8 ''NaN'') AND n < suite.late(numeric ''-infinity'')'));
