\i test/setup.psql
-- A sequence of the server is no table: neither reflect nor IMPORT sees it, binds.execute and
-- binds.query reach it.  MySQL has none, so there an event is all that has to be left out.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE t (id int PRIMARY KEY); CREATE EVENT e ON SCHEDULE EVERY 1 YEAR DISABLE DO DELETE FROM t"
\! $MY users -e "CREATE SEQUENCE counter" 2>/dev/null || echo >/dev/null
SELECT binds.add('s', :'url', '{"schema": "s"}');
SELECT model FROM binds.reflect('s', '{"views": true}');
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER s INTO i OPTIONS (import_views 'true');
SELECT relnamespace::regnamespace, relname, relkind FROM pg_class WHERE relnamespace IN ('s'::regnamespace, 'i'::regnamespace) AND relkind <> 'i' ORDER BY 1, 2;
\set VERBOSITY sqlstate
SELECT * FROM binds.reflect('s', '{"only": ["counter"]}');
IMPORT FOREIGN SCHEMA users LIMIT TO (counter) FROM SERVER s INTO i;
\set VERBOSITY default
SELECT v->>'v' LIKE '%MariaDB%' AS fork FROM binds.query('s', 'SELECT version() AS v') v \gset
\if :fork
\set next 'SELECT nextval(counter) AS n'
\else
\set next 'SELECT 1 AS n'
\endif
SELECT * FROM binds.query('s', :'next');
