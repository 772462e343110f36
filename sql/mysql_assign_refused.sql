\i test/setup.psql
\set url :mysql 'users'
SELECT binds.add('there', :'url');
\i test/assign_refused.psql
