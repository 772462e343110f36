\i test/setup.psql
-- A session in which others have left something that the server does not tell of by itself.
\set url :mysql 'users'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
\! $MY users < test/left_mysql.sql
\! seq 1 50000 | sed 's/.*/(&)/' | paste -sd, | sed 's/^/INSERT INTO num VALUES /' | $MY users
SELECT binds.add('b', :'url', '{"schema": "b"}');
SELECT binds.add('o', :'url', '{"schema": "o", "two_phase": "off"}');
CREATE FOREIGN TABLE b.t (id integer OPTIONS (key 'true'), at timestamptz) SERVER b;
CREATE FOREIGN TABLE b.v (id integer, h integer) SERVER b;
CREATE FOREIGN TABLE b.hv (id integer, h integer) SERVER b;
CREATE FOREIGN TABLE o.t (id integer OPTIONS (key 'true'), at timestamptz) SERVER o;
CREATE FOREIGN TABLE o.hv (id integer, h integer) SERVER o;
CREATE FUNCTION attempt(what text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE what;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- Rows that are not all read: the server is told to stop, and says no more of the session.
SELECT EXISTS (SELECT FROM b.v WHERE h > 0);
INSERT INTO b.t VALUES (3, '2024-01-01 12:00+00');
\set bind b
\i test/left_look.psql
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM b.v;
FETCH 1 FROM c;
CLOSE c;
INSERT INTO b.t VALUES (4, '2024-01-01 12:00+00');
COMMIT;
\set bind b
\i test/left_look.psql
BEGIN;
SAVEPOINT s;
SELECT 1 / (20 - id) FROM b.v;
ROLLBACK TO s;
INSERT INTO b.t VALUES (5, '2024-01-01 12:00+00');
COMMIT;
\set bind b
\i test/left_look.psql
SET statement_timeout = '20ms';
SELECT count(h) FROM b.v;
RESET statement_timeout;
INSERT INTO b.t VALUES (6, '2024-01-01 12:00+00');
\set bind b
\i test/left_look.psql
SELECT EXISTS (SELECT FROM o.hv WHERE h > 0);
INSERT INTO o.t VALUES (7, '2024-01-01 12:00+00');
\set bind o
\i test/left_look.psql

-- A temporary table, made of a SELECT in a statement of somebody's own.
SELECT binds.query('o', 'SELECT hides_select(1) AS f');
INSERT INTO o.t VALUES (8, '2024-01-01 12:00+00');
\set bind o
\i test/left_look.psql
BEGIN;
SELECT binds.query('o', 'SELECT hides_select(1) AS f');
SELECT attempt($$INSERT INTO o.t VALUES (9, '2024-01-01 12:00+00')$$);
COMMIT;
\set bind o
\i test/left_look.psql

-- The database of another bind.
SELECT binds.execute('b', 'CALL uses()');
INSERT INTO b.t VALUES (10, '2024-01-01 12:00+00');
\set bind b
\i test/left_look.psql
BEGIN;
SELECT binds.execute('o', 'CALL uses()');
INSERT INTO o.t VALUES (11, '2024-01-01 12:00+00');
COMMIT;
\set bind o
\i test/left_look.psql
\! $MY other -e "SELECT id FROM t"

-- Savepoints with names that ours might have.
DO $$
BEGIN
	INSERT INTO b.t VALUES (12, '2024-01-01 12:00+00');
	BEGIN
		INSERT INTO b.t VALUES (112, '2024-01-01 12:00+00');
		PERFORM binds.execute('b', 'CALL sets_savepoints()');
		RAISE division_by_zero;
	EXCEPTION WHEN division_by_zero THEN
	END;
	DELETE FROM b.t WHERE id BETWEEN 4 AND 11;
END $$;
\set bind b
\i test/left_look.psql
BEGIN;
INSERT INTO b.t VALUES (13, '2024-01-01 12:00+00');
SAVEPOINT a;
INSERT INTO b.t VALUES (14, '2024-01-01 12:00+00');
SELECT attempt($$SELECT binds.execute('b', 'CALL rolls_back(''s1'')')$$);
SELECT attempt($$SELECT binds.execute('b', 'CALL rolls_back(''s2'')')$$);
COMMIT;
\set bind b
\i test/left_look.psql

-- The transaction's end, and what stays after it: such a connection is not used again.
SELECT binds.execute('o', 'CALL ends()');
SELECT binds.execute('o', 'CALL flushes()');
INSERT INTO o.t VALUES (15, '2024-01-01 12:00+00');
SELECT binds.execute('o', 'CALL locks()');
INSERT INTO o.t VALUES (16, '2024-01-01 12:00+00');
\set bind o
\i test/left_look.psql

-- Tables that the server makes when it is connected to.
\set account `echo "mysql://starts:secret@127.0.0.1:$BINDS_TEST_MYSQL_PORT/users"`
\! $MY -e "CREATE USER starts@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT SELECT, INSERT, CREATE TEMPORARY TABLES ON users.* TO starts@'127.0.0.1'; SET GLOBAL init_connect = 'CREATE TEMPORARY TABLE IF NOT EXISTS users.t (id int PRIMARY KEY, at timestamp NOT NULL DEFAULT ''2000-01-01'')'"
SELECT binds.add('i', :'account', '{"schema": "i"}');
CREATE FOREIGN TABLE i.t (id integer OPTIONS (key 'true'), at timestamptz) SERVER i;
SELECT attempt($$INSERT INTO i.t VALUES (17, '2024-01-01 12:00+00')$$) AS done \gset
SELECT count(*) = CASE :'done' WHEN 'done' THEN 1 ELSE 0 END AS is_as_told FROM o.t WHERE id = 17;
\! $MY -e "SET GLOBAL init_connect = ''; DROP USER starts@'127.0.0.1'"

-- A role without rights: the catalog leaves out what may not be seen.
\set reader `echo "mysql://reader:secret@127.0.0.1:$BINDS_TEST_MYSQL_PORT/users"`
\! $MY -e "CREATE ROLE does; GRANT SELECT ON users.* TO does; CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT EXECUTE ON users.* TO reader@'127.0.0.1'; GRANT does TO reader@'127.0.0.1'"
\! $MY -e "SET DEFAULT ROLE does FOR reader@'127.0.0.1'" 2>/dev/null || $MY -e "SET DEFAULT ROLE does TO reader@'127.0.0.1'"
SELECT binds.add('r', :'reader', '{"schema": "r"}');
CREATE SCHEMA imported;
SET client_min_messages = warning;
BEGIN;
SELECT binds.query('r', 'SELECT drops_role_of(1) AS f');
IMPORT FOREIGN SCHEMA users LIMIT TO (t, num) FROM SERVER r INTO imported;
COMMIT;
SELECT relname FROM pg_class WHERE relnamespace = 'imported'::regnamespace ORDER BY 1;
SELECT binds.query('r', 'SELECT drops_role_of(1) AS f');
SELECT count(*) FROM imported.num WHERE id < 4;
\! $MY -e "DROP USER reader@'127.0.0.1'; DROP ROLE does"
