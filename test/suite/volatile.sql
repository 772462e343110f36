-- Functions with effects are called for the rows for which PostgreSQL calls them, in its order.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, v integer);
CREATE TABLE other (id integer PRIMARY KEY);
$$);
SELECT suite.fill('INSERT INTO t SELECT g, g % 3 FROM generate_series(1, 9) g');
SELECT suite.fill('INSERT INTO other SELECT g FROM generate_series(1, 3) g');
CREATE SEQUENCE s;
CREATE FUNCTION bump(n bigint) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN nextval(''public.s'') * 10 + n; END';

-- the rows, and how often the sequence was asked
CREATE FUNCTION suite.same_calls(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE side text; push boolean; r text[]; twin text[]; details text := '';
BEGIN
	FOR side, push IN VALUES ('twin', true), ('eng', true), ('eng', false) LOOP
		ALTER SEQUENCE s RESTART;
		r := suite.answer(query, side, push, true) || nextval('s')::text;
		twin := coalesce(twin, r);
		details := concat(details, suite.difference(side || ' ' || push, r, twin));
	END LOOP;
	RETURN suite.line(details = '', query || ' [' || array_to_string(twin, ' ') || ']', details);
END $$;

SELECT suite.same_calls('SELECT id, nextval(''s'') FROM t ORDER BY id ' || l) FROM unnest(ARRAY['LIMIT 2 OFFSET 2', 'LIMIT 2', 'OFFSET 7', 'LIMIT 0 OFFSET 2', 'LIMIT 2 OFFSET 0', 'LIMIT 2 OFFSET 20', 'FETCH FIRST 2 ROWS WITH TIES', 'OFFSET 2 FETCH FIRST 2 ROWS WITH TIES',
	'LIMIT (SELECT 2) OFFSET (SELECT 2)', 'LIMIT NULL OFFSET 3', 'LIMIT 2 OFFSET 2 FOR UPDATE']) l;
SELECT suite.same_calls(q || ' LIMIT 2 OFFSET 2') FROM unnest(ARRAY[
	'SELECT id, public.bump(id) FROM t ORDER BY id DESC', 'SELECT id, (SELECT nextval(''s'')) FROM t ORDER BY id', 'SELECT id, CASE WHEN id > 100 THEN nextval(''s'') END FROM t ORDER BY id',
	'SELECT id, generate_series(1, 2) FROM t ORDER BY id', 'SELECT id, generate_series(1, nextval(''s'') - id + 1) FROM t ORDER BY id', 'SELECT DISTINCT v, nextval(''s'') > 0 FROM t ORDER BY v',
	'SELECT id, row_number() OVER (ORDER BY id), nextval(''s'') FROM t ORDER BY id', 'SELECT v, count(*), nextval(''s'') FROM t GROUP BY v HAVING count(*) > 1 ORDER BY v', 'SELECT max(id), nextval(''s'') FROM t HAVING max(id) > 0',
	'SELECT id FROM t ORDER BY nextval(''s''), id', 'SELECT 1 FROM t WHERE nextval(''s'') > 4', 'SELECT nextval(''s'') FROM t',
	'SELECT t.id, nextval(''s'') FROM t JOIN other USING (id) ORDER BY t.id', 'SELECT id, EXISTS (SELECT nextval(''s'') FROM other WHERE other.id = t.id) FROM t ORDER BY id', 'SELECT * FROM (SELECT id, nextval(''s'') FROM t ORDER BY id) x',
	'SELECT id, nextval(''s'') FROM t UNION ALL SELECT id, nextval(''s'') FROM other']) q;
SELECT suite.same_calls('SELECT * FROM (SELECT id, nextval(''s'') FROM t ORDER BY id LIMIT 3 OFFSET 3) x WHERE id > 5');
SELECT suite.same_calls('WITH x AS (SELECT id, nextval(''s'') FROM t ORDER BY id LIMIT 3 OFFSET 3) SELECT * FROM x');
SELECT suite.same_calls('SELECT o.id, x.* FROM other o, LATERAL (SELECT id, nextval(''s'') FROM t WHERE v = o.id % 3 ORDER BY id LIMIT 1 OFFSET 1) x ORDER BY 1');

-- without effects LIMIT is the engine's; an OFFSET could skip a value that does not fit
SELECT suite.check('sent: ' || q, (SELECT bool_or(l ~ 'Remote SQL: .*LIMIT') FROM suite.plan(q) l)) FROM unnest(ARRAY['SELECT id, v + 1 FROM t ORDER BY id LIMIT 2', 'SELECT id, nextval(''s'') FROM t ORDER BY id LIMIT 2', 'SELECT id, now() FROM t LIMIT 2']) q;

-- A STABLE function finds what the statement has written; called in a subquery it is called before that.
CREATE FUNCTION suite.largest() RETURNS integer LANGUAGE plpgsql STABLE AS 'BEGIN RETURN (SELECT max(v) FROM t); END';
SELECT suite.same_change('UPDATE t SET v = (SELECT suite.largest()) + 10', 't');
SELECT suite.same_change('WITH x AS MATERIALIZED (SELECT suite.largest() AS m) UPDATE t SET v = x.m + id FROM x', 't');
SELECT suite.same_change('INSERT INTO t SELECT id + 100, (SELECT suite.largest()) + 1 FROM t', 't');
SELECT suite.same_change('DELETE FROM t WHERE v = (SELECT suite.largest())', 't');

-- Called for every row, a function that reads the table finds the rows changed so far; so do those of a cursor.
CREATE FUNCTION suite.next_value() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(v) + 1 FROM t); END';
CREATE FUNCTION suite.rows_now() RETURNS bigint LANGUAGE plpgsql STABLE AS 'BEGIN RETURN (SELECT count(*) FROM t); END';
-- what a statement leaves behind in the engine, as text; then it is undone
CREATE FUNCTION suite.left_behind(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	PERFORM set_config('search_path', 'eng, public', true);
	EXECUTE statement;
	SELECT string_agg(id || '=' || v, ' ' ORDER BY id) INTO result FROM t;
	RAISE EXCEPTION SQLSTATE 'UNDO0' USING MESSAGE = result;
EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
	RETURN SQLERRM;
END $$;
SELECT suite.check('a function finds the rows changed so far', suite.left_behind('UPDATE t SET v = suite.next_value() WHERE id < 4') = '1=3 2=4 3=5 4=1 5=2 6=0 7=1 8=2 9=0');
SELECT suite.check('one in a subquery is called once', suite.left_behind('UPDATE t SET v = (SELECT suite.next_value()) WHERE id < 4') = '1=3 2=3 3=3 4=1 5=2 6=0 7=1 8=2 9=0');
SET search_path = eng, public;
BEGIN;
DECLARE c CURSOR FOR SELECT id AS first, suite.rows_now() AS n FROM t ORDER BY id;
FETCH c \gset a_
INSERT INTO t VALUES (100, 0);
FETCH c \gset b_
DELETE FROM t WHERE id > 8;
FETCH c \gset c_
ROLLBACK;
SELECT suite.check('a function of a cursor finds what is written between its fetches', ARRAY[:a_n, :b_n, :c_n] = '{9,10,8}' AND ARRAY[:a_first, :b_first, :c_first] = '{1,2,3}');
RESET search_path;
