\i test/setup.psql
\set url :sqlite 's.db'
\i test/system_columns.psql
