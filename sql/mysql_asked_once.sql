\i test/setup.psql
-- What a MySQL server says of a foreign table written by hand is asked once per session,
-- when the first statement on it is planned, and again after ALTER FOREIGN TABLE.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE t (id int PRIMARY KEY, v varchar(10)); INSERT INTO t VALUES (1, 'a'); SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = ON"
-- how many questions about tables and columns there were since the last time
\setenv ASKED `echo '$MY -e "SET @n = (SELECT count(*) FROM mysql.general_log WHERE lower(convert(argument USING utf8mb4)) LIKE CONCAT(CHAR(37), 0x696e666f726d6174696f6e5f736368656d612e, CHAR(37))); TRUNCATE mysql.general_log; SELECT IF(@n > 0, 0x61736b6564, 0x6e6f7468696e67)"'`
SELECT binds.add('m', :'url');
CREATE FOREIGN TABLE t (id int, v text) SERVER m;
SELECT * FROM t WHERE v = 'a';
\! eval "$ASKED"
SELECT * FROM t WHERE v = 'a';
SELECT count(*) FROM t a JOIN t b USING (id) WHERE a.v > 'A';
EXPLAIN (COSTS OFF) UPDATE t SET v = 'b';
PREPARE p (int) AS SELECT v FROM t WHERE id = $1;
EXECUTE p (1);
SET plan_cache_mode = force_generic_plan;
EXECUTE p (1);
EXECUTE p (2);
\! eval "$ASKED"
ALTER FOREIGN TABLE t ALTER v SET STATISTICS 1;
EXECUTE p (1);
\! eval "$ASKED"
EXECUTE p (1);
SELECT * FROM t WHERE v = 'a';
\! eval "$ASKED"
-- another table, and another session
CREATE FOREIGN TABLE t2 (id int, v text) SERVER m OPTIONS (table_name 't');
SELECT * FROM t2;
\! eval "$ASKED"
\c -
SELECT * FROM t;
\! eval "$ASKED"
SELECT * FROM t;
\! eval "$ASKED"
\! $MY -e "SET GLOBAL general_log = OFF; SET GLOBAL log_output = DEFAULT"
