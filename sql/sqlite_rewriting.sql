\i test/setup.psql
-- Comparisons that are sent stay exact however SQLite rewrites them: OR as IN, constants
-- put in place of columns, conditions pushed into views, indexes of other collations. Each
-- condition is asked with pushdown, without, and of local copies of the rows; of a
-- table without indexes, and of one with indexes of every kind.
\set url :sqlite 'rewriting.db'
\setenv DB `echo sqlite3 $D/rewriting.db`
\! $DB "CREATE TABLE plain (id INTEGER PRIMARY KEY, nc TEXT COLLATE NOCASE, rt TEXT COLLATE RTRIM, bi TEXT, bp CHAR(5), i INTEGER, r DOUBLE, n NUMERIC(10,2), d DATE, b BOOLEAN, u CHAR(36), e VARCHAR(5) COLLATE NOCASE)"
\! $DB "INSERT INTO plain VALUES (1, 'Ann', 'x', 'Ann', 'ab', 5, 5, 5, '2024-01-02', 1, 'ABCDEF00-0000-4000-8000-00000000000F', 'red'), (2, 'ann', 'x ', 'ann', 'ab   ', 7, 0.5, 1.5, '2024-01-02 00:00:00', 0, 'abcdef00-0000-4000-8000-00000000000f', 'RED'), (3, 'ANN', 'x  ', 'ANN', 'AB', 5, -0.5, 1.25, '2024-01-03', NULL, 'abcdef000000400080000000000000ff', 'Red'), (4, 'bob', 'y', 'bob', '', 9007199254740993, 9007199254740992, 100, '1999-12-31', 1, NULL, 'blue'), (5, '', '', '', 'é', 0, 1e300, -1, NULL, 0, NULL, NULL), (6, 'é', ' ', 'É', 'b', NULL, NULL, NULL, '2024-01-02', NULL, NULL, 'red')"
\! $DB "CREATE TABLE indexed (id INTEGER PRIMARY KEY, nc TEXT COLLATE NOCASE, rt TEXT COLLATE RTRIM, bi TEXT, bp CHAR(5), i INTEGER, r DOUBLE, n NUMERIC(10,2), d DATE, b BOOLEAN, u CHAR(36), e VARCHAR(5) COLLATE NOCASE); INSERT INTO indexed SELECT * FROM plain"
\! $DB "CREATE INDEX i1 ON indexed (nc); CREATE INDEX i2 ON indexed (rt, nc); CREATE INDEX i3 ON indexed (bi COLLATE NOCASE); CREATE INDEX i4 ON indexed (bi); CREATE INDEX i5 ON indexed (bp COLLATE RTRIM); CREATE INDEX i6 ON indexed (i, nc); CREATE INDEX i7 ON indexed (r); CREATE INDEX i8 ON indexed (n); CREATE INDEX i9 ON indexed (d); CREATE INDEX i10 ON indexed (b); CREATE INDEX i11 ON indexed (u COLLATE NOCASE); CREATE INDEX i12 ON indexed (nc) WHERE nc = 'ann'; CREATE INDEX i13 ON indexed (lower(nc)); CREATE INDEX i14 ON indexed (nc COLLATE BINARY, i); CREATE INDEX i15 ON indexed (b, i) WHERE b; CREATE INDEX i16 ON indexed (e); ANALYZE"
\! $DB "CREATE VIEW one AS SELECT * FROM indexed; CREATE VIEW two AS SELECT * FROM indexed WHERE id < 4 UNION ALL SELECT * FROM plain WHERE id >= 4; CREATE VIEW sorted AS SELECT DISTINCT * FROM plain ORDER BY nc DESC"
\! chmod 666 $D/rewriting.db
SELECT binds.add('s', :'url', '{"schema": "s"}');
CREATE TYPE colour AS ENUM ('red', 'RED', 'Red', 'blue');
CREATE FUNCTION declare(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE FOREIGN TABLE %I (id bigint OPTIONS (key ''true''),
		nc text OPTIONS (collation ''NOCASE'') COLLATE "C", rt text OPTIONS (collation ''RTRIM'') COLLATE "C",
		bi text COLLATE "C", bp char(5), i bigint, r float8, n numeric(10,2), d date, b boolean, u uuid,
		e colour OPTIONS (collation ''NOCASE'')) SERVER s', name);
END $$;
SELECT declare(t) FROM unnest(ARRAY['plain', 'indexed', 'one', 'two', 'sorted']) t;
CREATE TABLE twin AS SELECT * FROM plain;
CREATE FUNCTION ids(name text, condition text, pushdown text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	PERFORM set_config('binds.pushdown', pushdown, true);
	EXECUTE format('SELECT coalesce(array_agg(id ORDER BY id), ''{}'')::text FROM %I WHERE %s', name, condition) INTO result;
	RETURN result;
END $$;
-- the ids of the local copy, or what differs
CREATE FUNCTION compare(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE local text := ids('twin', condition, 'on'); found text; name text; pushdown text;
BEGIN
	FOREACH name IN ARRAY ARRAY['plain', 'indexed', 'one', 'two', 'sorted'] LOOP
		FOREACH pushdown IN ARRAY ARRAY['on', 'off'] LOOP
			found := ids(name, condition, pushdown);
			IF found <> local THEN
				RETURN format('WRONG: %s of %s, pushdown %s; local %s', found, name, pushdown, local);
			END IF;
		END LOOP;
	END LOOP;
	RETURN local;
END $$;
\pset format unaligned
-- equalities joined by OR, lists, arrays, their negations; columns of each collation
SELECT c, compare(c) FROM unnest(ARRAY[
	$$nc IN ('ann', 'BOB')$$, $$nc = 'ann' OR nc = 'BOB'$$, $$nc = ANY (ARRAY['ANN', 'Bob'])$$,
	$$nc NOT IN ('ann', 'BOB')$$, $$nc <> ALL (ARRAY['ANN', 'Bob'])$$, $$NOT (nc = 'ann' OR nc = 'BOB')$$,
	$$nc IN ('ann')$$, $$nc IN ('ann', NULL)$$, $$nc = '' OR nc = 'É'$$,
	$$rt IN ('x', 'y ')$$, $$rt = 'x' OR rt = 'x  '$$, $$rt <> 'x'$$, $$rt IN ('', 'x ')$$,
	$$bi IN ('ann', 'BOB')$$, $$bi = 'ann' OR bi = 'BOB'$$, $$bp IN ('ab', 'AB ')$$, $$bp = 'ab' OR bp = ''$$,
	$$bp NOT IN ('ab', 'x')$$, $$e IN ('red', 'blue')$$, $$e = 'Red' OR e = 'blue'$$, $$e <> 'RED'$$,
	$$u = 'abcdef00-0000-4000-8000-00000000000f' OR u = 'abcdef00-0000-4000-8000-0000000000ff'$$,
	$$u IN ('abcdef00-0000-4000-8000-00000000000f')$$, $$d = '2024-01-02' OR d = '1999-12-31'$$,
	$$nc = 'ann' OR i = 5 OR rt = 'y'$$, $$(nc = 'ann' AND i = 7) OR (nc = 'ANN' AND i = 5)$$,
	$$i IN (5, 9007199254740993)$$, $$i = 5 OR i = 9007199254740992$$, $$r IN (5, 0.5)$$, $$r = 9007199254740992$$,
	$$n IN (1.5, 5.00)$$, $$n = 1.25 OR n = 5$$]) c;
-- order, both ends of it, and a column twice
SELECT c, compare(c) FROM unnest(ARRAY[
	$$nc > 'B'$$, $$nc >= 'a' AND nc < 'b'$$, $$nc BETWEEN 'Ann' AND 'ann'$$, $$nc < 'ann' OR nc > 'ann'$$,
	$$rt > 'x'$$, $$rt BETWEEN 'x' AND 'x '$$, $$bi > 'Z'$$, $$bi BETWEEN 'ANN' AND 'Ann'$$,
	$$i BETWEEN 5 AND 7$$, $$r BETWEEN -0.5 AND 0.5$$, $$n BETWEEN 1.25 AND 1.5$$, $$d BETWEEN '2024-01-01' AND '2024-01-02'$$,
	$$nc > 'A' AND nc IN ('ann', 'Ann')$$, $$nc LIKE 'a%'$$, $$nc LIKE 'A%' AND nc >= 'A'$$, $$bi LIKE 'a%'$$]) c;
-- constants that SQLite may put in place of a column, columns equal to each other
SELECT c, compare(c) FROM unnest(ARRAY[
	$$nc = bi$$, $$nc = bi AND bi = 'ann'$$, $$nc = bi AND nc = 'ANN'$$, $$nc = 'ann' AND nc <> 'Ann'$$, $$nc = 'ann' AND length(nc) = 3$$,
	$$nc = rt OR nc = bi$$, $$rt = nc AND nc = ''$$, $$bi = 'ann' AND nc IN ('ANN', 'x')$$, $$nc = e::text$$, $$i = id AND id = 5$$,
	$$i = 5 AND id = i$$, $$r = i$$, $$coalesce(nc, 'x') = 'ann'$$, $$coalesce(nc, bi) IN ('ann', 'bob')$$,
	$$CASE WHEN i = 5 THEN nc ELSE rt END = 'ANN'$$, $$CASE nc WHEN 'ann' THEN 1 WHEN 'ANN' THEN 2 ELSE 3 END = 2$$,
	$$nullif(nc, 'ANN') IS NULL$$, $$nc IS DISTINCT FROM 'ann'$$, $$nc IS NOT DISTINCT FROM bi$$, $$(nc, i) = ('ann', 7)$$,
	$$(nc, i) IN (('ann', 7), ('ANN', 5), ('BOB', 5))$$, $$nc COLLATE "POSIX" = 'ann'$$]) c;
-- booleans
SELECT c, compare(c) FROM unnest(ARRAY['b', 'NOT b', 'b IS TRUE', 'b IS NOT TRUE', 'b IS FALSE', 'b IS NOT FALSE', 'b IS NULL', 'b IS NOT UNKNOWN',
	'b = true', 'b <> true', 'b AND i = 5', 'NOT b OR i IS NULL', '(b IS TRUE) = (i = 5)', 'NOT (b AND id > 1)', 'CASE WHEN b THEN id ELSE i END = 4', 'coalesce(b, true)']) c;
-- parameters, known when the statement runs
SET plan_cache_mode = force_generic_plan;
PREPARE either (text, text) AS SELECT id FROM indexed WHERE nc = $1 OR nc = $2 ORDER BY id;
PREPARE of_list (text[]) AS SELECT id FROM indexed WHERE bi = ANY ($1) ORDER BY id;
PREPARE of_loose (text[]) AS SELECT id FROM indexed WHERE nc = ANY ($1) ORDER BY id;
EXECUTE either ('ann', 'BOB');
EXECUTE of_list ('{ann,BOB}');
EXECUTE of_loose ('{ann,BOB}');
RESET plan_cache_mode;
-- sorted by another collation than the column's or an index's
SELECT id, nc FROM indexed ORDER BY nc COLLATE "C", id;
SELECT id, nc FROM two ORDER BY nc COLLATE "C" DESC, id LIMIT 3;
SELECT nc, count(*) FROM indexed GROUP BY nc ORDER BY nc COLLATE "C";
SELECT DISTINCT rt || '.' AS rt FROM indexed ORDER BY 1;
SELECT min(nc COLLATE "C"), max(nc COLLATE "C"), max(bi COLLATE "C") FROM indexed;
-- what is deleted and updated is what PostgreSQL says
BEGIN;
DELETE FROM indexed WHERE nc IN ('ann', 'BOB') RETURNING id;
UPDATE indexed SET nc = 'x' WHERE rt IN ('x', 'Y') RETURNING id;
ROLLBACK;
-- and indexes serve it
CREATE FUNCTION search(condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text; remote text;
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM indexed WHERE %s', condition) LOOP
		IF line ~ 'Remote SQL:' THEN
			remote := regexp_replace(line, '.*Remote SQL: ', '');
			RETURN NEXT substring(remote from 'WHERE .*');
			RETURN QUERY SELECT DISTINCT regexp_replace(q ->> 'detail', ' USING .*', ' by index') FROM binds.query('s', 'EXPLAIN QUERY PLAN ' || remote) q
				WHERE q ->> 'detail' ~ '^(SCAN|SEARCH)';
		END IF;
	END LOOP;
END $$;
SELECT search(c) FROM unnest(ARRAY[$$nc = 'bob'$$, $$nc IN ('bob', 'ann')$$, $$bi = 'bob' OR bi = 'ann'$$, $$bp = 'ab'$$, $$b$$, $$NOT b$$, $$b IS TRUE$$, $$b IS FALSE$$]) c;
