\i test/setup.psql
-- What a dump is restored by makes the tables that it tells of, where they were; what a session
-- does to tables of binds goes to these after it has run such a script, too.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
ALTER DATABASE regress_binds SET session_preload_libraries = 'binds';
CREATE SCHEMA old;
CREATE TABLE old.person (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE old.pet (id int PRIMARY KEY, owner int REFERENCES old.person);
ALTER TABLE old.pet ENABLE ROW LEVEL SECURITY;
INSERT INTO old.person (name) VALUES ('ann');
INSERT INTO old.pet VALUES (1, 1);
\! pg_dump -n old regress_binds >$D/plain.sql
\! pg_dump -n old --enable-row-security --inserts regress_binds >$D/rows.sql
\! pg_dump -n old -Fc regress_binds >$D/custom
DROP SCHEMA old CASCADE;

-- Every form of a dump, where the setting names a bind for every session.
ALTER DATABASE regress_binds SET binds.bind_key = 'lite';
\! psql -qAtX regress_binds -f $D/plain.sql >$D/told
SELECT relname, relkind FROM pg_class WHERE relnamespace = 'old'::regnamespace ORDER BY 1;
DROP SCHEMA old CASCADE;
\! psql -qAtX regress_binds -f $D/rows.sql >$D/told
SELECT relname, relkind FROM pg_class WHERE relnamespace = 'old'::regnamespace ORDER BY 1;
DROP SCHEMA old CASCADE;
\! PGAPPNAME=other pg_restore -d regress_binds $D/custom
SELECT relname, relkind FROM pg_class WHERE relnamespace = 'old'::regnamespace ORDER BY 1;
DROP SCHEMA old CASCADE;
SELECT model FROM binds.model;

-- A session that has run it.
\c regress_binds
CREATE TABLE t (id int PRIMARY KEY, a int);
INSERT INTO t VALUES (1, 2);
\set script :dir '/plain.sql'
\set ECHO none
\o /dev/null
\i :script
\o
\set ECHO all
SELECT current_setting('check_function_bodies'), current_setting('row_security'), current_setting('search_path') = '';
ALTER TABLE public.t ADD x int DEFAULT 7;
INSERT INTO public.t VALUES (2, 3, 4);
ALTER TABLE public.t RENAME TO u;
CREATE INDEX u_x ON public.u (x);
SELECT * FROM public.u ORDER BY id;
SELECT model, relation FROM binds.models;
SELECT * FROM binds.diff();
DROP TABLE public.u;
SELECT model FROM binds.model;
\! sqlite3 $D/p.db "SELECT name FROM sqlite_schema"
RESET search_path;
CREATE TABLE v (id int PRIMARY KEY);
SELECT binds.get_bind('v'), binds.get_bind('old.pet');
DROP TABLE v;
