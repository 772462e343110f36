\i test/setup.psql
\set url :mysql 'users'
\set schema users
\setenv CLIENT `echo $MY users -e`
\i test/sqlstates.psql
