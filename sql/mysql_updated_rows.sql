\i test/setup.psql
\set url :mysql 'users'
\i test/updated_rows.psql
