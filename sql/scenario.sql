\i test/setup.psql
-- Both binds are SQLite files.
\set meta_url :sqlite 'meta.db'
\set auth_url :sqlite 'auth.db'
\setenv META `echo sqlite3 -list -nullvalue NULL $D/meta.db`
\setenv META_TABLES `echo test/tables $D/meta.db`
\setenv AUTH `echo sqlite3 -list -nullvalue NULL $D/auth.db`
\setenv AUTH_TABLES `echo test/tables $D/auth.db`
\i test/scenario.psql
