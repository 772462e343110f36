\i test/setup.psql
-- auth is a MySQL database, meta a SQLite file.
\set meta_url :sqlite 'meta.db'
\set auth_url :mysql 'users'
\setenv META `echo sqlite3 -list -nullvalue NULL $D/meta.db`
\setenv META_TABLES `echo test/tables $D/meta.db`
\setenv AUTH `echo $MY users -e`
\setenv AUTH_TABLES `echo test/tables users`
\i test/scenario.psql
