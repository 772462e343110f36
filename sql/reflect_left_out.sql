\i test/setup.psql
-- What reflect does not carry over is said in one NOTICE per table, with the reason.
\set url :sqlite 'l.db'
\setenv DB `echo sqlite3 $D/l.db`
\! $DB "CREATE TABLE plain (id INTEGER PRIMARY KEY, a INT NOT NULL DEFAULT 1, UNIQUE (a)); CREATE INDEX plain_a ON plain (a)"
\! $DB "CREATE TABLE much (id TEXT PRIMARY KEY, \"check\" TEXT, a INT CONSTRAINT \"a \"\"pos\" CHECK (a > 0), b TEXT DEFAULT 'CHECK (x)' /* CHECK (y) */, c INT AS (a + 1), CHECK (b <> 'check'), CONSTRAINT nn CHECK (a < 10))"
\! $DB "CREATE INDEX much_part ON much (a) WHERE a > 1; CREATE UNIQUE INDEX much_expr ON much (lower(b)); CREATE INDEX much_b ON much (b); CREATE TRIGGER much_t AFTER INSERT ON Much BEGIN SELECT 1; END"
\! chmod 666 $D/l.db
CREATE SCHEMA l;
SELECT binds.add('l', :'url', '{"schema": "l"}');
SELECT model, action FROM binds.reflect('l', '{"only": ["plain"]}');
SELECT model, action FROM binds.reflect('l');
-- A foreign table of IMPORT could have checks, but no indexes.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main FROM SERVER l INTO i;
-- Using the tables says nothing.
INSERT INTO l.much (id, a) VALUES ('x', 5) RETURNING *;
INSERT INTO l.much (id, a) VALUES ('y', 10);
-- Nothing is left: nothing is said.
SELECT model, action FROM binds.reflect('l');
