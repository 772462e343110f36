\i test/setup.psql
-- What SQLite reports gets PostgreSQL's SQLSTATE, and leaves the session usable.
\set url :sqlite 'e.db'
SELECT binds.add('e', :'url');
SELECT binds.define($$
CREATE TABLE parent (id integer PRIMARY KEY, v varchar(10) UNIQUE);
CREATE TABLE child (id serial PRIMARY KEY, p integer REFERENCES parent (id), n integer NOT NULL CHECK (n > 0));
$$, 'e');
SELECT model, action FROM binds.create_all('e');
\! chmod 666 $D/e.db*
\! sqlite3 $D/e.db "CREATE VIEW vw AS SELECT 1 AS x; CREATE TABLE gen (a INT, b INT AS (a + 1)); CREATE TABLE strict_one (id INTEGER PRIMARY KEY, n INT) STRICT; CREATE TABLE orphan (p INT REFERENCES gen (a)); CREATE TABLE trig (a INT); CREATE TRIGGER no BEFORE INSERT ON trig BEGIN SELECT RAISE(FAIL, 'the trigger says no'); END"
INSERT INTO parent VALUES (1, 'one');
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.execute('e', statement);
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT try(s), s AS statement FROM unnest(ARRAY[
	'INSERT INTO parent VALUES (1, ''x'')',
	'INSERT INTO parent VALUES (2, ''one'')',
	'INSERT INTO child (p, n) VALUES (9, 1)',
	'INSERT INTO child (n) VALUES (NULL)',
	'INSERT INTO child (n) VALUES (0)',
	'INSERT INTO child (id, n) VALUES (''x'', 1)',
	'INSERT INTO strict_one VALUES (1, ''x'')',
	'INSERT INTO gen (b) VALUES (1)',
	'INSERT INTO vw VALUES (1)',
	'INSERT INTO orphan VALUES (1)',
	'INSERT INTO trig VALUES (1)',
	'INSERT INTO parent VALUES (1)',
	'INSERT INTO parent (nix) VALUES (1)',
	'INSERT INTO nix VALUES (1)',
	'UPDATE parent SET nix = 1',
	'DELETE FROM parent WHERE nix = 1',
	'DELETE FROM parent WHERE',
	'DELETE FROM parent WHERE nix()',
	'DELETE FROM parent WHERE abs()',
	'DELETE FROM parent WHERE id = (SELECT id FROM parent a, parent b)',
	'DELETE FROM parent WHERE v = ''x'' COLLATE nix',
	'INSERT INTO child (n) SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)',
	'INSERT INTO child (n) VALUES (zeroblob(2000000000))',
	'INSERT INTO child (n) VALUES (json(''{''))',
	'DELETE FROM sqlite_schema',
	'CREATE TABLE parent (id integer)',
	'CREATE INDEX parent ON child (n)',
	'CREATE TABLE twice (a integer, A integer)',
	'DROP INDEX nix',
	'DROP TRIGGER nix',
	'DROP TABLE vw',
	'CREATE VIRTUAL TABLE x USING nix',
	'PRAGMA nix',
	'DELETE FROM child WHERE id = ?'
]) AS s;
-- "full" is also what SQLite says when there is no row number left
BEGIN;
SELECT binds.execute('e', 'CREATE TABLE last (id INTEGER PRIMARY KEY AUTOINCREMENT)');
SELECT binds.execute('e', 'INSERT INTO last VALUES (9223372036854775807)');
\set VERBOSITY sqlstate
SELECT binds.execute('e', 'INSERT INTO last VALUES (NULL)');
\set VERBOSITY default
ROLLBACK;
-- everything is as before
SELECT * FROM parent;
INSERT INTO parent VALUES (2, 'two') RETURNING *;
-- the message is SQLite's, with bind, table, statement and parameters
INSERT INTO child (p, n) VALUES (1, 1), (9, 1);
INSERT INTO parent SELECT i, repeat('ä', 5) FROM generate_series(3, 4) i;
