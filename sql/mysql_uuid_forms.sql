\i test/setup.psql
-- A uuid in columns of MySQL that others have filled: whatever is read as one is that one for every condition that is
-- sent, too, with capitals and without hyphens; what the server compares as something else is an error when it is read.
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
SELECT binds.define('CREATE TABLE own (id int PRIMARY KEY, v uuid)', 's') \g /dev/null
SELECT action FROM binds.create_all('s');
\! $MY users -e "CREATE TABLE c36 (id int PRIMARY KEY, v char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci); CREATE TABLE v40 (id int PRIMARY KEY, v varchar(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci); CREATE TABLE c32 (id int PRIMARY KEY, v char(32) CHARACTER SET ascii COLLATE ascii_general_ci); CREATE TABLE u2 (id int PRIMARY KEY, v varchar(36) CHARACTER SET ucs2 COLLATE ucs2_general_ci); CREATE TABLE bin (id int PRIMARY KEY, v varchar(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin); CREATE TABLE b16 (id int PRIMARY KEY, v binary(16)); CREATE TABLE b36 (id int PRIMARY KEY, v varbinary(36)); CREATE TABLE t (id int PRIMARY KEY, v text); CREATE TABLE da (id int PRIMARY KEY, v char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_danish_ci); CREATE TABLE l1 (id int PRIMARY KEY, v char(36) CHARACTER SET latin1 COLLATE latin1_danish_ci)"
CREATE FOREIGN TABLE s.c36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.v40 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.c32 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.u2 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.bin (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.b16 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.b36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.t (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.da (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.l1 (id int, v uuid) SERVER s;
CREATE TABLE form (id int, value text);
INSERT INTO form VALUES (1, '0a000000-0000-0000-0000-00000000000b'), (2, '0A000000-0000-0000-0000-00000000000B'), (3, '0a00000000000000000000000000000b'), (4, '0A00000000000000000000000000000B'), (5, '0a000000-0000-0000-0000-00000000000b '), (6, 'x'), (7, ''), (8, '0á000000-0000-0000-0000-00000000000b'), (9, '0a00000000000000000000000000000b    ');
\i test/answer.psql
-- How each form is read in a column, and what another answer is given to with pushdown.
CREATE FUNCTION probe(tab text, prefix text, given uuid DEFAULT '0a000000-0000-0000-0000-00000000000b') RETURNS TABLE (form int, seen text, wrong text) LANGUAGE plpgsql AS $$
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
    FOR query IN SELECT format(shape, tab, replace(c, 'X', quote_literal(given))) FROM unnest('{v = X,v <> X,v IN (X),v IS DISTINCT FROM X,v < X,v >= X,v IS NOT NULL,v = v}'::text[]) c,
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
-- where "aa" and "AA" are one letter and "aA" are two, case counts although the collation says that it does not
TRUNCATE form;
INSERT INTO form VALUES (1, 'aaa00000-0000-0000-0000-0000000000aa'), (2, 'aAA00000-0000-0000-0000-0000000000aA'), (3, 'AAA00000-0000-0000-0000-0000000000AA'), (4, 'AaA000000000000000000000000000aA');
SELECT * FROM probe('da', '', 'aaa00000-0000-0000-0000-0000000000aa');
SELECT * FROM probe('l1', '', 'aaa00000-0000-0000-0000-0000000000aa');
SELECT * FROM probe('c36', '', 'aaa00000-0000-0000-0000-0000000000aa');
-- no collation of this server that tells cases apart somewhere in a uuid has a condition sent
CREATE TABLE collations AS SELECT coalesce(l ->> 'full_collation_name', l ->> 'collation_name') AS name, l ->> 'character_set_name' AS charset
  FROM binds.query('s', 'SELECT * FROM information_schema.collation_character_set_applicability') query, LATERAL (SELECT jsonb_object_agg(lower(key), value) AS l FROM jsonb_each(query::jsonb)) o
  WHERE coalesce(l ->> 'full_collation_name', l ->> 'collation_name') ~ '_ci$';
SELECT string_agg(format('`%s` char(8) CHARACTER SET %s COLLATE %s', name, charset, name), ', ') AS columns FROM collations \gset
\setenv COLUMNS_OF_ALL :columns
\! $MY users -e "CREATE TABLE every (id int, $COLUMNS_OF_ALL) ENGINE=MyISAM"
DO $$ BEGIN EXECUTE (SELECT format('CREATE FOREIGN TABLE s.every (id int, %s) SERVER s', string_agg(quote_ident(name) || ' uuid', ', ')) FROM collations); END $$;
CREATE FUNCTION sends(collation_name text) RETURNS bool LANGUAGE plpgsql AS $$
DECLARE line text; sent bool := false;
BEGIN
  FOR line IN EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF) SELECT FROM s.every WHERE %I = ''0a000000-0000-0000-0000-00000000000b''', collation_name) LOOP
    sent := sent OR line ~ 'Remote SQL.* WHERE';
  END LOOP;
  RETURN sent;
END $$;
CREATE FUNCTION operand(value text, charset text, collation_name text) RETURNS text LANGUAGE sql AS $$
  SELECT format('CONVERT(%L USING %s) COLLATE %s', value, charset, collation_name) $$;
CREATE FUNCTION folds(charset text, collation_name text) RETURNS bool LANGUAGE sql AS $$
  SELECT query ->> 'same' = '1' FROM (SELECT string_agg(a || b || '-', '') AS low, string_agg(upper(a) || b || '-', '') AS first, string_agg(a || upper(b) || '-', '') AS second
    FROM regexp_split_to_table('0123456789abcdef', '') a, regexp_split_to_table('0123456789abcdef', '') b) s,
  LATERAL binds.query('s', format('SELECT %1$s = %2$s AND %1$s = %3$s AND %1$s = %4$s AS same', operand(low, $1, $2), operand(upper(low), $1, $2), operand(first, $1, $2), operand(second, $1, $2))) query $$;
CREATE TABLE judged AS SELECT name, sends(name), folds(charset, name) FROM collations;
SELECT name AS wrong FROM judged WHERE sends AND NOT folds;
SELECT count(*) > 100 AS many FROM judged WHERE sends;
SELECT * FROM judged WHERE name IN ('utf8mb4_danish_ci', 'ucs2_danish_ci', 'latin1_danish_ci', 'utf8mb4_general_ci', 'utf8mb4_unicode_ci', 'ascii_general_ci') ORDER BY name;
-- what is written, and the error
SELECT binds.execute('s', 'DELETE FROM b36');
INSERT INTO s.b36 VALUES (1, '0A000000-0000-0000-0000-00000000000B');
SELECT binds.query('s', 'SELECT CAST(v AS char) AS v FROM b36');
SELECT binds.execute('s', 'DELETE FROM own');
SELECT binds.execute('s', $$INSERT INTO own VALUES (1, '0A000000-0000-0000-0000-00000000000B')$$);
SELECT v FROM s.own;
-- A column as create_all makes it is compared by its characters, whoever has declared the foreign table: after attach, or
-- where the engine is asked, an UPDATE by the key finds its row by the key.
SELECT binds.define('CREATE TABLE made (id uuid PRIMARY KEY, n int)', 's') \g /dev/null
SELECT action FROM binds.create_all('s');
INSERT INTO s.made SELECT md5(n::text)::uuid, n FROM generate_series(1, 9) n;
CREATE FOREIGN TABLE s.asked (id uuid OPTIONS (key 'true'), n int) SERVER s OPTIONS (table_name 'made');
EXPLAIN (VERBOSE, COSTS OFF) UPDATE s.asked SET n = n + 10 WHERE id = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b';
SELECT * FROM binds.attach('s.asked');
SELECT * FROM binds.attach('s.made');
EXPLAIN (VERBOSE, COSTS OFF) UPDATE s.asked SET n = n + 10 WHERE id = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b';
EXPLAIN (VERBOSE, COSTS OFF) SELECT n FROM s.made WHERE id > 'C4CA4238-A0B9-2382-0DCC-509A6F75849B' ORDER BY id LIMIT 2;
UPDATE s.asked SET n = n + 10 WHERE id = 'C4CA4238-A0B9-2382-0DCC-509A6F75849B' RETURNING *;
-- also of a column that is added
SELECT binds.define('ALTER TABLE made ADD v uuid', 's') \g /dev/null
ALTER FOREIGN TABLE s.made ADD v uuid;
\! $MY users -e "ALTER TABLE made ADD v CHAR(36) CHARACTER SET ascii COLLATE ascii_bin"
EXPLAIN (VERBOSE, COSTS OFF) DELETE FROM s.made WHERE v = '0a000000-0000-0000-0000-00000000000b';
-- others' forms are an error there, and read in any other column of code points
TRUNCATE form;
INSERT INTO form VALUES (1, '0a000000-0000-0000-0000-00000000000b'), (2, '0A000000-0000-0000-0000-00000000000B'), (3, '0a00000000000000000000000000000b'), (4, '');
\! $MY users -e "CREATE TABLE bin36 (id int PRIMARY KEY, v char(36) CHARACTER SET ascii COLLATE ascii_bin); CREATE TABLE vbin36 (id int PRIMARY KEY, v varchar(36) CHARACTER SET ascii COLLATE ascii_bin); CREATE TABLE ubin36 (id int PRIMARY KEY, v char(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin); CREATE TABLE bin40 (id int PRIMARY KEY, v char(40) CHARACTER SET ascii COLLATE ascii_bin)"
CREATE FOREIGN TABLE s.bin36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.vbin36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.ubin36 (id int, v uuid) SERVER s;
CREATE FOREIGN TABLE s.bin40 (id int, v uuid) SERVER s;
SELECT * FROM probe('bin36', '');
SELECT * FROM probe('vbin36', '');
SELECT * FROM probe('ubin36', '');
SELECT * FROM probe('bin40', '');

-- A key of which two rows have two forms: what is read as the same value does not find the
-- one by the other.  The row in the type's own form can be changed.
\! $MY users -e "CREATE TABLE two (u varchar(36) COLLATE utf8mb4_bin PRIMARY KEY, n int); CREATE TABLE two_bytes (u varbinary(36), i int, n int, PRIMARY KEY (u, i)); CREATE TABLE two_digits (u char(36) COLLATE utf8mb4_danish_ci PRIMARY KEY, n int); CREATE TABLE two_spans (u varchar(30) PRIMARY KEY, n int)"
\! $MY users -e "INSERT INTO two VALUES ('AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA', 1), ('aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 2); INSERT INTO two_bytes VALUES ('AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA', 1, 1), ('aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 1, 2); INSERT INTO two_digits VALUES ('cccccccccccccccccccccccccccccccc', 1), ('cccccccc-cccc-cccc-cccc-cccccccccccc', 2); INSERT INTO two_spans VALUES ('P1DT0S', 1), ('P1D', 2)"
CREATE FOREIGN TABLE two (u uuid OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE two_bytes (u uuid OPTIONS (key 'true'), i int OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE two_digits (u uuid OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE two_spans (u interval OPTIONS (key 'true'), n int) SERVER s;
SELECT format('UPDATE %s SET n = 100 WHERE n = 1 RETURNING *', t), format('DELETE FROM %s WHERE n = 1', t),
	format('UPDATE %s SET n = 200 WHERE n = 2 RETURNING *', t), format('SELECT n FROM %s ORDER BY n FOR UPDATE', t),
	format('DELETE FROM %s WHERE n = 200 RETURNING n', t)
	FROM unnest('{two,two_bytes,two_digits,two_spans}'::text[]) t \gexec
\! $MY users -e "SELECT * FROM two; SELECT * FROM two_bytes; SELECT * FROM two_digits; SELECT * FROM two_spans"
-- a row is refused that is changed, not one that is read for it
\! $MY users -e "CREATE TABLE hosts (k varchar(40) COLLATE utf8mb4_bin PRIMARY KEY, n int); INSERT INTO hosts VALUES ('10.0.0.1/32', 1), ('10.0.0.2', 2), ('10.0.0.3', 3)"
CREATE FOREIGN TABLE hosts (k inet OPTIONS (key 'true'), n int) SERVER s;
UPDATE hosts SET n = 20 WHERE k = '10.0.0.2' RETURNING *;
UPDATE hosts SET n = hosts.n + 1 FROM (VALUES (20)) v (n) WHERE hosts.n = v.n RETURNING hosts.*;
DELETE FROM hosts WHERE k = '10.0.0.3' RETURNING *;
UPDATE hosts SET n = n + 1 RETURNING *;
DELETE FROM hosts WHERE n = 1;
-- what the engine takes for the same finds its row, in whatever form
\! $MY users -e "CREATE TABLE days (k datetime PRIMARY KEY, n int); INSERT INTO days VALUES ('2024-01-02', 1), ('2024-01-03', 2); CREATE TABLE moments (k date PRIMARY KEY, n int); INSERT INTO moments VALUES ('2024-01-02', 1), ('2024-01-03', 2); CREATE TABLE nics (k varchar(40) COLLATE utf8mb4_general_ci PRIMARY KEY, n int); INSERT INTO nics VALUES ('AA:BB:CC:DD:EE:FF', 1), ('aa:bb:cc:dd:ee:00 ', 2); CREATE TABLE codes (k varchar(5) COLLATE utf8mb4_general_ci PRIMARY KEY, n int); INSERT INTO codes VALUES ('ab ', 1), ('c', 2)"
CREATE FOREIGN TABLE days (k date OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE moments (k timestamp OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE nics (k macaddr OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE codes (k char(5) OPTIONS (key 'true'), n int) SERVER s;
SELECT format('UPDATE %s SET n = n + 10 WHERE n < 3 RETURNING n', t), format('DELETE FROM %s WHERE n = 12 RETURNING n', t)
	FROM unnest('{days,moments,nics,codes}'::text[]) t \gexec
-- numbers that are read as another one: the one that is changed is the one that was read
\! $MY users -e "CREATE TABLE tenths (k double PRIMARY KEY, n int); INSERT INTO tenths VALUES (0.1, 1), (0.10000000149011612, 2), (0.5, 3); CREATE TABLE floats (k float PRIMARY KEY, n int); INSERT INTO floats VALUES (1234567, 1), (1234570, 2); CREATE TABLE halves (k double PRIMARY KEY, n int); INSERT INTO halves VALUES (0.1, 1), (0.10000000000000002, 2)"
CREATE FOREIGN TABLE tenths (k real OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE floats (k text OPTIONS (key 'true'), n int) SERVER s;
CREATE FOREIGN TABLE halves (k numeric OPTIONS (key 'true'), n int) SERVER s;
UPDATE tenths SET n = n + 10 WHERE n = 1;
UPDATE tenths SET n = n + 10 WHERE n > 1 RETURNING n;
UPDATE floats SET n = n + 10 WHERE n = 1 RETURNING *;
UPDATE halves SET n = n + 10 WHERE n = 1 RETURNING *;
DELETE FROM halves WHERE n % 10 = 1 RETURNING *;
\! $MY users -e "SELECT n FROM tenths ORDER BY n; SELECT n FROM floats ORDER BY n; SELECT n FROM halves ORDER BY n"
