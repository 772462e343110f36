\i test/setup.psql
\set VERBOSITY terse
\set url :sqlite 'there.db'
\setenv ENGINE `echo sqlite3 $D/there.db`
\i test/assign_lost.psql

-- A table that others have made anew in the file.
SELECT * FROM binds.assign(ARRAY['t', 'ref']::regclass[], 'there');
\! $ENGINE "DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL DEFAULT 3 CHECK (a > 0) REFERENCES ref, b VARCHAR(20) UNIQUE, c INTEGER AS (a * 2) STORED, v VARCHAR(5))"
SET client_min_messages = error;
SELECT lost('{t}');
SELECT lost('{t}', '{"foreign_keys": "drop"}');
RESET client_min_messages;

-- What reflect has made of a table comes along, whatever its types are; what it has left out is refused.
\! $ENGINE "CREATE TABLE theirs (k TEXT PRIMARY KEY, n INT DEFAULT 5, w, d DATETIME DEFAULT CURRENT_TIMESTAMP, l VARCHAR(3) COLLATE NOCASE); CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT NOT NULL); CREATE TABLE checked (id INTEGER PRIMARY KEY, n INTEGER CHECK (n > 0), UNIQUE (n)); CREATE INDEX part ON checked (n) WHERE n > 5"
SET client_min_messages = error;
SELECT model FROM binds.reflect('there');
SELECT lost('{theirs,counted}');
SELECT lost('{checked}');
ALTER FOREIGN TABLE checked ALTER n SET DEFAULT 5;
SELECT lost('{checked}');
RESET client_min_messages;
SELECT * FROM binds.assign('checked', NULL, '{"differences": "leave"}');

-- What the relation has of a column is told beside what the engine's has.
\! $ENGINE "CREATE TABLE twice (id INTEGER PRIMARY KEY, a INTEGER)"
SET client_min_messages = error;
SELECT model FROM binds.reflect('there');
ALTER FOREIGN TABLE twice ALTER a SET NOT NULL;
\! $ENGINE "DROP TABLE twice; CREATE TABLE twice (id INTEGER PRIMARY KEY, a INTEGER DEFAULT 3)"
SELECT lost('{twice}');
RESET client_min_messages;
