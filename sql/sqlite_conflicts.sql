\i test/setup.psql
-- The number of rows that a statement reports is the number that the engine has stored,
-- whatever the definitions and triggers of a SQLite file do with a row.
\setenv F `echo $D/c.db`
\! sqlite3 $F "CREATE TABLE ign (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, v TEXT NOT NULL ON CONFLICT IGNORE CHECK (v <> 'no')); CREATE TABLE rep (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, v TEXT UNIQUE ON CONFLICT REPLACE); CREATE TABLE rol (id INTEGER PRIMARY KEY ON CONFLICT ROLLBACK, v TEXT); INSERT INTO ign VALUES (1, 'one'); INSERT INTO rep VALUES (1, 'one'); INSERT INTO rol VALUES (1, 'one')"
\! sqlite3 $F "CREATE TABLE drops (id INTEGER PRIMARY KEY, v TEXT); CREATE TRIGGER d_i BEFORE INSERT ON drops WHEN new.v = 'no' BEGIN SELECT RAISE(IGNORE); END; CREATE TRIGGER d_u BEFORE UPDATE ON drops WHEN new.v = 'no' BEGIN SELECT RAISE(IGNORE); END; CREATE TRIGGER d_d BEFORE DELETE ON drops WHEN old.v = 'stay' BEGIN SELECT RAISE(IGNORE); END"
\! sqlite3 $F "CREATE TABLE tags (t TEXT PRIMARY KEY, n INT); CREATE TABLE notes (id INTEGER PRIMARY KEY, t TEXT); CREATE TRIGGER n_i AFTER INSERT ON notes BEGIN INSERT OR IGNORE INTO tags VALUES (new.t, 0); INSERT OR REPLACE INTO tags SELECT t, n + 1 FROM tags WHERE t = new.t; END"
\! sqlite3 $F "CREATE TABLE base (id INTEGER PRIMARY KEY, v TEXT); CREATE VIEW vw AS SELECT id, v FROM base; CREATE TRIGGER v_i INSTEAD OF INSERT ON vw BEGIN INSERT INTO base VALUES (new.id, new.v); END; CREATE TRIGGER v_u INSTEAD OF UPDATE ON vw BEGIN UPDATE base SET v = new.v WHERE id = old.id; END; CREATE TRIGGER v_d INSTEAD OF DELETE ON vw BEGIN DELETE FROM base WHERE id = old.id; END"
\! sqlite3 $F "CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree ON DELETE CASCADE); INSERT INTO tree VALUES (1, NULL), (2, 1), (3, 2)"
\! chmod 666 $F
\set url :sqlite 'c.db'
SELECT binds.add('c', :'url', '{"schema": "c"}');
SELECT count(*) FROM binds.reflect('c');
\pset format unaligned
\pset tuples_only on
\set VERBOSITY terse

-- A key that is there is 23505, whatever the table says of conflicts.
INSERT INTO c.ign VALUES (1, 'again');
\echo :SQLSTATE :ROW_COUNT
INSERT INTO c.ign VALUES (2, 'two'), (3, 'three'), (1, 'again'), (4, 'four'), (5, 'five');
\echo :SQLSTATE
INSERT INTO c.ign VALUES (1, 'again') RETURNING *;
\echo :SQLSTATE
INSERT INTO c.ign VALUES (6, 'no');
\echo :SQLSTATE
INSERT INTO c.rep VALUES (1, 'again');
\echo :SQLSTATE
INSERT INTO c.rep VALUES (2, 'one');
\echo :SQLSTATE
INSERT INTO c.rep VALUES (2, 'two');
UPDATE c.rep SET v = 'one' WHERE id = 2;
\echo :SQLSTATE
INSERT INTO c.rol VALUES (1, 'again');
\echo :SQLSTATE
-- and it undoes no more than the statement
BEGIN;
INSERT INTO c.rol VALUES (2, 'two');
SAVEPOINT s;
INSERT INTO c.rol VALUES (1, 'again');
ROLLBACK TO s;
COMMIT;
SELECT * FROM c.ign ORDER BY id;
SELECT * FROM c.rep ORDER BY id;
SELECT * FROM c.rol ORDER BY id;
COPY c.ign FROM STDIN;
7	seven
1	again
\.
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM c.ign;
-- ON CONFLICT DO NOTHING skips those, and counts the others
INSERT INTO c.ign VALUES (1, 'again'), (8, 'eight') ON CONFLICT DO NOTHING;
\echo :ROW_COUNT
INSERT INTO c.rep VALUES (1, 'again'), (3, 'three') ON CONFLICT DO NOTHING RETURNING *;
SELECT * FROM c.rep ORDER BY id;
-- a statement in the engine's own words is the engine's affair
SELECT binds.execute('c', 'INSERT INTO ign VALUES (1, ''again'')');
SELECT binds.execute('c', 'INSERT INTO rep VALUES (1, ''again'')');
SELECT * FROM c.rep ORDER BY id;

