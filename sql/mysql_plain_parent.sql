\i test/setup.psql
-- Tables of this database with children on a MySQL bind.
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_parent.psql
