\i test/setup.psql
-- What clients find in the catalogs of tables on binds: keys, and ordinary tables.
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/catalogs.psql
