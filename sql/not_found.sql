\i test/setup.psql
-- A row of SQLite that was just read, and that its key does not find again, is an error,
-- unless the statement itself has set off what removed it: never "UPDATE 0".
\set url :sqlite 'gone.db'
\setenv DB `echo sqlite3 $D/gone.db`
\! $DB "CREATE TABLE bar (k TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID; INSERT INTO bar VALUES ('¦', 0); CREATE TABLE t (k INTEGER PRIMARY KEY, v INTEGER); CREATE TABLE wr (k INTEGER PRIMARY KEY, v INTEGER) WITHOUT ROWID"; chmod 666 $D/gone.db
-- EUC_JP has one character for U+00A6 and U+FFE4: what is read as the one is written as the other
CREATE DATABASE regress_binds_euc TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_binds_euc
CREATE EXTENSION binds;
SELECT binds.add('s', :'url');
CREATE FOREIGN TABLE bar (k text, v integer) SERVER s;
DO $$ BEGIN UPDATE bar SET v = 1; EXCEPTION WHEN fdw_error THEN RAISE NOTICE '% %', SQLSTATE, SQLERRM; END $$;
UPDATE bar SET v = 1;
UPDATE bar SET v = 1 RETURNING v;
DELETE FROM bar;
SELECT v FROM bar;
-- a trigger in the file may be the reason, so it is none
\! $DB "CREATE TRIGGER tr AFTER UPDATE ON t BEGIN SELECT 1; END"
UPDATE bar SET v = 1 RETURNING v;
\c regress_binds
DROP DATABASE regress_binds_euc;
SELECT binds.add('s', :'url');
CREATE FOREIGN TABLE t (k integer, v integer) SERVER s;
CREATE FOREIGN TABLE wr (k integer, v integer) SERVER s;
INSERT INTO t VALUES (1, 0), (2, 0), (3, 0);
INSERT INTO wr VALUES (1, 0), (2, 0), (3, 0);
-- a trigger that removes a row which the statement has read
\! $DB "CREATE TRIGGER t1 AFTER UPDATE ON t WHEN new.k = 1 BEGIN DELETE FROM t WHERE k = 2; END; CREATE TRIGGER wr1 AFTER UPDATE ON wr WHEN new.k = 1 BEGIN DELETE FROM wr WHERE k = 2; END"
UPDATE t SET v = 1 RETURNING *;
UPDATE wr SET v = 1 RETURNING *;
-- and a foreign key
\! $DB "DROP TRIGGER tr; DROP TRIGGER t1; DROP TRIGGER wr1; CREATE TABLE tree (k INTEGER PRIMARY KEY, up INTEGER REFERENCES tree ON DELETE CASCADE); INSERT INTO tree VALUES (1, NULL), (2, 1)"
CREATE FOREIGN TABLE tree (k integer, up integer) SERVER s;
DELETE FROM tree RETURNING k;
