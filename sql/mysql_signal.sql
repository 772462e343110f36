\i test/setup.psql
-- A trigger or routine may give its error any number, also one of the client libraries'
-- (2000 to 2999, 5000 to 5099).  The transaction of the server goes on then, and so does
-- ours after a rollback to a savepoint.
\! $MY users -e "CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1644), (2000), (2003), (2006), (2013), (2014), (2027), (2055), (2999), (4999), (5000), (5001), (5013), (5099), (5100), (9999), (30001)"
\! printf '%s\n' 'DELIMITER //' "CREATE TRIGGER no BEFORE DELETE ON t FOR EACH ROW SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = OLD.id, MESSAGE_TEXT = 'as told'//" "CREATE TRIGGER nor BEFORE UPDATE ON t FOR EACH ROW SIGNAL SQLSTATE '22012' SET MYSQL_ERRNO = OLD.id//" "CREATE TRIGGER neither BEFORE INSERT ON t FOR EACH ROW IF NEW.id < 0 THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 2013, MESSAGE_TEXT = 'as told'; ELSEIF NEW.id = 0 THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 2013; END IF//" "CREATE FUNCTION told(n int) RETURNS int DETERMINISTIC NO SQL IF n IN (2006, 2013, 5001) THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = n, MESSAGE_TEXT = 'as told'; ELSE RETURN n; END IF//" | $MY users
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
-- where several rows go together, one by one, and in the midst of a result
SELECT try('INSERT INTO t VALUES (-1)'), try('INSERT INTO t VALUES (11), (-2), (12)'),
	try('INSERT INTO t SELECT g FROM generate_series(-300, -1) g');
SELECT which, try(format('SELECT binds.query(%L, %L)', 's', 'SELECT told(id) FROM t WHERE id ' || which))
	FROM unnest(ARRAY['< 2006', '= 2006', '>= 2003 ORDER BY id', '>= 5000 ORDER BY id', '= 9999']) which;
SAVEPOINT a;
\set VERBOSITY sqlstate
DELETE FROM t WHERE id = 30001;
ROLLBACK TO a;
\set VERBOSITY default
INSERT INTO t VALUES (3);
SELECT * FROM t ORDER BY id;
COMMIT;
\! $MY users -e 'SELECT * FROM t WHERE id < 20 ORDER BY id'

-- With the SQLSTATE of the client libraries' errors it is believed, as a proxy says so that
-- it lost the server.
\set VERBOSITY sqlstate
BEGIN;
INSERT INTO t VALUES (4);
SAVEPOINT a;
INSERT INTO t VALUES (0);
ROLLBACK TO a;
INSERT INTO t VALUES (5);
COMMIT;
\! $MY users -e 'SELECT * FROM t WHERE id < 20 ORDER BY id'
