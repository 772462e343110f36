\i test/setup.psql
-- What a SQLite file says of itself may be anything.  A table that cannot be one here is
-- left out with a WARNING that says why; the others are there.
\set SHOW_CONTEXT never

-- Bytes that are no text: the name of a table, of a column, a declared type, a default, a
-- check, the name of an index, of a foreign key, of what it refers to.
\! printf 'CREATE TABLE "bad\377" (a INTEGER PRIMARY KEY); CREATE TABLE col (id INTEGER PRIMARY KEY, "c\376" TEXT); CREATE TABLE typ (id INTEGER PRIMARY KEY, v "VARCHAR\377"); CREATE TABLE dflt (id INTEGER PRIMARY KEY, v TEXT DEFAULT "d\377", w TEXT NOT NULL CHECK (w <> "\376")); CREATE INDEX "i\377" ON dflt (v); CREATE TABLE fk (id INTEGER PRIMARY KEY, x INTEGER CONSTRAINT "f\377" REFERENCES "bad\377" ("a\376"), y INTEGER REFERENCES dflt); CREATE VIEW "view\377" AS SELECT 1 AS x; CREATE VIEW vcol AS SELECT 1 AS "x\377"; CREATE TABLE good (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO good VALUES (1, "good"); INSERT INTO dflt (id, w) VALUES (1, "x\377");' | sqlite3 -cmd ".dbconfig dqs_ddl on" -cmd ".dbconfig dqs_dml on" $D/bytes.db >/dev/null
\! chmod 666 $D/bytes.db
\set url :sqlite 'bytes.db'
SELECT binds.add('bytes', :'url', '{"schema": "bytes"}');
SELECT model, action FROM binds.reflect('bytes');
SELECT * FROM bytes.good;
INSERT INTO bytes.dflt (id, w) VALUES (2, 'two') RETURNING id, w;
SELECT id, w FROM bytes.dflt WHERE id = 1;
SELECT id FROM bytes.dflt ORDER BY id;
CREATE SCHEMA bytes2;
IMPORT FOREIGN SCHEMA main FROM SERVER bytes INTO bytes2;
SELECT relname FROM pg_class WHERE relnamespace = 'bytes2'::regnamespace AND relkind = 'f' ORDER BY 1;
-- nothing in the catalogs is no text
SELECT count(convert_from(convert_to(relname, 'UTF8'), 'UTF8')) > 0 AS text FROM pg_class;
SELECT count(convert_from(convert_to(attname, 'UTF8'), 'UTF8')) > 0 AS text FROM pg_attribute;
SELECT count(convert_from(convert_to(conname, 'UTF8'), 'UTF8')) > 0 AS text FROM pg_constraint;
SELECT count(convert_from(convert_to(array_to_string(attfdwoptions, ','), 'UTF8'), 'UTF8')) > 0 AS text FROM pg_attribute;
SELECT count(convert_from(convert_to(pg_get_expr(adbin, adrelid), 'UTF8'), 'UTF8')) AS text FROM pg_attrdef;
-- what is said in messages is text, too
\! printf "CREATE TRIGGER g BEFORE DELETE ON good BEGIN SELECT RAISE(ABORT, 'no \377 here'); END" | sqlite3 -cmd ".dbconfig dqs_ddl on" -cmd ".dbconfig dqs_dml on" $D/bytes.db >/dev/null
DELETE FROM bytes.good;
SELECT binds.query('bytes', 'SELECT 1 AS x UNION ALL SELECT 2');
\set VERBOSITY sqlstate
SELECT binds.query('bytes', 'SELECT * FROM vcol');
SELECT binds.query('bytes', 'SELECT name FROM sqlite_schema');
\set VERBOSITY default
\set VERBOSITY terse
-- a model cannot be attached to such a table
SELECT binds.define('CREATE TABLE col (id bigint PRIMARY KEY)', 'bytes');
SELECT action FROM binds.create_all('bytes') WHERE model = 'col';
\set VERBOSITY default

-- Names that PostgreSQL has no place for: a system column's, one that is cut to another
-- one, an empty one; and too many columns.
\! (echo "CREATE TABLE sys (id INTEGER PRIMARY KEY, ctid TEXT); CREATE TABLE longer (id INTEGER PRIMARY KEY, $(printf 'a%.0s' $(seq 63))b TEXT, $(printf 'a%.0s' $(seq 63))c TEXT); CREATE TABLE $(printf 't%.0s' $(seq 63))a (id INTEGER PRIMARY KEY); CREATE TABLE $(printf 't%.0s' $(seq 63))b (id INTEGER PRIMARY KEY); CREATE TABLE \"\" (a); CREATE TABLE none (id INTEGER PRIMARY KEY, \"\" TEXT);"; echo "CREATE TABLE wide (c0 INTEGER PRIMARY KEY$(seq -f ', c%.0f' 1 1699)); CREATE TABLE \"wh?at\" (id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO \"wh?at\" VALUES (7, 7)") | sqlite3 $D/names.db
\! sqlite3 $D/names.db 'CREATE TABLE twice (a TEXT NOT NULL, b TEXT NOT NULL, c TEXT, PRIMARY KEY (a, a, b), UNIQUE (c, c)); INSERT INTO twice VALUES (1, 2, 3)'
\set url :sqlite 'names.db'
SELECT binds.add('names', :'url', '{"schema": "names"}');
SELECT model, action FROM binds.reflect('names');
SELECT * FROM names.twice;
SELECT * FROM names."wh?at";
ANALYZE names."wh?at";
CREATE SCHEMA names2;
IMPORT FOREIGN SCHEMA main FROM SERVER names INTO names2;
SELECT relname FROM pg_class WHERE relnamespace = 'names2'::regnamespace AND relkind = 'f' ORDER BY 1;
CREATE SCHEMA names3;
IMPORT FOREIGN SCHEMA main LIMIT TO (sys, twice) FROM SERVER names INTO names3;
SELECT relname FROM pg_class WHERE relnamespace = 'names3'::regnamespace AND relkind = 'f' ORDER BY 1;
