\i test/setup.psql
-- Tables of this database with children on a SQLite bind.
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_parent.psql
