\i test/setup.psql
-- What a table of SQLite has and one made of its model would not have is said in the
-- NOTICE of reflect: it works on only as long as the table is the one that was reflected.
\set url :sqlite 'm.db'
\setenv DB `echo sqlite3 $D/m.db`
\! $DB "CREATE TABLE anew (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT DEFAULT ('a' || 'b'), b TEXT COLLATE NOCASE, c VARCHAR(9) COLLATE RTRIM UNIQUE ON CONFLICT IGNORE, d CHAR(3), e INT DEFAULT (1 + 2), f INT AS (e + 1), t TIMESTAMP DEFAULT CURRENT_TIMESTAMP, y DATE DEFAULT CURRENT_DATE)"
\! $DB "CREATE TABLE odd (k TEXT, v ANY, PRIMARY KEY (k)) STRICT, WITHOUT ROWID"
-- Nothing of these is lost: literals, the current time with its zone, and words in texts and names.
\! $DB "CREATE TABLE same (\"autoincrement\" INTEGER PRIMARY KEY, a TEXT COLLATE BINARY DEFAULT 'ON CONFLICT', b INT DEFAULT 7, t TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP, \"strict\" TEXT DEFAULT NULL, u CHAR(36) COLLATE NOCASE) /* AUTOINCREMENT */"
\! chmod 666 $D/m.db
-- An index or key has a collation of its own where it is not the column's, nor that of a new table.
\! $DB "CREATE TABLE keys (id TEXT NOT NULL, n TEXT COLLATE NOCASE, u CHAR(36) COLLATE NOCASE, v INT, PRIMARY KEY (id COLLATE NOCASE), UNIQUE (n COLLATE RTRIM), UNIQUE (v DESC)); CREATE UNIQUE INDEX keys_i ON keys (id COLLATE NOCASE DESC, v); CREATE INDEX keys_n ON keys (n COLLATE RTRIM); CREATE INDEX keys_u ON keys (u COLLATE BINARY); CREATE INDEX keys_same ON keys (n, u, id COLLATE BINARY, v DESC); CREATE INDEX keys_anew ON keys (n COLLATE BINARY)"
CREATE SCHEMA m;
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m');
-- The table itself has them.
INSERT INTO m.anew (b, c) VALUES ('B', 'c') RETURNING id, a, b, c, e, f;
-- A foreign table of IMPORT makes no table, so it lacks none of these.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main FROM SERVER m INTO i;
-- What is read as another type has no default of its own any more.
SELECT binds.forget('m', 'same');
SELECT model, action FROM binds.reflect('m', '{"as_text": ["b"]}');
-- The statement for a new table has nothing of this, and all the rest.
SELECT statement FROM binds.ddl('m') WHERE statement LIKE '%"same"%' OR statement LIKE '%"odd"%';
