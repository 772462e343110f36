\i test/setup.psql
-- What others have given a table, and no model says, stays when something else of it changes.
\pset format unaligned
\t on
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
\! sqlite3 $D/o.db 'CREATE TABLE p (id integer PRIMARY KEY, a int, t text COLLATE nocase DEFAULT (1+1), d datetime DEFAULT current_timestamp, k text COLLATE nocase UNIQUE, x tinyint, n text NOT NULL ON CONFLICT IGNORE DEFAULT 1, u int UNIQUE ON CONFLICT REPLACE CHECK (u > 0)); CREATE UNIQUE INDEX pt ON p (t COLLATE nocase); CREATE INDEX px ON p (x DESC) WHERE x > 1'; chmod 666 $D/o.db
\set url :sqlite 'o.db'
SELECT binds.add('lite', :'url');
SELECT model FROM binds.reflect('lite');
INSERT INTO p (id, a, t, k) VALUES (1, 1, 'tea', 'Ann');
-- The table is made anew, and the rest of it is as it was.
ALTER TABLE p ALTER a SET DEFAULT 3;
ALTER TABLE p ADD CHECK (a < 9), ADD z int DEFAULT 5;
\! sqlite3 $D/o.db 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL'
INSERT INTO p (id, k) VALUES (2, 'ANN');
INSERT INTO p (id, t) VALUES (2, 'TEA');
INSERT INTO p (id, u) VALUES (2, 0);
INSERT INTO p (id) VALUES (3) RETURNING a, t, d IS NULL, n, z;
SELECT statement, refused(statement) FROM unnest(ARRAY[
	'ALTER TABLE p ALTER t SET DEFAULT ''x''',
	'ALTER TABLE p ALTER d DROP DEFAULT, ALTER d SET NOT NULL',
	'ALTER TABLE p RENAME k TO kk']) statement;
ALTER TABLE p DROP COLUMN z;
ALTER TABLE p ALTER a TYPE bigint;
\! sqlite3 $D/o.db 'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL'
SELECT * FROM p ORDER BY id \g /dev/null
\! sqlite3 $D/o.db 'PRAGMA integrity_check'

-- A table remembers which keys there were.
\! sqlite3 $D/o.db 'CREATE TABLE a (id INTEGER PRIMARY KEY ON CONFLICT IGNORE AUTOINCREMENT, v int); INSERT INTO a (v) VALUES (1), (2), (3); DELETE FROM a WHERE id > 1; CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, v int); INSERT INTO b (v) VALUES (1); DELETE FROM b; CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT, v int)'
SELECT model FROM binds.reflect('lite', '{"only": ["a", "b", "c"]}');
SELECT refused('ALTER TABLE ' || t || ' ALTER v SET DEFAULT 4, ADD CHECK (v > 0)') FROM unnest('{a, b, c}'::text[]) t;
INSERT INTO a (v) VALUES (DEFAULT) RETURNING *;
INSERT INTO b (v) VALUES (DEFAULT) RETURNING *;
INSERT INTO c (v) VALUES (DEFAULT) RETURNING *;
\! sqlite3 $D/o.db "SELECT sql FROM sqlite_schema WHERE name IN ('a', 'b')" "SELECT * FROM sqlite_sequence ORDER BY name"
