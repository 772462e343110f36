\i test/setup.psql
-- What others have made of a column in a SQLite file: it does not become a text when the
-- column goes, and AUTOINCREMENT stays while other parts of the table change.
\pset format unaligned
\t on
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	d text;
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL;
	RETURN SQLSTATE || ' ' || substring(d from '[^;]*$');
END $$;
\set url :sqlite 'o.db'
SELECT binds.add('lite', :'url');
SET binds.bind_key = 'lite';
CREATE TABLE w (id serial PRIMARY KEY, n integer, o integer, "q ""n" integer);
INSERT INTO w (n, o, "q ""n") VALUES (7, 1, 2), (3, 2, 2);
SELECT binds.execute('lite', 'ALTER TABLE w ADD COLUMN g AS (n * 2) VIRTUAL');
SELECT binds.execute('lite', 'ALTER TABLE w ADD COLUMN h INTEGER CHECK (h < n)');
SELECT binds.execute('lite', 'ALTER TABLE w ADD COLUMN t TEXT DEFAULT ''n2'' CHECK (t <> ''o'')');
-- a renamed column has quotes in what others say of it
ALTER TABLE w RENAME n TO n2;
SELECT refused('ALTER TABLE w DROP n2');
SELECT refused('ALTER TABLE w DROP n2, ALTER o SET NOT NULL');
SELECT binds.define('ALTER TABLE w DROP n2', 'lite');
SELECT kind, action FROM binds.upgrade('lite');
SELECT binds.query('lite', 'SELECT g, h, t FROM w ORDER BY id');
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true}') WHERE kind !~ 'storage';
SELECT binds.query('lite', 'SELECT * FROM w ORDER BY id');
-- by others, in all quotes; a text of its name is no use of it
CREATE TABLE u (id serial PRIMARY KEY, n integer, o integer, "q ""n" integer);
INSERT INTO u (n, o) VALUES (7, 1);
SELECT binds.execute('lite', s) FROM unnest(ARRAY['CREATE INDEX ui ON u (o) WHERE "N" > 5',
	'CREATE INDEX uj ON u (abs([n]))', 'CREATE INDEX uk ON u (o, `q "n`)']) AS s;
SELECT s, refused(s) FROM unnest(ARRAY['ALTER TABLE u DROP n, ADD CHECK (o > 0)',
	'ALTER TABLE u DROP "q ""n", ADD CHECK (o > 0)']) AS s;
SELECT binds.execute('lite', s) FROM unnest(ARRAY['DROP INDEX ui', 'DROP INDEX uj', 'DROP INDEX uk']) AS s;
SELECT binds.execute('lite', 'CREATE VIEW v AS SELECT o, "n" FROM u');
SELECT refused('ALTER TABLE u DROP n, ADD CHECK (o > 0)');
SELECT binds.execute('lite', 'DROP VIEW v');
SELECT binds.execute('lite', 'CREATE TRIGGER r AFTER UPDATE ON w BEGIN UPDATE u SET o = n; END');
SELECT refused('ALTER TABLE u DROP n, ADD CHECK (o > 0)');
SELECT binds.execute('lite', 'DROP TRIGGER r');
SELECT binds.execute('lite', 'CREATE TRIGGER r AFTER UPDATE ON u WHEN new.n > 3 BEGIN SELECT 1; END');
SELECT refused('ALTER TABLE u DROP n, ADD CHECK (o > 0)');
SELECT binds.execute('lite', 'DROP TRIGGER r');
SELECT binds.execute('lite', 'CREATE TABLE n (x)');
SELECT binds.execute('lite', 'CREATE VIEW v AS SELECT ''n'' AS m, n(o) AS o FROM u');
SELECT refused('ALTER TABLE u DROP n, ADD CHECK (o > 0)');
SELECT binds.query('lite', 'SELECT * FROM u');
-- AUTOINCREMENT is of no model: it stays, with what it remembers, whatever else changes
SELECT binds.execute('lite', 'CREATE TABLE au (id integer PRIMARY KEY AUTOINCREMENT, a integer, b text)');
SELECT binds.execute('lite', 'INSERT INTO au (id, a) VALUES (7, 1), (9, 2)');
SELECT binds.execute('lite', 'DELETE FROM au WHERE id = 9');
SELECT relation FROM binds.reflect('lite', '{"only": ["au"]}');
SELECT binds.define('ALTER TABLE au ADD c integer', 'lite');
SELECT kind, action, note FROM binds.upgrade('lite') WHERE model = 'au' AND kind !~ 'local';
SELECT binds.define('ALTER TABLE au ADD CHECK (a > 0); ALTER TABLE au ADD d integer DEFAULT 3 NOT NULL', 'lite');
SELECT kind, action FROM binds.upgrade('lite') WHERE model = 'au' AND kind !~ 'local';
INSERT INTO au (a) VALUES (5) RETURNING *;
ALTER TABLE au RENAME id TO idx;
ALTER TABLE au ALTER b SET DEFAULT 'b';
INSERT INTO au (a) VALUES (5) RETURNING *;
SELECT binds.query('lite', 'SELECT sql FROM sqlite_schema WHERE name = ''au''')->>'sql';
SELECT kind, action, note FROM binds.upgrade('lite', '{"drop": true}') WHERE model = 'au';
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true, "lossy": true}') WHERE model = 'au';
SELECT binds.query('lite', 'SELECT sql FROM sqlite_schema WHERE name = ''au''')->>'sql';
