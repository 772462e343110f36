\i test/setup.psql
\pset null NULL
SET datestyle = 'ISO';
SET timezone = 'UTC';
\set url :sqlite 't.db'
\setenv DB `echo sqlite3 $D/t.db`
\! $DB "CREATE TABLE s (id integer PRIMARY KEY, at datetime, tz timestamptz, d date, r real)"
\! $DB "INSERT INTO s VALUES (1, 0, 1700000000, 86400, 1700000000.25), (2, -1, -1.5, -86400, -0.5), (3, 1700000000, 1700000000.123456, 1700006400, 0), (4, NULL, NULL, NULL, NULL), (5, 253402300799, -62135596800, 253402214400, 1699999999.9999998), (6, 1699999999.9999998, 951782400, 951782400, 1700000000)"
\! $DB "CREATE TABLE m (at timestamp PRIMARY KEY, v text) WITHOUT ROWID; INSERT INTO m VALUES (1700000000123, 'a'), (-1, 'b'), (0, 'c'), (1700000000122.5, 'd'); CREATE TABLE j (id integer PRIMARY KEY, at datetime, d date)"
\! $DB "INSERT INTO j VALUES (1, julianday('2024-02-29 12:34:56.789'), julianday('2024-02-29')), (2, 2440587.5, 2440587.5), (3, 2460000, NULL), (4, julianday('0001-01-01'), julianday('9999-12-31')), (5, NULL, julianday('1969-12-31')), (6, 2440587.50000000047, 2440587.5)"
\! $DB "CREATE INDEX m_v ON m (v); CREATE INDEX s_at ON s (at)"
\! chmod 666 $D/t.db
SELECT binds.add('t', :'url', '{"schema": "t"}');
-- Words that there are not are refused.
SELECT * FROM binds.reflect('t', '{"temporal": "days"}');
SELECT * FROM binds.reflect('t', '{"temporal": ["epoch"]}');
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main FROM SERVER t INTO i OPTIONS (temporal 'seconds');
CREATE FOREIGN TABLE bad (at timestamp OPTIONS (temporal 'seconds')) SERVER t OPTIONS (table_name 's');
-- Seconds and milliseconds by reflect, Julian days by IMPORT FOREIGN SCHEMA.
SELECT model FROM binds.reflect('t', '{"only": ["s"], "temporal": "epoch"}');
SELECT model FROM binds.reflect('t', '{"only": ["m"], "temporal": "milliseconds"}');
IMPORT FOREIGN SCHEMA main LIMIT TO (j) FROM SERVER t INTO i OPTIONS (temporal 'julian');
SELECT a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attfdwoptions FROM pg_attribute a WHERE a.attrelid IN ('t.s'::regclass, 't.m'::regclass, 'i.j'::regclass) AND a.attnum > 0 ORDER BY 1, a.attnum;
CREATE FOREIGN TABLE s (id bigint OPTIONS (key 'true'), at timestamp OPTIONS (temporal 'epoch'), tz timestamptz OPTIONS (temporal 'epoch'), d date OPTIONS (temporal 'epoch'), r timestamp OPTIONS (temporal 'epoch')) SERVER t;
SELECT * FROM s ORDER BY id;
SELECT * FROM t.m ORDER BY at;
SELECT * FROM i.j ORDER BY id;
-- As text, which is the default, they are refused.
IMPORT FOREIGN SCHEMA main LIMIT TO (s) FROM SERVER t INTO i;
SELECT at FROM i.s WHERE id = 1;
-- Local twins, made of the bare numbers: every comparison has the answer of a local table, sent or not.
CREATE FOREIGN TABLE raw_s (id bigint, at float8, tz float8, d float8, r float8) SERVER t OPTIONS (table_name 's');
CREATE FOREIGN TABLE raw_m (at numeric, v text) SERVER t OPTIONS (table_name 'm');
CREATE FOREIGN TABLE raw_j (id bigint, at float8, d float8) SERVER t OPTIONS (table_name 'j');
CREATE FUNCTION utc(seconds float8) RETURNS timestamp IMMUTABLE LANGUAGE sql AS $$ SELECT to_timestamp(seconds) AT TIME ZONE 'UTC' $$;
CREATE FUNCTION of_day(day float8) RETURNS timestamp IMMUTABLE LANGUAGE sql AS $$ SELECT timestamp '1970-01-01' + interval '1 ms' * round((day - 2440587.5) * 86400000) $$;
CREATE TABLE ls AS SELECT id, utc(at) AS at, to_timestamp(tz) AS tz, utc(d)::date AS d, utc(r) AS r FROM raw_s;
CREATE TABLE lm AS SELECT timestamp '1970-01-01' + interval '1 us' * (at * 1000)::float8 AS at, v FROM raw_m;
CREATE TABLE lj AS SELECT id, of_day(at) AS at, of_day(d)::date AS d FROM raw_j;
SELECT count(*) FROM ((TABLE s EXCEPT TABLE ls) UNION ALL (TABLE ls EXCEPT TABLE s)) x;
SELECT count(*) FROM ((TABLE t.m EXCEPT TABLE lm) UNION ALL (TABLE lm EXCEPT TABLE t.m)) x;
SELECT count(*) FROM ((TABLE i.j EXCEPT TABLE lj) UNION ALL (TABLE lj EXCEPT TABLE i.j)) x;
CREATE FUNCTION differ(remote text, local text, columns text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE c text; o text; v text; a text; b text; p text; q text;
BEGIN
	FOREACH p IN ARRAY ARRAY['on', 'off'] LOOP
		PERFORM set_config('binds.pushdown', p, false);
		FOREACH c IN ARRAY columns LOOP
			FOREACH o IN ARRAY ARRAY['%1$I = %2$s', '%1$I <> %2$s', '%1$I < %2$s', '%1$I <= %2$s', '%1$I > %2$s', '%1$I >= %2$s', '%1$I IS DISTINCT FROM %2$s', '%1$I BETWEEN %2$s AND timestamp ''2023-11-14 22:13:20.123''', '%1$I IN (%2$s, ''1970-01-01'', NULL)', '%1$I NOT IN (%2$s, ''1970-01-01'')', 'coalesce(%1$I, %2$s) = %2$s'] LOOP
				FOR v IN EXECUTE format('SELECT quote_nullable(%I) || ''::'' || pg_typeof(%1$I) FROM %s UNION SELECT quote_literal(%1$I + x) || ''::'' || pg_typeof(%1$I) FROM %2$s, unnest(ARRAY[interval ''1 us'', interval ''-1 us'', interval ''1 ms'', interval ''1 s'', interval ''-1 day'']) x WHERE %1$I > ''0001-01-02'' AND %1$I < ''9999-12-30'' AND pg_typeof(%1$I) <> ''date''::regtype UNION SELECT ''NULL::'' || pg_typeof(%1$I) FROM %2$s UNION SELECT quote_literal(x) || ''::'' || pg_typeof(%1$I) FROM %2$s, unnest(ARRAY[''infinity'', ''-infinity'', ''294276-12-31'', ''4713-01-01 BC'', ''0001-12-31 BC'', ''10000-01-01'']) x', c, local) LOOP
					q := 'SELECT string_agg(x::text, '' '' ORDER BY x::text) FROM %s x WHERE ' || format(o, c, v);
					EXECUTE format(q, remote) INTO a;
					EXECUTE format(q, local) INTO b;
					IF a IS DISTINCT FROM b THEN
						RETURN NEXT p || ' ' || format(q, remote) || ': ' || coalesce(a, 'NULL') || ' <> ' || coalesce(b, 'NULL');
					END IF;
				END LOOP;
			END LOOP;
			q := format('SELECT string_agg(y::text, '' '') FROM (SELECT x FROM %%s x ORDER BY %I DESC NULLS LAST, x::text LIMIT 4) y', c);
			EXECUTE format(q, remote) INTO a;
			EXECUTE format(q, local) INTO b;
			IF a IS DISTINCT FROM b THEN
				RETURN NEXT p || ' ' || q || ': ' || a || ' <> ' || b;
			END IF;
		END LOOP;
	END LOOP;
	PERFORM set_config('binds.pushdown', 'on', false);
END $$;
SELECT * FROM differ('s', 'ls', '{at,tz,d,r}');
SELECT * FROM differ('t.m', 'lm', '{at}');
SELECT * FROM differ('i.j', 'lj', '{at,d}');
-- They are sent, and an index can serve them.
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM s WHERE at = '2023-11-14 22:13:20';
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM s WHERE tz < '2023-11-14' ORDER BY tz;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM i.j WHERE at > '2023-11-14' AND d IS NOT NULL;
CREATE FUNCTION search(relation text, condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text; remote text;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF) SELECT v FROM %s WHERE %s', relation, condition) LOOP
		IF line ~ 'Remote SQL:' THEN
			remote := regexp_replace(line, '.*Remote SQL: ', '');
			RETURN QUERY SELECT DISTINCT regexp_replace(q ->> 'detail', ' USING .*', ' by index') FROM binds.query('t', 'EXPLAIN QUERY PLAN ' || remote) q
				WHERE q ->> 'detail' ~ '^(SCAN|SEARCH)';
		END IF;
	END LOOP;
END $$;
\! $DB "CREATE TABLE big (v integer PRIMARY KEY, e datetime, m datetime, j datetime, d date); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO big SELECT i, 1700000000 + i, 1700000000000 + i, 2460000 + i * 0.1, 86400 * i FROM n; CREATE INDEX big_e ON big (e); CREATE INDEX big_m ON big (m); CREATE INDEX big_j ON big (j); CREATE INDEX big_d ON big (d); ANALYZE"
CREATE FOREIGN TABLE big (v bigint, e timestamp OPTIONS (temporal 'epoch'), m timestamp OPTIONS (temporal 'milliseconds'), j timestamp OPTIONS (temporal 'julian'), d date OPTIONS (temporal 'epoch')) SERVER t;
SELECT c, search('big', c) FROM unnest(ARRAY[$$e = '2023-11-14 22:15:00'$$, $$e < '2023-11-14 22:13:25'$$, $$e > '2023-11-14 23:36:00'$$, $$e BETWEEN '2023-11-14 22:15:00' AND '2023-11-14 22:15:04'$$, $$e IN ('2023-11-14 22:15:00', '2023-11-14 22:16:00')$$,
	$$m = '2023-11-14 22:13:20.005'$$, $$j = '2023-02-24 14:24:00'$$, $$d = '1970-01-05'$$, $$d >= '1983-09-08'$$, $$e = m$$]) c;
SELECT v FROM big WHERE e BETWEEN '2023-11-14 22:15:00' AND '2023-11-14 22:15:02' ORDER BY v;
SELECT v FROM big WHERE j = '2023-02-24 14:24:00' OR m = '2023-11-14 22:13:20.005' OR d = '1970-01-05' ORDER BY v;
-- Columns of one convention are compared with each other, lists, dates with timestamps, joins.
SELECT id FROM s WHERE at = tz OR tz = r OR at < r ORDER BY id;
SELECT id FROM ls WHERE at = tz OR tz = r OR at < r ORDER BY id;
SELECT id FROM s WHERE d IN ('1970-01-02', '2000-02-29') OR at > DATE '2023-11-14' ORDER BY id;
SELECT s.id, j.id FROM s JOIN i.j ON s.at = j.at;
SELECT s.id, j.id FROM ls s JOIN lj j ON s.at = j.at;
SELECT id, coalesce(at, r), greatest(at, r) FROM s WHERE nullif(at, r) IS NOT NULL ORDER BY id;
PREPARE p(timestamp) AS SELECT v FROM t.m WHERE at = $1;
SET plan_cache_mode = force_generic_plan;
EXECUTE p('2023-11-14 22:13:20.123');
EXECUTE p('2023-11-14 22:13:20.1225');
EXECUTE p('infinity');
EXECUTE p(NULL);
RESET plan_cache_mode;
-- Writes: as numbers, and only what comes back as it is.
INSERT INTO s VALUES (10, '2024-02-29 00:00:01', '1969-12-31 23:59:59+00', '2024-02-29', '2024-02-29 12:00:00.5') RETURNING *;
INSERT INTO s (id, tz) VALUES (11, '2024-02-29 01:00:00+01'), (12, NULL) RETURNING id, tz;
INSERT INTO s (id, at) VALUES (13, '2024-02-29 00:00:01.5');
INSERT INTO s (id, at) VALUES (13, 'infinity');
INSERT INTO s (id, d) VALUES (13, '0001-01-01 BC');
INSERT INTO t.m VALUES ('2024-02-29 00:00:01.123', 'e') RETURNING *;
INSERT INTO t.m VALUES ('2024-02-29 00:00:01.1234', 'f');
INSERT INTO t.m VALUES ('2024-02-29 00:00:01.123', 'g');
INSERT INTO i.j (at, d) VALUES ('2024-02-29 12:34:56.789', '1969-07-20') RETURNING at, d;
INSERT INTO i.j (at) VALUES ('2024-02-29 12:34:56.7891');
UPDATE t.m SET v = v || '!' WHERE at = '1969-12-31 23:59:59.999' RETURNING *;
UPDATE t.m SET at = at + interval '1 ms', v = v || '?' WHERE v = 'a' RETURNING *;
SET binds.pushdown = off;
UPDATE t.m SET v = v || '.5' WHERE v = 'd' RETURNING *;
UPDATE t.m SET v = v || '+' WHERE at < '1970-01-02' RETURNING *;
DELETE FROM t.m WHERE at = '1970-01-01' RETURNING *;
RESET binds.pushdown;
UPDATE s SET at = tz WHERE id = 11 RETURNING at;
\! $DB "SELECT id, at, tz, d, r, typeof(at), typeof(tz), typeof(r) FROM s WHERE id >= 10"
\! $DB "SELECT at, v, typeof(at) FROM m"
\! $DB "SELECT datetime(at), date(d), typeof(at) FROM j WHERE d = julianday('1969-07-20')"
-- What is no such number is an error that names it, or NULL.
\! $DB "INSERT INTO s (id, at) VALUES (20, 'yesterday'), (21, 9e99), (22, 253402300800), (23, x'00'), (24, -62135596801)"
\! $DB "INSERT INTO s (id, d) VALUES (25, 1)"
SELECT at FROM s WHERE id = 20;
SELECT at FROM s WHERE id = 21;
SELECT at FROM s WHERE id = 22;
SELECT at FROM s WHERE id = 23;
SELECT at FROM s WHERE id = 24;
SELECT d FROM s WHERE id = 25;
ALTER FOREIGN TABLE s OPTIONS (ADD invalid_values 'null');
SELECT id, at, d FROM s WHERE id >= 20 ORDER BY id;
-- The option belongs to moments in columns that keep numbers.
\! $DB "CREATE TABLE x (a text, b integer)"
CREATE FOREIGN TABLE x (a timestamp OPTIONS (temporal 'epoch'), b timestamp OPTIONS (temporal 'epoch')) SERVER t;
SELECT a FROM x;
ALTER FOREIGN TABLE x ALTER COLUMN a OPTIONS (SET temporal 'text'), ALTER COLUMN b TYPE bigint;
SELECT a FROM x;
ALTER FOREIGN TABLE x ALTER COLUMN b TYPE timestamp;
INSERT INTO x (b) VALUES ('1970-01-01 00:01:00') RETURNING b;
-- A default is the engine's, which knows what its numbers are; attach leaves the option as it is.
\! $DB "CREATE TABLE y (id integer PRIMARY KEY, z datetime DEFAULT 86400, n datetime DEFAULT (strftime('%s', 'now')), e timestamptz)"
SELECT model FROM binds.reflect('t', '{"only": ["y"], "temporal": "epoch"}');
INSERT INTO t.y (id, e) VALUES (1, '2024-02-29 00:00:00+00'), (2, NULL) RETURNING id, z, abs(extract(epoch FROM (now() AT TIME ZONE 'UTC') - n)) < 300 AS n, e;
SELECT binds.attach('t.y');
SELECT id, z, e FROM t.y ORDER BY id;
-- timestamptz is UTC in the file, whatever the session's zone.
SET timezone = 'America/New_York';
SELECT e FROM t.y WHERE e = '2024-02-28 19:00:00' AND e = timestamp '2024-02-28 19:00:00' AND e > date '2024-02-28';
UPDATE t.y SET e = '2024-07-01 00:00:00' WHERE e < '2024-02-29' RETURNING e;
\! $DB "SELECT e, datetime(e, 'unixepoch') FROM y WHERE id = 1"
