\i test/setup.psql
-- RENAME COLUMN leaves what differs in another part of the table, which has the name in a text only.
\pset format unaligned
\t on
SET client_min_messages = error;
\set url :sqlite 'words.db'
SELECT binds.add('f', :'url');
\! sqlite3 "$D/words.db" "CREATE TABLE t (id integer PRIMARY KEY, a text, b text DEFAULT 'see a', c text DEFAULT (upper('a b')))"
\! chmod 666 "$D/words.db"
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text)', 'f');
SELECT model, action FROM binds.create_all('f');
SELECT kind FROM binds.diff('f') WHERE kind !~ 'local';
ALTER TABLE t RENAME COLUMN a TO d;
INSERT INTO t (id, d) VALUES (1, 'd');
SELECT * FROM t;
\! sqlite3 "$D/words.db" "INSERT INTO t (id) VALUES (2); SELECT * FROM t"
-- But not what reads the column.
\! sqlite3 "$D/words.db" "CREATE TABLE u (id integer PRIMARY KEY, a text, b text GENERATED ALWAYS AS (\"A\" || 'x') STORED)"
SELECT binds.define('CREATE TABLE u (id int PRIMARY KEY, a text, b text)', 'f');
SELECT model, action FROM binds.create_all('f') WHERE model = 'u';
SELECT kind FROM binds.diff('f') WHERE model = 'u' AND kind !~ 'local';
\set VERBOSITY sqlstate
ALTER TABLE u RENAME COLUMN a TO d;
