\i test/setup.psql
\set url :mysql 'users'
\i test/system_columns.psql
