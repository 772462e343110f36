\i test/setup.psql
-- ALTER TABLE of a table of this server changes tables of a bind that are its partitions, or
-- inherit from it.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_heirs.psql