-- A row that a trigger of the engine drops is not counted, nor returned.
INSERT INTO c.drops VALUES (1, 'no');
\echo :ROW_COUNT
INSERT INTO c.drops VALUES (1, 'a'), (2, 'no'), (3, 'c'), (4, 'stay'), (5, 'no');
\echo :ROW_COUNT
INSERT INTO c.drops VALUES (6, 'no'), (7, 'f') RETURNING id;
\echo :ROW_COUNT
COPY c.drops FROM STDIN;
8	no
9	i
10	no
\.
\echo :ROW_COUNT
INSERT INTO c.drops SELECT i, CASE WHEN i % 3 = 0 THEN 'no' ELSE 'x' END FROM generate_series(11, 3010) i;
\echo :ROW_COUNT
SELECT count(*) FROM c.drops;
UPDATE c.drops SET v = 'no' WHERE id < 10;
\echo :ROW_COUNT
UPDATE c.drops SET v = CASE WHEN id = 1 THEN 'no' ELSE v END WHERE id < 10 RETURNING id;
\echo :ROW_COUNT
DELETE FROM c.drops WHERE id < 10;
\echo :ROW_COUNT
SELECT * FROM c.drops WHERE id < 10;

-- What triggers say of conflicts in their own statements holds.
INSERT INTO c.notes VALUES (1, 'x'), (2, 'x'), (3, 'y');
\echo :ROW_COUNT
SELECT * FROM c.tags ORDER BY t;

-- Of a view the engine counts nothing; its triggers are believed.
CREATE FOREIGN TABLE vw (id bigint OPTIONS (key 'true'), v text) SERVER c;
INSERT INTO vw VALUES (1, 'a'), (2, 'b');
\echo :ROW_COUNT
UPDATE vw SET v = 'c' WHERE id = 1;
\echo :ROW_COUNT
DELETE FROM vw WHERE id = 2;
\echo :ROW_COUNT
SELECT * FROM c.base;
SELECT binds.execute('c', 'DELETE FROM vw');

-- Rows that the action of a foreign key has removed before their turn.
DELETE FROM c.tree;
SELECT * FROM c.tree;

-- A row that was read and is then not found, though nothing can have removed it, is an
-- error, not a row less: a key of doubles that does not hold what the column does.
\! sqlite3 $D/k.db "CREATE TABLE k (a NUMERIC NOT NULL, v TEXT, PRIMARY KEY (a)) WITHOUT ROWID; INSERT INTO k VALUES (9007199254740993, 'x'), (1, 'y')"
\! chmod 666 $D/k.db
\set url :sqlite 'k.db'
SELECT binds.add('k', :'url');
CREATE FOREIGN TABLE k (a float8 OPTIONS (key 'true'), v text) SERVER k;
UPDATE k SET v = 'z' WHERE v = 'x';
\echo :SQLSTATE
DELETE FROM k WHERE v = 'x' RETURNING v;
\echo :SQLSTATE
UPDATE k SET v = 'z' WHERE v = 'y';
\echo :ROW_COUNT
SELECT v FROM k ORDER BY v;
-- where the statement writes the table elsewhere, too, it may have removed the row: then it
-- is PostgreSQL's error about that
CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM k WHERE a = 1; RETURN NEW; END $$;
CREATE TRIGGER gone BEFORE UPDATE ON k FOR EACH ROW EXECUTE FUNCTION gone();
UPDATE k SET v = 'w' WHERE v = 'z';
\echo :SQLSTATE
