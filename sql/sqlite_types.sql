\i test/setup.psql
\set url :sqlite 'types.db'
SELECT binds.add('t', :'url');
\setenv DB `echo sqlite3 -nullvalue NULL $D/types.db`

-- Every type, as create_all declares it.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s');
SELECT binds.define($$
CREATE TABLE types (id bigserial PRIMARY KEY, i2 smallint, i4 integer, i8 bigint,
	n10 numeric(10,2), n30 numeric(30,5), n numeric, r real, d double precision,
	b boolean, c char(5), v varchar(20), t text, by bytea, da date, ti time,
	ts timestamp, tz timestamptz, iv interval, u uuid, j json, jb jsonb, m mood)
$$, 't');
SELECT statement FROM binds.ddl('t');
SELECT * FROM binds.create_all('t');

-- Values come back as they were, the extreme ones as well.
SET timezone = 'Asia/Kolkata';
SET datestyle = 'German';
CREATE TABLE twin (LIKE types);
INSERT INTO twin VALUES
(1, 1, 1, 1, 12.30, 1234567890123456789.12345, 1.500, 0.1, 0.1, true, 'ab', 'x',
 'text', '\x00ff', '2024-02-29', '01:02:03.000004', '2024-02-29 01:02:03.000045',
 '2024-02-29 01:02:03+05', '1 mon 2 days 03:04:05.6',
 '12345678-1234-5678-1234-567812345678', '{"a": [1, null]}', '{"b":1.50}', 'ok'),
(2, -32768, 2147483647, 9223372036854775807, -99999999.99, -0.00001, 'NaN',
 'infinity', '-infinity', false, 'a    ', '', '', '', '0001-01-01', '24:00',
 '0001-01-01', '9999-12-31 23:59:59.999999+00', '-1 day',
 '00000000-0000-0000-0000-000000000000', '12', '12', 'it''s'),
