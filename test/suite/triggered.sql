-- Rows that a trigger or function changes in the middle of an UPDATE or DELETE: nothing is overwritten without a word.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
CREATE TABLE two (k1 integer, k2 varchar(20), a integer, PRIMARY KEY (k1, k2));
CREATE TABLE log (id integer PRIMARY KEY, what text);
$$);
SELECT suite.fill('INSERT INTO t SELECT g, g * 10, ''r'' || g FROM generate_series(1, 5) g');
SELECT suite.fill('INSERT INTO two SELECT g, ''K'' || g, g FROM generate_series(1, 3) g');
SELECT suite.fill('INSERT INTO log VALUES (1, ''one''), (2, ''two'')');

-- what the trigger does is in its setting: a statement, with $1 for the row's id
CREATE FUNCTION suite.act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF current_setting('suite.act', true) <> '' THEN
		EXECUTE current_setting('suite.act') USING OLD.id;
	END IF;
	IF current_setting('suite.skip', true) = 'on' THEN RETURN NULL; END IF;
	RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
SELECT suite.fill('CREATE TRIGGER act BEFORE UPDATE OR DELETE ON t FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION suite.act()');
CREATE FUNCTION suite.acts(act text, statement text, target text DEFAULT 't') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('suite.act', act, true);
	RETURN suite.same_change(statement, target) || ' with ' || act;
END $$;

-- the same row
SELECT suite.acts(act, statement)
FROM unnest(ARRAY['UPDATE t SET b = ''trigger'' WHERE id = $1', 'UPDATE t SET a = a + 1 WHERE id = $1', 'DELETE FROM t WHERE id = $1', 'DELETE FROM t', 'UPDATE t SET id = id + 100 WHERE id = $1', 'UPDATE t SET a = a WHERE id = $1', '']) act,
	unnest(ARRAY['UPDATE t SET a = 0 WHERE id = 2', 'UPDATE t SET a = 0', 'DELETE FROM t WHERE id = 2', 'DELETE FROM t', 'UPDATE t SET id = id + 50 WHERE id > 3', 'UPDATE t SET a = 1 WHERE id = 2 RETURNING id, a, b', 'UPDATE t SET a = l.id FROM log l WHERE t.id = l.id', 'DELETE FROM t USING log l WHERE t.id = l.id']) statement;
-- another row, one that was changed before, and none
SELECT suite.acts('UPDATE t SET b = b || ''+'' WHERE id = 5 AND $1 = 5', 'UPDATE t SET a = 0');
SELECT suite.acts('UPDATE t SET b = b || ''+'' WHERE id = 1 AND $1 = 5', 'UPDATE t SET a = 0 WHERE id > 2');
SELECT suite.acts('DELETE FROM t WHERE id = 1 AND $1 = 5', 'DELETE FROM t WHERE id > 2');
SELECT suite.acts('UPDATE t SET b = ''x'' WHERE id = $1 + 100', 'UPDATE t SET a = 0');
SELECT suite.acts('INSERT INTO t VALUES ($1 + 100, 1, ''new'')', 'UPDATE t SET a = 0 WHERE id < 100');
SELECT suite.acts('UPDATE log SET what = what || $1', 'UPDATE t SET a = 0', 'log');
-- a skipped row is not overwritten
SET suite.skip = on;
SELECT suite.acts('UPDATE t SET b = ''trigger'' WHERE id = $1', 'UPDATE t SET a = 0');
SELECT suite.acts('DELETE FROM t WHERE id = $1', 'DELETE FROM t');
RESET suite.skip;
-- a change that an exception has undone is none
SELECT suite.acts('DO $x$ BEGIN UPDATE t SET b = ''undone'' WHERE id = 2; RAISE EXCEPTION ''x''; EXCEPTION WHEN OTHERS THEN NULL; END $x$', 'UPDATE t SET a = 0 WHERE id = 2');
SELECT suite.acts('DO $x$ BEGIN UPDATE t SET b = ''undone'' WHERE id = 2; RAISE EXCEPTION ''x''; EXCEPTION WHEN OTHERS THEN UPDATE t SET b = ''kept'' WHERE id = 2; END $x$', 'UPDATE t SET a = 0 WHERE id = 2');
SELECT suite.acts('DO $x$ BEGIN UPDATE t SET b = ''kept'' WHERE id = 2; EXCEPTION WHEN OTHERS THEN NULL; END $x$', 'DELETE FROM t WHERE id = 2');

-- a function in the statement does it; keys of several columns and of text
SET suite.act = '';
CREATE FUNCTION suite.touch(text, integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN EXECUTE $1 USING $2; RETURN $2; END $$;
SELECT suite.same_change('UPDATE t SET a = suite.touch(''UPDATE t SET b = ''''f'''' WHERE id = $1'', id) WHERE id < 3', 't');
SELECT suite.same_change('DELETE FROM t WHERE id = 3 AND suite.touch(''UPDATE t SET b = ''''f'''' WHERE id = $1'', id) = 3', 't');
SELECT suite.same_change('UPDATE two SET a = suite.touch(''UPDATE two SET a = 9 WHERE k1 = $1'', k1) WHERE k1 < 3', 'two');
SELECT suite.same_change('UPDATE two SET a = suite.touch(''UPDATE two SET k2 = lower(k2) WHERE k1 = $1'', k1)', 'two');
SELECT suite.same_change('UPDATE two SET k2 = k2 || suite.touch(''UPDATE log SET what = what || $1'', k1)', 'two');

-- two parts of one command: one of them changes the row
SELECT suite.same_change('WITH x AS (UPDATE t SET a = a + 1 WHERE id = 2) UPDATE t SET b = ''other'' WHERE id = 3', 't');
SELECT suite.check('two parts change a row once', (suite.effect('WITH x AS (UPDATE t SET a = a + 1 WHERE id = 2) UPDATE t SET a = a + 1 WHERE id = 2', 't', 'eng', true))[2:] @> ARRAY['(2,21,r2)']);
SELECT suite.check('nor after it was deleted', (suite.effect('WITH x AS (DELETE FROM t WHERE id = 2 RETURNING id), y AS (UPDATE t SET a = 0 WHERE id = 2 RETURNING id) SELECT 1', 't', 'eng', true))[1] NOT LIKE 'error%');
