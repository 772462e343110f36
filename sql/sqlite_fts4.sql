\i test/setup.psql
-- A table of the module FTS4 is read and written like others; its rows are found by their rowid.
\set url :sqlite 'f.db'
\setenv DB `echo sqlite3 $D/f.db`
\! $DB "CREATE VIRTUAL TABLE ft USING fts4(title, body); INSERT INTO ft VALUES ('a', 'one two'), ('b', 'two three'), ('a', 'four')"
\! chmod 666 $D/f.db
SELECT binds.add('f', :'url', '{"schema": "f"}');
-- (not a word of the tables that hold its content)
SET client_min_messages = warning;
SELECT model FROM binds.reflect('f', '{"views": true}');
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main FROM SERVER f INTO i;
SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns WHERE table_schema IN ('f', 'i') AND table_name = 'ft' ORDER BY 1, 2, ordinal_position;
SELECT * FROM f.ft ORDER BY title, body;
INSERT INTO f.ft VALUES ('c', 'five'), ('d', NULL);
INSERT INTO i.ft (body, title) VALUES ('six', 'it''s é');
-- of two rows with the same title, only the one that is meant
UPDATE f.ft SET body = 'one changed' WHERE body = 'one two';
UPDATE i.ft SET title = body WHERE title = 'b';
DELETE FROM f.ft WHERE title = 'c';
DELETE FROM i.ft WHERE title = 'a' AND body LIKE 'fo%';
SELECT * FROM i.ft ORDER BY title, body;
-- The index of words is that of the rows.
SELECT * FROM binds.query('f', 'SELECT title FROM ft WHERE ft MATCH ''changed OR three OR six'' ORDER BY title');
SELECT * FROM binds.query('f', 'SELECT title FROM ft WHERE ft MATCH ''one OR four OR five''');
\! $DB "SELECT rowid, title, quote(body) FROM ft; INSERT INTO ft(ft) VALUES ('integrity-check')"
BEGIN;
DELETE FROM f.ft;
INSERT INTO f.ft VALUES ('x', 'y');
SELECT * FROM f.ft;
ROLLBACK;
SELECT count(*) FROM f.ft;
\set VERBOSITY sqlstate
INSERT INTO f.ft VALUES ('x', 'y') RETURNING *;
UPDATE f.ft SET body = 'y' RETURNING *;
DELETE FROM f.ft RETURNING *;
\set VERBOSITY default
SELECT count(*) FROM f.ft;
