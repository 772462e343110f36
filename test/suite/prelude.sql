-- prelude.sql - what cases of test/suite are made of.
--
-- :dialect, :url and :dir are set.  A file makes its tables once, by suite.tables:
-- a foreign table of the bind "eng" in schema eng, and an ordinary table of the same
-- definition, its twin, in schema twin.  Cases name tables without a schema and run
-- with eng or twin in the search_path:
--
--	SELECT suite.tables($$CREATE TABLE t (...); ...$$);
--	SELECT suite.fill($$INSERT INTO t ...$$);	-- both sides, must not fail
--	SELECT suite.same('SELECT ...');		-- pushdown on, off and twin agree
--	SELECT suite.same('SELECT ... ORDER BY', true);	-- in their order as well
--	SELECT suite.same_change('UPDATE ...', 't');	-- result and table t agree
--			-- then; rolled back
--	SELECT suite.fails('INSERT ...', '23505');	-- both ways, on eng only
--	SELECT suite.sent('SELECT ...');		-- nothing is left to filter here
--	SELECT suite.kept('SELECT ...');		-- something is
--	SELECT suite.check('what must hold', boolean);
--
-- An error is an answer, too: same and same_change compare its SQLSTATE.  One of class 42
-- means that the statement is wrong, as it would be without a bind, and shows nothing: such
-- a case fails, unless the last argument is the SQLSTATE that it is about.
\set ON_ERROR_STOP off
SET client_min_messages = warning;
SET timezone = 'Europe/Berlin';
SET binds.bind_key = '';	-- local tables in the bind's schema stay local
CREATE EXTENSION binds;
CREATE SCHEMA suite;
CREATE SCHEMA eng;
CREATE SCHEMA twin;
SELECT binds.add('eng', :'url', '{"schema": "eng"}') \g /dev/null
CREATE TABLE suite.dialect AS SELECT :'dialect'::text AS name;
CREATE FUNCTION suite.is(text) RETURNS boolean LANGUAGE sql
	AS 'SELECT name = $1 FROM suite.dialect';

