\i test/setup.psql
-- Whatever the server's code does to its session, the next statement finds it as binds
-- has set it up: a trigger, a function, a view over one, and a procedure that change all
-- that they can.
\set url :mysql 'users'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
\! $MY users < test/session_mysql.sql
SELECT binds.add('b', :'url', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b');
CREATE FOREIGN TABLE b.v (id integer) SERVER b;

-- All variables of the session, but for those that move by themselves.
CREATE TABLE variables AS
	SELECT r ->> 'Variable_name' AS name, r ->> 'Value' AS value
	FROM binds.query('b', 'SHOW SESSION VARIABLES') r LIMIT 0;
CREATE FUNCTION look() RETURNS SETOF variables LANGUAGE sql AS $$
	SELECT r ->> 'Variable_name', r ->> 'Value' FROM binds.query('b', 'SHOW SESSION VARIABLES') r
	WHERE r ->> 'Variable_name' NOT IN ('timestamp', 'insert_id', 'last_insert_id', 'identity',
		'rand_seed1', 'rand_seed2', 'error_count', 'warning_count', 'in_transaction',
		'last_gtid', 'statement_id', 'innodb_buffer_pool_load_incremental')
$$;
INSERT INTO variables SELECT * FROM look();
-- The rows that differ from the session of the beginning; and what they would break:
-- the number of rows, their times, their letters, the clock.
CREATE FUNCTION changed(OUT what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	n int;
	m timestamptz;
BEGIN
	RETURN QUERY SELECT l.name || ' = ' || l.value FROM look() l LEFT JOIN variables v USING (name)
		WHERE v.value IS DISTINCT FROM l.value ORDER BY 1;
	SELECT count(*), max(at) INTO n, m FROM b.plain WHERE t = 'é' AND id < 4;
	IF n <> 3 OR m <> '2024-01-01 12:00+00' THEN
		RETURN QUERY SELECT format('%s rows, %s', n, m);
	END IF;
	SELECT (q ->> 'now')::timestamptz INTO m FROM binds.query('b', 'SELECT concat(now(), ''+00'') AS now') q;
	IF m NOT BETWEEN now() - interval '2 min' AND now() + interval '2 min' THEN
		RETURN QUERY SELECT format('it is %s', m);
	END IF;
END $$;
SELECT * FROM changed();

-- It is set up once: statements that change nothing in it are not followed by a set-up,
-- nor are transactions with all that they begin and end.
CREATE TABLE counts (what text, n bigint);
CREATE FUNCTION count_sets(what text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO counts SELECT what, (r ->> 'Value')::bigint
		FROM binds.query('b', 'SHOW SESSION STATUS LIKE ''Com_set_option''') r
$$;
CREATE FUNCTION more_sets() RETURNS TABLE (what text, n bigint) LANGUAGE sql AS $$
	SELECT b.what, b.n - a.n FROM counts a JOIN counts b ON a.what = 'before ' || b.what ORDER BY 1
$$;
CREATE PROCEDURE plainly() LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 101..110 LOOP
		INSERT INTO b.plain VALUES (i, '2024-01-01 12:00+00', 'x');
		PERFORM FROM b.plain WHERE id = i;
		BEGIN
			UPDATE b.plain SET t = 'y' WHERE id = i;
			RAISE division_by_zero;
		EXCEPTION WHEN division_by_zero THEN
		END;
		PERFORM binds.query('b', 'SELECT count(*) FROM plain');
		PERFORM binds.execute('b', 'DELETE FROM plain WHERE id > 100');
		COMMIT;
	END LOOP;
END $$;
SELECT count_sets('before ten transactions');
CALL plainly();
SELECT count_sets('ten transactions');
SELECT count_sets('before a trigger');
INSERT INTO b.tr VALUES (0, '2024-01-01 12:00+00', 'é');
SELECT count_sets('a trigger');
SELECT what, CASE WHEN n > 0 THEN 'some' ELSE 'none' END AS sets FROM more_sets();
DELETE FROM b.tr;

-- a trigger: two rows of one instant
INSERT INTO b.tr VALUES (1, '2024-01-01 12:00+00', 'é');
INSERT INTO b.tr VALUES (2, '2024-01-01 12:00+00', 'é');
SELECT * FROM changed();
SELECT * FROM b.tr ORDER BY id;
-- in a transaction, with many rows, and after a savepoint
BEGIN;
INSERT INTO b.tr SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(11, 60) g;
SELECT * FROM changed();
SAVEPOINT s;
INSERT INTO b.tr VALUES (61, '2024-01-01 12:00+00', 'é');
ROLLBACK TO s;
SELECT * FROM changed();
COMMIT;
INSERT INTO b.plain VALUES (4, '2024-01-01 12:00+00', 'é');
SELECT * FROM changed();
-- one that fails
INSERT INTO b.fails VALUES (1, '2024-01-01 12:00+00', 'é');
SELECT * FROM changed();

-- a function, and a view over it, read to the end and not
SELECT binds.query('b', 'SELECT f(1) AS f');
SELECT * FROM changed();
SELECT * FROM b.v ORDER BY id;
SELECT * FROM changed();
SELECT * FROM b.v LIMIT 1;
SELECT * FROM changed();
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT count(*) FROM b.v;
SELECT * FROM changed();
COMMIT;
SELECT binds.execute('b', 'DO f(1)');
SELECT * FROM changed();

-- procedures: with and without rows, failing, and one that takes care not to be seen
SELECT binds.execute('b', 'CALL p()');
SELECT * FROM changed();
SELECT binds.query('b', 'CALL rows_of()');
SELECT * FROM changed();
SELECT binds.execute('b', 'CALL failing()');
SELECT * FROM changed();
SELECT binds.execute('b', 'CALL untracked()');
SELECT * FROM changed();
INSERT INTO b.tr VALUES (70, '2024-01-01 12:00+00', 'é');
SELECT * FROM changed();
-- and what others change is seen afterwards
BEGIN;
SELECT binds.execute('b', 'CALL p()');
SELECT * FROM changed();
COMMIT;
SELECT count(*) FROM b.plain;
\! $MY users -e "INSERT INTO plain VALUES (5, now(), 'x')"
SELECT count(*) FROM b.plain;

-- What switches off how the server tells of changes, in six ways (see the server's
-- procedure "hide"), and then changes the session: a trigger, a view over a function, and
-- a function; in one transaction with what follows and before the next one.
CREATE FOREIGN TABLE b.hidden (how integer, h integer) SERVER b;
CREATE FUNCTION after(what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	FOR how IN 1..6 LOOP
		EXECUTE format(what, how);
		RETURN QUERY SELECT format('%s: %s', how, c) FROM changed() c;
		-- and what is told of later is heard
		PERFORM binds.query('b', 'SELECT f(1)');
		RETURN QUERY SELECT format('%s, later: %s', how, c) FROM changed() c;
	END LOOP;
END $$;
SELECT * FROM after('INSERT INTO b.hidden_tr VALUES (%s)');
SELECT * FROM after('SELECT count(*) FROM b.hidden WHERE how = %s');
SELECT * FROM after('SELECT binds.query(''b'', ''SELECT hides(%s)'')');
SELECT * FROM after('SELECT binds.execute(''b'', ''DO hides(%s)'')');
SELECT how, h FROM b.hidden ORDER BY how;
SELECT * FROM changed();
DELETE FROM b.hidden_tr;
INSERT INTO b.hidden_tr VALUES (1);
SELECT count(*), max(at) FROM b.plain WHERE t = 'é';
DO $$ BEGIN PERFORM h FROM b.hidden; END $$;
SELECT count(*), max(at) FROM b.plain WHERE t = 'é';
INSERT INTO b.plain VALUES (9, '2024-01-01 12:00+00', 'é');
SELECT * FROM changed();
DELETE FROM b.plain WHERE id = 9;

-- What the server's administrator has set for all sessions does not cut results short, nor
-- what is set for those of accounts with few rights, by init_connect.
\set plain `echo "mysql://plain:secret@127.0.0.1:$BINDS_TEST_MYSQL_PORT/users"`
\! $MY users -e "CREATE TABLE numbered (id int AUTO_INCREMENT PRIMARY KEY, v varchar(20)); CREATE USER plain@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT SELECT, INSERT, UPDATE, DELETE ON users.* TO plain@'127.0.0.1'"
SELECT binds.add('p', :'plain', '{"schema": "p"}');
CREATE FOREIGN TABLE p.plain (id integer OPTIONS (key 'true'), at timestamptz, t varchar(20)) SERVER p;
CREATE FOREIGN TABLE p.tr (id integer) SERVER p;
CREATE FOREIGN TABLE p.numbered (id integer OPTIONS (key 'true'), v varchar(20)) SERVER p;
\! $MY -e "SET GLOBAL sql_select_limit = 2, GLOBAL max_join_size = 10, GLOBAL sql_safe_updates = 1, GLOBAL completion_type = 1, GLOBAL init_connect = 'SET autocommit = 0, sql_auto_is_null = 1, time_zone = ''+05:00'', @seen = 1'"
\c
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SELECT count(*), max(at) FILTER (WHERE id < 4) FROM p.plain;
SELECT count(*) FROM p.plain CROSS JOIN p.tr;
SELECT count(*) FROM b.plain CROSS JOIN b.tr;
-- a row that was just numbered is not the one without a number
SELECT binds.execute('p', 'INSERT INTO numbered (v) VALUES (''one'')');
DELETE FROM p.numbered WHERE id IS NULL;
INSERT INTO p.numbered (v) VALUES ('two');
SELECT binds.execute('p', 'DELETE FROM numbered WHERE id IS NULL');
SELECT * FROM p.numbered ORDER BY id;
SELECT binds.query('p', 'SELECT @@SESSION.sql_select_limit > 1000 AS l, @@SESSION.max_join_size > 1000 AS j, @@SESSION.sql_auto_is_null AS n, @@autocommit AS a, @seen AS seen');
\! $MY users -e "SET GLOBAL sql_select_limit = DEFAULT, GLOBAL max_join_size = DEFAULT, GLOBAL sql_safe_updates = DEFAULT, GLOBAL completion_type = DEFAULT, GLOBAL init_connect = ''; SELECT * FROM numbered"

-- A server without XA has only its own word for it that a transaction is open: a
-- procedure that ends it, even if it begins another, dooms the transaction.
SELECT binds.alter('b', options => '{"two_phase": "off"}');
\set VERBOSITY sqlstate
SELECT binds.execute('b', 'CALL ends()');
SELECT binds.execute('b', 'CALL begins()');
SELECT binds.query('b', 'CALL rows_ends()');
BEGIN;
SELECT binds.execute('b', 'INSERT INTO plain VALUES (7, now(), ''x'')');
SELECT binds.execute('b', 'CALL p()');
ROLLBACK;
BEGIN;
SELECT binds.execute('b', 'CALL begins()');
SELECT binds.execute('b', 'INSERT INTO plain VALUES (8, now(), ''x'')');
COMMIT;
\! $MY users -e "SELECT id FROM plain WHERE id > 6"
SELECT count(*) FROM b.plain;
\! $MY users -e "DROP USER plain@'127.0.0.1'"
\set VERBOSITY default
\set SHOW_CONTEXT never

-- The role is the one that the account has by default, whatever was set.
\set reader `echo "mysql://reader:secret@127.0.0.1:$BINDS_TEST_MYSQL_PORT/users"`
\! $MY -e "CREATE ROLE does; GRANT SELECT, INSERT, DELETE, EXECUTE ON users.* TO does; CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT does TO reader@'127.0.0.1'"
\! $MY -e "SET DEFAULT ROLE does FOR reader@'127.0.0.1'" 2>/dev/null || $MY -e "SET DEFAULT ROLE does TO reader@'127.0.0.1'"
SELECT binds.add('r', :'reader', '{"schema": "r"}');
CREATE FOREIGN TABLE r.numbered (id integer OPTIONS (key 'true')) SERVER r;
SELECT binds.execute('r', 'CALL drops_role()');
SELECT count(*) > 0 FROM r.numbered;
SELECT binds.query('r', 'SELECT drops_role_of(1) AS f');
SELECT count(*) > 0 FROM r.numbered;
BEGIN;
SELECT binds.execute('r', 'CALL drops_role()');
INSERT INTO r.numbered VALUES (31);
SELECT binds.query('r', 'SELECT drops_role_of(1) AS f');
DELETE FROM r.numbered WHERE id = 31;
SELECT binds.query('r', 'SELECT drops_role_of(1) AS f');
INSERT INTO r.numbered SELECT generate_series(32, 60);
SELECT binds.query('r', 'SELECT drops_role_of(1) AS f');
SELECT binds.query('r', 'SELECT count(*) AS n FROM numbered WHERE id BETWEEN 31 AND 60');
SAVEPOINT s;
\set VERBOSITY sqlstate
UPDATE r.numbered SET id = 61 WHERE id = 60;
ROLLBACK TO s;
SELECT count(*) FROM r.numbered WHERE id BETWEEN 31 AND 60;
COMMIT;
\! $MY -e "DROP USER reader@'127.0.0.1'; DROP ROLE does"
