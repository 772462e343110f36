\i test/setup.psql
-- ALTER TABLE ... DROP ... CASCADE of tables of a bind takes with it what it takes of PostgreSQL's.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_cascade.psql
