\i test/setup.psql
-- Plain DDL on a bind is refused, and told of, as on PostgreSQL's own tables.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_told.psql
