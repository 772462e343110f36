\i test/setup.psql
-- What goes from a parent alone, or comes to what its child has, is as with ordinary tables.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/alter_inherited.psql
