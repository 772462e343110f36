\i test/setup.psql
-- Tables on a bind are changed by plain DDL, there and back.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_back.psql
\! $MY users -e 'SHOW TABLES'
