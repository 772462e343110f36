\i test/setup.psql
-- Indexes and keys over columns of foreign keys come and go.
\pset format unaligned
\t on
\set url :sqlite 'k.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/key_indexes.psql
