\i test/setup.psql
-- ALTER TABLE of a table of this server changes tables of a bind that are its partitions, or
-- inherit from it.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_heirs.psql
