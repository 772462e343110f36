\i test/setup.psql
-- A SQLite file is hostile input, and so may be the statements given to execute.
\set url :sqlite 'evil.db'
\setenv DB `echo sqlite3 $D/evil.db`
SELECT binds.add('evil', :'url');
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'one'), (2, 'two')"
\! $DB "CREATE VIEW v_load AS SELECT load_extension('evil') AS x; CREATE VIEW v_token AS SELECT fts3_tokenizer('simple') AS x"
\! $DB "CREATE VIEW v_ours AS SELECT binds_time('2024-01-01') AS x; CREATE VIEW v_loop AS WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) AS x FROM r"
\! $DB "CREATE TABLE log (what TEXT); CREATE TRIGGER t_ins AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('insert ' || new.id); END"
\! $DB "CREATE TABLE boom (id INTEGER PRIMARY KEY); CREATE TRIGGER b_ins BEFORE INSERT ON boom WHEN new.id > 10 BEGIN SELECT RAISE(ROLLBACK, 'all of it'); END; CREATE TRIGGER b_fail BEFORE INSERT ON boom WHEN new.id = 5 BEGIN SELECT RAISE(ABORT, 'not five'); END; CREATE TRIGGER b_load AFTER DELETE ON boom BEGIN SELECT load_extension('evil'); END"
\! $DB "CREATE TABLE conf (id INTEGER PRIMARY KEY ON CONFLICT ROLLBACK, v TEXT UNIQUE ON CONFLICT REPLACE, w TEXT NOT NULL ON CONFLICT IGNORE)"
\! chmod 666 $D/evil.db
CREATE FOREIGN TABLE t (id integer OPTIONS (key 'true'), v text) SERVER evil;
CREATE FOREIGN TABLE log (what text) SERVER evil;
CREATE FOREIGN TABLE boom (id integer OPTIONS (key 'true')) SERVER evil;
CREATE FOREIGN TABLE conf (id integer OPTIONS (key 'true'), v text, w text) SERVER evil;

-- Views and triggers run nothing but SQL.
CREATE FOREIGN TABLE v_load (x text) SERVER evil;
CREATE FOREIGN TABLE v_token (x bytea) SERVER evil;
CREATE FOREIGN TABLE v_ours (x text) SERVER evil;
CREATE FOREIGN TABLE v_loop (x bigint) SERVER evil;
SELECT * FROM v_load;
SELECT * FROM v_token;
SELECT * FROM v_ours;
SET statement_timeout = '500ms';
SELECT * FROM v_loop;
RESET statement_timeout;
INSERT INTO t VALUES (3, 'three') RETURNING *;
SELECT * FROM log;
INSERT INTO boom VALUES (1);
DELETE FROM boom;
SELECT * FROM boom;

-- An engine that ends the transaction behind our back takes the local one along,
-- even if an exception block swallows the error.
CREATE TABLE here (id integer);
BEGIN;
INSERT INTO here VALUES (1);
INSERT INTO boom VALUES (2);
DO $$ BEGIN INSERT INTO boom VALUES (5); EXCEPTION WHEN OTHERS THEN RAISE NOTICE '% %', SQLSTATE, SQLERRM; END $$;
SELECT * FROM boom;
DO $$ BEGIN INSERT INTO boom VALUES (11); EXCEPTION WHEN OTHERS THEN RAISE NOTICE '% %', SQLSTATE, SQLERRM; END $$;
INSERT INTO boom VALUES (3);
COMMIT;
BEGIN;
INSERT INTO here VALUES (2);
DO $$ BEGIN INSERT INTO boom VALUES (11); EXCEPTION WHEN OTHERS THEN RAISE NOTICE '% %', SQLSTATE, SQLERRM; END $$;
COMMIT;
BEGIN;
INSERT INTO conf VALUES (1, 'a', 'x'), (2, 'b', 'x');
INSERT INTO conf VALUES (1, 'c', 'x');
COMMIT;
SELECT * FROM boom;
SELECT * FROM conf;
SELECT * FROM here;
-- REPLACE and IGNORE of the table's own definition do not make a conflict silent
INSERT INTO conf VALUES (1, 'a', 'x'), (2, 'a', 'y');
INSERT INTO conf (id, v) VALUES (3, 'z');
SELECT * FROM conf;

