\i test/setup.psql
\set url :sqlite 'p.db'
\i test/pushdown.psql
