\i test/setup.psql
-- Rows whose key ON UPDATE CASCADE may change in the middle of a statement: everyday statements go on, and what the
-- statement does to its own rows, triggers on the way of a foreign key, and what has changed since are not overlooked.
\set url :sqlite 'm.db'
SELECT binds.add('m', :'url', '{"schema": "m"}') \g /dev/null
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
\setenv DDL 'CREATE TABLE ord (id int NOT NULL PRIMARY KEY, v int); INSERT INTO ord VALUES (1, 0), (2, 0), (3, 0); CREATE TABLE item (oid int NOT NULL, n int NOT NULL, q int, t int AS (q * 2) STORED, PRIMARY KEY (oid, n), FOREIGN KEY (oid) REFERENCES ord (id) ON UPDATE CASCADE); INSERT INTO item (oid, n, q) VALUES (1, 1, 1), (1, 2, 2), (2, 1, 3); CREATE TABLE aud (i int, w int, u int AS (w + 1) STORED); CREATE TABLE cnt (id int NOT NULL PRIMARY KEY, v int); INSERT INTO cnt VALUES (1, 0); CREATE VIEW v AS SELECT id, v FROM ord'
\! sqlite3 $D/m.db "$(echo "$DDL" | sed 's/ON UPDATE CASCADE)/& WITHOUT ROWID/')"; chmod 666 $D/m.db
\! $MY users -e "$DDL"
IMPORT FOREIGN SCHEMA main FROM SERVER m INTO m OPTIONS (views 'true');
IMPORT FOREIGN SCHEMA users LIMIT TO (ord, item, aud, cnt, v) FROM SERVER s INTO s OPTIONS (views 'true');
ALTER FOREIGN TABLE s.v ALTER id OPTIONS (ADD key 'true');
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO %I.aud (i, w) VALUES ($1, 1)', TG_TABLE_SCHEMA) USING NEW.n;
  RETURN NEW;
