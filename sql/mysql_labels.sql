\i test/setup.psql
-- Labels of enums and sets are what was declared, whatever a server has to escape in its catalogs.
SELECT binds.add('my', :'mysql' || 'users') \g /dev/null
CREATE TYPE mood AS ENUM ('sad', 'back\slash', 'it''s', E'two\nlines', E'cr\r', 'a,b', '\n', '\\', 'ö', '"q"', '(');
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY, m mood)', 'my') \g /dev/null
SELECT model, action FROM binds.create_all('my');
INSERT INTO t SELECT row_number() OVER (), m FROM unnest(enum_range(NULL::mood)) m;
SELECT id, convert_to(m::text, 'UTF8') FROM t ORDER BY id;
SELECT id FROM t WHERE m IN ('back\slash', '\n', E'two\nlines') ORDER BY id;
-- Attached to, the table is the model's.
SELECT model, action FROM binds.create_all('my');
SELECT * FROM binds.diff('my');
-- Reflect finds the type of the column.
SELECT binds.forget('my', 't');
SELECT binds.reflect('my');
SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'm';
INSERT INTO t VALUES (100, '\\'), (101, 'back\slash') RETURNING m;
SELECT id FROM t WHERE m = 'back\slash' ORDER BY id;
-- Where that type has gone it makes one with the same labels.
SELECT binds.forget('my', 't');
ALTER TYPE mood RENAME TO other_mood;
SELECT binds.reflect('my');
SELECT enum_range(NULL::other_mood)::text = array_agg(enumlabel ORDER BY enumsortorder)::text AS same FROM pg_enum
	WHERE enumtypid = (SELECT atttypid FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'm');
SELECT count(DISTINCT m), count(*) FROM t;
INSERT INTO t VALUES (102, E'cr\r'), (103, '\n') RETURNING convert_to(m::text, 'UTF8');
-- A set, and an enum that is read as text, keep their labels and nothing else.
\! $MY users -e "CREATE TABLE s (id int PRIMARY KEY, s set('back\\\\slash','it''s','two\nlines'), e enum('back\\\\slash','x'))"
SELECT binds.reflect('my', '{"only": ["s"], "as_text": ["e"]}');
CREATE FOREIGN TABLE hand (id int, s text, e text) SERVER my
	OPTIONS (schema_name 'users', table_name 's');
INSERT INTO s VALUES (1, 'back\slash,it''s', 'back\slash'), (2, E'two\nlines', 'x') RETURNING *;
INSERT INTO hand VALUES (3, 'back\slash', 'back\slash') RETURNING *;
\set VERBOSITY terse
INSERT INTO s (id, s) VALUES (4, 'back\\slash');
INSERT INTO hand (id, e) VALUES (4, 'back\\slash');
\set VERBOSITY default
-- A character beyond the BMP the server shows as a question mark: the type that is noted is not the column's for sure.
SELECT binds.forget('my', 't'), binds.forget('my', 's');
DROP FOREIGN TABLE hand;
\! $MY users -e "DROP TABLE t, s"
CREATE TYPE face AS ENUM ('😀', '\', 'b');
SELECT binds.define('CREATE TABLE f (id int PRIMARY KEY, m face)', 'my') \g /dev/null
SELECT model, action FROM binds.create_all('my');
INSERT INTO f VALUES (1, '😀'), (2, '\'), (3, 'b') RETURNING m;
SELECT binds.forget('my', 'f');
SELECT binds.reflect('my');
SELECT *, pg_typeof(m) FROM f ORDER BY id;
