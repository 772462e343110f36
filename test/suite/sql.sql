-- What else SQL does with tables: views, CTEs, prepared statements, PL/pgSQL, cursors,
-- partitions, inheritance, COPY, triggers, TRUNCATE; two scans at once on one bind.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, k integer, v varchar(20));
CREATE TABLE s (id serial PRIMARY KEY, t integer, w text DEFAULT 'none');
$$);
SELECT suite.fill($$INSERT INTO t SELECT i, i % 7, 'v' || i FROM generate_series(1, 500) i$$);
SELECT suite.fill($$INSERT INTO s (t) SELECT i FROM generate_series(1, 100) i$$);

-- views, also to write through
CREATE VIEW eng.few AS SELECT * FROM eng.t WHERE k = 3;
CREATE VIEW twin.few AS SELECT * FROM twin.t WHERE k = 3;
CREATE VIEW eng.checked AS SELECT * FROM eng.t WHERE id < 100 WITH CHECK OPTION;
CREATE VIEW twin.checked AS SELECT * FROM twin.t WHERE id < 100 WITH CHECK OPTION;
SELECT suite.same('SELECT * FROM few WHERE id > 200');
SELECT suite.same_change('UPDATE few SET v = ''new'' WHERE id < 100', 't');
SELECT suite.same_change('INSERT INTO few VALUES (600, 3, ''x'') RETURNING *', 't');
SELECT suite.same_change('UPDATE checked SET id = id + 1000', 't');
SELECT suite.same_change('INSERT INTO checked VALUES (-5, 1, ''x''), (1000, 1, ''y'')', 't');

-- CTEs, also with changes; subqueries; set operations; windows; grouping
SELECT suite.same('WITH a AS (SELECT * FROM t WHERE k = 1), b AS (SELECT * FROM t WHERE k = 2) SELECT a.id, b.id FROM a JOIN b ON b.id = a.id + 1');
SELECT suite.same('WITH RECURSIVE r AS (SELECT 1 AS id UNION ALL SELECT t.id FROM t JOIN r ON t.id = r.id * 2) SELECT * FROM r');
SELECT suite.same('SELECT id FROM t WHERE id IN (SELECT t FROM s WHERE id > 90)');
SELECT suite.same('SELECT id, (SELECT count(*) FROM s WHERE s.t < t.k) FROM t WHERE id < 20');
SELECT suite.same('SELECT id FROM t a WHERE NOT EXISTS (SELECT FROM s WHERE s.t = a.id)');
SELECT suite.same('SELECT k FROM t UNION SELECT id FROM s');
SELECT suite.same('SELECT k, count(*), sum(id), max(v) FROM t GROUP BY k HAVING count(*) > 71');
SELECT suite.same('SELECT id, rank() OVER (PARTITION BY k ORDER BY id DESC) FROM t WHERE id < 50');
SELECT suite.same('SELECT a.id, x.* FROM t a, LATERAL (SELECT s.id AS sid FROM s WHERE s.t = a.k ORDER BY s.id LIMIT 1) x WHERE a.id < 10');
SELECT suite.same_change('WITH d AS (DELETE FROM t WHERE k = 2 RETURNING id) SELECT count(*) FROM d', 't');
SELECT suite.same_change('WITH d AS (DELETE FROM t WHERE k = 2 RETURNING *) INSERT INTO s (id, t) SELECT id + 1000, k FROM d RETURNING id, t', 's');
SELECT suite.same_change('UPDATE t SET v = s.w FROM s WHERE s.t = t.id AND s.id < 5 RETURNING t.*', 't');
SELECT suite.same_change('DELETE FROM t USING s WHERE s.t = t.id', 't');
SELECT suite.same_change('UPDATE t SET id = id + 1000', 't');

-- two scans at once, of one table and of two
SELECT suite.same('SELECT a.id, b.id FROM t a JOIN t b ON b.id = a.id + a.k');
SELECT suite.same('SELECT count(*) FROM t a CROSS JOIN s b');
SELECT suite.same('SELECT a.id, s.w FROM t a LEFT JOIN s ON s.t = a.id ORDER BY a.id LIMIT 150 OFFSET 20', true);
SELECT suite.same('SELECT a.id, s.id FROM t a FULL JOIN s ON s.t = a.id AND a.k = 3');

-- PL/pgSQL with a loop that changes what it reads
CREATE FUNCTION suite.walk() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE r record; total bigint := 0;
BEGIN
	FOR r IN SELECT * FROM t WHERE id <= 60 ORDER BY id LOOP
		UPDATE t SET v = 'w' || r.id WHERE id = r.id + 1;
		total := total + (SELECT k FROM t WHERE id = r.id) + length((SELECT v FROM t WHERE id = r.id + 1));
	END LOOP;
	RETURN total;
END $$;
SELECT suite.same_change('SELECT suite.walk()', 't');
SELECT suite.same('SELECT suite.walk() /* both have changed now */');

-- prepared statements with parameters, custom and generic plans
CREATE FUNCTION suite.prepared(statement text, VARIADIC args text[]) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE answers text[] := '{}'; a text; side text; mode text; r record; call text;
BEGIN
	FOREACH side IN ARRAY '{twin,eng}'::text[] LOOP
		FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[] LOOP
			PERFORM set_config('search_path', side || ', public', true),
				set_config('plan_cache_mode', mode, true);
			EXECUTE 'PREPARE p AS ' || statement;
			a := '';
			BEGIN
				FOREACH call IN ARRAY args LOOP
					FOR r IN EXECUTE 'EXECUTE p(' || call || ')' LOOP
						a := a || r::text;
					END LOOP;
					a := a || ';';
				END LOOP;
				RAISE EXCEPTION USING ERRCODE = 'P9999';
			EXCEPTION WHEN SQLSTATE 'P9999' THEN NULL;
			END;
			DEALLOCATE p;
			answers := answers || a;
		END LOOP;
	END LOOP;
	RETURN suite.line(answers[1] = ALL (answers), statement || ' ' || args::text,
		E'\n#   ' || array_to_string(answers, E'\n#   '));
