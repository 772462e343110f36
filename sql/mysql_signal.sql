\i test/setup.psql
-- A trigger or routine may give its error any number.  The transaction of the server goes
-- on then, and so does ours after a rollback to a savepoint.
\! $MY users -e "CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1644), (4999), (5100), (9999), (30001)"
\! printf '%s\n' 'DELIMITER //' "CREATE TRIGGER no BEFORE DELETE ON t FOR EACH ROW SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = OLD.id, MESSAGE_TEXT = 'as told'//" "CREATE TRIGGER nor BEFORE UPDATE ON t FOR EACH ROW SIGNAL SQLSTATE '22012' SET MYSQL_ERRNO = OLD.id//" | $MY users
\set url :mysql 'users'
SELECT binds.add('s', :'url');
CREATE FOREIGN TABLE t (id int OPTIONS (key 'true')) SERVER s;
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || (SQLERRM ~ 'as told');
END $$;
BEGIN;
INSERT INTO t VALUES (1);
SELECT id, try('DELETE FROM t WHERE id = ' || id) FROM t WHERE id > 1 ORDER BY id;
SELECT id, try('UPDATE t SET id = -1 WHERE id = ' || id) FROM t WHERE id > 1 ORDER BY id;
SAVEPOINT a;
\set VERBOSITY sqlstate
DELETE FROM t WHERE id = 30001;
ROLLBACK TO a;
\set VERBOSITY default
INSERT INTO t VALUES (3);
SELECT * FROM t ORDER BY id;
COMMIT;
\! $MY users -e 'SELECT * FROM t WHERE id < 9 ORDER BY id'
