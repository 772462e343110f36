\i test/setup.psql
-- SQLite keeps any form of a value in any column. Whatever is read as a value of the column's
-- type is that value for every condition, order, UPDATE and DELETE that is sent, too; a form
-- that they do not know is an error when it is read. Every form is asked alone, so that none
-- hides behind another, with pushdown and without.
\set url :sqlite 'forms.db'
SELECT binds.add('s', :'url');
CREATE TABLE declared (name text, declaration text);
INSERT INTO declared VALUES ('boolean', 'BOOLEAN'), ('reals', 'REAL'), ('doubles', 'DOUBLE'), ('numbers', 'NUMERIC'), ('integers', 'INTEGER'), ('texts', 'TEXT'), ('blobs', 'BLOB'), ('char36', 'CHAR(36) COLLATE NOCASE'), ('char32', 'CHAR(32)'), ('uuid', 'UUID'), ('blob16', 'BLOB(16)'), ('untyped', '');
SELECT count(binds.execute('s', format('CREATE TABLE %I (id INTEGER PRIMARY KEY, v %s)', name, declaration))) FROM declared;
-- the forms, as literals of SQLite
CREATE TABLE form (id int GENERATED ALWAYS AS IDENTITY, literal text);
INSERT INTO form (literal) VALUES ('0'), ('1'), ('2'), ('1.0'), ('0.0'), ('-0.0'), ('1.5'), ('0.5'), ('-1'), ('9e999'), ('20240102'), ($$'0'$$), ($$'1'$$), ($$'1.0'$$), ($$'0.0'$$), ($$'-0'$$), ($$'+1'$$), ($$' 1'$$), ($$'1e0'$$), ($$'5e-1'$$), ($$'1.50'$$), ($$'true'$$), ($$'a'$$), ($$''$$),
	($$x''$$), ($$x'00'$$), ($$x'01'$$), ($$x'30'$$), ($$x'31'$$), ($$x'61'$$), ($$x'312e35'$$), ($$'2024-01-02'$$), ($$'2024-01-02 03:04:05'$$), ($$'03:04:05'$$), ($$'P1D'$$), ($$'{"a": 1}'$$),
	($$CAST('2024-01-02' AS BLOB)$$), ($$CAST('2024-01-02 03:04:05' AS BLOB)$$), ($$CAST('03:04:05' AS BLOB)$$), ($$CAST('P1D' AS BLOB)$$), ($$CAST('{"a": 1}' AS BLOB)$$), ($$CAST('true' AS BLOB)$$),
	($$'0a000000-0000-0000-0000-00000000000b'$$), ($$'0A000000-0000-0000-0000-00000000000B'$$), ($$'0a00000000000000000000000000000b'$$), ($$'0A00000000000000000000000000000B'$$),
	($$x'0a00000000000000000000000000000b'$$), ($$CAST(x'0a00000000000000000000000000000b' AS TEXT)$$), ($$'0a0000000000000b'$$), ($$x'61616161616161616161616161616161'$$),
	($$CAST('0a000000-0000-0000-0000-00000000000b' AS BLOB)$$), ($$CAST('0a00000000000000000000000000000b' AS BLOB)$$), ('NULL');
\i test/answer.psql
CREATE FUNCTION conditions(type text, given text[]) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT format(c, 'v', format('%L::%s', g, type)) FROM unnest(given) g,
		unnest(ARRAY['%1$s = %2$s', '%1$s <> %2$s', '%1$s < %2$s', '%1$s >= %2$s', '%1$s IN (%2$s, %2$s)', '%1$s NOT IN (%2$s)', '%1$s IS DISTINCT FROM %2$s', '%1$s = ANY (ARRAY[NULL, %2$s])']) c
	UNION ALL SELECT unnest(ARRAY['v IS NULL', 'v IS NOT NULL', 'v = v'])
	UNION ALL SELECT unnest(ARRAY['v', 'NOT v', 'v IS TRUE', 'v IS NOT TRUE', 'v IS FALSE', 'v IS NOT FALSE', 'v IS UNKNOWN', 'coalesce(v, true)', 'CASE WHEN v THEN false ELSE true END']) WHERE type = 'boolean' $$;
CREATE FUNCTION shapes() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT unnest(ARRAY['SELECT string_agg(id::text, '','') FROM f WHERE %s', 'WITH d AS (DELETE FROM f WHERE %s RETURNING id) SELECT string_agg(id::text, '','') FROM d',
		'WITH u AS (UPDATE f SET v = v WHERE %s RETURNING id) SELECT string_agg(id::text, '','') FROM u']) $$;
