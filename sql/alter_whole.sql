\i test/setup.psql
-- ALTER TABLE that is refused, or rolled back, leaves table and rows as they were.
\pset format unaligned
\t on
\set url :sqlite 'w.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/alter_whole.psql
