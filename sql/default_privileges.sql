\i test/setup.psql
\set VERBOSITY terse
\set url :sqlite 'there.db'
\i test/default_privileges.psql
