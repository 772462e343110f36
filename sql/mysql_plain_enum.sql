\i test/setup.psql
-- A value that is added to an enum is one of the engine's tables, too.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_enum.psql
