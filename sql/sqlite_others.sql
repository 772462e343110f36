\i test/setup.psql
-- What other programs write into a SQLite file is read in its forms, compared
-- exactly, and refused with the table, column and value if it does not fit.
\set url :sqlite 'others.db'
\setenv DB `echo sqlite3 $D/others.db`
\! $DB "CREATE TABLE m (id INTEGER PRIMARY KEY, ts DATETIME, tz TIMESTAMPTZ, da DATE, ti TIME, u CHAR(36), c CHAR(5), n DECIMAL_TEXT(20, 2), r REAL, e TEXT COLLATE NOCASE, b BOOLEAN, iv DATETIME, u32 CHAR(32))"
\! $DB "INSERT INTO m VALUES (1, '2024-01-02 03:04:05', '2024-01-02 03:04:05', '2024-01-02', '03:04:05', 'ABCDEF00-0000-4000-8000-00000000000F', 'ab', '1.5', 0.1, 'Ann', 1, '1970-01-03 00:00:03.000000', 'abcdef0000004000800000000000000f')"
\! $DB "INSERT INTO m VALUES (2, '2024-01-02 03:04:05.000000', '2024-01-02 03:04:05.000000', '2024-01-02 00:00:00', '03:04:05.000000', 'abcdef00-0000-4000-8000-00000000000f', 'ab   ', '1.50', 0.5, 'ann', 0, '1969-12-30 00:00:00.000000', NULL)"
\! $DB "INSERT INTO m VALUES (3, '2024-01-02T03:04:05.0', '2024-01-02T05:04:05+02:00', '2024-01-03', '03:04', 'abcdef000000400080000000000000FF', ' ab', '-01.500', 2, 'ANN', NULL, NULL, NULL)"
\! $DB "INSERT INTO m VALUES (4, '2024-01-02', '2024-01-01 23:00:00-05', '2024-01-01', '23:59', x'abcdef0000004000800000000000000f', 'b', '1.51', 0.25, 'b', 1, NULL, 'ABCDEF00-0000-4000-8000-00000000000e')"
\! $DB "INSERT INTO m VALUES (5, '2024-01-02 03:04:05.000001', '2024-01-03 01:00:00Z', NULL, NULL, NULL, '', '2', NULL, NULL, NULL, NULL, NULL)"
\! chmod 666 $D/others.db
SELECT binds.add('o', :'url');
CREATE FOREIGN TABLE m (id integer OPTIONS (key 'true'), ts timestamp, tz timestamptz,
	da date, ti time, u uuid, c char(5), n numeric(20,2), r real,
	e text OPTIONS (collation 'NOCASE'), b boolean,
	iv interval OPTIONS (type 'DATETIME'), u32 uuid OPTIONS (type 'CHAR(32)')) SERVER o;
