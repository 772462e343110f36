\i test/setup.psql
-- Views that take different texts for equal, by GROUP BY, DISTINCT, UNION or PARTITION BY:
-- a condition that tells them apart is evaluated here, or the server would put it below
-- that and count other rows.  Every answer is that of a local table with the same rows.
\! $MY users < test/views_grouped_mysql.sql
\set url :mysql 'users'
SELECT binds.add('g', :'url');
CREATE SCHEMA far;
CREATE SCHEMA hand;
CREATE SCHEMA twin;
IMPORT FOREIGN SCHEMA users FROM SERVER g INTO far;
CREATE FOREIGN TABLE hand.vg (nm varchar(20), c bigint) SERVER g;
CREATE FOREIGN TABLE hand.vu (nm varchar(20)) SERVER g;
CREATE FOREIGN TABLE hand.vd (nm text, e text) SERVER g;
CREATE FOREIGN TABLE hand.vw (nm varchar(20), d date, n bigint) SERVER g;
CREATE FOREIGN TABLE hand.vb (nm text, c bigint) SERVER g;
CREATE FOREIGN TABLE hand.vx (nm bytea, c bigint) SERVER g;
CREATE FOREIGN TABLE hand.vn (x double precision, q numeric, c bigint) SERVER g;
CREATE FOREIGN TABLE hand.vl (nm text, l integer, c bigint) SERVER g;
CREATE FOREIGN TABLE hand.va (a integer) SERVER g;
CREATE FOREIGN TABLE hand.vi (id integer, a integer) SERVER g;
CREATE FOREIGN TABLE hand.vs (nm text, a integer) SERVER g;
CREATE FUNCTION copy() RETURNS void LANGUAGE plpgsql AS $$
DECLARE v text;
BEGIN
	FOREACH v IN ARRAY '{vg,vu,vd,vw,vb,vx,vn,vl,va,vs,vi}'::text[] LOOP
		EXECUTE format('CREATE TABLE twin.%I AS TABLE far.%1$I', v);
	END LOOP;
END $$;
SELECT copy();
SELECT attrelid::regclass::text AS view, 'collation=UNKNOWN' = ANY (attfdwoptions) AS unknown
	FROM pg_attribute WHERE attname = 'nm' AND attrelid::regclass::text LIKE 'far.%'
	ORDER BY 1;
-- numbers and dates are compared by the server, texts are not
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM far.vg WHERE nm = 'Ann' AND c > 1;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.vw WHERE nm LIKE 'A%' AND d = '2024-02-29';
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.vx WHERE nm = 'Ann' AND c IN (1, 2);
\i test/same_answers.psql
-- (which of the equal texts a group shows is the server's choice, so all are asked for)
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I WHERE nm = ''Ann''', v)) s;
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I WHERE nm = ''ann''', v)) s;
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I WHERE nm <> ''Ann'' OR nm IS NULL', v)) s;
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I WHERE nm IN (''ANN'', ''bob '', ''bob'', ''é'')', v)) s;
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I WHERE nm LIKE ''a%%'' OR length(nm) = 4', v)) s;
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I JOIN (VALUES (''Ann'', 1), (''ann'', 2)) x(nm, k) USING (nm)', v)) s;
SELECT v, s.sent, s.kept, s.hand FROM unnest('{vg,vu,vd,vw,vb}'::text[]) v,
	same(format('SELECT * FROM %I WHERE coalesce(nm, '''') < ''a'' COLLATE "C" ORDER BY nm COLLATE "C" LIMIT 1', v)) s;
SELECT s.sent, s.kept, s.hand FROM same('SELECT * FROM vx WHERE nm = ''Ann'' OR length(nm) = 4') s;
SELECT s.* FROM same('SELECT c FROM vg WHERE c > 1 ORDER BY c') s;
SELECT s.* FROM same('SELECT e, count(*) FROM vd WHERE e = ''x'' GROUP BY e') s;
SELECT s.* FROM same('SELECT c FROM vn WHERE x = 0 OR x = 2') s;
SELECT s.* FROM same('SELECT c FROM vn WHERE q = 1.0') s;
SELECT s.* FROM same('SELECT d, n FROM vw WHERE d = ''2024-02-29'' AND n = 2') s;
-- A number that is computed of a text tells equal texts apart, too, and is compared by the server: behind the grouping.
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM far.vl WHERE l = 3;
SELECT l, s.sent, s.kept, s.hand FROM generate_series(1, 4) l, same(format('SELECT l, c FROM vl WHERE l = %s', l)) s;
SELECT a, s.sent, s.kept, s.hand FROM unnest('{65,97,66,98,195,101}'::integer[]) a, same(format('SELECT a FROM va WHERE a = %s', a)) s;
SELECT a, s.sent, s.kept, s.hand FROM unnest('{65,97,66,98,195,101}'::integer[]) a, same(format('SELECT a FROM vs WHERE a = %s', a)) s;
-- So does a subquery that takes them for equal.
SELECT s.* FROM unnest('{= 97,<> 65,>= 66}'::text[]) c, same('SELECT * FROM vi WHERE a ' || c) s;
-- A view that can be written to finds its rows by a text as well.
ALTER FOREIGN TABLE far.vp ALTER nm OPTIONS (ADD key 'true');
UPDATE far.vp SET d = '2000-01-01' WHERE nm = 'bob ' RETURNING *;
DELETE FROM far.vp WHERE nm = 'bob' RETURNING *;
SELECT nm, d FROM far.n WHERE lower(nm) LIKE 'bob%' ORDER BY id;
