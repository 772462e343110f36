\i test/setup.psql
\set VERBOSITY terse
\set url :mysql 'users'
SELECT binds.add('there', :'url');
\set VERBOSITY default
\set SHOW_CONTEXT never
\i test/assign_references.psql
-- Between engines, and foreign keys are those of the server.
\set url :mysql 'other'
SELECT binds.add('other', :'url');
SELECT * FROM binds.assign(ARRAY['egg', 'hen', 'nest', 'chain']::regclass[], 'other');
\! $MY -N -e "SELECT table_name, constraint_name FROM information_schema.referential_constraints WHERE constraint_schema = 'other' ORDER BY 1, 2"
-- The session that moved them looks at foreign keys.
SELECT q->>'on' AS on FROM binds.query('there', 'SELECT @@foreign_key_checks AS `on`') q;
