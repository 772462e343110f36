\i test/setup.psql
-- Times as other programs write them: a zone means its time in UTC, digits are rounded as PostgreSQL rounds.
SET timezone = 'America/New_York';
SET datestyle = 'ISO';
\set url :sqlite 'm.db'
\setenv DB `echo sqlite3 $D/m.db`
\! $DB "CREATE TABLE m (id integer PRIMARY KEY, ts datetime, tz timestamptz, d date, t time)"
\! $DB "CREATE INDEX m_ts ON m (ts)"
\! $DB "INSERT INTO m (id, ts) VALUES (1, '2020-08-25T00:00:00.000Z'), (2, '2020-08-25T02:00:00.000+02:00'), (3, '2020-08-25 00:00:00 +00:00'), (4, '2020-08-24 19:00:00 -0500'), (5, '2020-08-25 00:00:00.000000499'), (6, '2020-08-25 00:00:00.0000005'), (7, '2020-08-25 00:00:00.0000015'), (8, '2020-08-24 23:59:59.999999999'), (9, '2020-08-25T00:00'), (10, '2020-08-25'), (11, '2020-08-25 00:00:00.123456789Z')"
\! $DB "UPDATE m SET tz = ts, t = CASE WHEN id IN (5, 6, 7) THEN substr(ts, 12) WHEN id = 8 THEN '23:59:59.9999999' ELSE '01:02' END, d = CASE id WHEN 1 THEN ts WHEN 3 THEN ts ELSE '2020-08-25' END; CREATE TABLE bad (id integer PRIMARY KEY, ts datetime); INSERT INTO bad VALUES (1, '20201301T000000'), (2, '2020-01-01 00:00:00 '), (3, '2020-01-01 00:00:00 CET')"
\! chmod 666 $D/m.db
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m');
SET search_path = m, public;
SELECT id, ts, tz AT TIME ZONE 'UTC' AS tz, d, t FROM m ORDER BY id;
CREATE TABLE twin AS SELECT * FROM m;
-- The rounding is PostgreSQL's.
SELECT '2020-08-25 00:00:00.000000499'::timestamp, '2020-08-25 00:00:00.0000005'::timestamp, '2020-08-25 00:00:00.0000015'::timestamp, '2020-08-24 23:59:59.999999999'::timestamp, '23:59:59.9999999'::time;
-- Conditions find what is read, sent or not, by an index or not.
\set midnight 'timestamp \'2020-08-25\''
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM m WHERE ts = :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE ts = :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE tz = :midnight AT TIME ZONE 'UTC';
SELECT array_agg(id ORDER BY id) FROM m WHERE ts > :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE ts < :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE d = date '2020-08-25';
SELECT array_agg(id ORDER BY id) FROM m WHERE t = time '24:00' OR t <= time '00:00:00.000001';
SET binds.pushdown = off;
SELECT array_agg(id ORDER BY id) FROM m WHERE ts = :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE tz = :midnight AT TIME ZONE 'UTC';
SELECT array_agg(id ORDER BY id) FROM m WHERE ts > :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE ts < :midnight;
SELECT array_agg(id ORDER BY id) FROM m WHERE d = date '2020-08-25';
SELECT array_agg(id ORDER BY id) FROM m WHERE t = time '24:00' OR t <= time '00:00:00.000001';
RESET binds.pushdown;
SELECT count(*) FROM m JOIN twin USING (ts, tz, d, t) WHERE m.id = twin.id;
SELECT id FROM m ORDER BY ts, id;
UPDATE m SET t = NULL WHERE ts = :midnight;
WITH d AS (DELETE FROM m WHERE ts = :midnight AND id > 2 RETURNING id) SELECT array_agg(id ORDER BY id) FROM d;
-- ISO 8601's basic format, among all other forms: every comparison has the answer of a local table, sent or not, by an
-- index, by none, and by one that begins with another column.
\! $DB "CREATE TABLE w (id integer PRIMARY KEY, u integer DEFAULT 1, ts datetime, tz timestamptz, x text)"
\! $DB "INSERT INTO w (id, ts) VALUES (1, '20200101T000000'), (2, '20200101T000000Z'), (3, '20191231T230000-0100'), (4, '20200101 000000.5'), (5, '20200101T0000'), (6, '2020-01-01T000000'), (7, '20200101T00:00:00'), (8, '2020-01-01 00:00:00'), (9, '20200825T123456.789+02:00'), (10, '2020-08-25T10:34:56.789000'), (11, '20201231T235959'), (12, '2020-12-31 23:59:59'), (13, '20201231T240000'), (14, '2021-01-01'), (15, '20191231T235959.999999499'), (16, '20191231T235959.9999995'), (17, '2019-12-31T23:59:59Z'), (18, '20200229T235959 Z'), (19, '2020-02-29 23:59:59'), (20, NULL), (21, '00010101T000000'), (22, '0001-01-01'), (23, '99991231T235959'), (24, '9999-12-31T23:59:59')"
\! $DB "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO w (u, ts) SELECT i % 3, strftime(CASE WHEN i % 2 THEN '%Y-%m-%d %H:%M:%S' ELSE '%Y%m%dT%H%M%S' END, '2019-11-20', (i * 37) || ' hours') FROM n"
\! $DB "UPDATE w SET tz = ts, x = ts; INSERT INTO w (id, x) VALUES (100, '20200101'), (101, '20200102Z'); CREATE TABLE wi AS SELECT * FROM w; CREATE TABLE wu AS SELECT * FROM w; CREATE INDEX wi_ts ON wi (ts); CREATE INDEX wi_tz ON wi (tz); CREATE INDEX wi_x ON wi (x); CREATE INDEX wu_ts ON wu (u, ts); CREATE INDEX wu_tz ON wu (u, tz); CREATE INDEX wu_x ON wu (u, x)"
CREATE FOREIGN TABLE w (id bigint, u bigint, ts timestamp OPTIONS (type 'datetime'), tz timestamptz, x timestamp) SERVER m;
CREATE FOREIGN TABLE wi (id bigint, u bigint, ts timestamp, tz timestamptz, x timestamp) SERVER m;
CREATE FOREIGN TABLE wu (id bigint, u bigint, ts timestamp, tz timestamptz, x timestamp) SERVER m;
CREATE FOREIGN TABLE texts (id bigint, u bigint, x text) SERVER m OPTIONS (table_name 'w');
SET timezone = 'UTC';
CREATE TABLE local AS SELECT id, u, CASE WHEN id < 100 THEN t END AS ts, CASE WHEN id < 100 THEN t AT TIME ZONE 'UTC' END AS tz, t AS x FROM texts, LATERAL (SELECT x::timestamptz AT TIME ZONE 'UTC') y (t);
SELECT count(*) FROM ((SELECT id, ts, tz, x FROM w EXCEPT SELECT id, ts, tz, x FROM local) UNION ALL (SELECT id, ts, tz, x FROM local EXCEPT SELECT id, ts, tz, x FROM w)) y;
CREATE FUNCTION differ(condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE p text; r text; a text; b text;
BEGIN
	EXECUTE 'SELECT string_agg(id::text, '' '' ORDER BY id) FROM local WHERE ' || condition INTO b;
	FOREACH p IN ARRAY ARRAY['on', 'off'] LOOP
		PERFORM set_config('binds.pushdown', p, false);
		FOREACH r IN ARRAY ARRAY['w', 'wi', 'wu'] LOOP
			EXECUTE format('SELECT string_agg(id::text, '' '' ORDER BY id) FROM %s WHERE %s', r, condition) INTO a;
			IF a IS DISTINCT FROM b THEN
				RETURN NEXT format('%s %s %s: %s instead of %s', p, r, condition, a, b);
			END IF;
		END LOOP;
	END LOOP;
	PERFORM set_config('binds.pushdown', 'on', false);
END $$;
SELECT count(*) AS values, sum(asked) AS asked, string_agg(wrong, chr(10)) AS wrong FROM (
	SELECT v, count(*) AS asked, string_agg(wrong, chr(10)) AS wrong
	FROM (SELECT DISTINCT ts + d AS v FROM local, unnest(ARRAY[interval '0', interval '1 us', interval '-1 day']) d WHERE ts BETWEEN '0001-01-02' AND '9999-12-30' AND (id < 30 OR id % 9 = 0)
		UNION SELECT unnest(ARRAY['0001-01-01', '9999-12-31 23:59:59', '2020-12-31', '2021-01-01 00:00:01', 'infinity', '0044-03-15 BC']::timestamp[])) v (v),
	unnest(ARRAY['ts = %L', 'ts <> %L', 'ts < %L', 'ts <= %L', 'ts > %L', 'ts >= %L', 'u = 1 AND tz BETWEEN timestamptz %L - interval ''2 days'' AND %1$L::timestamptz', 'u = 2 AND ts < %L', 'x IN (%L, ''2020-01-01'')', 'NOT x < %L', 'tz < timestamptz %L OR tz = %1$L']) f (f),
	LATERAL (SELECT string_agg(d, chr(10)) FROM differ(format(f, v)) d) d (wrong) GROUP BY v) y;
SELECT differ(c) FROM unnest(ARRAY['ts = tz AT TIME ZONE ''UTC''', 'ts = x', 'ts < x', 'ts IS DISTINCT FROM x', 'coalesce(ts, x) = ''2020-01-01''', 'ts > date ''2020-01-01''', 'ts <= date ''2020-12-31''']) c;
SELECT (SELECT array_agg(id) FROM (SELECT id FROM wi ORDER BY ts DESC NULLS LAST, id LIMIT 12) y) = (SELECT array_agg(id) FROM (SELECT id FROM local ORDER BY ts DESC NULLS LAST, id LIMIT 12) y) AS sorted;
-- and they are found by an index.
CREATE FUNCTION search(relation text, condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text; remote text;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM %s WHERE %s', relation, condition) LOOP
		IF line ~ 'Remote SQL:' THEN
			remote := regexp_replace(line, '.*Remote SQL: ', '');
			RETURN QUERY SELECT DISTINCT regexp_replace(q ->> 'detail', ' USING .*', ' by index') FROM binds.query('m', 'EXPLAIN QUERY PLAN ' || remote) q WHERE q ->> 'detail' ~ '^(SCAN|SEARCH)';
		END IF;
	END LOOP;
END $$;
SELECT r, c, search(r, c) FROM unnest(ARRAY['wi', 'wu']) r, unnest(ARRAY[$$u = 1 AND ts = '2020-01-01'$$, $$u = 1 AND ts < '2020-01-01'$$, $$u = 1 AND ts BETWEEN '2020-01-01' AND '2020-01-02'$$, $$ts IN ('2020-01-01', '2020-02-01')$$, $$ts >= '2020-12-01'$$]) c WHERE r = 'wi' OR c ~ '^u';
BEGIN;
WITH d AS (DELETE FROM wi WHERE ts = '2020-01-01' RETURNING id) SELECT array_agg(id ORDER BY id) FROM d;
WITH u AS (UPDATE wu SET x = ts + interval '1 s' WHERE u = 1 AND tz >= '2020-12-31 23:00:00+00' AND tz < '2021-01-01 01:00:00+00' RETURNING id, x) SELECT * FROM u ORDER BY id;
ROLLBACK;
-- Others are errors that say what is read, and the way out.
SELECT ts FROM bad WHERE id = 1;
SELECT ts FROM bad WHERE id = 2;
SELECT ts FROM bad WHERE id = 3;
ALTER FOREIGN TABLE bad ALTER COLUMN ts OPTIONS (ADD invalid_values 'null');
SELECT count(ts) FROM bad;
