\i test/setup.psql
\set VERBOSITY default
\pset null '(null)'
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "a"}');
SELECT * FROM binds.reflect('auth');

-- Tables that another made: every kind of key, default, index and type.
\! $MY users < test/reflect_mysql.sql
SET search_path = a, public;
SELECT * FROM binds.reflect('auth');
-- widths of integers and the type of JSON are left out: servers differ in them
SELECT attrelid::regclass AS relation, attname, format_type(atttypid, atttypmod) AS type, attnotnull AS nn,
	regexp_replace(attfdwoptions::text, '(int|year)\(\d+\)', '\1') AS options
FROM pg_attribute WHERE attrelid IN ('author'::regclass, 'book'::regclass, 'tagged'::regclass, '"Odd `name"'::regclass)
	AND attnum > 0 AND attname <> 'data' ORDER BY attrelid, attnum;
SELECT enumtypid::regtype AS type, enumlabel FROM pg_enum ORDER BY 1, enumsortorder;
\d binds_metadata_auth.author
\d binds_metadata_auth.book
\d binds_metadata_auth.tagged
SELECT obj_description('author'::regclass), col_description('author'::regclass, 2);
-- They can be queried and written at once.
SELECT id, name, active, born, score, mood, big FROM author ORDER BY id;
SELECT b.title, a.name FROM book b JOIN author a ON a.id = b.author_id;
INSERT INTO author (name) VALUES ('new') RETURNING id, active, born, mood;
\set VERBOSITY sqlstate
INSERT INTO book VALUES ('x', 'second', 99);
\set VERBOSITY default
INSERT INTO tagged (book, tag, n) VALUES ('b', 'tag', 4) RETURNING *;
SELECT id FROM author WHERE name IN ('ANN', 'Bob');
-- What the metadata has is left alone.
SELECT * FROM binds.reflect('auth');
-- A reflected table is a model: it is dropped and created like others.
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e 'SHOW TABLES'
SELECT model, action FROM binds.create_all('auth');
\d book
INSERT INTO author (name) VALUES ('again') RETURNING id, mood;
