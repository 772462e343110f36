\i test/setup.psql
-- What of CREATE TABLE and CREATE INDEX each engine keeps: README's list.
\set url :sqlite 'a.db'
SELECT binds.add('lite', :'url', '{"schema": "lite"}');
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "my"}');
CREATE TYPE pair AS (a int, b text);
CREATE TABLE source (x int PRIMARY KEY, y text DEFAULT 'q' CHECK (y <> ''));
CREATE FUNCTION try(bind_key text, ddl text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN PERFORM binds.define(ddl, bind_key); RETURN 'kept'; EXCEPTION WHEN OTHERS THEN
RETURN SQLSTATE || ' ' || replace(replace(SQLERRM, ' "lite"', ''), ' "my"', ''); END $$;
\pset format unaligned
\pset tuples_only on
SELECT try(k, 'CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE (a, b))') FROM (VALUES ('lite'), ('my')) k(k);
CREATE TABLE clause (n serial, c text);
\copy clause (c) FROM STDIN
CREATE UNLOGGED TABLE t (id int PRIMARY KEY)
CREATE TEMP TABLE t (id int PRIMARY KEY)
CREATE TABLE t (id int PRIMARY KEY) WITH (fillfactor=70)
CREATE TABLE t (id int PRIMARY KEY) TABLESPACE pg_default
CREATE TABLE t (id int PRIMARY KEY) USING heap
CREATE TABLE t (id int) PARTITION BY RANGE (id)
CREATE TABLE t OF pair
CREATE TABLE t (id int PRIMARY KEY) ON COMMIT DROP
CREATE TABLE t AS SELECT 1 AS id
CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE NULLS NOT DISTINCT)
CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE DEFERRABLE)
CREATE TABLE t (id int PRIMARY KEY, a int, EXCLUDE USING btree (a WITH =))
CREATE TABLE t (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b) MATCH FULL)
CREATE TABLE t (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b) ON DELETE SET NULL (a))
CREATE TABLE t1 (id int PRIMARY KEY, a int REFERENCES p ON DELETE SET DEFAULT)
CREATE TABLE t2 (id int PRIMARY KEY, a int NOT NULL REFERENCES p ON DELETE SET NULL)
CREATE TABLE t3 (id int PRIMARY KEY, a int REFERENCES p DEFERRABLE)
CREATE TABLE t (id int PRIMARY KEY, a serial)
CREATE TABLE t5 (a text PRIMARY KEY)
CREATE TABLE t6 (a int); CREATE INDEX CONCURRENTLY i ON t (a)
CREATE TABLE IF NOT EXISTS a1 (id int CONSTRAINT named PRIMARY KEY, a int CHECK (a > 0) NO INHERIT, b int CONSTRAINT two UNIQUE, c int REFERENCES p ON UPDATE CASCADE ON DELETE RESTRICT, d text COLLATE "C", e text COMPRESSION pglz)
CREATE TABLE a2 (LIKE source INCLUDING ALL, z int, v text DEFAULT upper('a'), w text DEFAULT current_user, y2 int DEFAULT 1 + 1, s int GENERATED ALWAYS AS (z * 2) STORED)
CREATE TABLE a3 (id int PRIMARY KEY, a int, UNIQUE (a) INCLUDE (id)); CREATE INDEX a3i ON a3 (a DESC NULLS LAST) INCLUDE (id) WITH (fillfactor=50); CREATE INDEX a3h ON a3 USING hash (a)
CREATE TABLE a4 (id int PRIMARY KEY, v varchar(10)); CREATE INDEX a4o ON a4 (v varchar_pattern_ops); CREATE INDEX a4c ON a4 (v COLLATE "C"); CREATE INDEX a4b ON a4 USING brin (v)
CREATE TABLE a5 (id int PRIMARY KEY, v varchar(10)); CREATE INDEX a5e ON a5 (length(v)); CREATE INDEX a5w ON a5 (id) WHERE v <> ''; CREATE INDEX a5l ON a5 (lower(v))
CREATE TABLE a6 (id int PRIMARY KEY, v text CHECK (length(v) > 2), w text CHECK (w ~ 'a'), l text CHECK (l LIKE 'a%'), b bool CHECK (b), f float8 CHECK (f > 0), t timestamptz DEFAULT now())
CREATE TABLE a7 (b int, PRIMARY KEY (id)) INHERITS (p); COMMENT ON TABLE a7 IS 'c'; COMMENT ON COLUMN a7.b IS 'd'
\.
\set VERBOSITY terse
DO $$
DECLARE c record; a text; b text;
BEGIN
	FOR c IN SELECT * FROM clause ORDER BY n LOOP
		RAISE NOTICE '--- %', c.c;
		RAISE NOTICE 'SQLite: %', try('lite', c.c);
		RAISE NOTICE 'MySQL: %', try('my', c.c);
	END LOOP;
END $$;
SELECT statement FROM binds.ddl(ARRAY['lite', 'my']) WHERE statement ~ '["`]a\d';
SELECT bind_key, count(*) FROM binds.create_all(ARRAY['lite', 'my']) WHERE action = 'created' GROUP BY bind_key ORDER BY bind_key;
