\i test/setup.psql
-- Plain DDL of any client goes to the bind that binds.bind_key names, and that of its relations
-- to the bind that they are on.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\set bind lite
\i test/plain_ddl.psql
\! sqlite3 $D/p.db "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name"
