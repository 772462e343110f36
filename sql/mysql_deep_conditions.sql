\i test/setup.psql
-- Conditions deeper than what is sent to a server are checked here, as those of a table here.
\set url :mysql 'users'
\i test/deep_conditions.psql
