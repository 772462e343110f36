\i test/setup.psql
-- A row that others refer to is kept with the same SQLSTATE by each action that keeps it;
-- a trigger's own RAISE keeps its own.
\set url :sqlite 'r.db'
SELECT binds.add('r', :'url');
\! sqlite3 $D/r.db "CREATE TABLE p (id INTEGER PRIMARY KEY, v INT UNIQUE); CREATE TABLE dr (id INTEGER PRIMARY KEY, p INT REFERENCES p (id) ON DELETE RESTRICT); CREATE TABLE ur (id INTEGER PRIMARY KEY, v INT REFERENCES p (v) ON UPDATE RESTRICT); CREATE TABLE na (id INTEGER PRIMARY KEY, p INT REFERENCES p (id)); CREATE TABLE q (id INTEGER PRIMARY KEY); CREATE TRIGGER no BEFORE DELETE ON q BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY of q: no'); END; INSERT INTO p VALUES (1, 10), (2, 20), (3, 30), (4, 40); INSERT INTO dr VALUES (1, 1); INSERT INTO ur VALUES (1, 20); INSERT INTO na VALUES (1, 3); INSERT INTO q VALUES (1)" && chmod 666 $D/r.db
IMPORT FOREIGN SCHEMA main FROM SERVER r INTO public;
\set VERBOSITY sqlstate
DELETE FROM p WHERE id = 1;
UPDATE p SET v = 21 WHERE id = 2;
DELETE FROM p WHERE id = 2;
DELETE FROM p WHERE id = 3;
UPDATE p SET id = 9 WHERE id = 3;
DELETE FROM q;
SELECT binds.execute('r', 'DELETE FROM p WHERE id = 1');
\set VERBOSITY default
DELETE FROM p WHERE id = 4;
SELECT * FROM p ORDER BY id;
