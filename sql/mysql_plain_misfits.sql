\i test/setup.psql
-- Rows that do not fit what ALTER TABLE asks for on a bind are told of as of PostgreSQL's own.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_misfits.psql
