\i test/setup.psql
-- Views of SQLite that take different texts for equal (collations NOCASE, RTRIM), by DISTINCT, GROUP BY, UNION or
-- PARTITION BY: a condition that tells them apart is evaluated behind that.  Every answer is that without pushdown.
\set url :sqlite 'v.db'
\setenv DB `echo sqlite3 $D/v.db`
\! $DB "CREATE TABLE t (id integer PRIMARY KEY, a TEXT COLLATE NOCASE, r TEXT COLLATE RTRIM, n NUMERIC); INSERT INTO t VALUES (1,'b','x',1), (2,'B','x ',2), (3,'a','y',1.0), (4,'A','y  ',2.0), (5,'a','z',NULL)"
\! $DB "CREATE VIEW v1 AS SELECT DISTINCT a FROM t; CREATE VIEW v2 AS SELECT a, count(*) c, length(r) l FROM t GROUP BY a; CREATE VIEW v3 AS SELECT a FROM t WHERE id < 4 UNION SELECT a FROM t WHERE id > 1; CREATE VIEW v4 AS SELECT a, id, count(*) OVER (PARTITION BY a) c FROM t; CREATE VIEW v5 AS SELECT DISTINCT r, length(r) l FROM t; CREATE VIEW v6 AS SELECT a FROM v1; CREATE VIEW v7 AS SELECT unicode(a) x FROM v1"
-- (words of SQL next to a name in quotes)
\! $DB 'CREATE VIEW v8 AS SELECT DISTINCT"a"FROM t; CREATE VIEW v9 AS SELECT a FROM"v8"; CREATE VIEW "v ""10" AS SELECT DISTINCT`a` FROM t; CREATE VIEW v11 AS SELECT a FROM"v ""10"; CREATE VIEW v12 AS SELECT"a"FROM"t"WHERE id < 4 UNION SELECT[a]FROM[t]WHERE id > 1'
\! chmod 666 $D/v.db
SELECT binds.add('v', :'url', '{"schema": "v"}') \g /dev/null
SET client_min_messages = warning;
SELECT model FROM binds.reflect('v', '{"views": true}');
SELECT * FROM v.v1 WHERE a = 'B';
SELECT * FROM v.v8 WHERE a = 'B';
SELECT count(*) FROM v.v1 WHERE a <> 'b';
CREATE FUNCTION answer(query text, pushdown boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	PERFORM set_config('binds.pushdown', pushdown::text, true);
	EXECUTE format('SELECT string_agg(r::text, '' '' ORDER BY r::text) FROM (%s) r', query) INTO result;
	RETURN coalesce(result, 'nothing');
END $$;
CREATE TABLE conditions AS
	SELECT v, format('%s %s %L', c, o, x) AS condition
	FROM (VALUES ('{v1,v2,v3,v4,v6,v8,v9,v11,v12}'::text[], 'a', '{a,A,b,B}'::text[]), ('{v5}', 'r', '{x,"x ","y  "}'), ('{v5,v2}', 'l', '{1,2,3}'),
		('{v2,v4}', 'c', '{1,2,3}'), ('{v4}', 'id', '{1,2,3,4,5}'), ('{v7}', 'x', '{65,97,66,98}')) y (vs, c, xs),
		unnest(vs) v, unnest(xs) x, unnest('{=,<>,<,>=}'::text[]) o;
SELECT count(*) FROM conditions;
SELECT v, condition, answer(q, true) AS sent, answer(q, false) AS kept FROM conditions, format('SELECT * FROM v.%s WHERE %s', v, condition) q WHERE answer(q, true) <> answer(q, false);
