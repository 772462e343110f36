\i test/setup.psql
-- Rows that do not fit what ALTER TABLE asks for on a bind are told of as of PostgreSQL's own.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_misfits.psql
