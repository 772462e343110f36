\i test/setup.psql
-- What a statement in SQLite's own SQL does is SQLite's answer, not that of its first word.
\set url :sqlite 'asked.db'
SELECT binds.add('s', :'url');
SELECT binds.execute('s', 'CREATE TABLE t (a INTEGER PRIMARY KEY, b REFERENCES t DEFERRABLE)');
SELECT binds.execute('s', 'CREATE INDEX t_b ON t (b)');
-- A PRAGMA that writes belongs to the transaction, at every level.
SELECT binds.execute('s', 'PRAGMA user_version = 7');
\! sqlite3 $D/asked.db 'PRAGMA user_version'
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT binds.execute('s', 'PRAGMA user_version = 8');
SELECT binds.query('s', 'PRAGMA user_version');
COMMIT;
\! sqlite3 $D/asked.db 'PRAGMA user_version'
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT count(*) FROM binds.query('s', 'SELECT a FROM t');
SELECT binds.execute('s', '-- a comment
	pragma/**/application_id(77)');
ROLLBACK;
\! sqlite3 $D/asked.db 'PRAGMA application_id'
BEGIN;
SAVEPOINT a;
SELECT binds.execute('s', 'PRAGMA user_version = 9');
ROLLBACK TO a;
COMMIT;
\! sqlite3 $D/asked.db 'PRAGMA user_version'
-- One that writes by statements of its own does so, too; it is no reader.
SELECT binds.execute('s', 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500)
	INSERT INTO t (a) SELECT i FROM n');
BEGIN READ ONLY;
SELECT binds.execute('s', 'PRAGMA optimize');
ROLLBACK;
BEGIN READ ONLY;
SELECT binds.execute('s', 'PRAGMA optimize(0x10002)');
ROLLBACK;
BEGIN READ ONLY;
SELECT binds.query('s', 'SELECT * FROM pragma_optimize(0x10002)');
ROLLBACK;
BEGIN READ ONLY;
SELECT binds.execute('s', 'PRAGMA user_version = 10');
ROLLBACK;
BEGIN READ ONLY;
SELECT binds.execute('s', 'ANALYZE');
ROLLBACK;
\! sqlite3 $D/asked.db "PRAGMA user_version; SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
BEGIN;
SELECT binds.execute('s', 'ANALYZE');
SELECT binds.execute('s', 'PRAGMA optimize');
ROLLBACK;
\! sqlite3 $D/asked.db "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
-- Those that show something only read.
BEGIN READ ONLY;
SELECT binds.query('s', 'PRAGMA user_version');
SELECT binds.query('s', 'PRAGMA journal_mode');
SELECT count(*) FROM binds.query('s', 'PRAGMA table_info(t)');
SELECT binds.query('s', 'PRAGMA quick_check(1)');
SELECT binds.query('s', 'SELECT user_version FROM pragma_user_version');
-- and so does what explains a change
SELECT count(*) > 5 AS steps FROM binds.query('s', 'EXPLAIN INSERT INTO t (a) VALUES (1)');
SELECT count(*) > 0 AS plan FROM binds.query('s', 'EXPLAIN QUERY PLAN DELETE FROM t WHERE a = 1');
COMMIT;
SELECT count(*) > 5 AS steps FROM binds.query('s', 'EXPLAIN DELETE FROM t');
-- A setting that holds until the end of the transaction does so each time it is made,
-- and does not outlive one that was refused.
BEGIN;
SELECT binds.execute('s', 'PRAGMA defer_foreign_keys = 1');
SELECT binds.execute('s', 'UPDATE t SET b = 1000 WHERE a = 1');
SELECT binds.execute('s', 'UPDATE t SET b = NULL WHERE a = 1');
COMMIT;
\set VERBOSITY sqlstate
SELECT binds.execute('s', 'UPDATE t SET b = 1000 WHERE a = 1');
BEGIN;
SELECT binds.execute('s', 'PRAGMA defer_foreign_keys = 1');
SELECT binds.execute('s', 'UPDATE t SET b = 1000 WHERE a = 1');
COMMIT;
BEGIN READ ONLY;
SELECT binds.execute('s', 'PRAGMA defer_foreign_keys = 1');
ROLLBACK;
SELECT binds.execute('s', 'UPDATE t SET b = 1000 WHERE a = 1');
\set VERBOSITY default
-- A limit of the connection would outlive the transaction: it can be looked at only.
SELECT binds.execute('s', 'PRAGMA max_page_count = 2');
-- A typing error is SQLite's to report, and nothing is begun.
SELECT binds.execute('s', 'SELCT 1');
SELECT binds.execute('s', 'INSRET INTO t VALUES (1)');
SELECT binds.query('s', 'SELECT nix FROM t');
BEGIN READ ONLY;
SELECT binds.execute('s', 'DELTE FROM t');
ROLLBACK;
SELECT binds.execute('s', 'SELECT 1; SELECT 2');
SELECT binds.execute('s', 'EXPLAIN COMMIT');
-- A changed schema does not confuse what was prepared before.
SELECT binds.execute('s', 'PRAGMA user_version = 11');
SELECT binds.execute('s', 'CREATE TABLE u (a)');
SELECT binds.execute('s', 'PRAGMA user_version = 11');
SELECT binds.execute('s', 'DROP TABLE u');
SELECT binds.query('s', 'PRAGMA user_version');
