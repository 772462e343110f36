\i test/setup.psql
-- What SQLite has not of a model is told once.
\pset format unaligned
\t on
\set url :sqlite 'told.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/told_once.psql
