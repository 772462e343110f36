\i test/setup.psql
-- ALTER TABLE of columns that checks are over does all that it says, or nothing.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/alter_checks.psql
\! $MY users -Ne "SELECT table_name, constraint_name, constraint_type FROM information_schema.table_constraints WHERE table_name IN ('n1', 'r') AND table_schema = 'users' ORDER BY 1, 2"
