\i test/setup.psql
-- ALTER TABLE that is refused, or rolled back, leaves table and rows as they were, where DDL
-- commits, too.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/alter_whole.psql