-- One type in one column: how each form is read, and what is WRONG.
CREATE FUNCTION probe(declared text, type text, given text[]) RETURNS TABLE (as_read text, forms text) LANGUAGE plpgsql AS $$
DECLARE one record; query text; here text; there text; seen text; readable text[] := '{}';
BEGIN
	EXECUTE format('CREATE FOREIGN TABLE f (id int OPTIONS (key ''true''), v %s) SERVER s OPTIONS (table_name %L)', type, declared);
	CREATE TEMP TABLE found (form text, seen text);
	FOR one IN SELECT * FROM form ORDER BY id LOOP
		PERFORM binds.execute('s', format('DELETE FROM %I', declared));
		PERFORM binds.execute('s', format('INSERT INTO %I VALUES (%s, %s)', declared, one.id, one.literal));
		seen := answer(false, 'SELECT v FROM f');
		INSERT INTO found VALUES (one.literal, seen);
		IF seen !~ '^2....$' THEN
			readable := readable || format('(%s, %s)', one.id, one.literal);
		END IF;
		FOR query IN SELECT format(s, c) FROM shapes() s, conditions(type, given) c LOOP
			here := answer(false, query);
			there := answer(true, query);
			IF there <> here AND NOT (here ~ '^2[02]...$' AND there = 'none') THEN
				INSERT INTO found VALUES (one.literal, format('WRONG: %s, not %s: %s', there, here, query));
			END IF;
		END LOOP;
	END LOOP;
	-- all that can be read together
	PERFORM binds.execute('s', format('DELETE FROM %I', declared));
	PERFORM binds.execute('s', format('INSERT INTO %I VALUES %s', declared, array_to_string(readable, ', ')));
	FOR query IN SELECT 'SELECT string_agg(id::text, '','') FROM (SELECT id FROM f ORDER BY ' || o || ' LIMIT 30) q' FROM unnest(ARRAY['v, id', 'v DESC NULLS LAST, id']) o
		UNION ALL SELECT format(s, c) FROM shapes() s, conditions(type, given) c
		UNION ALL SELECT 'SELECT count(*) FROM f a JOIN f b ON a.v = b.v' LOOP
		here := answer(false, query);
		there := answer(true, query);
		IF NOT (SELECT array_agg(i ORDER BY query ~ 'ORDER' AND true, CASE WHEN query ~ 'ORDER' THEN n ELSE 0 END, i) FROM regexp_split_to_table(here, ',') WITH ORDINALITY a (i, n)) =
			(SELECT array_agg(i ORDER BY query ~ 'ORDER' AND true, CASE WHEN query ~ 'ORDER' THEN n ELSE 0 END, i) FROM regexp_split_to_table(there, ',') WITH ORDINALITY a (i, n)) THEN
			INSERT INTO found VALUES ('all', format('WRONG: %s, not %s: %s', there, here, query));
		END IF;
	END LOOP;
	RETURN QUERY SELECT f.seen, string_agg(f.form, '  ' ORDER BY f.form COLLATE "C") FROM found f GROUP BY 1 ORDER BY f.seen COLLATE "C";
	DROP FOREIGN TABLE f;
	DROP TABLE found;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT * FROM probe('boolean', 'boolean', '{t,f}');
SELECT * FROM probe('reals', 'boolean', '{t,f}');
SELECT * FROM probe('doubles', 'boolean', '{t,f}');
SELECT * FROM probe('numbers', 'boolean', '{t,f}');
SELECT * FROM probe('integers', 'boolean', '{t,f}');
SELECT * FROM probe('texts', 'boolean', '{t,f}');
SELECT * FROM probe('blobs', 'boolean', '{t,f}');
-- what is written comes back, is found, and changed
CREATE TABLE written AS SELECT name FROM declared WHERE name IN ('boolean', 'reals', 'doubles', 'numbers', 'integers', 'texts', 'blobs', 'untyped');
CREATE FUNCTION write(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE seen text;
BEGIN
	PERFORM binds.execute('s', format('DELETE FROM %I', name));
	EXECUTE format('CREATE FOREIGN TABLE w (id int OPTIONS (key ''true''), v boolean) SERVER s OPTIONS (table_name %L)', name);
	INSERT INTO w VALUES (1, true), (2, false), (3, NULL), (4, false);
	UPDATE w SET v = NOT v WHERE id IN (2, 3);
	UPDATE w SET v = true WHERE v IS NULL;
	DELETE FROM w WHERE NOT v;
	SELECT string_agg(id || v::text, ' ' ORDER BY id) INTO seen FROM w WHERE v;
	DROP FOREIGN TABLE w;
	RETURN seen;
END $$;
SELECT write(name), string_agg(name, ' ' ORDER BY name) FROM written GROUP BY 1;
SELECT * FROM probe('char36', 'uuid', '{0a000000-0000-0000-0000-00000000000b}');
SELECT * FROM probe('char32', 'uuid', '{0a000000-0000-0000-0000-00000000000b}');
SELECT * FROM probe('uuid', 'uuid', '{0a000000-0000-0000-0000-00000000000b}');
SELECT * FROM probe('blob16', 'uuid', '{0a000000-0000-0000-0000-00000000000b}');
SELECT * FROM probe('untyped', 'uuid', '{0a000000-0000-0000-0000-00000000000b}');
-- the errors say what is read, and the way out
SELECT count(binds.execute('s', q)) FROM unnest(ARRAY['DELETE FROM "boolean"', $$INSERT INTO "boolean" VALUES (1, x'01')$$, 'DELETE FROM char36', $$INSERT INTO char36 VALUES (1, CAST('0a000000-0000-0000-0000-00000000000b' AS BLOB))$$]) q;
CREATE FOREIGN TABLE truths (id int OPTIONS (key 'true'), v boolean) SERVER s OPTIONS (table_name 'boolean');
CREATE FOREIGN TABLE names (id int OPTIONS (key 'true'), v uuid) SERVER s OPTIONS (table_name 'char36');
SELECT v FROM truths;
DELETE FROM truths WHERE v IS NOT TRUE;
SELECT v FROM names WHERE v <> '0a000000-0000-0000-0000-00000000000b';
ALTER FOREIGN TABLE names ALTER COLUMN v TYPE bytea;
SELECT convert_from(v, 'UTF8') FROM names;
