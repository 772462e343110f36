\i test/setup.psql
-- A foreign key between columns of different types is PostgreSQL's, and no server of MySQL takes every one.  What the
-- server refuses when the table is made says which columns and types, and the way out.
\set url :mysql 'users'
SELECT binds.add('m', :'url') \g /dev/null
CREATE FUNCTION refused() RETURNS text LANGUAGE plpgsql AS $$
DECLARE d text; h text;
BEGIN
	PERFORM binds.create_all('m');
	RETURN 'created';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
	RETURN format(E'%s\n%s\n%s', SQLSTATE, d, h);
END $$;
\pset format unaligned
SELECT binds.define('CREATE TABLE p (id int PRIMARY KEY, v varchar(20) UNIQUE, a int, b bigint, UNIQUE (a, b))', 'm') \g /dev/null
-- One column; nothing is left of the tables that were made before.
SELECT binds.define('CREATE TABLE "c''s" (id int PRIMARY KEY, "p id" bigint REFERENCES p)', 'm') \g /dev/null
SELECT refused();
\! $MY users -e 'SHOW TABLES'
-- The way out.
SELECT binds.forget('m', 'c''s');
SELECT binds.define('CREATE TABLE "c''s" (id int PRIMARY KEY, "p id" int REFERENCES p)', 'm') \g /dev/null
SELECT refused();
-- One of several columns, and several keys.
SELECT binds.define('CREATE TABLE d (id int PRIMARY KEY, x int, y int, v smallint CONSTRAINT dv REFERENCES p, CONSTRAINT dxy FOREIGN KEY (x, y) REFERENCES p (a, b), CONSTRAINT right_one FOREIGN KEY (x) REFERENCES p (id))', 'm') \g /dev/null
SELECT refused();
SELECT binds.forget('m', 'd');
-- A key that is added when all tables are there.
SELECT binds.define('CREATE TABLE e (id int PRIMARY KEY, f int); CREATE TABLE f (id int PRIMARY KEY, e bigint CONSTRAINT fe REFERENCES e); ALTER TABLE e ADD CONSTRAINT ef FOREIGN KEY (f) REFERENCES f', 'm') \g /dev/null
SELECT refused();
ALTER TABLE binds_metadata_m.e DROP CONSTRAINT ef;
SELECT binds.forget('m', 'f');
SELECT refused();
-- A table that was there has another type than its model says.
\! $MY users -e 'CREATE TABLE g (id INT UNSIGNED PRIMARY KEY)'
SELECT binds.define('CREATE TABLE g (id int PRIMARY KEY); CREATE TABLE h (id int PRIMARY KEY, g int CONSTRAINT hg REFERENCES g)', 'm') \g /dev/null
SELECT refused();
-- The types are the same, the engine lacks the key.
\! $MY users -e 'CREATE TABLE k (id INT NOT NULL)'
SELECT binds.forget('m', 'h');
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY); CREATE TABLE l (id int PRIMARY KEY, k int CONSTRAINT lk REFERENCES k)', 'm') \g /dev/null
SELECT refused();
SELECT binds.forget('m', 'l');
-- Texts may have other lengths.
SELECT binds.define('CREATE TABLE s (id int PRIMARY KEY, v varchar(30) REFERENCES p (v), w varchar(10) REFERENCES p (v))', 'm') \g /dev/null
SELECT refused();
-- SET NULL is nothing for a column that cannot be NULL.
SELECT binds.define('CREATE TABLE n1 (id int PRIMARY KEY, x int NOT NULL REFERENCES p ON DELETE SET NULL)', 'm');
SELECT binds.define('CREATE TABLE n2 (id int PRIMARY KEY, x int NOT NULL CONSTRAINT n2x REFERENCES p ON UPDATE SET NULL)', 'm');
SELECT binds.define('CREATE TABLE n3 (id int PRIMARY KEY REFERENCES p ON DELETE SET NULL)', 'm');
SELECT binds.define('CREATE TABLE n4 (id int PRIMARY KEY, x int, y bigint NOT NULL, CONSTRAINT n4xy FOREIGN KEY (x, y) REFERENCES p (a, b) ON DELETE SET NULL)', 'm');
SELECT binds.define('CREATE TABLE n5 (id int PRIMARY KEY, x int REFERENCES p ON DELETE SET NULL ON UPDATE SET NULL)', 'm') \g /dev/null
SELECT refused();
SELECT binds.define('CREATE TABLE n6 (id int PRIMARY KEY, x int CONSTRAINT n6x REFERENCES p ON DELETE SET NULL)', 'm') \g /dev/null
ALTER TABLE binds_metadata_m.n6 ALTER x SET NOT NULL;
SELECT refused();
