\i test/setup.psql
-- Times as other programs write them: a zone means its time in UTC, digits are rounded as PostgreSQL rounds.
SET timezone = 'America/New_York';
SET datestyle = 'ISO';
\set url :sqlite 'm.db'
\setenv DB `echo sqlite3 $D/m.db`
\! $DB "CREATE TABLE m (id integer PRIMARY KEY, ts datetime, tz timestamptz, d date, t time)"
\! $DB "CREATE INDEX m_ts ON m (ts)"
\! $DB "INSERT INTO m (id, ts) VALUES (1, '2020-08-25T00:00:00.000Z'), (2, '2020-08-25T02:00:00.000+02:00'), (3, '2020-08-25 00:00:00 +00:00'), (4, '2020-08-24 19:00:00 -0500'), (5, '2020-08-25 00:00:00.000000499'), (6, '2020-08-25 00:00:00.0000005'), (7, '2020-08-25 00:00:00.0000015'), (8, '2020-08-24 23:59:59.999999999'), (9, '2020-08-25T00:00'), (10, '2020-08-25'), (11, '2020-08-25 00:00:00.123456789Z')"
\! $DB "UPDATE m SET tz = ts, t = CASE WHEN id IN (5, 6, 7) THEN substr(ts, 12) WHEN id = 8 THEN '23:59:59.9999999' ELSE '01:02' END, d = CASE id WHEN 1 THEN ts WHEN 3 THEN ts ELSE '2020-08-25' END; CREATE TABLE bad (id integer PRIMARY KEY, ts datetime); INSERT INTO bad VALUES (1, '20200101T000000'), (2, '2020-01-01 00:00:00 '), (3, '2020-01-01 00:00:00 CET')"
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
-- Others are errors that say what is read, and the way out.
SELECT ts FROM bad WHERE id = 1;
SELECT ts FROM bad WHERE id = 2;
SELECT ts FROM bad WHERE id = 3;
ALTER FOREIGN TABLE bad ALTER COLUMN ts OPTIONS (ADD invalid_values 'null');
SELECT count(ts) FROM bad;
