\i test/setup.psql
-- ALTER TABLE ... DROP ... CASCADE of tables of a bind takes with it what it takes of PostgreSQL's.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_cascade.psql
\! sqlite3 $D/p.db "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name"
