\i test/setup.psql
-- ALTER TABLE of columns that checks are over does all that it says, or nothing.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/alter_checks.psql
\! sqlite3 $D/p.db "SELECT sql FROM sqlite_schema WHERE name IN ('n1', 'r')"
