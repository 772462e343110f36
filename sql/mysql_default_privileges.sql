\i test/setup.psql
\set VERBOSITY terse
\set url :mysql 'users'
\i test/default_privileges.psql