END $$;
CREATE TRIGGER t BEFORE UPDATE ON m.item FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TRIGGER t BEFORE UPDATE ON s.item FOR EACH ROW EXECUTE FUNCTION audit();
-- lines are numbered anew, a client writes all columns, each is recorded; a view with a key
BEGIN;
UPDATE m.item SET n = n + 10 RETURNING *;
UPDATE s.item SET n = n + 10 RETURNING *;
UPDATE m.item SET oid = oid, n = n, q = q + 1;
UPDATE s.item SET oid = oid, n = n, q = q + 1;
SELECT count(*) FROM m.aud;
SELECT count(*) FROM s.aud;
UPDATE s.v SET id = id + 10, v = v + 1;
UPDATE s.v SET id = id, v = v + 1;
WITH x AS (UPDATE s.cnt SET v = 7 RETURNING v) UPDATE s.v SET v = x.v FROM x;
TABLE s.item ORDER BY 1, 2;
TABLE s.ord ORDER BY 1;
ROLLBACK;
-- a statement moves its own rows: by a column that is no part of the key, by deleting, by the engine's own triggers
\! sqlite3 $D/m.db "CREATE TABLE node (up int NOT NULL REFERENCES node (no) ON UPDATE CASCADE, seq int NOT NULL, no int UNIQUE, v int, PRIMARY KEY (up, seq)) WITHOUT ROWID; INSERT INTO node VALUES (1, 1, 1, 0), (1, 2, 2, 0), (2, 1, 3, 0), (3, 1, 4, 0); CREATE TABLE rest (up int NOT NULL DEFAULT 1 REFERENCES rest (no) ON DELETE SET DEFAULT, seq int NOT NULL, no int UNIQUE, PRIMARY KEY (up, seq)) WITHOUT ROWID; INSERT INTO rest VALUES (1, 1, 1), (1, 2, 2), (2, 3, 3), (3, 4, 4); CREATE TABLE selft (pid int NOT NULL REFERENCES ord ON UPDATE CASCADE, n int NOT NULL, v int, PRIMARY KEY (pid, n)) WITHOUT ROWID; INSERT INTO selft VALUES (1, 1, 0), (2, 1, 0); CREATE TRIGGER st AFTER UPDATE OF v ON selft BEGIN UPDATE ord SET id = id + 10 WHERE id < 10; END"
IMPORT FOREIGN SCHEMA main LIMIT TO (node, rest, selft) FROM SERVER m INTO m;
UPDATE m.node SET no = no + 100, v = v + 1;
DELETE FROM m.rest WHERE no IN (2, 3, 4);
UPDATE m.selft SET v = v + 1;
TABLE m.node ORDER BY 1, 2;
TABLE m.rest ORDER BY 1, 2;
TABLE m.selft ORDER BY 1, 2;
UPDATE m.node SET v = v + 1 WHERE v = 0;
DELETE FROM m.rest WHERE no = 4;
-- a trigger that a foreign key sets off
\! sqlite3 $D/m.db "CREATE TABLE top (id int NOT NULL PRIMARY KEY, v int); CREATE TABLE oth (id int NOT NULL PRIMARY KEY); CREATE TABLE mid (pid int REFERENCES top ON UPDATE CASCADE); CREATE TABLE low (pid int NOT NULL REFERENCES oth ON UPDATE CASCADE, n int NOT NULL, v int, PRIMARY KEY (pid, n)) WITHOUT ROWID; INSERT INTO top VALUES (1, 0); INSERT INTO oth VALUES (1), (2), (3); INSERT INTO mid VALUES (1); INSERT INTO low VALUES (1, 1, 0), (2, 1, 0), (3, 1, 0); CREATE TRIGGER mu AFTER UPDATE ON mid BEGIN UPDATE oth SET id = id - 1; END"
IMPORT FOREIGN SCHEMA main LIMIT TO (top, oth, mid, low) FROM SERVER m INTO m;
WITH p AS (UPDATE m.top SET id = id + 10 RETURNING id) UPDATE m.low SET v = 1 FROM p WHERE pid = 2;
TABLE m.low ORDER BY 1, 2;
BEGIN;
WITH p AS (UPDATE m.top SET v = v + 10 RETURNING id) UPDATE m.low SET v = 1 FROM p WHERE pid = 2 RETURNING low.*;
ROLLBACK;
-- keys that refer to computed columns, themselves and in a chain
\! sqlite3 $D/m.db "CREATE TABLE src (id int NOT NULL PRIMARY KEY); CREATE TABLE gen (a int NOT NULL REFERENCES src ON UPDATE CASCADE, c int AS (a * 10) STORED UNIQUE); CREATE TABLE chi (c int NOT NULL PRIMARY KEY REFERENCES gen (c) ON UPDATE CASCADE, v int) WITHOUT ROWID; INSERT INTO src VALUES (0), (1), (2); INSERT INTO gen (a) VALUES (1), (2); INSERT INTO chi VALUES (10, 0), (20, 0)"
IMPORT FOREIGN SCHEMA main LIMIT TO (src, gen, chi) FROM SERVER m INTO m;
WITH p AS (UPDATE m.gen SET a = a - 1 WHERE a = 1 RETURNING 1) UPDATE m.chi SET v = 1 FROM p WHERE chi.c = 20;
WITH p AS (UPDATE m.src SET id = id + 2 WHERE id = 1 RETURNING 1) UPDATE m.chi SET v = 1 FROM p WHERE chi.c = 20;
TABLE m.chi ORDER BY 1;
UPDATE m.src SET id = id + 2 WHERE id = 1;
TABLE m.chi ORDER BY 1;
-- what is known is forgotten when the engine is given any statement, and what is found in a transaction that makes tables is not kept
CREATE FUNCTION m.shift() RETURNS int LANGUAGE plpgsql AS $$ BEGIN UPDATE m.cnt SET v = v + 1; RETURN 1; END $$;
CREATE FUNCTION m.move() RETURNS int LANGUAGE plpgsql AS $$ BEGIN UPDATE m.oth SET id = id + 10; RETURN 1; END $$;
UPDATE m.low SET v = m.shift();
SELECT binds.execute('m', 'CREATE TRIGGER cu AFTER UPDATE ON cnt BEGIN UPDATE oth SET id = id + 10; END');
UPDATE m.low SET v = m.shift();
SELECT binds.execute('m', 'DROP TRIGGER cu');
UPDATE m.low SET v = m.shift();
BEGIN;
SELECT binds.execute('m', 'DROP TABLE low');
SELECT binds.execute('m', 'CREATE TABLE low (pid int NOT NULL, n int NOT NULL, v int, PRIMARY KEY (pid, n)) WITHOUT ROWID');
SELECT binds.execute('m', 'INSERT INTO low VALUES (1, 1, 0)');
UPDATE m.low SET v = m.move() RETURNING *;
ROLLBACK;
UPDATE m.low SET v = m.move();
TABLE m.low ORDER BY 1, 2;
