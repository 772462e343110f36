\i test/setup.psql
-- What an engine says is shown in the database's encoding, whichever that is: also what is
-- kept to be said at the end of a transaction.
\! sqlite3 $D/e.db "CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE n (id integer PRIMARY KEY); CREATE TRIGGER a BEFORE INSERT ON t WHEN new.id = 1 BEGIN SELECT RAISE(ROLLBACK, 'zähler €, 日本'); END; CREATE TRIGGER b BEFORE INSERT ON t WHEN new.id = 2 BEGIN SELECT RAISE(ROLLBACK, '`printf 'x%.0s' $(seq 254)`日本'); END; CREATE TRIGGER c BEFORE INSERT ON t WHEN new.id = 3 BEGIN SELECT RAISE(ABORT, 'zähler €, 日本'); END" && chmod 666 $D/e.db
\set url :sqlite 'e.db'
SET client_min_messages = warning;
DROP DATABASE IF EXISTS regress_binds_words;
CREATE DATABASE regress_binds_words TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_binds_words
\i test/lost_words.psql
DROP DATABASE regress_binds_words;
CREATE DATABASE regress_binds_words TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_binds_words
\i test/lost_words.psql
DROP DATABASE regress_binds_words;
