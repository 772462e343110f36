\i test/setup.psql
\set url :sqlite 'bytes.db'
\set encoding LATIN1
\i test/bytes.psql
\set encoding WIN1252
\i test/bytes.psql
\set encoding SQL_ASCII
\i test/bytes.psql
