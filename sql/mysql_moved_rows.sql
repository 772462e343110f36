\i test/setup.psql
-- A statement changes rows, and then rows whose key a foreign key of the engine changes with them (ON UPDATE CASCADE).
-- Where they are known by that key it is an error, and nothing is changed: they would not be found, or another row in
-- their place.  PostgreSQL moves them when the statement has ended.
\set url :sqlite 'm.db'
SELECT binds.add('m', :'url', '{"schema": "m"}') \g /dev/null
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
\setenv DDL 'CREATE TABLE par (id int NOT NULL PRIMARY KEY, v int); CREATE TABLE chi (pid int NOT NULL, n int NOT NULL, v int, PRIMARY KEY (pid, n), FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE ON DELETE CASCADE)'
\setenv ROWS 'INSERT INTO par VALUES (1, 0), (2, 0), (3, 0); INSERT INTO chi VALUES (1, 1, 0), (1, 2, 0), (2, 1, 0), (3, 1, 0)'
\setenv MORE 'CREATE TABLE ten (id int NOT NULL PRIMARY KEY); INSERT INTO ten VALUES (1); CREATE TABLE tree (tenant int NOT NULL, id int NOT NULL, up int, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant) REFERENCES ten (id) ON UPDATE CASCADE ON DELETE CASCADE, FOREIGN KEY (tenant, up) REFERENCES tree (tenant, id) ON DELETE CASCADE); INSERT INTO tree VALUES (1, 1, NULL), (1, 2, 1), (1, 3, 2)'
\! sqlite3 $D/m.db "$DDL WITHOUT ROWID; $ROWS; CREATE TABLE rchi (pid int NOT NULL, n int NOT NULL, v int, PRIMARY KEY (pid, n), FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE); INSERT INTO rchi SELECT * FROM chi; CREATE TABLE vchi (id int NOT NULL PRIMARY KEY, pid int REFERENCES par (id) ON UPDATE CASCADE, v int) WITHOUT ROWID; INSERT INTO vchi VALUES (1, 1, 0), (2, 2, 0); CREATE TABLE esub (id int NOT NULL PRIMARY KEY REFERENCES ext ON UPDATE CASCADE, v int) WITHOUT ROWID; CREATE TABLE ext (id INTEGER PRIMARY KEY REFERENCES par (id) ON UPDATE CASCADE, v int); INSERT INTO ext SELECT * FROM par; INSERT INTO esub VALUES (1, 0), (2, 0); CREATE TABLE ext2 (id INT PRIMARY KEY REFERENCES par (id) ON UPDATE CASCADE, v int); INSERT INTO ext2 SELECT * FROM par; CREATE TABLE imp (id integer primary key references par on update cascade, v int) WITHOUT ROWID; INSERT INTO imp SELECT * FROM par; CREATE TABLE gone (pid int REFERENCES par ON UPDATE CASCADE, n int, PRIMARY KEY (pid, n)) WITHOUT ROWID; INSERT INTO gone VALUES (1, 1); CREATE TRIGGER gd BEFORE DELETE ON gone BEGIN SELECT RAISE(IGNORE); END; CREATE TABLE sub (pid int NOT NULL, n int NOT NULL, k int NOT NULL, v int, PRIMARY KEY (pid, n, k), FOREIGN KEY (pid, n) REFERENCES chi (pid, n) ON UPDATE CASCADE ON DELETE CASCADE) WITHOUT ROWID; INSERT INTO sub VALUES (1, 1, 1, 0), (2, 1, 1, 0); $MORE"; chmod 666 $D/m.db
\! $MY users -e "$DDL; $ROWS; CREATE TABLE vchi (id int NOT NULL PRIMARY KEY, pid int, v int, FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE); INSERT INTO vchi VALUES (1, 1, 0), (2, 2, 0); $MORE"
SELECT count(*) FROM binds.reflect('{m,s}'::text[]);
CREATE SCHEMA l;
CREATE TABLE l.par (id int NOT NULL PRIMARY KEY, v int);
CREATE TABLE l.chi (pid int REFERENCES l.par ON UPDATE CASCADE ON DELETE CASCADE, n int, v int, PRIMARY KEY (pid, n));
INSERT INTO l.par VALUES (1, 0), (2, 0), (3, 0);
INSERT INTO l.chi VALUES (1, 1, 0), (1, 2, 0), (2, 1, 0), (3, 1, 0);
\set moved 'WITH p AS (UPDATE %1$s.par SET id = id + 10 RETURNING id) UPDATE %1$s.%2$s c SET v = v + 1 FROM p WHERE c.pid = p.id - 10 RETURNING c.*'
SELECT format(:'moved', 'l', 'chi') \gexec
SELECT format(:'moved', 'm', 'chi') \gexec
SELECT format(:'moved', 's', 'chi') \gexec
WITH p AS (UPDATE m.par SET id = id + 10 RETURNING id) DELETE FROM m.chi WHERE (SELECT count(*) FROM p) > 0;
WITH p AS (UPDATE s.par SET id = id + 10 RETURNING id) DELETE FROM s.chi WHERE (SELECT count(*) FROM p) > 0;
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
-- through a third table, and where another row gets the key
SELECT format(:'moved', 'm', 'sub') \gexec
WITH p AS (UPDATE m.par SET id = id - 1 RETURNING id) DELETE FROM m.chi c USING p WHERE c.pid = p.id + 1 RETURNING c.*;
WITH p AS (UPDATE s.par SET id = id - 1 RETURNING id) DELETE FROM s.chi c USING p WHERE c.pid = p.id + 1 RETURNING c.*;
-- the rowid is the key, or is not, and a foreign key that names no columns
WITH p AS (UPDATE m.par SET id = id + 10 RETURNING id) UPDATE m.ext c SET v = c.v + 1 FROM p WHERE c.id = p.id - 10 RETURNING c.*;
BEGIN;
WITH p AS (UPDATE m.par SET id = id + 10 RETURNING id) UPDATE m.ext2 c SET v = c.v + 1 FROM p WHERE c.id = p.id - 10 RETURNING c.*;
ROLLBACK;
WITH p AS (UPDATE m.par SET id = id + 10 RETURNING id) UPDATE m.imp c SET v = c.v + 1 FROM p WHERE c.id = p.id - 10 RETURNING c.*;
-- what is read is as it was when the statement began
BEGIN;
WITH p AS (UPDATE m.par SET id = id + 10 RETURNING id) SELECT c.* FROM p JOIN m.ext c ON c.id = p.id - 10 ORDER BY 1;
WITH p AS (UPDATE s.par SET id = id + 20 RETURNING id) SELECT c.* FROM p JOIN s.chi c ON c.pid = p.id - 20 AND n = 1 ORDER BY 1;
DELETE FROM m.rchi; DELETE FROM m.vchi; DELETE FROM m.ext; DELETE FROM m.ext2; DELETE FROM m.imp; DELETE FROM s.vchi;
DROP FOREIGN TABLE m.gone;
SELECT binds.execute('m', 'DROP TABLE gone');
WITH p AS (DELETE FROM m.par RETURNING id) SELECT c.* FROM p JOIN m.chi c ON c.pid = p.id AND n = 1 ORDER BY 1;
WITH p AS (DELETE FROM s.par RETURNING id) SELECT c.* FROM p JOIN s.chi c ON c.pid = p.id AND n = 1 ORDER BY 1;
ROLLBACK;
-- what moves nothing is no error: another column, rows that vanish, one table
BEGIN;
WITH p AS (UPDATE m.par SET v = 7 RETURNING id) UPDATE m.chi c SET v = v + 1 FROM p WHERE c.pid = p.id AND n = 1 RETURNING c.*;
WITH p AS (UPDATE s.par SET v = 7 RETURNING id) UPDATE s.chi c SET v = v + 1 FROM p WHERE c.pid = p.id AND n = 1 RETURNING c.*;
DELETE FROM m.tree;
DELETE FROM s.tree;
DELETE FROM m.gone;
DELETE FROM m.ext;
DELETE FROM m.imp;
DELETE FROM m.rchi;
DELETE FROM m.gone;
WITH p AS (DELETE FROM s.par WHERE id = 3 RETURNING id) DELETE FROM s.chi c USING p WHERE c.pid = p.id;
WITH p AS (DELETE FROM m.par WHERE id = 3 RETURNING id) DELETE FROM m.chi c USING p WHERE c.pid = p.id;
ROLLBACK;
-- the key is not what is changed
BEGIN;
SELECT format(:'moved', 'm', 'rchi') \gexec
ROLLBACK;
BEGIN;
SELECT format(:'moved', 'm', 'vchi') \gexec
SELECT format(:'moved', 's', 'vchi') \gexec
ROLLBACK;
-- a key that is set to what it was moves nothing
BEGIN;
WITH p AS (UPDATE m.ext SET id = id RETURNING id) UPDATE m.esub c SET v = v + 1 FROM p WHERE c.id = p.id RETURNING c.*;
WITH p AS (UPDATE s.par SET id = id RETURNING id) UPDATE s.chi c SET v = v + 1 FROM p WHERE c.pid = p.id AND n = 1 RETURNING c.*;
ROLLBACK;
-- a function that the statement calls, a trigger that it sets off, what is undone, what moves nothing
CREATE FUNCTION move(schema text, at bigint, undo bool) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE %I.par SET id = id + 10 WHERE mod(id, 10) <= $1', schema) USING at;
  IF undo THEN RAISE EXCEPTION 'undone'; END IF;
  RETURN 1;
