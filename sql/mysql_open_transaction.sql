\i test/setup.psql
-- A server whose init_connect begins a transaction in every new session, of accounts that
-- it holds for: it is rolled back, and the session reads and writes as any other.
\set url `echo "mysql://plain:secret@127.0.0.1:$BINDS_TEST_MYSQL_PORT/users"`
\! $MY users -e "CREATE TABLE t (id int PRIMARY KEY, v varchar(20)) ENGINE=InnoDB; CREATE TABLE trace (n int) ENGINE=InnoDB; CREATE USER plain@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON users.* TO plain@'127.0.0.1'"
SELECT binds.add('b', :'url', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b');
-- what it wrote in there is not left, nor kept from others by its locks
\! $MY -e "SET GLOBAL init_connect = 'START TRANSACTION; INSERT INTO users.trace VALUES (1)'"
\c
SELECT binds.query('b', 'SELECT count(*) AS written FROM trace');
INSERT INTO b.t VALUES (1, 'one');
BEGIN;
INSERT INTO b.t VALUES (2, 'two');
UPDATE b.t SET v = 'uno' WHERE id = 1;
COMMIT;
SELECT * FROM b.t ORDER BY id;
\! $MY users -e "SELECT * FROM t ORDER BY id; SELECT count(*) FROM trace"
-- others see a row at once when nothing is open
\c
SELECT count(*) FROM b.t;
\! $MY users -e "INSERT INTO t VALUES (3, 'three')"
SELECT count(*) FROM b.t;
-- the kinds of transactions
\! $MY -e "SET GLOBAL init_connect = 'START TRANSACTION READ ONLY'"
\c
INSERT INTO b.t VALUES (4, 'four');
\! $MY -e "SET GLOBAL init_connect = 'START TRANSACTION WITH CONSISTENT SNAPSHOT'"
\c
SELECT count(*) FROM b.t;
\! $MY users -e "INSERT INTO t VALUES (5, 'five')"
INSERT INTO b.t VALUES (6, 'six');
SELECT count(*) FROM b.t;
\! $MY -e "SET GLOBAL init_connect = 'SET autocommit = 0, completion_type = 1; BEGIN'"
\c
INSERT INTO b.t VALUES (7, 'seven');
DELETE FROM b.t WHERE id < 7;
\! $MY users -e "SELECT * FROM t ORDER BY id"
SELECT binds.query('b', 'SELECT @@autocommit AS a, @@completion_type AS c');
\! $MY -e "SET GLOBAL init_connect = ''; DROP USER plain@'127.0.0.1'"