-- execute and query reach nothing but the bind's file, in our transaction.
SELECT binds.execute('evil', 'ATTACH ''/tmp/binds_attached.db'' AS a');
SELECT binds.execute('evil', 'DETACH main');
SELECT binds.execute('evil', 'VACUUM INTO ''/tmp/binds_copy.db''');
SELECT binds.execute('evil', 'COMMIT');
SELECT binds.execute('evil', 'BEGIN');
SELECT binds.execute('evil', 'ROLLBACK');
SELECT binds.execute('evil', 'SAVEPOINT s2');
SELECT binds.execute('evil', 'PRAGMA journal_mode = off');
SELECT binds.execute('evil', 'PRAGMA writable_schema = on');
SELECT binds.execute('evil', 'PRAGMA foreign_keys = off');
SELECT binds.execute('evil', 'PRAGMA temp_store_directory = ''/''');
SELECT binds.execute('evil', 'CREATE TEMP TABLE t (id, v)');
SELECT binds.execute('evil', 'CREATE TEMP VIEW t AS SELECT 1 AS id, ''temp'' AS v');
SELECT binds.execute('evil', 'CREATE VIRTUAL TABLE temp.t USING fts5(id, v)');
SELECT binds.execute('evil', 'UPDATE sqlite_schema SET sql = ''x''');
SELECT binds.execute('evil', 'DELETE FROM t; DELETE FROM log');
SELECT binds.execute('evil', '');
SELECT binds.query('evil', 'SELECT load_extension(''evil'')');
SELECT binds.query('evil', 'SELECT readfile(''/etc/passwd'')');
\set VERBOSITY sqlstate
SELECT binds.query('evil', 'SELECT "v", "no such column" FROM t');
\set VERBOSITY default
SELECT binds.query('evil', 'SELEC 1');
SELECT binds.query('evil', 'PRAGMA user_version');
SELECT binds.query('evil', 'PRAGMA journal_mode');
SELECT binds.query('evil', 'SELECT name, type FROM pragma_table_info(''t'')');
SELECT binds.query('evil', 'SELECT 1 AS i, 1.5 AS r, ''x'' AS t, NULL AS n, x''00ff'' AS b, ''it''''s ?'' AS q');
SELECT binds.query('evil', 'SELECT CAST(x''ff'' AS TEXT)');
SELECT binds.execute('evil', 'UPDATE t SET v = v || ''!'' WHERE id < 3');
BEGIN;
SELECT binds.execute('evil', 'DELETE FROM t');
ROLLBACK;
SELECT * FROM t;
\! ls /tmp/binds_attached.db /tmp/binds_copy.db 2>&1 | grep -c 'No such'

-- With hide_parameters no value is shown.
SELECT binds.alter('evil', NULL, '{"hide_parameters": true}');
INSERT INTO t VALUES (1, 'secret');
SELECT * FROM t WHERE v = 'secret' AND id > 5;
SELECT binds.execute('evil', 'INSERT INTO t (id, "v") VALUES (1, ''secret'')');

-- Only who may read (and write) files of the server names one.
CREATE ROLE regress_binds_u;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_sqlite TO regress_binds_u;
GRANT USAGE ON SCHEMA binds TO regress_binds_u;
GRANT CREATE ON DATABASE regress_binds TO regress_binds_u;
SET ROLE regress_binds_u;
SELECT binds.add('mine', :'url');
CREATE SERVER mine FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url 'sqlite:////etc/passwd');
SELECT binds.query('evil', 'SELECT 1');
SELECT * FROM t;
RESET ROLE;
GRANT SELECT ON t TO regress_binds_u;
SET ROLE regress_binds_u;
SELECT count(*) FROM t;
INSERT INTO t VALUES (9, 'x');
RESET ROLE;
REVOKE ALL ON DATABASE regress_binds FROM regress_binds_u;
DROP OWNED BY regress_binds_u;
DROP ROLE regress_binds_u;