EXCEPTION WHEN raise_exception THEN RETURN 1;
END $$;
\set calls 'UPDATE %1$s.chi SET v = v + %1$s.move(%1$L, n, %2$L) WHERE n = 1'
ALTER FUNCTION move SET SCHEMA l;
CREATE FUNCTION m.move(schema text, at bigint, undo bool) RETURNS int RETURN l.move(schema, at, undo);
CREATE FUNCTION s.move(schema text, at bigint, undo bool) RETURNS int RETURN l.move(schema, at, undo);
SELECT format(:'calls', 'l', false) \gexec
SELECT format(:'calls', 'm', false) \gexec
SELECT format(:'calls', 's', false) \gexec
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
DELETE FROM m.chi WHERE n = m.move('m', 1, false);
DELETE FROM s.chi WHERE n = s.move('s', 1, false);
BEGIN;
SELECT format(:'calls', 'm', true) \gexec
SELECT format(:'calls', 's', true) \gexec
SELECT format('UPDATE %1$s.chi SET v = 5 WHERE %1$s.move(%1$L, 0, false) = n', unnest('{m,s}'::text[])) \gexec
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
TABLE m.par ORDER BY 1;
TABLE s.par ORDER BY 1;
ROLLBACK;
CREATE FUNCTION l.before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE %I.par SET id = id + 10 WHERE id = $1', TG_TABLE_SCHEMA) USING NEW.pid;
  RETURN NEW;
