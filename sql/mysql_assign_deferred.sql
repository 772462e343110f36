\i test/setup.psql
\set VERBOSITY terse
\set url :mysql 'users'
\set options '{"deferrable": "immediate"}'
\i test/assign_deferred.psql
