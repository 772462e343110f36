\i test/setup.psql
-- A statement changes rows, and then rows whose key a foreign key of the engine changes with them (ON UPDATE CASCADE).
-- Where they are known by a key that is another by then it is an error, and nothing is changed; PostgreSQL moves
-- them when the statement has ended.  Known by rowid, they are changed as in PostgreSQL.
\set url :sqlite 'm.db'
SELECT binds.add('m', :'url', '{"schema": "m"}') \g /dev/null
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
\setenv DDL 'CREATE TABLE par (id int NOT NULL PRIMARY KEY, v int); CREATE TABLE chi (pid int NOT NULL, n int NOT NULL, v int, PRIMARY KEY (pid, n), FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE ON DELETE CASCADE)'
\setenv ROWS 'INSERT INTO par VALUES (1, 0), (2, 0), (3, 0); INSERT INTO chi VALUES (1, 1, 0), (1, 2, 0), (2, 1, 0), (3, 1, 0)'
\! sqlite3 $D/m.db "$DDL WITHOUT ROWID; $ROWS; CREATE TABLE rchi (pid int NOT NULL, n int NOT NULL, v int, PRIMARY KEY (pid, n), FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE); INSERT INTO rchi SELECT * FROM chi; CREATE TABLE vchi (id int NOT NULL PRIMARY KEY, pid int REFERENCES par (id) ON UPDATE CASCADE, v int) WITHOUT ROWID; INSERT INTO vchi VALUES (1, 1, 0), (2, 2, 0)"; chmod 666 $D/m.db
\! $MY users -e "$DDL; $ROWS; CREATE TABLE vchi (id int NOT NULL PRIMARY KEY, pid int, v int, FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE); INSERT INTO vchi VALUES (1, 1, 0), (2, 2, 0)"
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
-- the key is not what is changed
BEGIN;
SELECT format(:'moved', 'm', 'rchi') \gexec
ROLLBACK;
BEGIN;
SELECT format(:'moved', 'm', 'vchi') \gexec
SELECT format(:'moved', 's', 'vchi') \gexec
ROLLBACK;
-- by two statements
BEGIN;
UPDATE m.chi SET v = v + 1;
UPDATE m.par SET id = id + 10;
UPDATE s.chi SET v = v + 1;
UPDATE s.par SET id = id + 10;
TABLE m.chi ORDER BY 1, 2;
TABLE s.chi ORDER BY 1, 2;
ROLLBACK;