END $$;
CREATE TRIGGER t BEFORE UPDATE ON m.chi FOR EACH ROW EXECUTE FUNCTION l.before();
CREATE TRIGGER t BEFORE UPDATE ON s.chi FOR EACH ROW EXECUTE FUNCTION l.before();
UPDATE m.chi SET v = 3 WHERE pid = 2;
UPDATE s.chi SET v = 3 WHERE pid = 2;
DROP TRIGGER t ON m.chi;
DROP TRIGGER t ON s.chi;
-- a statement of the user's own may do anything; one that only reads does nothing
UPDATE m.chi SET v = v + binds.execute('m', format('UPDATE par SET id = id + 10 WHERE id = %s', pid)) WHERE n = 1;
UPDATE s.chi SET v = v + binds.execute('s', format('UPDATE par SET id = id + 10 WHERE id = %s', pid)) WHERE n = 1;
BEGIN;
UPDATE m.chi SET v = v + binds.execute('m', 'SELECT 1') WHERE n = 1 RETURNING *;
UPDATE s.chi SET v = v + binds.execute('s', 'SELECT 1') WHERE n = 1 RETURNING *;
UPDATE m.vchi SET v = v + binds.execute('m', 'UPDATE par SET id = id + 10') RETURNING *;
UPDATE s.vchi SET v = v + binds.execute('s', 'UPDATE par SET id = id + 10') RETURNING *;
ROLLBACK;
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
-- whatever else may have changed what they refer to: a view, a trigger, a computed column, a statement that returns rows, TRUNCATE
\! sqlite3 $D/m.db "CREATE VIEW vpar AS SELECT id, v FROM par; CREATE TRIGGER vu INSTEAD OF UPDATE ON vpar BEGIN UPDATE par SET id = NEW.id WHERE id = OLD.id; END; CREATE TABLE log (i int); CREATE TRIGGER li AFTER INSERT ON log BEGIN UPDATE par SET id = id + 10 WHERE id = NEW.i; END; CREATE TABLE cnt (id int NOT NULL PRIMARY KEY, v int); INSERT INTO cnt VALUES (1, 0); CREATE TABLE gpar (a int NOT NULL PRIMARY KEY, g int AS (a * 10) STORED UNIQUE); INSERT INTO gpar VALUES (1), (2), (3); CREATE TABLE gchi (g int NOT NULL PRIMARY KEY REFERENCES gpar (g) ON UPDATE CASCADE, v int) WITHOUT ROWID; INSERT INTO gchi VALUES (10, 0), (20, 0), (30, 0); CREATE TABLE tpar (code text NOT NULL PRIMARY KEY, v int); CREATE TABLE tchi (code text NOT NULL PRIMARY KEY REFERENCES tpar ON UPDATE CASCADE, v int) WITHOUT ROWID; INSERT INTO tpar VALUES ('a', 0), ('b', 0); INSERT INTO tchi VALUES ('a', 0), ('b', 0); CREATE TABLE own (tenant int NOT NULL, id int NOT NULL, up int, v int, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, up) REFERENCES own (tenant, id) ON UPDATE CASCADE) WITHOUT ROWID; INSERT INTO own VALUES (1, 1, NULL, 0), (1, 2, 1, 0), (1, 3, 1, 0)"
\! $MY users -e "CREATE VIEW vpar AS SELECT id, v FROM par; CREATE TABLE cnt (id int NOT NULL PRIMARY KEY, v int); INSERT INTO cnt VALUES (1, 0); CREATE TABLE log (i int); CREATE TRIGGER li AFTER INSERT ON log FOR EACH ROW UPDATE par SET id = id + 10 WHERE id = NEW.i; CREATE PROCEDURE mvp (i int) SELECT i"
IMPORT FOREIGN SCHEMA main LIMIT TO (vpar, log, cnt, gpar, gchi, tpar, tchi, own) FROM SERVER m INTO m OPTIONS (views 'true');
IMPORT FOREIGN SCHEMA users LIMIT TO (vpar, log, cnt) FROM SERVER s INTO s OPTIONS (views 'true');
ALTER FOREIGN TABLE m.vpar ALTER id OPTIONS (ADD key 'true');
ALTER FOREIGN TABLE s.vpar ALTER id OPTIONS (ADD key 'true');
CREATE FUNCTION l.run(VARIADIC statements text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE s text;
BEGIN
  FOREACH s IN ARRAY statements LOOP EXECUTE s; END LOOP;
  RETURN 1;
END $$;
\set run 'UPDATE %1$s.chi SET v = v + l.run(format(%2$L, %1$L)) WHERE n = 1'
SELECT format(:'run', unnest('{m,s}'::text[]), 'UPDATE %s.vpar SET id = 99 WHERE id = 3') \gexec
SELECT format(:'run', unnest('{m,s}'::text[]), 'INSERT INTO %s.log VALUES (1)') \gexec
SELECT format(:'run', 'm', 'SELECT binds.query(%L, $q$INSERT INTO par VALUES (4, 0) RETURNING id$q$)') \gexec
SELECT format(:'run', 's', 'SELECT binds.query(%L, $q$CALL mvp(1)$q$)') \gexec
SELECT format(:'run', unnest('{m,s}'::text[]), 'TRUNCATE %s.cnt') \gexec
WITH p AS (UPDATE m.gpar SET a = a - 1 RETURNING a) UPDATE m.gchi c SET v = g FROM p WHERE c.g = (p.a + 1) * 10;
UPDATE m.own SET tenant = 2, v = v + 1;
-- what is known to change nothing else does not matter, nor a key that stays
BEGIN;
SELECT format(:'run', unnest('{m,s}'::text[]), 'UPDATE %s.cnt SET v = v + 1') \gexec
SELECT format(:'run', unnest('{m,s}'::text[]), 'INSERT INTO %s.cnt SELECT count(*) + 1, 0 FROM %1$s.cnt') \gexec
SELECT format(:'run', unnest('{m,s}'::text[]), 'UPDATE %s.par SET id = id, v = v + 1') \gexec
WITH p AS (UPDATE m.tpar SET code = code, v = v + 1 RETURNING code) UPDATE m.tchi c SET v = 1 FROM p WHERE p.code = c.code RETURNING c.*;
UPDATE m.own SET v = v + 1 RETURNING *;
UPDATE m.own SET tenant = 2, v = v + 1 WHERE id = 3 AND up IS NULL;
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
TABLE m.cnt ORDER BY 1;
TABLE s.cnt ORDER BY 1;
ROLLBACK;
DROP FOREIGN TABLE m.vpar, m.log, m.cnt, m.gpar, m.gchi, m.tpar, m.tchi, m.own, s.vpar, s.log, s.cnt;
-- keys that deleting changes, and a column that is no key
\! sqlite3 $D/m.db "CREATE TABLE dpar (id INTEGER PRIMARY KEY); INSERT INTO dpar VALUES (1), (2), (3); CREATE TABLE dchi (pid int NOT NULL DEFAULT 3 REFERENCES dpar ON DELETE SET DEFAULT, n int NOT NULL, v int, PRIMARY KEY (pid, n)) WITHOUT ROWID; INSERT INTO dchi VALUES (1, 1, 0), (2, 2, 0); CREATE TABLE up (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE uchi (u int NOT NULL PRIMARY KEY REFERENCES up (u) ON UPDATE CASCADE, v int) WITHOUT ROWID; INSERT INTO up VALUES (1, 1), (2, 2); INSERT INTO uchi VALUES (1, 0), (2, 0)"
IMPORT FOREIGN SCHEMA main LIMIT TO (dpar, dchi, up, uchi) FROM SERVER m INTO m;
WITH p AS (DELETE FROM m.dpar WHERE id < 3 RETURNING id) UPDATE m.dchi c SET v = 1 FROM p WHERE c.pid = p.id;
WITH p AS (DELETE FROM m.dpar WHERE id < 3 RETURNING id) UPDATE m.imp c SET v = 1 FROM p WHERE c.id = p.id RETURNING c.*;
WITH p AS (UPDATE m.up SET u = u + 10 RETURNING id) UPDATE m.uchi c SET v = 1 FROM p WHERE c.u = p.id;
WITH p AS (UPDATE m.up SET id = id + 10 RETURNING u) UPDATE m.uchi c SET v = 1 FROM p WHERE c.u = p.u RETURNING c.*;
DROP FOREIGN TABLE m.dpar, m.dchi, m.up, m.uchi;
-- a table of the same name in another schema of the server is another one
\! $MY users -e "CREATE DATABASE moved2; CREATE TABLE moved2.par (id int NOT NULL PRIMARY KEY, v int); INSERT INTO moved2.par VALUES (1, 0), (2, 0); CREATE TABLE chi2 (pid int NOT NULL PRIMARY KEY, v int, FOREIGN KEY (pid) REFERENCES moved2.par (id) ON UPDATE CASCADE); INSERT INTO chi2 VALUES (1, 0), (2, 0)"
CREATE SCHEMA s2;
IMPORT FOREIGN SCHEMA moved2 FROM SERVER s INTO s2;
IMPORT FOREIGN SCHEMA users LIMIT TO (chi2) FROM SERVER s INTO s2;
BEGIN;
WITH p AS (UPDATE s2.par SET id = id + 10 RETURNING id) UPDATE s.chi c SET v = v + 1 FROM p WHERE c.pid = p.id - 10 AND n = 1 RETURNING c.*;
ROLLBACK;
BEGIN;
WITH p AS (UPDATE s.par SET id = id + 10 RETURNING id) UPDATE s2.chi2 c SET v = v + 1 FROM p WHERE c.pid = p.id - 10 RETURNING c.*;
ROLLBACK;
WITH p AS (UPDATE s2.par SET id = id + 10 RETURNING id) UPDATE s2.chi2 c SET v = v + 1 FROM p WHERE c.pid = p.id - 10;
\! $MY users -e "DROP TABLE chi2; DROP DATABASE moved2"
-- by two statements
BEGIN;
UPDATE m.chi SET v = v + 1;
UPDATE m.par SET id = id + 10;
UPDATE s.chi SET v = v + 1;
UPDATE s.par SET id = id + 10;
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
ROLLBACK;
