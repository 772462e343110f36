\i test/setup.psql
\set SHOW_CONTEXT never
\set url :sqlite 'there.db'
\set other :sqlite 'other.db'
\i test/assign_checks.psql
