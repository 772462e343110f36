\i test/setup.psql
\set VERBOSITY terse
\set url :sqlite 'there.db'
\set options '{}'
\i test/assign_deferred.psql
