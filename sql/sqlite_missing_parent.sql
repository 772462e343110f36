\i test/setup.psql
-- A change that fails since a foreign key refers to a table that is not there says so: the table that is changed is there.
\set url :sqlite 'm.db'
\! sqlite3 $D/m.db 'CREATE TABLE "a b" (id integer PRIMARY KEY, p integer REFERENCES "Z z" (id), v integer); INSERT INTO "a b" VALUES (1, NULL, 1), (2, 7, 1)'
\! sqlite3 $D/m.db 'CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE, q integer REFERENCES "gone" (id)); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1, NULL)'
\! sqlite3 $D/m.db 'CREATE TABLE t (id integer PRIMARY KEY); CREATE TRIGGER tt AFTER INSERT ON t BEGIN INSERT INTO lost VALUES (1); END; CREATE VIEW w AS SELECT * FROM main.gone; CREATE TRIGGER wt INSTEAD OF INSERT ON w BEGIN SELECT 1; END'
\! chmod 666 $D/m.db
SELECT binds.add('m', :'url') \g /dev/null
CREATE FOREIGN TABLE a (id integer OPTIONS (key 'true'), p integer, v integer) SERVER m OPTIONS (table_name 'a b');
CREATE FOREIGN TABLE p (id integer OPTIONS (key 'true')) SERVER m;
CREATE FOREIGN TABLE c (id integer OPTIONS (key 'true'), p integer, q integer) SERVER m;
CREATE FOREIGN TABLE t (id integer OPTIONS (key 'true')) SERVER m;
CREATE FOREIGN TABLE w (id integer) SERVER m;
CREATE FOREIGN TABLE nowhere (id integer) SERVER m;
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	said text;
	fact text;
	way text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS said = MESSAGE_TEXT, fact = PG_EXCEPTION_DETAIL, way = PG_EXCEPTION_HINT;
	RETURN format(E'%s %s\n%s\n%s', SQLSTATE, said, fact, way);
END $$;
\pset format unaligned
\pset tuples_only on
SELECT try('INSERT INTO a VALUES (3, 1, 1)');
SELECT try('UPDATE a SET p = 1 WHERE id = 1');
SELECT try('UPDATE a SET p = p + 1');
SELECT try('DELETE FROM a');
-- By SQL of one's own, too.
SELECT try($$SELECT binds.execute('m', 'INSERT INTO "A B" VALUES (4, 1, 1)')$$);
-- A column beside the key is changed.
SELECT try('UPDATE a SET v = 2');
-- The key is one of a table that the change goes on to.
SELECT try('DELETE FROM p');
-- What is missing for another reason is not taken for it: the table itself, what a trigger or a view needs.
SELECT try('INSERT INTO nowhere VALUES (1)');
SELECT try('INSERT INTO t VALUES (1)');
SELECT try('SELECT * FROM w');
SELECT try('SELECT * FROM c');
-- With the table, the change is made.
\! sqlite3 $D/m.db 'CREATE TABLE "z Z" (id integer PRIMARY KEY); INSERT INTO "z Z" VALUES (1)'
SELECT try('INSERT INTO a VALUES (3, 1, 1)');
-- Without it again, which the connection has not seen yet.
\! sqlite3 $D/m.db 'DROP TABLE "z Z"'
SELECT try('INSERT INTO a VALUES (4, 1, 1)');
-- A foreign key that no model can have is left out, and which one it is, and why, is said.
\! sqlite3 $D/k.db 'CREATE TABLE pnopk (x int); CREATE TABLE pkey (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c08 (id integer PRIMARY KEY, x int REFERENCES pnopk, "y y" int, z int REFERENCES pkey, CONSTRAINT named FOREIGN KEY ("y y", x) REFERENCES pnopk, FOREIGN KEY (x) REFERENCES nowhere, FOREIGN KEY (x) REFERENCES pnopk (x))'; chmod 666 $D/k.db
\set url :sqlite 'k.db'
SELECT binds.add('k', :'url', '{"schema": "k"}') \g /dev/null
SELECT model FROM binds.reflect('k');
SELECT count(*) FROM pg_constraint WHERE conrelid = 'binds_metadata_k.c08'::regclass AND contype = 'f';
-- So it is on the default bind.
CREATE TABLE others (id int PRIMARY KEY, x int UNIQUE);
CREATE SCHEMA own;
SET search_path = own, public;
CREATE TABLE refers (id int PRIMARY KEY, "x x" int, CONSTRAINT "to others" FOREIGN KEY ("x x") REFERENCES others (x));
SELECT model FROM binds.reflect(NULL::text);
