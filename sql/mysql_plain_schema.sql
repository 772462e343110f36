\i test/setup.psql
-- Schemas with relations of a bind have another name, or go: models, binds and the engine's tables
-- follow.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_schema.psql
\! $MY users -e 'SHOW TABLES'
