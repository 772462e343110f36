\i test/setup.psql
-- Schemas with relations of a bind have another name, or go: models, binds and the engine's tables
-- follow.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_schema.psql
\! sqlite3 $D/p.db "SELECT name FROM sqlite_schema"
