-- Conditions made at random, over columns of every type with values at the edges; also with parameters.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'Happy');
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, i2 smallint, i4 integer, i8 bigint, b boolean, x varchar(20), y text COLLATE "C", z text, bp char(6), d date, ts timestamp, tz timestamptz, tm time, n numeric(12,3), big numeric(30,6), f double precision, r real, u uuid, h bytea, e mood);
$$);
-- one of the values, always the same one for a number
CREATE FUNCTION pick(vals anyarray, i integer) RETURNS anyelement LANGUAGE sql AS 'SELECT vals[1 + abs(hashint4(i)) % cardinality(vals)]';
CREATE TABLE rows AS SELECT i AS id,
	pick('{0,1,-1,2,5,32767,-32768,NULL}'::smallint[], i * 7 + 1) AS i2, pick('{0,1,-1,2,5,7,2147483647,-2147483648,NULL}'::integer[], i * 7 + 2) AS i4,
	pick('{0,1,-1,2,5,9007199254740993,4611686018427387904,-4611686018427387904,NULL}'::bigint[], i * 7 + 3) AS i8, pick('{t,f,NULL}'::boolean[], i * 7 + 4) AS b,
	pick(ARRAY['a','A','á','','a ',' a','ab','AB','ß','ss','100','0','😀','b%','b_',NULL]::varchar[], i * 7 + 5) AS x, pick(ARRAY['a','A','á','','a ',' a','ab','AB','ß','ss','100','Z','😀',E'a\tb','\',NULL]::text[], i * 7 + 6) AS y,
	pick(ARRAY['a','A','á','','a ',' a','ab','AB','ß','ss','100','Z','😀','z',NULL]::text[], i * 7 + 7) AS z, pick(ARRAY['a','A','','a  ',' a','ab','AB','é',NULL]::char(6)[], i * 7 + 8) AS bp,
	pick('{2024-01-01,2024-02-29,1999-12-31,0001-01-01,9999-12-31,1970-01-01,NULL}'::date[], i * 7 + 9) AS d, pick('{2024-01-01 00:00:00,2024-02-29 12:34:56.789,1999-12-31 23:59:59.999999,1970-01-01,2024-01-01 00:00:00.000001,NULL}'::timestamp[], i * 7 + 10) AS ts,
	pick('{2024-01-01 00:00:00+00,2024-03-31 01:00:00+00,2024-03-31 00:59:59.999999+00,1970-01-01 00:00+05,NULL}'::timestamptz[], i * 7 + 11) AS tz, pick('{00:00,23:59:59.999999,12:00,12:00:00.5,NULL}'::time[], i * 7 + 12) AS tm,
	pick('{0,1.5,-1.5,0.001,999999999.999,-0.001,100,NULL}'::numeric(12,3)[], i * 7 + 13) AS n, pick('{0,1.5,-1.5,0.000001,999999999999999999999.999999,NULL}'::numeric(30,6)[], i * 7 + 14) AS big,
	pick('{0,1.5,-1.5,0.1,1e300,-1e-300,3,NULL}'::double precision[], i * 7 + 15) AS f, pick('{0,1.5,-1.5,0.1,1e30,3,16777216,NULL}'::real[], i * 7 + 16) AS r,
	pick(ARRAY['00000000-0000-0000-0000-000000000000','ffffffff-ffff-ffff-ffff-ffffffffffff','a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',NULL]::uuid[], i * 7 + 17) AS u, pick(ARRAY['\x','\x00','\xff','\x6162','\x61',NULL]::bytea[], i * 7 + 18) AS h, pick('{sad,ok,Happy,NULL}'::mood[], i * 7 + 19) AS e
FROM generate_series(1, 150) i;
SELECT suite.fill('INSERT INTO t SELECT * FROM public.rows');

-- per family of types: the columns, values, and types of parameters
CREATE TABLE families (name text, cols text[], vals text[]);
INSERT INTO families VALUES
	('int', '{id,i2,i4,i8}', '{0,1,-1,2,5,32767,2147483647,-2147483648,9007199254740993,NULL::integer,4611686018427387904}'),
	('bool', '{b}', '{true,false,NULL::boolean}'),
	('text', '{x,y,z}', ARRAY[$$'a'::text$$, $$'A'::text$$, $$'á'::text$$, $$''::text$$, $$'a '::text$$, $$' a'::text$$, $$'ab'::text$$, $$'ss'::text$$, $$'ß'::text$$, $$'😀'::text$$, $$'b%'::text$$, $$'\'::text$$, 'NULL::text', $$'z'::text$$]),
	('bpchar', '{bp}', ARRAY[$$'a'::char(6)$$, $$'a '::bpchar$$, $$''::bpchar$$, $$'AB'::char(6)$$, $$'é'::bpchar$$]),
	('date', '{d}', ARRAY[$$'2024-01-01'::date$$, $$'2024-02-29'::date$$, $$'infinity'::date$$, $$'0001-01-01'::date$$, $$'10000-01-01'::date$$, $$'0044-03-15 BC'::date$$]),
	('ts', '{ts}', ARRAY[$$'2024-01-01'::timestamp$$, $$'2024-02-29 12:34:56.789'::timestamp$$, $$'infinity'::timestamp$$, $$'1970-01-01'::timestamp$$, $$'2024-01-01'::date$$]),
	('tz', '{tz}', ARRAY[$$'2024-01-01 00:00+00'::timestamptz$$, $$'2024-03-31 02:30'::timestamp$$, $$'2024-03-31'::date$$, $$'-infinity'::timestamptz$$, $$'2024-03-31 00:59:59.999999+00'::timestamptz$$]),
	('time', '{tm}', ARRAY[$$'00:00'::time$$, $$'12:00'::time$$, $$'23:59:59.999999'::time$$, $$'24:00'::time$$]),
	('numeric', '{n,big}', ARRAY['0::numeric', '1.5', '-1.5', '0.0010', '100::numeric', '1e30', $$'NaN'::numeric$$, '0.1234567', '999999999.999', '1.50000']),
	('float', '{f,r}', ARRAY['0::float8', '1.5::float8', '-1.5::float8', '0.1::float8', '0.1::real', $$'NaN'::float8$$, $$'infinity'::float8$$, '1e300::float8', '3::float8', '16777217::float8']),
	('uuid', '{u}', ARRAY[$$'00000000-0000-0000-0000-000000000000'::uuid$$, $$'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid$$]),
	('bytea', '{h}', ARRAY[$$'\x'::bytea$$, $$'\x00'::bytea$$, $$'\x61'::bytea$$, $$'\xff'::bytea$$]),
	('enum', '{e}', ARRAY[$$'sad'::mood$$, $$'ok'::mood$$, $$'Happy'::mood$$]);
CREATE FUNCTION one_of(vals anyarray) RETURNS anyelement LANGUAGE sql VOLATILE AS 'SELECT vals[1 + floor(random() * cardinality(vals))::integer]';
CREATE FUNCTION family() RETURNS families LANGUAGE sql VOLATILE AS 'SELECT f FROM families f ORDER BY random() LIMIT 1';

CREATE FUNCTION term(f families, depth integer) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE r double precision := random();
BEGIN
	IF r < 0.45 THEN RETURN one_of(f.cols); END IF;
	IF r < 0.8 OR depth <= 0 THEN RETURN one_of(f.vals); END IF;
	r := random();
	IF f.name = 'int' AND r < 0.5 THEN
		RETURN format(one_of(ARRAY['length(%s::text)', 'abs(%1$s::bigint)', '(%1$s %% 3::bigint)', '(%1$s + 1)', '(%1$s - 2)']), term(f, depth - 1));
	END IF;
	IF r < 0.7 THEN RETURN format('coalesce(%s, %s)', term(f, depth - 1), one_of(f.cols)); END IF;
	IF r < 0.9 THEN RETURN format('CASE WHEN %s THEN %s ELSE %s END', condition(depth - 1), one_of(f.cols), term(f, depth - 1)); END IF;
	RETURN format('nullif(%s, %s)', one_of(f.cols), term(f, depth - 1));
END $$;
CREATE FUNCTION condition(depth integer) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE r double precision := random(); f families := family();
BEGIN
	IF depth > 0 AND r < 0.3 THEN
		RETURN format(one_of(ARRAY['(%s AND %s)', '(%s OR %s)', '(NOT %s OR %s)']), condition(depth - 1), condition(depth - 1));
	END IF;
	IF depth > 0 AND r < 0.36 THEN
		RETURN format(one_of(ARRAY['((%s) IS TRUE)', '((%s) IS NOT TRUE)', '((%s) IS FALSE)', '((%s) IS UNKNOWN)', '((%s) IS NOT UNKNOWN)']), condition(depth - 1));
	END IF;
	IF r < 0.42 THEN RETURN one_of('{b,(NOT b),(b IS NOT TRUE)}'::text[]); END IF;
	IF r < 0.5 THEN RETURN format(one_of(ARRAY['(%s IS NULL)', '(%s IS NOT NULL)']), one_of(f.cols)); END IF;
	IF r < 0.62 THEN
		RETURN format('(%s %s (%s, %s, %s))', one_of(f.cols), one_of('{IN,NOT IN}'::text[]), one_of(f.vals), one_of(f.vals), one_of(f.vals));
	END IF;
	IF r < 0.68 THEN RETURN format('(%s IS %s DISTINCT FROM %s)', one_of(f.cols), one_of('{"",NOT}'::text[]), term(f, depth - 1)); END IF;
	IF r < 0.74 THEN
		RETURN format('(%s %s %s)', one_of('{x,y,z}'::text[]), one_of('{LIKE,NOT LIKE,ILIKE}'::text[]), one_of(ARRAY[$q$'a%'$q$, $q$'%a'$q$, $q$'_'$q$, $q$'%\%'$q$, $q$'b\_'$q$, $q$''$q$]));
	END IF;
	RETURN format('(%s %s %s%s)', term(f, depth - 1), one_of('{=,<>,<,<=,>,>=,=}'::text[]), term(f, depth - 1), CASE WHEN f.name = 'text' AND random() < 0.4 THEN ' COLLATE "C"' END);
END $$;
SELECT setseed(0.42);
SELECT suite.same('SELECT id FROM t WHERE ' || condition(3)) FROM generate_series(1, 150);

-- the same with the constants as parameters of a generic plan
CREATE FUNCTION suite.same_generic(cond text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE side text; twin text[]; answer text[]; text_ text := cond; types text := ''; vals text := ''; m text; n integer := 0;
BEGIN
	FOR m IN SELECT DISTINCT v FROM families f, unnest(f.vals) v WHERE v LIKE '%''::%' AND position(v IN cond) > 0 ORDER BY v LOOP
		n := n + 1;
		text_ := replace(text_, m, '$' || n);
		types := concat_ws(', ', nullif(types, ''), substr(m, position('''::' IN m) + 3));
		vals := concat_ws(', ', nullif(vals, ''), m);
	END LOOP;
	PERFORM set_config('plan_cache_mode', 'force_generic_plan', true);
	FOREACH side IN ARRAY '{twin,eng}'::text[] LOOP
		PERFORM set_config('search_path', side || ', public', true);
		EXECUTE format('PREPARE g%s AS SELECT id FROM t WHERE %s', '(' || nullif(types, '') || ')', text_);
		answer := suite.answer(format('EXECUTE g%s', '(' || nullif(vals, '') || ')'), side, true, false);
		DEALLOCATE g;
		twin := coalesce(twin, answer);
	END LOOP;
	RETURN suite.line(suite.equal(answer, twin), text_ || ' with ' || vals, suite.difference('sent', answer, twin));
END $$;
SELECT suite.same_generic(condition(3)) FROM generate_series(1, 150);
