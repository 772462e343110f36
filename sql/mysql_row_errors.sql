\i test/setup.psql
-- An error in the midst of rows keeps its SQLSTATE, whoever reads them, and leaves the
-- connection as it is; a lost connection is 08006.  (Nothing is sorted or
-- counted, so the server sends rows before it.)
\! $MY users -e "CREATE TABLE t (id INT PRIMARY KEY, v varchar(300)); INSERT INTO t WITH RECURSIVE s AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM s WHERE i < 500) SELECT i, repeat('v', 300) FROM s; CREATE TABLE why (n int); INSERT INTO why VALUES (0)"
\! printf '%s\n' 'DELIMITER //' "CREATE FUNCTION told(n int) RETURNS int READS SQL DATA BEGIN DECLARE w int; IF n = 400 THEN SELECT why.n INTO w FROM why; IF w = 1213 THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'as told'; ELSEIF w = 2013 THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 2013, MESSAGE_TEXT = 'as told'; ELSEIF w = 22012 THEN SIGNAL SQLSTATE '22012'; ELSEIF w = 23000 THEN SIGNAL SQLSTATE '23000' SET MYSQL_ERRNO = 1452; END IF; END IF; RETURN n; END//" "CREATE PROCEDURE rows_of() SELECT told(id), v FROM t//" | $MY users
\! $MY users -e "CREATE VIEW w AS SELECT told(id) AS id, v, CAST('x' AS SIGNED) AS warned FROM t"
\set url :mysql 'users'
SELECT binds.add('s', :'url');
CREATE FOREIGN TABLE t (id int OPTIONS (key 'true'), v text) SERVER s;
CREATE FOREIGN TABLE w (id int OPTIONS (key 'true'), v text, warned int) SERVER s;
CREATE FUNCTION try(why int, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.execute('s', 'UPDATE why SET n = ' || why) WHERE why IS NOT NULL;
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION scroll() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	c CURSOR FOR SELECT id, v FROM w;
	r record;
BEGIN
	OPEN c;
	FOR i IN 1 .. 600 LOOP
		FETCH c INTO r;
		EXIT WHEN NOT FOUND;
	END LOOP;
	CLOSE c;
END $$;
BEGIN;
INSERT INTO t VALUES (1000);
SELECT binds.query('s', 'SELECT CONNECTION_ID()') AS connection \gset
SELECT why, try(why, 'SELECT count(id), count(v) FROM (SELECT id, v FROM w OFFSET 0) d') AS scan,
	try(why, 'SELECT scroll()') AS cursor,
	try(why, $$SELECT binds.query('s', 'SELECT told(id), v FROM t')$$) AS query,
	try(why, $$SELECT binds.execute('s', 'CALL rows_of()')$$) AS execute,
	try(why, $$SELECT binds.query('s', 'CALL rows_of()')$$) AS call,
	try(why, $$UPDATE t SET v = 'x' FROM w WHERE w.id = t.id$$) AS update
	FROM unnest('{0,1213,2013,22012,23000}'::int[]) why;
SELECT binds.query('s', 'SELECT CONNECTION_ID()') = :'connection' AS same;
COMMIT;
\! $MY users -e 'SELECT id FROM t WHERE id > 500'

-- The server ends the connection in the midst of the rows.  (Some servers say no more than
-- that the statement was stopped.)
\! $MY users -e "INSERT INTO t SELECT id + 2000, repeat(v, 100) FROM t"
\! printf '%s\n' 'DELIMITER //' "CREATE FUNCTION leave_now(n int) RETURNS int NO SQL BEGIN IF n = 2400 THEN KILL CONNECTION_ID(); END IF; RETURN n; END//" "CREATE PROCEDURE leave_rows() SELECT leave_now(id), v FROM t//" | $MY users
\! $MY users -e "CREATE VIEW l AS SELECT leave_now(id) AS id, v FROM t"
CREATE FOREIGN TABLE l (id int OPTIONS (key 'true'), v text) SERVER s;
BEGIN;
SELECT try(NULL, 'SELECT count(id), count(v) FROM (SELECT id, v FROM l OFFSET 0) d') IN ('08006', '57P01', '57014') AS scan;
ROLLBACK;
BEGIN;
SELECT try(NULL, $$SELECT binds.query('s', 'SELECT leave_now(id), v FROM t')$$) IN ('08006', '57P01', '57014') AS query;
ROLLBACK;
BEGIN;
SELECT try(NULL, $$SELECT binds.execute('s', 'CALL leave_rows()')$$) IN ('08006', '57P01', '57014') AS execute;
ROLLBACK;
SELECT count(*) FROM t;
