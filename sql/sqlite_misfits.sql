\i test/setup.psql
-- A row with a value that the column's type does not have is never counted, returned,
-- changed or deleted by a condition that is sent: it is turned down, or reading the value
-- raises its error. With and without an index, with pushdown and without.
\set url :sqlite 'misfits.db'
\setenv DB `echo sqlite3 $D/misfits.db`
\! $DB "CREATE TABLE mixed (id INTEGER PRIMARY KEY, a INTEGER, b BOOLEAN, d DATE, t TEXT, v VARCHAR(3), f DOUBLE, u CHAR(36), ts DATETIME)"
\! $DB "INSERT INTO mixed (id, a, b, d, t, v, f, u, ts) VALUES (1, 1, 1, '2024-01-02', 'a', 'abc', 1.5, '00000000-0000-0000-0000-000000000001', '2024-01-02 03:04:05'), (2, 10, 0, '2024-01-03', 'b', 'x', 10, '00000000-0000-0000-0000-000000000002', '2024-01-03')"
\! $DB "INSERT INTO mixed (id, a) VALUES (3, 'abc'), (4, ''), (5, 1.5), (6, x'01'); INSERT INTO mixed (id, b) VALUES (7, 'true'), (8, 2), (9, x'01'); INSERT INTO mixed (id, d) VALUES (10, 'x'), (11, 2460000), (12, '2024-02-30'); INSERT INTO mixed (id, t) VALUES (13, x'61'), (14, CAST(x'ff41' AS TEXT)); INSERT INTO mixed (id, v) VALUES (15, 'toolong'); INSERT INTO mixed (id, f) VALUES (16, 'x'); INSERT INTO mixed (id, u) VALUES (17, 'x'); INSERT INTO mixed (id, ts) VALUES (18, 1700000000), (19, 'never')"
\! $DB "CREATE TABLE indexed (id INTEGER PRIMARY KEY, a INTEGER, b BOOLEAN, d DATE, t TEXT, v VARCHAR(3), f DOUBLE, u CHAR(36), ts DATETIME); INSERT INTO indexed SELECT * FROM mixed; CREATE INDEX x1 ON indexed (a); CREATE INDEX x2 ON indexed (b); CREATE INDEX x3 ON indexed (d); CREATE INDEX x4 ON indexed (t); CREATE INDEX x5 ON indexed (v); CREATE INDEX x6 ON indexed (f); CREATE INDEX x7 ON indexed (u COLLATE NOCASE); CREATE INDEX x8 ON indexed (ts)"
\! chmod 666 $D/misfits.db
SELECT binds.add('s', :'url');
CREATE FUNCTION declare(name text, options text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE FOREIGN TABLE %I (id bigint OPTIONS (key ''true''), a bigint, b boolean, d date, t text COLLATE "C", v varchar(3),
		f float8, u uuid, ts timestamp) SERVER s OPTIONS (table_name %L %s)', name || CASE WHEN options <> '' THEN '_null' ELSE '' END, name, options);
END $$;
SELECT declare(t, o) FROM unnest(ARRAY['mixed', 'indexed']) t, unnest(ARRAY['', ', invalid_values ''null''']) o;
-- the rows whose values are all of their types
CREATE TABLE good AS SELECT * FROM mixed WHERE id <= 2;
CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN data_exception OR character_not_in_repertoire THEN
	RETURN SQLSTATE;
END $$;
-- What a condition says of the good rows, or the error; anything else is WRONG. All columns of
-- the condition hold misfits, so without pushdown it is the error always.
CREATE FUNCTION compare(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE right_answer text := answer('SELECT count(*) FROM good WHERE ' || condition); found text; name text; shape text; answers text[];
BEGIN
	FOREACH name IN ARRAY ARRAY['mixed', 'indexed'] LOOP
		FOREACH shape IN ARRAY ARRAY['SELECT count(*) FROM %I WHERE %s', 'SELECT count(id) FROM (SELECT id FROM %I WHERE %s LIMIT 100) q',
			'SELECT count(id) FROM (SELECT id FROM %I WHERE %s ORDER BY id DESC LIMIT 100) q',
			'WITH q AS (DELETE FROM %I WHERE %s RETURNING 1) SELECT count(*) FROM q',
			'WITH q AS (UPDATE %I SET a = a WHERE %s RETURNING 1) SELECT count(*) FROM q'] LOOP
			IF shape ~ 'DELETE|UPDATE' THEN
				BEGIN
					EXECUTE format(shape, name, condition) INTO found;
					RAISE EXCEPTION USING errcode = 'R0000', message = found;
				EXCEPTION WHEN data_exception OR character_not_in_repertoire OR SQLSTATE 'R0000' THEN
					found := CASE SQLSTATE WHEN 'R0000' THEN SQLERRM ELSE SQLSTATE END;
				END;
			ELSE
				found := answer(format(shape, name, condition));
			END IF;
			IF found <> right_answer AND found !~ '^2....$' THEN
				RETURN format('WRONG: %s for %s, right is %s', found, format(shape, name, condition), right_answer);
			END IF;
			answers := answers || found;
		END LOOP;
	END LOOP;
	PERFORM set_config('binds.pushdown', 'off', true);
	found := answer(format('SELECT count(*) FROM mixed WHERE %s', condition));
	PERFORM set_config('binds.pushdown', 'on', true);
	RETURN (SELECT string_agg(DISTINCT a, ' ') FROM unnest(answers) a) || ', kept: ' || found;
END $$;
\pset format unaligned
SELECT c, compare(c) FROM unnest(ARRAY[
	'a > 5', 'a < 5', 'a >= 1', 'a = 10', 'a <> 10', 'a IN (1, 10)', 'a NOT IN (1, 7)', 'NOT a > 5', 'a IS NOT NULL', 'a IS NULL OR a < 100', 'a + 1 > 2', 'a IS DISTINCT FROM 1', 'coalesce(a, 0) <> 3', 'abs(a) > 0',
	'a > 5 OR id = 4', 'a BETWEEN 0 AND 5', 'CASE WHEN a > 5 THEN true ELSE false END', 'a = id',
	'b', 'NOT b', 'b IS TRUE', 'b IS NOT TRUE', 'b IS NOT FALSE AND b IS NOT NULL', 'b IS NOT NULL', 'b <> (id = 2)', 'b = (id = 1)', 'NOT (b AND a > 1)',
	$$d > '2024-01-02'$$, $$d >= '2024-02-01'$$, $$d = '2024-02-29'$$, $$d < '2025-01-01'$$, $$d <> '2024-01-02'$$, 'd IS NOT NULL',
	$$t > 'a'$$, $$t <> 'a'$$, $$t = 'a'$$, $$t IN ('a', 'b')$$, $$length(t) = 1$$, 't IS NOT NULL', $$v = 'toolong'$$, $$v <> 'abc'$$, $$length(v) > 3$$,
	'f > 2', 'f <> 10', 'f = 1.5', $$u = '00000000-0000-0000-0000-000000000001'$$, $$u > '00000000-0000-0000-0000-000000000001'$$,
	$$ts > '2024-01-02'$$, $$ts <> '2024-01-03'$$, $$ts < '2030-01-01'$$]) c;
-- an OFFSET skips no row unseen
SELECT id FROM mixed WHERE a > 1 ORDER BY id OFFSET 3;
SELECT id FROM mixed ORDER BY a DESC LIMIT 1 OFFSET 14;
SELECT id FROM mixed ORDER BY id LIMIT 2 OFFSET 1;
-- a join, and a parameter for each row of another table
SET enable_hashjoin = off; SET enable_mergejoin = off;
SELECT g.id, m.id FROM good g JOIN mixed m ON m.a > g.a;
SELECT g.id, m.id FROM good g JOIN mixed m ON m.a = g.a ORDER BY 1;
SELECT g.id FROM good g WHERE NOT EXISTS (SELECT FROM mixed m WHERE m.a > g.a + 100);
RESET enable_hashjoin; RESET enable_mergejoin;
-- where misfits are read as NULL, nothing is said about them to the engine
SELECT count(*) FROM mixed_null WHERE a > 5;
SELECT count(*) FROM indexed_null WHERE NOT b;
SELECT count(*) FROM indexed_null WHERE a IS NULL;
DELETE FROM mixed_null WHERE a > 5 RETURNING id;
-- the columns are read for that, but for those that equality proves
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM mixed WHERE a > 5 AND t = 'a' AND u = '00000000-0000-0000-0000-000000000001' AND v = 'x';
-- Texts that look like numbers are not stored where the column would make numbers of them;
-- numbers in a column without a type stay numbers when an UPDATE sets them to themselves.
\! $DB "CREATE TABLE words (id INTEGER PRIMARY KEY, s STRING, m MONEY, x XML, j JSON, u UUID); CREATE TABLE anything (id INTEGER PRIMARY KEY, v, w); INSERT INTO anything VALUES (1, 5, 1), (2, 1.5, 2.0), (3, '5', '07'), (4, 9223372036854775807, 1e100), (5, NULL, NULL), (6, 0.1, -0.0)"
SELECT binds.add('r', :'url', '{"schema": "r"}');
SELECT model FROM binds.reflect('r') WHERE model IN ('words', 'anything');
CREATE FUNCTION store(value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	INSERT INTO r.words (id, s) VALUES (1, value);
	SELECT s INTO STRICT result FROM r.words WHERE id = 1;
	DELETE FROM r.words;
	RETURN CASE WHEN result = value THEN 'kept' ELSE 'WRONG: ' || result END;
EXCEPTION WHEN numeric_value_out_of_range THEN
	RETURN SQLSTATE;
END $$;
SELECT quote_literal(v) AS v, store(v) FROM unnest(ARRAY['0077', '77', '-77', '+77', '12345678901234567890', '9223372036854775807', '9223372036854775808', '-9223372036854775808',
	' 12 ', '12 ', E'\t12', E'12\n', '1.50', '1.5', '.5', '5.', '-.5', '1e3', '1E3', '1e', '1e+', '1e400', '-0', '0.0', '0', '', ' ', '-', '.', 'e5', '5 apples', '0x10', 'inf', 'Infinity', 'NaN',
	'1_000', '1,5', '٣', E'1\u00A0', '1000000000000000000000', '0.1', '0.30000000000000004', '1.0', '123456789012345.678', 'abc']) v;
UPDATE r.words SET m = '007' WHERE false;
INSERT INTO r.words (m) VALUES ('007');
INSERT INTO r.words (x) VALUES ('7.0');
INSERT INTO r.words (j) VALUES ('7.0');
UPDATE r.anything SET v = v, w = w;
\! $DB "SELECT id, v, typeof(v), w, typeof(w) FROM anything"
UPDATE r.anything SET v = '6' WHERE id IN (1, 3) RETURNING *;
UPDATE r.anything SET v = CASE id WHEN 2 THEN '1.50' WHEN 4 THEN NULL ELSE 'x' END;
\! $DB "SELECT id, v, typeof(v), w, typeof(w) FROM anything"
