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
