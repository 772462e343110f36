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

-- What triggers and the actions of foreign keys do is not the row's fault, whatever names
-- there are: PostgreSQL's words are only for what the row itself surely violates.
\! sqlite3 $D/r.db "CREATE TABLE audit (id INTEGER PRIMARY KEY, y INT CONSTRAINT pos CHECK (y > 100)); CREATE TABLE p (id INTEGER PRIMARY KEY, k INT UNIQUE, m INT UNIQUE); CREATE TABLE c (k INT REFERENCES p (k) ON UPDATE CASCADE CONSTRAINT small CHECK (k < 10)); CREATE TABLE d (m INT REFERENCES p (m) ON UPDATE CASCADE); CREATE TRIGGER d_tell AFTER UPDATE ON d BEGIN INSERT INTO audit VALUES (NULL, new.m); END; INSERT INTO p VALUES (1, 1, 1), (2, 2, 2); INSERT INTO c VALUES (1); INSERT INTO d VALUES (1)"
\! sqlite3 $D/r.db "CREATE TABLE next (id INTEGER PRIMARY KEY, v INT); CREATE TRIGGER next_one AFTER INSERT ON next BEGIN INSERT INTO next VALUES (new.id + 1, 0); END; INSERT INTO next VALUES (8, 0); CREATE TABLE tree (id INTEGER PRIMARY KEY, up INT NOT NULL UNIQUE REFERENCES tree ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, v INT); INSERT INTO tree VALUES (1, 2, 0), (2, 1, 0)"
\! sqlite3 $D/r.db "CREATE TABLE top (id INTEGER PRIMARY KEY); CREATE TABLE sub (t INT REFERENCES top); CREATE TABLE log (t INT CONSTRAINT log_t REFERENCES top); CREATE TRIGGER top_sub BEFORE DELETE ON top BEGIN DELETE FROM sub WHERE t = old.id; INSERT INTO log VALUES (-1); END; INSERT INTO top VALUES (1); INSERT INTO sub VALUES (1); CREATE TABLE way (a INT REFERENCES top, b INT REFERENCES top); CREATE TRIGGER way_top AFTER INSERT ON way BEGIN INSERT INTO top VALUES (new.a); END"
\! sqlite3 $D/r.db "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE \"o.d\" (x INT UNIQUE); INSERT INTO \"o.d\" VALUES (1); CREATE TRIGGER od AFTER INSERT ON o BEGIN INSERT INTO \"o.d\" VALUES (new.id); END; CREATE TABLE me (id INTEGER PRIMARY KEY, boss INT REFERENCES me); CREATE TABLE them (me INT CONSTRAINT of_me REFERENCES me); INSERT INTO me VALUES (1, 1); INSERT INTO them VALUES (1)"
\! chmod 666 $D/r.db
\set url :sqlite 'r.db'
SELECT binds.add('r', :'url');
CREATE SCHEMA reach;
SET search_path = reach, public;
SELECT count(*) FROM binds.define('CREATE TABLE tgl (id int PRIMARY KEY, x int, y int CONSTRAINT pos CHECK (y > 0))', 'r');
SELECT model, action FROM binds.create_all('r');
\! sqlite3 $D/r.db "CREATE TRIGGER tgl_tell AFTER INSERT ON tgl BEGIN INSERT INTO audit VALUES (NULL, new.y); END"
IMPORT FOREIGN SCHEMA main LIMIT TO (p, next, tree, top, sub, way, o, me, them) FROM SERVER r INTO reach;
SELECT s, fields(s, 'reach') FROM unnest(ARRAY[
	$$INSERT INTO tgl VALUES (51, 5, 5)$$,
	$$INSERT INTO tgl VALUES (51, 5, -5)$$,
	$$UPDATE p SET k = 11 WHERE id = 1$$,
	$$UPDATE p SET m = 11 WHERE id = 1$$,
	$$UPDATE p SET m = 2 WHERE id = 1$$,
	$$INSERT INTO next VALUES (7, 5)$$,
	$$INSERT INTO next VALUES (8, 5)$$,
	$$INSERT INTO next VALUES (5, 5), (8, 5)$$,
	$$UPDATE tree SET id = 3, up = 1 WHERE id = 1$$,
	$$DELETE FROM tree WHERE id = 1$$,
	$$DELETE FROM top WHERE id = 1$$,
	$$INSERT INTO way VALUES (5, 6)$$,
	$$INSERT INTO way VALUES (7, 7)$$,
	$$INSERT INTO o VALUES (1)$$,
	$$DELETE FROM me$$]) s;

