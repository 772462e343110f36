-- Errors of an engine have PostgreSQL's SQLSTATE, undo their statement, and the
-- session works on.
SELECT suite.tables($$
CREATE TABLE parent (id integer PRIMARY KEY, code varchar(5) UNIQUE);
CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id),
	n integer CHECK (n > 0), s varchar(5) NOT NULL, q numeric(5,2), i2 smallint);
$$);
SELECT suite.fill($$INSERT INTO parent VALUES (1, 'a'), (2, 'b'), (3, NULL)$$);
SELECT suite.fill($$INSERT INTO child VALUES (1, 1, 1, 'x', 1.5, 1), (2, 2, 2, 'y', 2.5, 2)$$);

-- duplicate keys
SELECT suite.same_change($$INSERT INTO parent VALUES (1, 'z')$$, 'parent');
SELECT suite.same_change($$INSERT INTO parent VALUES (7, 'a')$$, 'parent');
SELECT suite.same_change($$INSERT INTO parent VALUES (7, NULL), (8, NULL)$$, 'parent');
SELECT suite.same_change($$INSERT INTO parent VALUES (7, 'g'), (8, 'h'), (7, 'i')$$, 'parent');
SELECT suite.same_change($$UPDATE parent SET code = 'a' WHERE id = 3$$, 'parent');
SELECT suite.same_change($$UPDATE parent SET id = 1 WHERE id = 3$$, 'parent');
-- ON CONFLICT DO NOTHING skips them, and only them
SELECT suite.same_change($$INSERT INTO parent VALUES (1, 'z'), (7, 'g'), (8, 'a') ON CONFLICT DO NOTHING$$, 'parent');
SELECT suite.same_change($$INSERT INTO child VALUES (7, 99, 1, 'x') ON CONFLICT DO NOTHING$$, 'child');
SELECT suite.same_change($$INSERT INTO child VALUES (7, 1, 0, 'x') ON CONFLICT DO NOTHING$$, 'child');
SELECT suite.same_change($$INSERT INTO child VALUES (7, 1, 1, NULL) ON CONFLICT DO NOTHING$$, 'child');
-- foreign keys
SELECT suite.same_change($$INSERT INTO child VALUES (7, 99, 1, 'x')$$, 'child');
SELECT suite.same_change($$INSERT INTO child VALUES (7, NULL, 1, 'x')$$, 'child');
SELECT suite.same_change($$UPDATE child SET parent = 99 WHERE id = 1$$, 'child');
SELECT suite.same_change($$DELETE FROM parent WHERE id = 1$$, 'parent');
SELECT suite.same_change($$DELETE FROM parent WHERE id = 3$$, 'parent');
SELECT suite.same_change($$UPDATE parent SET id = 9 WHERE id = 1$$, 'parent');
-- NOT NULL and CHECK, also where the engine would not see it
SELECT suite.same_change($$INSERT INTO child (id, s) VALUES (7, NULL)$$, 'child');
SELECT suite.same_change($$UPDATE child SET s = NULL$$, 'child');
SELECT suite.same_change($$INSERT INTO child (id, s, n) VALUES (7, 'x', 0)$$, 'child');
SELECT suite.same_change($$UPDATE child SET n = -n WHERE id = 2$$, 'child');
SELECT suite.same_change($$UPDATE child SET n = NULL WHERE id = 2$$, 'child');
-- values that do not fit
SELECT suite.same_change($$UPDATE child SET s = 'too long'$$, 'child');
SELECT suite.same_change($$UPDATE child SET s = 'blank  '$$, 'child');
SELECT suite.same_change($$UPDATE child SET q = 1000$$, 'child');
SELECT suite.same_change($$UPDATE child SET q = 1.005$$, 'child');
SELECT suite.same_change($$UPDATE child SET i2 = 40000$$, 'child');
SELECT suite.same_change($$UPDATE child SET n = n / 0$$, 'child');
-- in a query
SELECT suite.same('SELECT 1 / (n - 1) FROM child');
SELECT suite.same('SELECT * FROM missing', expected => '42P01');
SELECT suite.same('SELECT missing FROM child', expected => '42703');

-- An error in an exception block undoes what the block did, and nothing else.
CREATE FUNCTION pg_temp.blocks() RETURNS text LANGUAGE plpgsql AS $$
DECLARE caught text := '';
BEGIN
	PERFORM set_config('search_path', 'eng, public', true);
	INSERT INTO parent VALUES (20, 'p20');
	BEGIN
		INSERT INTO parent VALUES (21, 'p21');
		INSERT INTO parent VALUES (21, 'p22');
	EXCEPTION WHEN unique_violation THEN caught := caught || SQLSTATE || ' ';
	END;
	BEGIN
		INSERT INTO child VALUES (21, 99, 1, 'x');
	EXCEPTION WHEN foreign_key_violation THEN caught := caught || SQLSTATE || ' ';
	END;
	INSERT INTO parent VALUES (23, 'p23');
	RETURN caught || (SELECT string_agg(id::text, ',' ORDER BY id) FROM parent WHERE id >= 20);
END $$;
SELECT suite.check('exception blocks', pg_temp.blocks() = '23505 23503 20,23');
SELECT suite.check('what they did is committed', count(*) = 2) FROM eng.parent WHERE id >= 20;
