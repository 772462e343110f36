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
