\i test/setup.psql
-- A model that others refer to is forgotten after them; one that refers to itself, at once.
\set url :sqlite 'lib.db'
\! sqlite3 $D/lib.db "CREATE TABLE books (id INTEGER PRIMARY KEY, next INT REFERENCES books); CREATE TABLE loans (id INTEGER PRIMARY KEY, book INT REFERENCES books, other INT REFERENCES books); CREATE TABLE \"A notes\" (id INTEGER PRIMARY KEY, book INT REFERENCES books)"; chmod 666 $D/lib.db
SELECT binds.add('lib', :'url');
SELECT model FROM binds.reflect('lib');
SELECT binds.forget('lib', 'books');
\set VERBOSITY sqlstate
SELECT binds.forget('lib', 'books');
\set VERBOSITY default
SELECT count(*) FROM books;
SELECT binds.forget('lib', 'loans'), binds.forget('lib', 'A notes'), binds.forget('lib', 'books');
-- On the default bind likewise.
SELECT binds.define('CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int REFERENCES a)');
SELECT binds.forget(NULL, 'a');
SELECT binds.forget(NULL, 'b'), binds.forget(NULL, 'a');
-- Of a cycle a foreign key goes first, as the hint says.
SELECT binds.define('CREATE TABLE c (id int PRIMARY KEY, d int); CREATE TABLE d (id int PRIMARY KEY, c int REFERENCES c);
	ALTER TABLE c ADD FOREIGN KEY (d) REFERENCES d', 'lib');
SELECT binds.forget('lib', 'c');
ALTER TABLE binds_metadata_lib.d DROP CONSTRAINT d_c_fkey;
SELECT binds.forget('lib', 'c'), binds.forget('lib', 'd');
