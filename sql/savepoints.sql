\i test/setup.psql
\set a_url :sqlite 'a.db'
\set b_url :sqlite 'b.db'
\setenv A `echo sqlite3 -tabs $D/a.db`
\i test/savepoints.psql
