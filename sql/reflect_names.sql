\i test/setup.psql
-- Names of constraints in SQLite, and those that PostgreSQL gives to keys and sequences, may
-- be those of other tables: none is lost for that.
\set url :sqlite 'n.db'
\! sqlite3 $D/n.db "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, x INT, y INT, CONSTRAINT z UNIQUE (x), UNIQUE (y)); CREATE TABLE z (id INTEGER PRIMARY KEY); CREATE TABLE a_pkey (id INTEGER PRIMARY KEY); CREATE TABLE a_id_seq (id INTEGER PRIMARY KEY); CREATE TABLE a_y_key (x INT)"
\! sqlite3 $D/n.db "CREATE TABLE b (x INT UNIQUE, y INT); CREATE INDEX b_x_key ON b (y)"
\! chmod 666 $D/n.db
CREATE SCHEMA n;
SELECT binds.add('n', :'url', '{"schema": "n"}');
SELECT model, action FROM binds.reflect('n', '{"only": ["a", "b"]}');
SELECT model, action FROM binds.reflect('n');
SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'binds_metadata_n' ORDER BY 1, 2;
INSERT INTO n.a (x) VALUES (1) RETURNING id;
-- A model of another role is left as it is.
\! sqlite3 $D/n.db "CREATE TABLE a_x_key (i INT); CREATE TABLE c (i INT)"
CREATE ROLE regress_names;
GRANT USAGE ON FOREIGN SERVER n TO regress_names;
GRANT USAGE, CREATE ON SCHEMA n, binds_metadata_n TO regress_names;
SET ROLE regress_names;
SELECT model, action FROM binds.reflect('n');
SELECT binds.define('CREATE TABLE a_x_key (id int)', 'n');
RESET ROLE;
SELECT model, action FROM binds.reflect('n');
SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'binds_metadata_n' AND tablename = 'a' ORDER BY 1, 2;
DROP OWNED BY regress_names;
DROP ROLE regress_names;
