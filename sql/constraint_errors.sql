\i test/setup.psql
\set url :sqlite 'e.db'
SELECT binds.add('b', :'url');
\set mapping ''
\i test/constraint_errors.psql

-- A file of somebody else: names are the engine's where it has them, else those that PostgreSQL
-- would give; what a trigger does to another table is told in the engine's words.
\! sqlite3 $D/o.db "CREATE TABLE p (id INTEGER PRIMARY KEY, k TEXT NOT NULL, CONSTRAINT k_once UNIQUE (k)); CREATE TABLE \"o.d, \"\"t\" (\"a, b\" INT, \"o.d\" INT, \"x'y\" TEXT DEFAULT 'd' NOT NULL CHECK (length(\"x'y\") > 0), c INT CONSTRAINT c_small CHECK (c < 10), UNIQUE (\"o.d\", \"a, b\")); CREATE TABLE c (id TEXT PRIMARY KEY, p INT REFERENCES p ON DELETE CASCADE, k TEXT REFERENCES p (k), d INT REFERENCES p DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID; CREATE TABLE g (id INTEGER PRIMARY KEY, c TEXT REFERENCES c); CREATE TABLE log (id INTEGER PRIMARY KEY, v INT CONSTRAINT v_small CHECK (v < 10)); CREATE TABLE t (id INTEGER PRIMARY KEY, v INT); CREATE UNIQUE INDEX t_low ON t (v % 5); CREATE UNIQUE INDEX g_upper ON g (upper(c)) WHERE id < 100; CREATE TRIGGER tell AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id - 10, new.v); END; INSERT INTO log VALUES (1, 1); INSERT INTO p VALUES (1, 'one'), (2, 'two'); INSERT INTO c VALUES ('c1', 1, NULL, NULL), ('c2', NULL, 'two', NULL); INSERT INTO g VALUES (1, 'c1')" && chmod 666 $D/o.db
\set lite :sqlite 'l.db'
\set url :sqlite 'o.db'
SELECT binds.add('o', :'url');
CREATE SCHEMA other;
SET search_path = other, public;
CREATE FOREIGN TABLE parent (id int OPTIONS (key 'true'), "Name" text OPTIONS (column_name 'k')) SERVER o OPTIONS (table_name 'p');
CREATE FOREIGN TABLE odd (a int OPTIONS (column_name 'a, b'), d int OPTIONS (column_name 'o.d'), t text OPTIONS (column_name 'x''y'), c int) SERVER o OPTIONS (table_name 'o.d, "t');
CREATE FOREIGN TABLE child (id text OPTIONS (key 'true'), p int, k text, d int) SERVER o OPTIONS (table_name 'C');
CREATE FOREIGN TABLE g (id int OPTIONS (key 'true'), c text) SERVER o;
CREATE FOREIGN TABLE t (id int OPTIONS (key 'true'), v int) SERVER o;
CREATE TABLE more (id text, p int, k text, d int);
INSERT INTO more VALUES ('c4', NULL, NULL, NULL), ('c5', NULL, 'none', NULL), ('c6', 9, NULL, NULL);
\pset fieldsep '\n'
SELECT s, fields(s, 'other') FROM unnest(ARRAY[
	$$INSERT INTO parent VALUES (3, 'one')$$,
	$$INSERT INTO parent ("Name") VALUES ('three') RETURNING "Name"$$,
	$$UPDATE parent SET id = 1 WHERE "Name" = 'two'$$,
	$$INSERT INTO parent VALUES (4, NULL)$$,
	$$INSERT INTO odd VALUES (1, 2, 'x', 3), (1, 3, 'x', 3)$$,
	$$INSERT INTO odd VALUES (1, 2, 'x', 3)$$,
	$$UPDATE odd SET d = 2$$,
	$$INSERT INTO odd VALUES (5, 5, 'x', 11)$$,
	$$INSERT INTO odd VALUES (5, 5, NULL, 1)$$,
	$$INSERT INTO child VALUES ('c1', 1, NULL, NULL)$$,
	$$INSERT INTO child VALUES ('c3', 1, 'none', NULL)$$,
	$$INSERT INTO child VALUES ('c3', 8, 'none', NULL)$$,
	$$INSERT INTO child SELECT * FROM more$$,
	$$DELETE FROM parent WHERE id = 2$$,
	$$UPDATE parent SET "Name" = 'zwei' WHERE id = 2$$,
	$$DELETE FROM parent WHERE id = 1$$,
	$$INSERT INTO g VALUES (2, 'c1')$$,
	$$INSERT INTO t VALUES (11, 1)$$,
	$$INSERT INTO t VALUES (12, 2)$$,
	$$INSERT INTO t VALUES (13, 7)$$,
	$$INSERT INTO t VALUES (12, 3)$$,
	$$INSERT INTO t VALUES (14, 14)$$]) s;

