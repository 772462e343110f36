\i test/setup.psql
-- A trigger or routine may give its error a number at which the server itself has closed
-- the connection, or rolled the transaction back.  What shows that it is not the server's
-- is the SQLSTATE: then it is an error like any other of a trigger.
\! $MY users -e "CREATE TABLE t (id INT PRIMARY KEY, v INT); INSERT INTO t (id) VALUES (1005), (1020), (1040), (1045), (1047), (1048), (1053), (1062), (1146), (1152), (1153), (1159), (1180), (1205), (1206), (1213), (1317), (1399), (1402), (1451), (1452), (1598), (1613), (1614), (1637), (1644), (1927), (1969), (3024), (3100), (3101), (3168), (3169), (3572), (3819), (4025), (4031)"
\! printf '%s\n' 'DELIMITER //' "CREATE TRIGGER no BEFORE DELETE ON t FOR EACH ROW SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = OLD.id, MESSAGE_TEXT = 'as told (errno: 150) (ROLLBACK ONLY)'//" "CREATE TRIGGER nor BEFORE UPDATE ON t FOR EACH ROW SIGNAL SQLSTATE '22012' SET MYSQL_ERRNO = OLD.id, MESSAGE_TEXT = 'as told'//" "CREATE TRIGGER neither BEFORE INSERT ON t FOR EACH ROW CASE NEW.v WHEN 40001 THEN SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'as told'; WHEN 70100 THEN SIGNAL SQLSTATE '70100' SET MYSQL_ERRNO = 1927, MESSAGE_TEXT = 'as told'; WHEN 23000 THEN SIGNAL SQLSTATE '23000' SET MYSQL_ERRNO = 1062, MESSAGE_TEXT = 'as told'; WHEN 45000 THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'as told'; ELSE BEGIN END; END CASE//" "CREATE FUNCTION told(n int, state int) RETURNS int DETERMINISTIC NO SQL IF state = 45000 AND n > 0 THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = n, MESSAGE_TEXT = 'as told'; ELSE RETURN n; END IF//" | $MY users
\set url :mysql 'users'
SELECT binds.add('s', :'url');
CREATE FOREIGN TABLE t (id int OPTIONS (key 'true'), v int) SERVER s;
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || (SQLERRM ~ '^as told');
END $$;

-- the transaction goes on, on the same connection
BEGIN;
INSERT INTO t VALUES (1);
SELECT binds.query('s', 'SELECT CONNECTION_ID()') AS connection \gset
SELECT id, try('DELETE FROM t WHERE id = ' || id), try('UPDATE t SET v = 1 WHERE id = ' || id)
	FROM t WHERE id > 1 ORDER BY id;
SELECT id, try(format('SELECT binds.query(%L, %L)', 's', format('SELECT told(%s, 45000)', id)))
	FROM t WHERE id IN (1053, 1205, 1213, 1927) ORDER BY id;
-- where several rows go together, one by one, and in the midst of a result
SELECT try('INSERT INTO t VALUES (-1, 45000)'), try('INSERT INTO t VALUES (11, 1), (-2, 45000), (12, 1)');
SELECT try('INSERT INTO t SELECT -g, 45000 FROM generate_series(1, 300) g');
SELECT try(format('SELECT binds.query(%L, %L)', 's', 'SELECT told(n, 45000) FROM (SELECT 0 AS n UNION ALL SELECT ' || id || ') d'))
	FROM t WHERE id IN (1053, 1205, 1213, 1927) ORDER BY id;
INSERT INTO t VALUES (2);
SELECT binds.query('s', 'SELECT CONNECTION_ID()') = :'connection' AS same;
COMMIT;
\! $MY users -e 'SELECT * FROM t WHERE id < 1000 ORDER BY id'

-- A transaction that only reads, too.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT count(*) FROM t WHERE id < 1000;
\! $MY users -e 'INSERT INTO t VALUES (3, 3)'
SELECT id, try(format('SELECT binds.query(%L, %L)', 's', format('SELECT told(%s, 45000)', id)))
	FROM t WHERE id IN (1053, 1213, 1927) ORDER BY id;
SELECT count(*) FROM t WHERE id < 1000;
COMMIT;

-- With the very SQLSTATE of the server's own error it is taken for that: nothing of the
-- transaction is kept then, and the session goes on.
\set VERBOSITY sqlstate
SELECT try('INSERT INTO t VALUES (-1, 23000)');
BEGIN;
INSERT INTO t VALUES (4);
SAVEPOINT a;
INSERT INTO t VALUES (5, 40001);
ROLLBACK TO a;
INSERT INTO t VALUES (6);
COMMIT;
BEGIN;
INSERT INTO t VALUES (7);
SAVEPOINT a;
INSERT INTO t VALUES (8, 70100);
ROLLBACK TO a;
INSERT INTO t VALUES (9);
COMMIT;
INSERT INTO t VALUES (10);
\! $MY users -e 'SELECT * FROM t WHERE id < 1000 ORDER BY id'
