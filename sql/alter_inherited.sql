\i test/setup.psql
-- What goes from a parent alone, or comes to what its child has, is as with ordinary tables.
\pset format unaligned
\t on
\set url :sqlite 'i.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/alter_inherited.psql