(3, NULL, NULL, -9223372036854775808, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
 'ünïcödé 𝄞', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
(4, 0, 6, 0, 0, 0, 0, 3.4e38, 1.7976931348623157e308, true, 'ÄÖ', '''";--', E'a\nb\\',
 '\xdeadbeef', '2024-03-01', '00:00', '2024-03-01', '2024-03-01', '0',
 'ffffffff-ffff-ffff-ffff-ffffffffffff', '"s"', '"s"', 'sad'),
(5, 7, 7, 7, 0.01, 99999999999999999999999.99999, 12345678901234567890.1230, 1e-45,
 5e-324, false, 'abcde', repeat('ä', 20), ' text ', '\x', '9999-12-31',
 '23:59:59.999999', '2024-02-29 01:02:03', '2024-02-29 01:02:03',
 '1 year -3 days 00:00:00.000001', '12345678-1234-5678-1234-56781234567A', '1.50',
 '1.50', 'sad');
INSERT INTO types SELECT * FROM twin;
SELECT id, to_jsonb(types) = to_jsonb(twin) AS same FROM types JOIN twin USING (id)
	ORDER BY id;
SELECT id FROM types WHERE types::text NOT IN (SELECT twin::text FROM twin);

-- What is in the file, as another program sees it.
\! $DB 'SELECT id, quote(i2), quote(i4), quote(i8), quote(n10), quote(n30), quote(n) FROM types'
\! $DB 'SELECT id, typeof(r), typeof(d), quote(b), quote(c), quote(v), quote(by) FROM types'
\! $DB 'SELECT id, quote(da), quote(ti), quote(ts), quote(tz), quote(iv) FROM types'
\! $DB 'SELECT id, quote(u), quote(j), quote(jb), quote(m), typeof(j) FROM types'

-- What SQLite would keep differently is refused before it is sent.
INSERT INTO types (d) VALUES ('NaN');
INSERT INTO types (n10) VALUES ('NaN');
INSERT INTO types (da) VALUES ('infinity');
INSERT INTO types (da) VALUES ('0044-03-15 BC');
INSERT INTO types (ts) VALUES ('-infinity');
INSERT INTO types (tz) VALUES ('294276-01-01 00:00+00');
SELECT count(*) FROM types;

-- A large text and a large blob; a row of nothing but defaults.
INSERT INTO types (t, by) SELECT repeat('x', 70000) || 'end',
	decode(repeat('00ff10', 7000000), 'hex') RETURNING id, length(t), length(by);
SELECT right(t, 5), length(by), md5(by) = md5(decode(repeat('00ff10', 7000000), 'hex'))
	FROM types WHERE id = 6;
\! $DB 'SELECT length(t), length(by), typeof(by) FROM types WHERE id = 6'
INSERT INTO types DEFAULT VALUES RETURNING id, i2;

-- Enum labels are checked by SQLite too.
\! $DB "INSERT INTO types (m) VALUES ('glad')" 2>&1 | sed 's/^.*CHECK c/CHECK c/; s/ (19)//'

-- All comparisons give the same with and without sending them.
CREATE FUNCTION compare(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE sent text; kept text; local text; line text; remote text := 'not sent';
BEGIN
	PERFORM set_config('binds.pushdown', 'on', true);
	EXECUTE format('SELECT array_agg(id ORDER BY id)::text FROM types WHERE id < 6 AND %s', condition) INTO sent;
	FOR line IN EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM types WHERE %s', condition) LOOP
		IF line ~ 'Remote SQL:.*WHERE' THEN
			remote := regexp_replace(line, '.* WHERE ', '');
		END IF;
	END LOOP;
	PERFORM set_config('binds.pushdown', 'off', true);
	EXECUTE format('SELECT array_agg(id ORDER BY id)::text FROM types WHERE id < 6 AND %s', condition) INTO kept;
	EXECUTE format('SELECT array_agg(id ORDER BY id)::text FROM twin WHERE %s', condition) INTO local;
	IF sent IS DISTINCT FROM local OR kept IS DISTINCT FROM local THEN
		RETURN format('WRONG: sent %s, kept %s, local %s', sent, kept, local);
	END IF;
	RETURN remote;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT condition, compare(condition) FROM unnest(ARRAY[
'i2 = 1', 'i2 <> 1', 'i4 > 5', 'i2 + 1 = 2', 'i8 = 9223372036854775807', 'i8 < 0',
'i2 < i4', 'i2 * 2 = 14', '- i4 = -7', 'abs(i2::int) = 7',
'n10 = 12.30', 'n10 > 0', 'n10 < 0.011', 'n10 = 12.3001', 'n10 IN (0.01, 0)',
'n30 = 0', 'n30 = -0.000010', 'n30 <> 0', 'n30 > 1', 'n = 1.5', 'n > 1',
'r = 0.1', 'r = 0.1::real', 'r < 1e30', 'r <> ''NaN''', 'd = 0.1', 'd > 0',
'd < ''infinity''', 'd < ''NaN''', 'd IN (0.1, 5e-324, 1.7976931348623157e308)',
'b', 'NOT b', 'b IS NULL', 'b IS NOT TRUE',
'c = ''ab''', 'c = ''a ''', 'c <> ''a''', 'c IN (''ab'', ''x'')', 'c < ''b''',
'v = ''x''', 'v = ''X''', 'v = ''''', 'v IN (''x'', '''')', 'v IS DISTINCT FROM ''x''',
'v COLLATE "C" > ''A''', 'v = ''''''";--''', 'v LIKE ''x%''',
't = ''text''', 't > ''a''', 'length(t) = 5', 'coalesce(t, v) = ''text''',
'CASE WHEN i2 > 0 THEN ''a'' ELSE t END = ''a''', 'nullif(i2, 1) IS NULL',
'by = ''\x''', 'by > ''\x00''', 'length(by) = 4',
'da = ''2024-02-29''', 'da <> ''2024-02-29''', 'da < ''2024-03-01''',
'da >= ''2024-03-01''', 'da > ''9999-12-30''', 'da < ''infinity''',
'ti = ''24:00''', 'ti > ''01:00''', 'ti <= ''01:02:03.000004''',
'ts = ''2024-02-29 01:02:03''', 'ts > ''2024-02-29 01:02:03''',
'ts < ''2024-02-29 01:02:03.00001''', 'ts <> ''2024-03-01''', 'ts > ''-infinity''',
'ts IN (''2024-03-01'', ''0001-01-01'')',
'tz = ''2024-02-29 01:02:03+05''', 'tz > ''2024-01-01''', 'iv > ''1 day''',
'u = ''12345678-1234-5678-1234-56781234567a''',
'u > ''12345678-1234-5678-1234-567812345678''',
'm = ''ok''', 'm > ''sad''', 'm <> ''it''''s''', 'jb = ''12'''
]) AS condition;
-- and order
SELECT 'order', o FROM unnest(ARRAY['i4', 'n10 DESC', 'd', 'b', 'by', 'da', 'ti', 'ts DESC',
	'tz', 'u', 'v COLLATE "C"', 'i4 NULLS FIRST', 'da DESC NULLS LAST']) o
