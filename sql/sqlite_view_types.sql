\i test/setup.psql
-- Columns of views of SQLite: they have the type of the column of a table that they are, if they are that in all parts
-- of a compound SELECT; all others are text, which holds every value but bytes.  All versions of SQLite agree in that.
\set url :sqlite 'v.db'
\setenv DB `echo sqlite3 $D/v.db`
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, v VARCHAR(5), n NUMERIC(9,2), i INT, b BLOB, d DATETIME); INSERT INTO t VALUES (1, 'x', 'y', 1.5, 2, x'00', '2020-01-01 00:00:00')"
\! $DB "CREATE VIEW a01 AS SELECT a FROM t UNION SELECT upper(a) FROM t; CREATE VIEW a02 AS SELECT upper(a) AS x FROM t UNION SELECT a FROM t; CREATE VIEW a03 AS SELECT i FROM t UNION ALL SELECT a FROM t; CREATE VIEW a04 AS SELECT a FROM t UNION ALL SELECT i FROM t; CREATE VIEW a05 AS SELECT i FROM t UNION ALL SELECT a FROM t UNION ALL SELECT i FROM t; CREATE VIEW a06 AS SELECT d FROM t UNION ALL SELECT 'never'; CREATE VIEW a07 AS SELECT i FROM t UNION ALL SELECT b FROM t; CREATE VIEW a08 AS SELECT v FROM t UNION ALL SELECT 'longer than that'"
\! $DB "CREATE VIEW b01 AS SELECT id, a, v, n, i, d FROM t UNION ALL SELECT id, a, v, n, i, d FROM t UNION SELECT id, a, v, n, i, d FROM t; CREATE VIEW b02 (\"as\", \"union\") AS WITH q AS (SELECT i, a FROM t UNION ALL SELECT i, a FROM t) SELECT i, a FROM q UNION /* ) */ SELECT i, ')' FROM q; CREATE VIEW b03 AS SELECT b FROM t UNION ALL SELECT b FROM t; CREATE VIEW b04 AS SELECT n FROM t EXCEPT SELECT n FROM t WHERE id > 1"
\! $DB "CREATE VIEW c01 AS SELECT CAST(a AS TEXT) AS t, CAST(i AS INTEGER) AS i, CAST(n AS REAL) AS r, i + 1 AS s, max(a) AS m, (SELECT d FROM t) AS q, v FROM t; CREATE VIEW c02 AS SELECT * FROM a01; CREATE VIEW c03 AS SELECT t.id, q.a FROM t JOIN (SELECT a FROM t UNION SELECT upper(a) FROM t) q; CREATE VIEW c04 AS SELECT * FROM c01; CREATE VIEW c05 AS SELECT d, i FROM b01; CREATE VIEW c06 AS WITH RECURSIVE w(p) AS (SELECT a FROM t UNION ALL SELECT p || 'x' FROM w WHERE length(p) < 3) SELECT p FROM w"
\! chmod 666 $D/v.db
SELECT binds.add('v', :'url', '{"schema": "v"}');
SET client_min_messages = warning;
SELECT model FROM binds.reflect('v', '{"views": true, "except": ["t"]}');
RESET client_min_messages;
SELECT attrelid::regclass AS view, string_agg(format('%s %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) AS columns
	FROM pg_attribute WHERE attrelid::regclass::text LIKE 'v.%' AND attnum > 0 GROUP BY 1 ORDER BY 1::text;
SELECT format('SELECT %L AS view, x::text FROM v.%s AS x ORDER BY 2', t, t) FROM unnest('{a01,a02,a03,a04,a05,a06,a08,b01,b02,b03,b04,c01,c02,c03,c04,c05,c06}'::text[]) t \gexec
-- Bytes are no text.
SELECT * FROM v.a07;
ALTER FOREIGN TABLE v.a07 ALTER i TYPE bytea;
SELECT * FROM v.a07 OFFSET 1;
-- A mere NULL in a part is of any type, but not what begins with it.
\! $DB "CREATE VIEW d01 AS SELECT i, n AS extra FROM t UNION ALL SELECT i, NULL FROM t; CREATE VIEW d02 AS SELECT NULL AS i, NULL AS n, null AS d, (NULL) AS z FROM t UNION ALL SELECT i, n, d, NULL FROM t UNION SELECT 3, NULL AS n, NULL AS d, i FROM t; CREATE VIEW d03 AS SELECT i, n, d FROM t UNION ALL SELECT NULL ISNULL, NULL IS NOT 'x', coalesce(NULL, 'x'); CREATE VIEW d04 AS SELECT i, n FROM t UNION ALL SELECT ALL NULL, n FROM (SELECT n, a FROM t) UNION SELECT DISTINCT NULL, * FROM (SELECT n FROM t); CREATE VIEW d10 AS SELECT i, i + 1 AS p FROM t UNION ALL SELECT i, i FROM t; CREATE VIEW d09 AS SELECT i FROM (SELECT NULL AS i UNION ALL SELECT i FROM t)"
-- Texts of different lengths; brackets in quotes; ORDER BY and LIMIT are of the whole; rows of VALUES.
\! $DB "CREATE TABLE u (v VARCHAR(20)); CREATE VIEW d05 AS SELECT v FROM t UNION ALL SELECT v FROM u; CREATE VIEW d06 AS SELECT '(' AS p, i AS first FROM t UNION ALL SELECT ')', i FROM t ORDER BY first LIMIT 1; CREATE VIEW d07 AS VALUES ('x'), ((SELECT i FROM t)); CREATE VIEW d08 AS SELECT * FROM (VALUES ('x'), ((SELECT i FROM t)))"
-- Compound SELECTs inside: where their parts differ, what comes from them is text, wherever it goes; what cannot be such a column, is not.
\! $DB "INSERT INTO t VALUES (2, '7', '8', 1.5, 2, x'00', '2020-01-01 00:00:00'); CREATE VIEW e01 AS SELECT q.i, t.d FROM t JOIN (SELECT a AS i FROM t UNION ALL SELECT i FROM t) q ON t.id = 1; CREATE VIEW e02 AS WITH q AS (SELECT a AS i FROM t UNION ALL SELECT i FROM t) SELECT i FROM q; CREATE VIEW e03 AS SELECT a AS i FROM t UNION ALL SELECT i FROM t; CREATE VIEW e04 AS SELECT q.i, t.d FROM e03 q, t WHERE t.id = 1; CREATE VIEW e05 AS SELECT i AS y, d FROM [E04]; CREATE VIEW e06 AS SELECT y FROM e05 UNION ALL SELECT id FROM t; CREATE VIEW e07 AS SELECT i, d FROM (SELECT i, d FROM t UNION ALL SELECT i, d FROM t); CREATE VIEW e08 AS WITH q AS (SELECT a AS i FROM t UNION ALL SELECT i FROM t), r AS (SELECT i FROM q UNION ALL SELECT id FROM t) SELECT i FROM r; CREATE VIEW e09 AS SELECT t.d, t.i FROM t WHERE EXISTS (SELECT t.i UNION SELECT 1)"
-- Very many parts are no matter of more than a moment.
\! (echo "CREATE VIEW f01 AS SELECT id, a, n, d FROM t"; for i in `seq 299`; do echo "UNION ALL SELECT id, a, n, d FROM t WHERE i = $i"; done; echo ";CREATE VIEW f02 AS SELECT n, d FROM f01 WHERE id = 1;"; echo "CREATE VIEW f03 AS WITH q AS (SELECT id, a, n, d FROM t"; for i in `seq 299`; do echo "UNION ALL SELECT id, a, n, d FROM t WHERE i = $i"; done; echo ") SELECT id, n, d FROM q;") | $DB
SET statement_timeout = '5s';
SET client_min_messages = warning;
SELECT count(*) FROM binds.reflect('v', '{"views": true, "except": ["t", "u"]}');
CREATE FOREIGN TABLE f04 (id bigint, n numeric) SERVER v OPTIONS (table_name 'f01');
EXPLAIN (COSTS OFF) SELECT n FROM f04;
RESET client_min_messages;
RESET statement_timeout;
SELECT attrelid::regclass AS view, string_agg(format('%s %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) AS columns
	FROM pg_attribute WHERE attrelid::regclass::text ~ '^v.[def]' AND attnum > 0 GROUP BY 1 ORDER BY 1::text;
SELECT format('SELECT %L AS view, x::text FROM v.%s AS x ORDER BY 2', t, t) FROM unnest('{d01,d02,d03,d04,d05,d06,d07,d08,d09,e01,e02,e04,e05,e06,e07,e08,e09,f02}'::text[]) t \gexec