-- The savepoint and the transaction go on.
BEGIN;
INSERT INTO parent VALUES (20, 'twenty');
SELECT fields($$INSERT INTO parent VALUES (21, 'twenty')$$, 'other');
SELECT fields($$DELETE FROM parent WHERE id = 2$$, 'other');
INSERT INTO parent VALUES (21, 'more');
COMMIT;
SELECT * FROM parent WHERE id > 19 ORDER BY id;

-- A deferred foreign key is found at COMMIT, by the engine alone.
INSERT INTO child VALUES ('c3', 1, 'one', 77);

-- Rows of COPY.
\set SHOW_CONTEXT never
COPY parent FROM stdin;
30	thirty
31	thirty
32	x
\.

-- Another role's foreign table over the same table gives no name, whenever it was made; of
-- tables without a model, those of the owner of the table that is changed do, for who has a
-- right on them.
\pset fieldsep '\n'
SET client_min_messages = warning;
SELECT binds.add('l', :'lite');
CREATE SCHEMA mine;
SET search_path = mine, public;
SELECT count(*) FROM binds.define('CREATE TABLE lp (pid int PRIMARY KEY); CREATE TABLE lc (id int PRIMARY KEY, pid int REFERENCES lp)', 'l');
CREATE ROLE regress_bob;
CREATE SCHEMA bobs AUTHORIZATION regress_bob;
GRANT USAGE ON FOREIGN SERVER l, o TO regress_bob;
SET ROLE regress_bob;
CREATE FOREIGN TABLE bobs."Give me your password" (pid int OPTIONS (key 'true')) SERVER l OPTIONS (table_name 'lp');
CREATE FOREIGN TABLE bobs."Or else" (id int OPTIONS (key 'true'), pid int) SERVER l OPTIONS (table_name 'lc');
CREATE FOREIGN TABLE bobs."My parents" (id int OPTIONS (key 'true')) SERVER o OPTIONS (table_name 'p');
RESET ROLE;
SELECT model, action FROM binds.create_all('l');
INSERT INTO lp VALUES (1);
INSERT INTO lc VALUES (1, 1);
SELECT s, fields(s, 'mine') FROM unnest(ARRAY[
	$$INSERT INTO lc VALUES (2, -77)$$,
	$$DELETE FROM lp$$]) s;
CREATE SCHEMA again;
CREATE FOREIGN TABLE again.child (id text OPTIONS (key 'true'), p int, k text) SERVER o OPTIONS (table_name 'c');
CREATE FOREIGN TABLE bobs.child (id text OPTIONS (key 'true'), p int, k text) SERVER o OPTIONS (table_name 'c');
ALTER FOREIGN TABLE bobs.child OWNER TO regress_bob;
GRANT USAGE ON SCHEMA again, other TO regress_bob;
GRANT INSERT ON again.child TO regress_bob;
SET ROLE regress_bob;
SELECT s, fields(s, 'other') FROM unnest(ARRAY[
	$$INSERT INTO again.child (id, p) VALUES ('c9', 99)$$,
	$$INSERT INTO bobs.child (id, p) VALUES ('c9', 99)$$]) s;
RESET ROLE;
GRANT SELECT ON other.parent TO regress_bob;
SET ROLE regress_bob;
SELECT fields($$INSERT INTO again.child (id, p) VALUES ('c9', 99)$$, 'other');
RESET ROLE;
DROP OWNED BY regress_bob;
DROP ROLE regress_bob;
