\i test/setup.psql
-- A default that raises an error is one of who inserts a row, and not of who gives it.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/raising_defaults.psql