SET datestyle = 'ISO';
SET timezone = 'UTC';
SELECT * FROM m ORDER BY id;
CREATE TABLE twin AS SELECT * FROM m;
CREATE FUNCTION compare(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE sent text; kept text; local text;
BEGIN
	PERFORM set_config('binds.pushdown', 'on', true);
	EXECUTE format('SELECT array_agg(id ORDER BY id)::text FROM m WHERE %s', condition) INTO sent;
	PERFORM set_config('binds.pushdown', 'off', true);
	EXECUTE format('SELECT array_agg(id ORDER BY id)::text FROM m WHERE %s', condition) INTO kept;
	EXECUTE format('SELECT array_agg(id ORDER BY id)::text FROM twin WHERE %s', condition) INTO local;
	IF sent IS DISTINCT FROM local OR kept IS DISTINCT FROM local THEN
		RETURN format('WRONG: sent %s, kept %s, local %s', sent, kept, local);
	END IF;
	RETURN local;
END $$;
-- operators by column: =, <>, <, <=, >, >= with every value, and column with column
SELECT col, op, string_agg(DISTINCT left(compare(format('%s %s %s', col, op, val)), 5), ' ' ORDER BY left(compare(format('%s %s %s', col, op, val)), 5)) FILTER (WHERE compare(format('%s %s %s', col, op, val)) LIKE 'WRONG%') AS wrong
FROM (VALUES ('ts', '2024-01-02 03:04:05'), ('ts', '2024-01-02'), ('ts', '2024-01-02 03:04:05.000001'),
	('tz', '2024-01-02 03:04:05'), ('tz', '2024-01-02 04:00'), ('tz', '2024-01-03 01:00'),
	('da', '2024-01-02'), ('da', '2024-01-01'), ('ti', '03:04'), ('ti', '03:04:05'), ('ti', '24:00'),
	('u', 'abcdef00-0000-4000-8000-00000000000f'), ('u32', 'ABCDEF00-0000-4000-8000-00000000000f'),
	('c', 'ab'), ('c', ''), ('c', 'ab '), ('n', '1.5'), ('n', '-1.5'), ('n', '2.00'), ('r', '0.1'), ('r', '2'),
	('e', 'ann'), ('e', 'b')) AS c (col, literal),
	LATERAL (VALUES (quote_literal(literal)), (col)) AS v (val),
	unnest(ARRAY['=', '<>', '<', '<=', '>', '>=']) AS op
GROUP BY col, op HAVING bool_or(compare(format('%s %s %s', col, op, val)) LIKE 'WRONG%');
SELECT compare('ts = ''2024-01-02 03:04:05'''), compare('tz = ''2024-01-02 03:04:05'''),
	compare('da = ''2024-01-02'''), compare('ti = ''03:04:05'''),
	compare('u = ''abcdef00-0000-4000-8000-00000000000f'''), compare('c = ''ab'''),
	compare('n = 1.5'), compare('r = 0.1'), compare('r = 0.1::real'),
	compare('e = ''ann'''), compare('e IN (''ann'', ''b'')'), compare('tz > ''2024-01-02 04:00''');
-- sorted by value and not by text, so that the next column decides between equals
SELECT id FROM m ORDER BY ts, id DESC;
SELECT id FROM m ORDER BY tz, id DESC;
SELECT id FROM m WHERE da IS NOT NULL ORDER BY da DESC, id;
SELECT id FROM m WHERE r IS NOT NULL ORDER BY r, id;
SELECT id FROM m ORDER BY e COLLATE "C", id;
-- with parameters, and a key of a looser collation
PREPARE p (timestamp, text) AS SELECT id FROM m WHERE ts = $1 OR e = $2 ORDER BY id;
SET plan_cache_mode = force_generic_plan;
EXECUTE p('2024-01-02 03:04:05', 'b');
EXECUTE p('infinity', 'B');
EXECUTE p('infinity', 'ANN');
RESET plan_cache_mode;
-- an index of the column serves what is sent (EXPLAIN does not look for new indexes)
\! $DB "CREATE INDEX m_ts ON m (ts); CREATE INDEX m_c ON m (c COLLATE RTRIM); CREATE INDEX m_u ON m (u COLLATE NOCASE); CREATE INDEX m_u2 ON m (u)"
CREATE FUNCTION searches(condition text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE line text; plan jsonb;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM m WHERE %s', condition) LOOP
		IF line ~ 'Remote SQL:' THEN
			SELECT jsonb_agg(q) INTO plan FROM binds.query('o', 'EXPLAIN QUERY PLAN ' || regexp_replace(line, '.*Remote SQL: ', '')) q;
			RETURN plan::text ~ 'SEARCH m USING' AND plan::text !~ 'SCAN m';
		END IF;
	END LOOP;
END $$;
SELECT count(*) FROM m;
SELECT c, searches(c) FROM unnest(ARRAY['ts = ''2024-01-02''', 'ts < ''2024-01-02''',
	'ts >= ''2024-01-02''', 'c = ''ab''', 'id = 1', 'u = ''abcdef00-0000-4000-8000-00000000000f''']) c;

-- Values that do not fit.
\! $DB "CREATE TABLE w (id INTEGER PRIMARY KEY, i INTEGER, i2 SMALLINT, d DATE, ts DATETIME, b BOOLEAN, n NUMERIC(4, 1), t TEXT, v VARCHAR(3), by BLOB, u CHAR(36), j JSON, f DOUBLE)"
\! $DB "INSERT INTO w (id, i) VALUES (1, 'abc'), (2, 1.5), (3, x'00'), (4, '9223372036854775808')"
\! $DB "INSERT INTO w (id, i2) VALUES (5, 40000)"
\! $DB "INSERT INTO w (id, d) VALUES (6, '2024-02-30'), (7, 2460000.5), (8, 'today')"
\! $DB "INSERT INTO w (id, ts) VALUES (9, 1700000000), (10, '2024-01-02 25:00:00'), (11, '')"
\! $DB "INSERT INTO w (id, b) VALUES (12, 2), (13, 'true')"
\! $DB "INSERT INTO w (id, n) VALUES (14, 12345), (15, 1.25), (16, 'x')"
\! $DB "INSERT INTO w (id, t) VALUES (17, CAST(x'ff41' AS TEXT)), (18, CAST(x'610062' AS TEXT)), (19, x'41'), (20, CAST(x'e4bd' AS TEXT))"
\! $DB "INSERT INTO w (id, v) VALUES (21, 'long'), (22, 'äöü')"
\! $DB "INSERT INTO w (id, by) VALUES (23, 'text'), (24, 5)"
\! $DB "INSERT INTO w (id, u) VALUES (25, 'x'), (26, '12345678-1234-5678-1234-56781234567g')"
\! $DB "INSERT INTO w (id, j) VALUES (27, '{'), (28, 12), (29, 'null')"
\! $DB "INSERT INTO w (id, f) VALUES (30, 'x'), (31, 9e999), (32, 5)"
\! chmod 666 $D/others.db*
CREATE FOREIGN TABLE w (id integer OPTIONS (key 'true'), i integer, i2 smallint, d date,
	ts timestamp, b boolean, n numeric(4,1), t text, v varchar(3), by bytea, u uuid,
	j json OPTIONS (type 'JSON'), f double precision) SERVER o;
CREATE FUNCTION try(number integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r record; detail text;
BEGIN
	SELECT * INTO r FROM w WHERE id = number;
	RETURN (SELECT string_agg(value, ' ') FROM json_each_text(row_to_json(r)) WHERE key <> 'id');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN SQLSTATE || ' ' || SQLERRM || ' ' || detail;
END $$;
\pset format unaligned
SELECT n, try(n) FROM generate_series(1, 32) n;
\pset format aligned
-- the session works on, and a column may read them as NULL
SELECT count(*) FROM w;
SELECT * FROM w;
ALTER FOREIGN TABLE w ALTER i OPTIONS (ADD invalid_values 'null');
SELECT id, i FROM w WHERE id < 5;
SELECT id FROM w WHERE i IS NULL AND id < 5 ORDER BY id;
