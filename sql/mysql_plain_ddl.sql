\i test/setup.psql
-- Plain DDL of any client goes to the bind that binds.bind_key names, and that of its relations
-- to the bind that they are on.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\set bind my
\i test/plain_ddl.psql
\! $MY users -e 'SHOW TABLES'