-- DDL for both sides; statements are separated by ";" at the end of a line.
CREATE FUNCTION suite.tables(ddl text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE statement text;
BEGIN
	PERFORM set_config('search_path', 'twin, public', true);
	FOREACH statement IN ARRAY regexp_split_to_array(ddl, ';\s*(\n|$)') LOOP
		IF statement ~ '\S' THEN EXECUTE statement; END IF;
	END LOOP;
	PERFORM set_config('search_path', 'public', true);
	PERFORM binds.define(ddl, 'eng');
	PERFORM binds.create_all('eng');
END $$;

CREATE FUNCTION suite.fill(statement text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE side text;
BEGIN
	FOREACH side IN ARRAY '{twin,eng}'::text[] LOOP
		PERFORM set_config('search_path', side || ', public', true);
		EXECUTE statement;
	END LOOP;
END $$;

-- Rows of a query as text, or its error.
CREATE FUNCTION suite.answer(query text, side text, pushdown boolean, ordered boolean)
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE result text[] := '{}'; r record;
BEGIN
	PERFORM set_config('search_path', side || ', public', true);
	PERFORM set_config('binds.pushdown', pushdown::text, true);
	FOR r IN EXECUTE query LOOP
		result := result || r::text;
	END LOOP;
	IF NOT ordered THEN
		result := ARRAY(SELECT u FROM unnest(result) u ORDER BY u COLLATE "C");
	END IF;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN ARRAY['error ' || SQLSTATE, SQLERRM];
END $$;

-- Is a what the twin answers, b?  An error of class 42 must be expected.
CREATE FUNCTION suite.equal(a text[], b text[], expected text DEFAULT NULL)
RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE
		WHEN expected IS NOT NULL OR b[1] LIKE 'error 42%'
			THEN coalesce(a[1] = b[1] AND b[1] = 'error ' || expected, false)
		ELSE a = b OR coalesce(a[1] LIKE 'error %' AND a[1] = b[1], false) END
$$;

-- What differs, in a few lines.
CREATE FUNCTION suite.difference(what text, a text[], b text[], expected text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
	SELECT E'\n#   ' || what || ': ' || cardinality(a) || ' rows, twin '
		|| cardinality(b) || ' rows'
		|| coalesce((SELECT string_agg(E'\n#     ' || what || ' ' || left(u, 300), '')
			FROM (SELECT unnest(a) u EXCEPT ALL SELECT unnest(b) LIMIT 3) x), '')
		|| coalesce((SELECT string_agg(E'\n#     twin ' || left(u, 300), '')
			FROM (SELECT unnest(b) u EXCEPT ALL SELECT unnest(a) LIMIT 3) x), '')
		|| CASE WHEN expected IS NOT NULL THEN ', not error ' || expected
			WHEN b[1] LIKE 'error 42%' THEN ': ' || b[2] ELSE '' END
	WHERE NOT suite.equal(a, b, expected)
$$;

CREATE FUNCTION suite.line(ok boolean, what text, detail text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN ok THEN 'ok - ' ELSE 'not ok - ' END
		|| regexp_replace(what, '\s+', ' ', 'g')
		|| CASE WHEN ok THEN '' ELSE coalesce(detail, '') END
$$;

CREATE FUNCTION suite.same(query text, ordered boolean DEFAULT false,
	expected text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	twin text[] := suite.answer(query, 'twin', true, ordered);
	sent text[] := suite.answer(query, 'eng', true, ordered);
	kept text[] := suite.answer(query, 'eng', false, ordered);
BEGIN
	RETURN suite.line(suite.equal(sent, twin, expected) AND suite.equal(kept, twin, expected),
		query || ' [' || CASE WHEN twin[1] LIKE 'error %' THEN twin[1]
			ELSE cardinality(twin)::text END || ']',
		concat(suite.difference('on', sent, twin, expected),
			suite.difference('off', kept, twin, expected)));
END $$;

-- Rows that a statement returns, then the table's rows after it; undone afterwards.
CREATE FUNCTION suite.effect(statement text, target text, side text, pushdown boolean)
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE result text[]; n bigint;
BEGIN
	BEGIN
		IF statement ~* '\mreturning\M' THEN
			result := suite.answer(statement, side, pushdown, false);
		ELSE
			PERFORM set_config('search_path', side || ', public', true);
			PERFORM set_config('binds.pushdown', pushdown::text, true);
			EXECUTE statement;
			GET DIAGNOSTICS n = ROW_COUNT;
			result := ARRAY['count ' || n];
		END IF;
		IF result[1] NOT LIKE 'error %' THEN
			result := result || '--'::text
				|| suite.answer('SELECT * FROM ' || target, side, pushdown, false);
		END IF;
		RAISE EXCEPTION USING ERRCODE = 'P9999', MESSAGE = 'undo';
	EXCEPTION
		WHEN SQLSTATE 'P9999' THEN NULL;
		WHEN OTHERS THEN result := ARRAY['error ' || SQLSTATE, SQLERRM];
	END;
	RETURN result;
END $$;

CREATE FUNCTION suite.same_change(statement text, target text, expected text DEFAULT NULL)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	before text[] := suite.answer('SELECT * FROM ' || target, 'eng', true, false);
	twin text[] := suite.effect(statement, target, 'twin', true);
	sent text[] := suite.effect(statement, target, 'eng', true);
	kept text[] := suite.effect(statement, target, 'eng', false);
	after text[] := suite.answer('SELECT * FROM ' || target, 'eng', true, false);
BEGIN
	RETURN suite.line(suite.equal(sent, twin, expected) AND suite.equal(kept, twin, expected)
			AND before = after,
		statement || ' [' || twin[1] || ']',
		concat(suite.difference('on', sent, twin, expected),
			suite.difference('off', kept, twin, expected),
			CASE WHEN before <> after THEN E'\n#   not rolled back' END));
END $$;

CREATE FUNCTION suite.fails(statement text, code text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	sent text[] := suite.effect(statement, '(SELECT 1) x', 'eng', true);
	kept text[] := suite.effect(statement, '(SELECT 1) x', 'eng', false);
BEGIN
	RETURN suite.line(sent[1] = 'error ' || code AND kept[1] = 'error ' || code,
		left(statement, 200) || ' [' || code || ']', E'\n#   on: '
		|| array_to_string(sent[1:2], ' ') || E'\n#   off: '
		|| array_to_string(kept[1:2], ' '));
END $$;

-- The plan's lines; with pushdown as it is set.
CREATE FUNCTION suite.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('search_path', 'eng, public', true);
	RETURN QUERY EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query;
END $$;

CREATE FUNCTION suite.sent(query text) RETURNS text LANGUAGE sql AS $$
	SELECT suite.line(bool_and(p !~ '^\s*(Filter|Join Filter|Sort Key):'), 'sent: ' || query,
		E'\n#   ' || string_agg(p, E'\n#   ')) FROM suite.plan(query) p
$$;

CREATE FUNCTION suite.kept(query text) RETURNS text LANGUAGE sql AS $$
	SELECT suite.line(bool_or(p ~ '^\s*(Filter|Join Filter|Sort Key):'), 'kept: ' || query,
		E'\n#   ' || string_agg(p, E'\n#   ')) FROM suite.plan(query) p
$$;

CREATE FUNCTION suite.check(what text, holds boolean) RETURNS text LANGUAGE sql AS $$
	SELECT suite.line(coalesce(holds, false), what)
$$;