WHERE (SELECT query_to_xml(format('SELECT id FROM types WHERE id < 6 ORDER BY %s, id', o), true, false, '')::text)
	<> (SELECT query_to_xml(format('SELECT id FROM twin ORDER BY %s, id', o), true, false, '')::text);
\pset tuples_only off
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM types ORDER BY da DESC, ts NULLS FIRST, u LIMIT 2 OFFSET 1;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM types ORDER BY id OFFSET 1;

-- Doubles are written so that SQLite reads the same ones, whatever their digits.
SELECT setseed(0.5);
SELECT binds.define('CREATE TABLE doubles (id integer PRIMARY KEY, d double precision)', 't');
SELECT * FROM binds.create_all('t');
INSERT INTO doubles SELECT i, ((random() - 0.5) * 10.0 ^ (random() * 600 - 300))
	FROM generate_series(1, 300) i;
CREATE FUNCTION find_all() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found bigint := 0; n bigint; x float8;
BEGIN
	FOR x IN SELECT d FROM doubles LOOP
		EXECUTE format('SELECT count(*) FROM doubles WHERE d = %L::float8', x) INTO n;
		found := found + n;
	END LOOP;
	RETURN found;
END $$;
SELECT find_all();

-- numeric is kept as a double of at most 15 digits, and read back with its own digits;
-- a double with more digits than the column has is an error, not rounded.
SELECT binds.define('CREATE TABLE numbers (id integer PRIMARY KEY, a numeric(15,4),
	b numeric(15), c numeric(15,15))', 't');
SELECT * FROM binds.create_all('t');
CREATE TABLE twins AS SELECT i AS id, ((random() - 0.5) * 1.9e11)::numeric(15,4) AS a,
	((random() - 0.5) * 1.9e15)::numeric(15) AS b, (random() - 0.5)::numeric(15,15) AS c
	FROM generate_series(1, 1000) i;
INSERT INTO numbers SELECT * FROM twins;
SELECT count(*) FROM (SELECT id, a::text, b::text, c::text FROM twins EXCEPT
	SELECT id, a::text, b::text, c::text FROM numbers) differ;
\! $DB "INSERT INTO numbers (id, a, c) VALUES (0, -0.0, 0.1), (-1, 0.1 + 0.2, 0), (-2, 99999999999.99991, 0), (-3, 1e20, 0), (-4, 1, 0.1234567890123456)"
SELECT a, c FROM numbers WHERE id = 0;
SELECT a FROM numbers WHERE id = -1;
SELECT a FROM numbers WHERE id = -2;
SELECT a FROM numbers WHERE id = -3;
SELECT c FROM numbers WHERE id = -4;
