\i test/setup.psql
\set url :mysql 'users'
\i test/pushdown.psql
