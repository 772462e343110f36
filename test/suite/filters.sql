-- Filters: whatever is sent or kept, the rows are those of a local table.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, i2 smallint, i8 bigint, n numeric(12,3), big numeric(30,5),
	f4 real, f8 double precision, b boolean, c char(5), v varchar(40), x text,
	y bytea, d date, tm time, ts timestamp, tz timestamptz, iv interval, u uuid, jb jsonb);
CREATE TABLE words (id integer PRIMARY KEY, w text COLLATE "C", p varchar(30));
$$);
SELECT suite.fill($$
INSERT INTO t SELECT g, g % 100 - 50, (g - 50) * 100000000000, g * 1.125 - 20, g * 1000000000000.00001,
	g / 3.0::real, (g - 30) / 7.0, CASE g % 3 WHEN 0 THEN true WHEN 1 THEN false END,
	chr(97 + g % 5), 'v' || g % 7, CASE WHEN g % 11 = 0 THEN NULL ELSE 'x' || g % 13 END,
	decode(lpad(to_hex(g), 4, '0'), 'hex'), date '2024-02-25' + g % 9, time '00:00' + g * interval '7 min 0.5 s',
	timestamp '2024-01-01' + g * interval '1 h', timestamptz '2024-03-31 00:00+00' + g * interval '13 min',
	g * interval '1 day 1 h', ('00000000-0000-0000-0000-' || lpad(g::text, 12, '0'))::uuid, jsonb_build_object('g', g)
	FROM generate_series(1, 120) g;
$$);
SELECT suite.fill($$INSERT INTO t (id) VALUES (500), (501)$$);
SELECT suite.fill($$
INSERT INTO words SELECT row_number() OVER (), w, w FROM unnest(ARRAY['', ' ', '  ', 'a', 'a ', ' a', 'A', 'á', 'Á', 'ä', 'ß',
	'ss', 'Z', 'z', '_', '%', 'a%', E'a\\', '''', '"', '`', '?', '$1', ':x', E'tab\t', E'new\nline', 'é', E'e\u0301', '🙂', '𝒳', 'ÿ', '0', '00', '1', '-1',
	'1e1', '10', 'NULL', 'abc', 'ABC', 'aBc', 'ab', 'zz', E'\x7f']) w
$$);
SELECT suite.fill($$INSERT INTO words VALUES (100, NULL, NULL)$$);

-- comparison operators of every type, with constants of the same and of other types
SELECT suite.same(format('SELECT id FROM t WHERE %s %s %s', e.col, o.op, e.val))
FROM (VALUES ('i2', '7'), ('i2', '70000'), ('i2', '7.5'), ('i8', '0'), ('i8', '9223372036854775807'), ('i8', '-5000000000000'),
	('id', '2147483648'), ('id', '-1'), ('id', '''60'''), ('n', '-17.750'), ('n', '1.0001'), ('n', '25'), ('n', '2.5::float8'), ('n', '1e20'),
	('n', '''NaN'''), ('big', '5000000000000.00005'), ('big', '60000000000000'), ('f4', '10'), ('f4', '3.3333333::real'), ('f4', '0.1'), ('f8', '0'), ('f8', '0.14285714285714285'),
	('f8', '''NaN'''), ('f8', '''infinity'''), ('f8', '''-infinity'''), ('f8', '1.5::real'), ('b', 'true'), ('b', 'false'), ('c', '''b'''), ('c', '''b  '''), ('c', '''B'''),
	('v', '''v3'''), ('v', '''V3'''), ('v', '''v3 '''), ('x', '''x5'''), ('x', '''X5'''), ('x', ''''''), ('y', '''\x0010'''), ('d', '''2024-02-29'''), ('d', '''infinity'''), ('d', '''0044-03-15 BC'''),
	('d', 'timestamp ''2024-02-29 12:00'''), ('tm', '''01:10:05'''), ('ts', '''2024-01-02'''), ('ts', '''-infinity'''), ('ts', 'date ''2024-01-03'''), ('tz', '''2024-03-31 02:00'''), ('tz', '''2024-03-31 01:13+00'''),
	('tz', 'timestamp ''2024-03-31 03:00'''), ('iv', '''30 days'''), ('u', '''00000000-0000-0000-0000-000000000042'''), ('jb', '''{"g": 5}''')) e(col, val),
	unnest(ARRAY['=', '<>', '<', '<=', '>', '>=']) o(op)
WHERE NOT (e.col = 'jb' AND o.op NOT IN ('=', '<>'));

-- text by bytes, whatever the engine's collation; both operands and both kinds
SELECT suite.same(format('SELECT id FROM words WHERE %s %s %L', c, o, w))
FROM unnest(ARRAY['w', 'p']) c, unnest(ARRAY['=', '<>', '<', '>=']) o,
	unnest(ARRAY['', ' ', 'a', 'a ', 'A', 'á', 'ss', 'ß', 'ÿ', 'é', '''', '?', '$1', '🙂', '0', '1e1', '10', E'a\\', 'Z', 'zzzz']) w
WHERE c = 'w' OR o IN ('=', '<>');
SELECT suite.same(format('SELECT id FROM words WHERE w %s %L', o, p))
FROM unnest(ARRAY['LIKE', 'NOT LIKE', 'ILIKE', '~', '~*', 'SIMILAR TO']) o,
	unnest(ARRAY['a%', '%a', '_', '%', '', 'A_', '\%', 'a\%', '%é%']) p;

-- nulls and truth values
SELECT suite.same('SELECT id FROM t WHERE ' || c) FROM unnest(ARRAY[
	'x IS NULL', 'x IS NOT NULL', 'b', 'NOT b', 'b IS TRUE', 'b IS NOT TRUE', 'b IS FALSE', 'b IS NOT FALSE', 'b IS UNKNOWN', 'b IS NOT UNKNOWN',
	'b = (i2 > 0)', 'b AND i2 > 0', 'b OR i2 > 0', 'NOT (b OR x = ''x5'')', 'NOT (b AND x = ''x5'')', 'x = NULL', 'x <> NULL', 'x IS DISTINCT FROM ''x5''', 'x IS NOT DISTINCT FROM NULL',
	'i2 IS DISTINCT FROM 5', 'i2 IS NOT DISTINCT FROM NULL', 'b IS DISTINCT FROM true', 'x IN (''x1'', ''x2'')', 'x NOT IN (''x1'', ''x2'')', 'x IN (''x1'', NULL)', 'x NOT IN (''x1'', NULL)',
	'i2 = ANY (ARRAY[1,2,3])', 'i2 <> ALL (ARRAY[1,2,3])', 'i2 <> ALL (ARRAY[1,NULL])', 'i2 = ANY (''{}''::int[])', 'i2 <> ALL (''{}''::int[])', 'id = ANY (NULL::int[])', 'i2 > ALL (ARRAY[1,2,3])', 'i2 < ANY (ARRAY[-40, NULL])',
	'id IN (SELECT i2 FROM t)', 'id NOT IN (SELECT i2 FROM t)', 'EXISTS (SELECT 1 FROM t s WHERE s.i2 = t.id)', 'coalesce(x, ''none'') = ''none''', 'CASE WHEN i2 > 0 THEN b ELSE i2 = -5 END', 'CASE i2 WHEN 1 THEN true WHEN 2 THEN NULL END',
	'nullif(i2, 3) IS NULL', '(i2, id) = (5, 55)', '(i2, id) < (5, 55)', '(i2 > 5) IS TRUE', '(x = ''x5'') IS UNKNOWN', 'i2 BETWEEN -3 AND 3', 'i2 NOT BETWEEN -3 AND 3', 'i2 BETWEEN SYMMETRIC 3 AND -3',
	'true', 'false', 'NULL::boolean', 'id = id', 'x = x', 'i2 = i8', 'f4 = f8', 'f8 < f4', 'n > f8', 'n > i2', 'd < ts', 'ts < tz', 'v = x', 'c = v', 'c = ''a'' || ''''', 'x::varchar(2) = ''x1''', 'c::text = ''a''']) c;

-- arithmetic and functions
SELECT suite.same('SELECT id FROM t WHERE ' || c) FROM unnest(ARRAY[
	'i2 + 1 = 5', 'i2 - id = -50', 'i2 * 2 > 30', '-i2 > 10', '+i2 > 10', '@ i2 > 40', 'abs(i2) > 40', 'i2 / 7 = 2', 'i2 / 7 = -2', 'i2 % 7 = -3', 'mod(i2, 7) = 3', 'div(n, 2) = 3', 'i8 + i2 > 0', 'i8 / 100000000000 = 7', 'i2 & 3 = 1', 'i2 | 1 = 3', 'i2 # 5 = 2', '~i2 = -5', 'i2 << 2 = 12', 'i2 >> 1 = -3',
	'n + 1 > 30', 'n * 2 = 9.5', 'n / 3 > 10', 'round(n) = 14', 'round(n, 1) = 2.5', 'trunc(n) = -3', 'floor(f8) = -2', 'ceil(f8) = -2', 'round(f8) = 2', 'sqrt(abs(f8)) < 1', 'f8 * 7 = 3', 'f4 + 1 > 30', 'power(i2, 2) = 16', 'sign(i2) = -1', 'greatest(i2, id) = 60', 'least(i2, id) < -40',
	'length(x) = 2', 'char_length(x) = 3', 'octet_length(x) = 2', 'length(c) = 1', 'length(y) = 2', 'upper(x) = ''X5''', 'lower(x) = ''x5''', 'x || v = ''x5v5''', 'substr(x, 2) = ''5''', 'substr(x, 0, 3) = ''x5''', 'substring(x from 2 for 1) = ''1''', 'left(x, 1) = ''x''', 'right(x, -1) = ''5''', 'trim(c) = ''a''', 'rtrim(v) = ''v3''', 'replace(x, ''x'', '''') = ''5''', 'position(''1'' in x) = 2', 'strpos(x, '''') = 1', 'reverse(x) = ''5x''', 'repeat(x, 2) = ''x5x5''', 'md5(x) = md5(''x5'')', 'ascii(x) = 120', 'concat(x, NULL) = ''x5''', 'starts_with(x, ''x1'')', 'lpad(x, 4) = ''  x5''', 'initcap(x) = ''X5''',
	'extract(day FROM d) = 29', 'date_part(''month'', d) = 3', 'date_trunc(''day'', ts) = ''2024-01-02''', 'd + 1 = ''2024-03-01''', 'd - date ''2024-02-25'' = 4', 'ts + interval ''1 day'' > ''2024-01-05''', 'ts::date = ''2024-01-02''', 'tz::date = ''2024-03-31''', 'extract(hour FROM tz) = 4', 'tz AT TIME ZONE ''UTC'' < ''2024-03-31 01:00''', 'age(ts, ''2024-01-01'') < ''1 day''', 'iv > interval ''29 days 30 h''', 'now() > tz', 'current_date > d', 'jb->>''g'' = ''5''', '(jb->>''g'')::int < 5', 'jb @> ''{"g": 7}''', 'random() >= 0', 'i2::text = ''5''', 'id::text LIKE ''1%''', 'n::integer = 25', 'f8::integer = 2', 'b::integer = 1', 'b::text = ''true''', 'i2::numeric = 5', 'i2::integer::boolean', 'x::bytea = ''\x7835''', 'width_bucket(f8, 0, 10, 5) = 2', 'i2::int8 = 5', 'i8::int4 = 0', 'id::int2 < 5']) c;

-- parameters: generic plans, and values that an engine cannot compare
CREATE FUNCTION suite.param(type text, cond text, vals text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE v text; mode text; side text; r text[]; twin text[];
BEGIN
	FOREACH v IN ARRAY vals LOOP
		FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[] LOOP
			twin := NULL;
			FOREACH side IN ARRAY '{twin,eng}'::text[] LOOP
				PERFORM set_config('search_path', side || ', public', true);
				PERFORM set_config('plan_cache_mode', mode, true);
				PERFORM set_config('binds.pushdown', 'on', true);
				EXECUTE format('PREPARE p_%s(%s) AS SELECT id FROM t WHERE %s', side, type, cond);
				r := suite.answer(format('EXECUTE p_%s(%L)', side, v), side, true, false);
				EXECUTE 'DEALLOCATE p_' || side;
				twin := coalesce(twin, r);
			END LOOP;
			RETURN NEXT suite.line(suite.equal(r, twin), format('%s with %s %s, %s [%s]', cond, type, v, mode,
				CASE WHEN twin[1] LIKE 'error %' THEN twin[1] ELSE cardinality(twin)::text END), suite.difference('sent', r, twin));
		END LOOP;
	END LOOP;
END $$;
SELECT suite.param('int', 'i2 = $1', '{5,-5,70000,NULL}');
SELECT suite.param('int8', 'id < $1', '{5,9223372036854775807,NULL}');
SELECT suite.param('text', 'x = $1', '{x5,"x5 ",X5,"",NULL,"''"}');
SELECT suite.param('char(5)', 'c = $1', '{a,"a  ",A,NULL}');
SELECT suite.param('numeric', 'n >= $1', '{1.5,25,1.00000000000000000001,1e30,NaN,-Infinity,NULL}');
SELECT suite.param('numeric', 'n = $1', '{1.375,1.3750000000000000000001,NaN}');
SELECT suite.param('float8', 'f8 < $1', '{0.5,NaN,Infinity,-Infinity,1e308,NULL}');
SELECT suite.param('float8', 'f8 = $1', '{0.14285714285714285,NaN}');
SELECT suite.param('real', 'f4 <= $1', '{3.3333333,NaN,Infinity}');
SELECT suite.param('date', 'd > $1', '{2024-02-29,infinity,-infinity,"0044-03-15 BC",12024-01-01,NULL}');
SELECT suite.param('timestamp', 'ts <= $1', '{"2024-01-02 03:00",infinity,-infinity,"4000-01-01 BC"}');
SELECT suite.param('timestamptz', 'tz <= $1', '{"2024-03-31 02:30","2024-03-31 03:30",infinity,"0001-01-01 BC"}');
SELECT suite.param('time', 'tm < $1', '{01:00,24:00,00:00:00.000001}');
SELECT suite.param('uuid', 'u = $1', '{00000000-0000-0000-0000-000000000007}');
SELECT suite.param('bytea', 'y < $1', '{"\\x0010","\\x","\\xff"}');
SELECT suite.param('bool', 'b = $1', '{true,false,NULL}');
SELECT suite.param('int[]', 'i2 = ANY ($1)', '{"{1,2}","{}","{1,NULL}",NULL}');
SELECT suite.param('text[]', 'x = ANY ($1)', '{"{x1,x2}","{}","{NULL}"}');

-- what must be sent is sent, what cannot be is kept
SELECT suite.sent('SELECT id FROM t WHERE id = 5 AND i2 > 0 AND x = ''x5'' AND d = ''2024-02-29'' AND b');
SELECT suite.sent('SELECT id FROM t WHERE i2 IN (1, 2, 3) AND x IS NOT NULL AND (b OR NOT b)');
SELECT suite.sent('SELECT id FROM words WHERE w < ''b''');
SELECT suite.kept('SELECT id FROM t WHERE iv > ''1 day''');
SELECT suite.kept('SELECT id FROM t WHERE upper(x) = ''X5''');
SELECT suite.kept('SELECT id FROM t WHERE random() < 2');
SET binds.pushdown = off;
SELECT suite.kept('SELECT id FROM t WHERE id = 5');
RESET binds.pushdown;
