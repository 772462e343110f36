\i test/setup.psql
-- Plain DDL on a bind is refused, and told of, as on PostgreSQL's own tables.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_told.psql
