\i test/setup.psql
-- Tables on a bind are changed by plain DDL, there and back.
\pset format unaligned
\t on
\set url :sqlite 'b.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_back.psql
