\i test/setup.psql
\! $MY -e "DROP DATABASE IF EXISTS bytes; CREATE DATABASE bytes"
\set url :mysql 'bytes'
\set encoding LATIN1
\i test/bytes.psql
\set encoding WIN1252
\i test/bytes.psql
\set encoding SQL_ASCII
\i test/bytes.psql