-- Rows that one foreign key deletes do not violate another one.
\! sqlite3 $D/r.db "CREATE TABLE gp (id INTEGER PRIMARY KEY, k INT UNIQUE); CREATE TABLE ch (id INTEGER PRIMARY KEY, g INT REFERENCES gp ON DELETE CASCADE); CREATE TABLE x (c INT REFERENCES ch ON DELETE CASCADE, g INT REFERENCES gp); CREATE TABLE gc (c INT CONSTRAINT gcfk REFERENCES ch); INSERT INTO gp VALUES (1, 1), (2, 2), (3, 3); INSERT INTO ch VALUES (1, 1); INSERT INTO x VALUES (1, 1); INSERT INTO gc VALUES (1); CREATE TABLE two (id INTEGER PRIMARY KEY, g INT REFERENCES gp ON DELETE CASCADE, k INT CONSTRAINT two_k REFERENCES gp (k)); CREATE TABLE of_two (t INT REFERENCES two); INSERT INTO two VALUES (1, 2, 2), (2, NULL, 3); INSERT INTO of_two VALUES (1)"
IMPORT FOREIGN SCHEMA main LIMIT TO (gp) FROM SERVER r INTO reach;
SELECT s, fields(s, 'reach') FROM unnest(ARRAY[
	$$DELETE FROM gp WHERE id = 1$$,
	$$DELETE FROM gp WHERE id = 2$$,
	$$DELETE FROM gp WHERE id = 3$$]) s;

-- An action counts where the UPDATE sets its columns, and can change what refers.
\set ddl 'CREATE TABLE q (id int PRIMARY KEY, code varchar(20) UNIQUE, n int UNIQUE); CREATE TABLE z (id int PRIMARY KEY); CREATE TABLE r (a int PRIMARY KEY, pid int REFERENCES q, pc varchar(20) REFERENCES q (code) ON UPDATE CASCADE ON DELETE SET NULL); CREATE TABLE rz (a int PRIMARY KEY, pid int REFERENCES q, pz int REFERENCES z ON UPDATE CASCADE ON DELETE CASCADE); CREATE TABLE rr (a int PRIMARY KEY, n int REFERENCES q (n) ON UPDATE CASCADE REFERENCES q (n))'
SET search_path = near, public;
:ddl;
SET search_path = far, public;
SELECT count(*) FROM binds.define(:'ddl', 'r');
SELECT count(*) FROM binds.create_all('r') WHERE action = 'created';
SELECT t.* FROM unnest(ARRAY[
	$$INSERT INTO q VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)$$,
	$$INSERT INTO z VALUES (1)$$,
	$$INSERT INTO r VALUES (1, 1, 'a')$$,
	$$INSERT INTO rz VALUES (1, 2, 1)$$,
	$$INSERT INTO rr VALUES (1, 3)$$,
	$$UPDATE q SET id = 7 WHERE id = 1$$,
	$$UPDATE q SET id = 7, code = 'x' WHERE id = 1$$,
	$$UPDATE q SET id = 7 WHERE id = 2$$,
	$$UPDATE q SET id = 7, code = 'x' WHERE id = 2$$,
	$$UPDATE q SET code = 'x' WHERE id = 1$$,
	$$DELETE FROM q WHERE id = 1$$,
	$$DELETE FROM q WHERE id = 3$$]) s, LATERAL try(s) t;
SELECT * FROM far.r;
