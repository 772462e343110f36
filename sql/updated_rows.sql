\i test/setup.psql
\set url :sqlite 'there.db'
\i test/updated_rows.psql
