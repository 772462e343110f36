\i test/setup.psql
\set a_url :mysql 'users'
\set b_url :mysql 'other'
\setenv A `echo $MY users -e`
\i test/savepoints.psql
