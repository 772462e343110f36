\i test/setup.psql
-- What one view of SQLite keeps concerns the views that name it, and no others.
\set url :sqlite 'v.db'
\setenv DB `echo sqlite3 $D/v.db`
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, i INT, n NUMERIC(9,2)); INSERT INTO t VALUES (1, '7', 7, 1.5), (2, 'x', 8, 2.5)"
-- A name may be empty, or of quotes and blanks.  What names it has text where its parts differ; what has an empty text, a comment or a column of a view's name does not name it.
\! $DB "CREATE VIEW \"\" AS SELECT id, a AS i FROM t UNION ALL SELECT id, i FROM t; CREATE VIEW [ ] AS SELECT id, a AS i FROM t UNION ALL SELECT id, i FROM t; CREATE VIEW \"\"\"\" AS SELECT id, a AS i FROM t UNION ALL SELECT id, i FROM t; CREATE VIEW i AS SELECT id, a AS i FROM t UNION ALL SELECT id, i FROM t"
\! $DB "CREATE VIEW a01 AS SELECT id, i, n FROM t; CREATE VIEW a02 AS SELECT t.id AS id, t.i AS i, replace(a, 'x', '') AS r FROM t WHERE a IN ('', 'x', '7') ORDER BY coalesce(a, ''), ' ', i; CREATE VIEW a03 AS SELECT id, i FROM /* FROM i */ t; CREATE VIEW a04 AS SELECT id, i FROM t UNION ALL SELECT id, i FROM t WHERE a <> ''"
\! $DB "CREATE VIEW b01 AS SELECT id, i FROM \"\"; CREATE VIEW b02 AS SELECT v.id AS id, v.i AS i FROM t, ''/**/AS v; CREATE VIEW b03 AS SELECT v.id AS id, v.i AS i FROM t JOIN main.[ ] v; CREATE VIEW b04 AS SELECT id, i FROM \"\"\"\"; CREATE VIEW b05 AS SELECT id, i FROM (\"I\"); CREATE VIEW b06 AS SELECT v.id AS id, v.i AS i FROM (t CROSS JOIN (t AS u, [I] AS v)); CREATE VIEW b07 AS SELECT id, i FROM b05"
-- Two that name each other by the names of tables of their own: which is meant is not told, so what the one has concerns both, and who names one of them.
\! $DB "CREATE VIEW c01 AS WITH c02 AS (SELECT id, i FROM t UNION ALL SELECT id, i FROM t) SELECT id, i FROM c02; CREATE VIEW c02 AS WITH c01 AS (SELECT id, i FROM t) SELECT c01.id AS id, c01.i AS i, b.i AS b FROM c01 JOIN b05 b; CREATE VIEW c03 AS SELECT id, i FROM c01 UNION ALL SELECT id, i FROM t"
\! chmod 666 $D/v.db
SELECT binds.add('v', :'url', '{"schema": "v"}');
SET client_min_messages = error;
SELECT model FROM binds.reflect('v', '{"views": true}') WHERE model ~ '^[abc]';
RESET client_min_messages;
SELECT attrelid::regclass AS view, string_agg(format('%s %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) AS columns
	FROM pg_attribute WHERE attrelid::regclass::text ~ '^v.[abc]' AND attnum > 0 GROUP BY 1 ORDER BY 1::text;
SELECT format('SELECT %L AS view, * FROM v.%s ORDER BY id, i', t, t) FROM unnest('{a01,a02,a03,a04,b01,b03,b04,b05,b07,c01,c03}'::text[]) t \gexec
SELECT count(*), string_agg(DISTINCT i, ' ' ORDER BY i) FROM v.b02;
SELECT count(*), string_agg(DISTINCT i, ' ' ORDER BY i) FROM v.b06;
-- A comparison is sent where the types hold for all values.
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM v.a01 WHERE i = 7;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM v.b07 WHERE id = 1;
SELECT id FROM v.a01 WHERE i = 7;
SELECT id FROM v.b07 WHERE i = '7' ORDER BY id;
-- Each part of a compound SELECT is asked for once, however many views are above: this one has 120 parts behind 100 kB each time.
\! (echo "CREATE VIEW d01 AS WITH w AS (SELECT '`head -c 100000 /dev/zero | tr '\0' x`' AS x, * FROM t) SELECT id, n, a AS b FROM w"; for i in `seq 119`; do echo "UNION ALL SELECT id, n, i FROM w"; done; echo ";"; for i in `seq 10 40`; do echo "CREATE VIEW d$i AS SELECT n, b FROM d01 WHERE id = $i;"; done) | $DB
SET client_min_messages = error;
SELECT count(*) FROM binds.reflect('v', '{"views": true, "except": ["t"]}') WHERE model ~ '^d';
RESET client_min_messages;
SELECT format_type(atttypid, atttypmod), count(*) FROM pg_attribute WHERE attrelid::regclass::text ~ '^v.d' AND attname = 'n' GROUP BY 1;
SELECT format_type(atttypid, atttypmod), count(*) FROM pg_attribute WHERE attrelid::regclass::text ~ '^v.d' AND attname = 'b' GROUP BY 1;
