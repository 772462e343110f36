\i test/setup.psql
\set url :sqlite 's.db'
\set schema main
\setenv CLIENT `echo sqlite3 $D/s.db`
\i test/sqlstates.psql
