\i test/setup.psql
\set VERBOSITY terse
\set url :sqlite 'there.db'
\i test/assign_more.psql

-- A foreign key that refers to the table and that no statement drops in the file is refused before
-- anything is done; where the file is not written at all it is said to stay.
CREATE TABLE fa (id integer PRIMARY KEY);
CREATE TABLE fb (id integer PRIMARY KEY, a integer REFERENCES fa);
INSERT INTO fa VALUES (1);
INSERT INTO fb VALUES (1, 1);
SELECT * FROM binds.assign(ARRAY['fa', 'fb']::regclass[], 'there');
\set VERBOSITY default
SELECT * FROM binds.assign('fa', NULL);
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop"}');
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop", "keep_source": true}');
SELECT binds.get_bind('fa'), count(*) FILTER (WHERE contype = 'f') FROM pg_constraint WHERE conrelid = 'binds_metadata_there.fb'::regclass;
SELECT binds.alter('there', NULL, '{"read_only": true}');
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop", "keep_source": true}');
SELECT binds.alter('there', NULL, '{"read_only": false}');
SELECT * FROM fa;
SELECT count(*) FILTER (WHERE contype = 'f') FROM pg_constraint WHERE conrelid = 'binds_metadata_there.fb'::regclass;
-- The key of the table itself goes with it.
CREATE TABLE fc (id integer PRIMARY KEY);
CREATE TABLE fd (id integer PRIMARY KEY, c integer REFERENCES fc);
SELECT * FROM binds.assign(ARRAY['fc', 'fd']::regclass[], 'there');
SELECT * FROM binds.assign('fd', NULL, '{"foreign_keys": "drop"}');
SELECT * FROM binds.assign('fc', NULL);
-- What refers to a table that goes is a model, though its model does not say so.
CREATE TABLE fe (id integer PRIMARY KEY);
CREATE TABLE ff (id integer PRIMARY KEY, e integer);
SELECT * FROM binds.assign(ARRAY['fe', 'ff']::regclass[], 'there');
\! sqlite3 $D/there.db 'DROP TABLE ff; CREATE TABLE ff (id INTEGER PRIMARY KEY, e INTEGER REFERENCES fe)'
SELECT * FROM binds.assign('fe', NULL, '{"foreign_keys": "drop"}');
\set VERBOSITY terse
