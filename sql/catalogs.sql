\i test/setup.psql
-- What clients find in the catalogs of tables on binds: keys, and ordinary tables.
\set url :sqlite 'c.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/catalogs.psql
