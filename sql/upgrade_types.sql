\i test/setup.psql
-- upgrade and values that have another form, or another meaning, in another type.
\pset format unaligned
\t on
SET client_min_messages = warning;
SET timezone = 'Europe/Berlin';
CREATE SCHEMA far;
CREATE SCHEMA near;
CREATE DOMAIN positive AS int CHECK (value > 0);
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '''lite'''
\i test/upgrade_types.psql

-- A file's columns keep their order, for others write to them by place; rows their rowid, by which
-- an index of words knows them; and a generated column of the file is not made another unasked.
SELECT binds.define('CREATE TABLE o (id int PRIMARY KEY, x int, y int); CREATE TABLE doc (body text, n int)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
\! sqlite3 $D/d.db "ALTER TABLE o ADD COLUMN extra TEXT; ALTER TABLE o ADD COLUMN g AS (x * 2); INSERT INTO o VALUES (1, 2, 3, 'four'); INSERT INTO doc VALUES ('a', 1), ('b', 2), ('c', 3); DELETE FROM doc WHERE n = 1"
SELECT binds.define('ALTER TABLE o ADD CHECK (id > 0), ADD z int; ALTER TABLE doc ADD CHECK (n > 0)', 'lite');
SELECT kind, action FROM binds.upgrade('lite') WHERE model IN ('o', 'doc');
\! sqlite3 $D/d.db "SELECT * FROM o; SELECT _rowid_, * FROM doc; INSERT INTO o VALUES (5, 6, 7, 'eight', 9)"
SELECT * FROM far.o ORDER BY id;
-- A plain column does not become a computed one unasked, whatever it holds.
SELECT binds.define('ALTER TABLE o DROP y; ALTER TABLE o ADD y int GENERATED ALWAYS AS (x + 1) STORED', 'lite');
SELECT kind, action FROM binds.upgrade('lite') WHERE kind ~ 'column' AND model = 'o' ORDER BY 1, 2;
\! sqlite3 $D/d.db "SELECT id, y FROM o"
-- A type without labels has no check of labels.
CREATE TYPE mood AS ENUM ('sad', 'ok');
SELECT binds.define('CREATE TABLE e (id int PRIMARY KEY, m mood)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.e VALUES (1, 'sad');
SELECT binds.define('ALTER TABLE e ALTER m TYPE text', 'lite');
SELECT kind, action FROM binds.upgrade('lite', '{"lossy": true}') WHERE model = 'e';
INSERT INTO far.e VALUES (2, 'blue');
SELECT * FROM far.e ORDER BY 1;
-- Names of what is there meanwhile are not taken; that of a table may be as long as any.
SET binds.bind_key = '';	-- this database, though the schema is a bind's
CREATE TABLE far.e_new (id int);
RESET binds.bind_key;
SELECT binds.define(format('CREATE TABLE %s (id int PRIMARY KEY, v varchar(9))', repeat('l', 63)), 'lite');
SELECT count(*) FROM binds.create_all('lite');
SELECT binds.define(format('ALTER TABLE e ALTER m TYPE varchar(9); ALTER TABLE %s ALTER v TYPE varchar(3)', repeat('l', 63)), 'lite');
SELECT kind, action FROM binds.upgrade('lite', '{"lossy": true}') WHERE kind !~ 'local' AND model <> 'o' AND model <> 'a';
-- A child's column has the name that its parent's gets.
SELECT binds.define('CREATE TABLE pp (id int PRIMARY KEY, v int); CREATE TABLE ch (w int) INHERITS (pp)');
SELECT count(*) FROM binds.create_all(NULL);
INSERT INTO ch VALUES (1, 2, 3);
SELECT binds.define('ALTER TABLE pp RENAME v TO u');
SELECT model, kind, action FROM binds.upgrade(NULL);
SELECT * FROM binds.diff(NULL);
SELECT * FROM ch;
-- Here, too, a computed column of another expression is made anew only if that is asked for, and
-- one that is none any more keeps its values.
SELECT binds.define('CREATE TABLE g (id int PRIMARY KEY, b int, g int GENERATED ALWAYS AS (b * 2) STORED, h int GENERATED ALWAYS AS (b * 4) STORED)');
SELECT count(*) FROM binds.create_all(NULL);
INSERT INTO g VALUES (1, 2);
SELECT binds.define('ALTER TABLE g DROP g; ALTER TABLE g ADD g int GENERATED ALWAYS AS (b * 3) STORED, ALTER h DROP EXPRESSION');
SELECT kind, action FROM binds.upgrade(NULL);
SELECT * FROM g;
-- What is done with the first statement of a table is done, or is not, as that is.
SELECT binds.define('CREATE TABLE w (id int PRIMARY KEY, t timestamp, v varchar(9), CHECK (v <> ''x''))', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.w VALUES (1, '2024-07-01 12:00', '7');
SET application_name = 'pg_restore';	-- whose statements concern no model
ALTER FOREIGN TABLE far.w ADD COLUMN own int;
RESET application_name;
SELECT binds.define('ALTER TABLE w ALTER t TYPE timestamptz; ALTER TABLE w DROP CONSTRAINT w_v_check; ALTER TABLE w ALTER v TYPE int USING v::int; ALTER TABLE w ADD CHECK (v > 1), ADD UNIQUE (v)', 'lite');
SELECT kind, action FROM binds.upgrade('lite') WHERE model = 'w';
SELECT id, t, v FROM far.w;
SELECT kind, action FROM binds.upgrade('lite', '{"lossy": true}') WHERE model = 'w';
SELECT id, t, v FROM far.w;
SELECT kind FROM binds.diff('lite') WHERE model = 'w';
-- A float's digits as a text or as exact decimals are PostgreSQL's.
SELECT binds.define('CREATE TABLE fl (id int PRIMARY KEY, r real, d float8, f real)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.fl VALUES (1, 1234567.75, 1e20, 1.005), (2, 0.1, 1e-7, 16777216);
ALTER TABLE far.fl ALTER r TYPE text, ALTER d TYPE varchar(30), ALTER f TYPE numeric(12,2);
SELECT * FROM far.fl ORDER BY id;