END $$;
SELECT suite.prepared('SELECT * FROM t WHERE id = $1::integer', '3', 'NULL', '99999');
SELECT suite.prepared('SELECT * FROM t WHERE v = $1::text OR id < $2::bigint', $$'v7', 2$$, $$NULL, 3$$);
SELECT suite.prepared('SELECT id FROM t WHERE id = ANY ($1::integer[]) ORDER BY id', $$'{1,2,3}'$$, $$'{}'$$, $$'{NULL,5}'$$);
SELECT suite.prepared('SELECT id FROM t ORDER BY id LIMIT $1::bigint OFFSET $2::bigint', '2, 3', 'NULL, 498', '0, 0');
SELECT suite.prepared('INSERT INTO s (id, t, w) VALUES ($1::integer, $2::integer, $3::text) RETURNING w', $$1001, 1, 'a'$$, $$1002, 2, NULL$$);
SELECT suite.prepared('DELETE FROM s WHERE id > $1::integer RETURNING id', '90', '80', 'NULL');

-- cursors, forward and back, over other statements on the same bind
BEGIN;
SET search_path = eng, public;
DECLARE c1 CURSOR FOR SELECT id FROM t ORDER BY id;
DECLARE c2 SCROLL CURSOR WITH HOLD FOR SELECT id FROM t WHERE k = 1 ORDER BY id;
CREATE FUNCTION pg_temp.fetch(c refcursor, n integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r record; result text := '';
BEGIN
	FOR i IN 1 .. n LOOP
		FETCH c INTO r;
		result := result || r.id || ' ';
	END LOOP;
	RETURN result;
END $$;
SELECT suite.check('cursor 1', pg_temp.fetch('c1', 3) = '1 2 3 ');
SELECT suite.check('cursor 2', pg_temp.fetch('c2', 2) = '1 8 ');
UPDATE t SET v = 'other' WHERE id = 4;
SELECT suite.check('cursor 1 goes on', pg_temp.fetch('c1', 2) = '4 5 ');
SELECT suite.check('another scan', count(*) = 500) FROM t;
SELECT suite.check('cursor 1 is still there', pg_temp.fetch('c1', 1) = '6 ');
MOVE ABSOLUTE 1 IN c2;
SELECT suite.check('cursor 2 went back', pg_temp.fetch('c2', 1) = '8 ');
COMMIT;
SELECT suite.check('cursor 2 is held', pg_temp.fetch('c2', 1) = '15 ');
CLOSE c2;
UPDATE t SET v = 'v4' WHERE id = 4;
RESET search_path;
SELECT suite.fill($$UPDATE t SET v = 'v' || id$$);

-- triggers of the local relation
CREATE FUNCTION suite.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.v := left(TG_OP || coalesce(NEW.v, '?'), 20);
	RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON eng.t FOR EACH ROW WHEN (NEW.k = 5) EXECUTE FUNCTION suite.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON twin.t FOR EACH ROW WHEN (NEW.k = 5) EXECUTE FUNCTION suite.stamp();
SELECT suite.same_change('UPDATE t SET k = 5 WHERE id < 4 RETURNING *', 't');
SELECT suite.same_change('INSERT INTO t VALUES (1001, 5, ''a''), (1002, 6, ''b'')', 't');
DROP TRIGGER stamp ON eng.t;
DROP TRIGGER stamp ON twin.t;

-- COPY and TRUNCATE
COPY eng.t FROM stdin;
2001	1	copied
2002	\N	\N
\.
COPY twin.t FROM stdin;
2001	1	copied
2002	\N	\N
\.
SELECT suite.same('SELECT * FROM t WHERE id > 2000');
SELECT suite.same_change('TRUNCATE s', 's');

-- whole rows, system columns, aggregates of everything
SELECT suite.same('SELECT t, (t).id FROM t WHERE id < 4');
SELECT suite.same('SELECT count(t), count(t.*) FROM t');
SELECT suite.same('SELECT count(*) FROM t');
SELECT suite.same('SELECT 1 FROM t');
SELECT suite.check('tableoid', bool_and(tableoid = 'eng.t'::regclass)) FROM eng.t;

-- a partition, and a child of a local table
CREATE SCHEMA parts;
CREATE TABLE parts.whole (id integer, k integer, v varchar(20)) PARTITION BY RANGE (id);
CREATE TABLE parts.low PARTITION OF parts.whole FOR VALUES FROM (MINVALUE) TO (0);
ALTER FOREIGN TABLE eng.t ALTER id DROP NOT NULL;
ALTER TABLE parts.whole ATTACH PARTITION eng.t FOR VALUES FROM (0) TO (100000);
INSERT INTO parts.whole VALUES (-1, 0, 'low'), (3001, 0, 'high');
SELECT suite.check('rows go to their partition', count(*) = 1) FROM eng.t WHERE id = 3001;
SELECT suite.check('rows of both', array_agg(v::text ORDER BY id) = '{low,high}') FROM parts.whole WHERE id IN (-1, 3001);
UPDATE parts.whole SET id = 3002 WHERE id = -1;
SELECT suite.check('a row moves to the bind', array_agg(v::text ORDER BY id) = '{high,low}') FROM eng.t WHERE id > 3000;
DELETE FROM parts.whole WHERE id > 3000;
SELECT suite.check('and is deleted there', count(*) = 0) FROM eng.t WHERE id > 3000;
