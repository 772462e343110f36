\i test/setup.psql
-- A uuid in columns of MySQL that others have filled: whatever is read as one is that one for every condition that is
-- sent, too, with capitals and without hyphens; what the server compares as something else is an error when it is read.
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
SELECT binds.define('CREATE TABLE own (id int PRIMARY KEY, v uuid)', 's') \g /dev/null
SELECT action FROM binds.create_all('s');
\! $MY users -e "CREATE TABLE c36 (id int PRIMARY KEY, v char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci); CREATE TABLE v40 (id int PRIMARY KEY, v varchar(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci); CREATE TABLE c32 (id int PRIMARY KEY, v char(32) CHARACTER SET ascii COLLATE ascii_general_ci); CREATE TABLE u2 (id int PRIMARY KEY, v varchar(36) CHARACTER SET ucs2 COLLATE ucs2_general_ci); CREATE TABLE bin (id int PRIMARY KEY, v varchar(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin); CREATE TABLE b16 (id int PRIMARY KEY, v binary(16)); CREATE TABLE b36 (id int PRIMARY KEY, v varbinary(36)); CREATE TABLE t (id int PRIMARY KEY, v text)"
CREATE FOREIGN TABLE s.c36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.v40 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.c32 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.u2 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.bin (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.b16 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.b36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.t (id int, v uuid) SERVER s;
CREATE TABLE form (id int, value text);
INSERT INTO form VALUES (1, '0a000000-0000-0000-0000-00000000000b'), (2, '0A000000-0000-0000-0000-00000000000B'), (3, '0a00000000000000000000000000000b'), (4, '0A00000000000000000000000000000B'), (5, '0a000000-0000-0000-0000-00000000000b '), (6, 'x'), (7, ''), (8, '0á000000-0000-0000-0000-00000000000b'), (9, '0a00000000000000000000000000000b    ');
CREATE FUNCTION answer(pushdown bool, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
  PERFORM set_config('binds.pushdown', pushdown::text, true);
  EXECUTE query INTO result;
  RAISE EXCEPTION USING errcode = 'R0000', message = coalesce(result, 'none');
EXCEPTION
  WHEN SQLSTATE 'R0000' THEN RETURN SQLERRM;
  WHEN data_exception THEN RETURN SQLSTATE;
END $$;
-- How each form is read in a column, and what another answer is given to with pushdown.
CREATE FUNCTION probe(tab text, prefix text) RETURNS TABLE (form int, seen text, wrong text) LANGUAGE plpgsql AS $$
DECLARE one form; query text; here text; there text;
BEGIN
  FOR one IN SELECT * FROM form f ORDER BY f.id LOOP
    PERFORM binds.execute('s', 'DELETE FROM ' || tab);
    form := one.id; wrong := NULL;
    BEGIN
      PERFORM binds.execute('s', format('INSERT INTO %s VALUES (1, %s)', tab, CASE WHEN prefix = 'x' THEN format('X''%s''', replace(one.value, '-', '')) ELSE quote_literal(one.value) END));
    EXCEPTION WHEN OTHERS THEN seen := 'not stored'; RETURN NEXT; CONTINUE;
    END;
    seen := answer(false, 'SELECT v FROM s.' || tab);
    FOR query IN SELECT format(shape, tab, replace(c, 'X', '''0a000000-0000-0000-0000-00000000000b''')) FROM unnest('{v = X,v <> X,v IN (X),v IS DISTINCT FROM X,v < X,v >= X,v IS NOT NULL,v = v}'::text[]) c,
        unnest('{SELECT count(*) FROM s.%s WHERE %s,WITH d AS (DELETE FROM s.%s WHERE %s RETURNING 1) SELECT count(*) FROM d,WITH u AS (UPDATE s.%s SET v = v WHERE %s RETURNING 1) SELECT count(*) FROM u}'::text[]) shape LOOP
      here := answer(false, query);
      there := answer(true, query);
      IF there <> here AND NOT (here = '22P02' AND there = '0') THEN
        wrong := concat_ws('; ', wrong, there || ', not ' || here || ': ' || query);
      END IF;
    END LOOP;
    RETURN NEXT;
  END LOOP;
END $$;
SELECT * FROM probe('own', '');
SELECT * FROM probe('c36', '');
SELECT * FROM probe('v40', '');
SELECT * FROM probe('c32', '');
SELECT * FROM probe('u2', '');
SELECT * FROM probe('bin', '');
SELECT * FROM probe('b16', 'x');
SELECT * FROM probe('b36', '');
SELECT * FROM probe('t', '');
-- what is written, and the error
SELECT binds.execute('s', 'DELETE FROM b36');
INSERT INTO s.b36 VALUES (1, '0A000000-0000-0000-0000-00000000000B');
SELECT binds.query('s', 'SELECT CAST(v AS char) AS v FROM b36');
SELECT binds.execute('s', 'DELETE FROM own');
SELECT binds.execute('s', $$INSERT INTO own VALUES (1, '0A000000-0000-0000-0000-00000000000B')$$);
SELECT v FROM s.own;
