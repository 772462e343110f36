\i test/setup.psql
-- A default that raises an error is one of who inserts a row, and not of who gives it.
\pset format unaligned
\t on
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/raising_defaults.psql
