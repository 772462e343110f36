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
		'last_gtid', 'statement_id', 'innodb_buffer_pool_load_incremental',
		'innodb_snapshot_isolation')	-- follows the transaction's level
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
-- Neither is the server asked for temporary tables, nor a table looked at.  (To count is
-- one question, too, and a statement of somebody's own, after which it is asked.)
CREATE TABLE counts (what text, sets bigint, looks bigint);
CREATE FUNCTION count_sets(what text, bind text DEFAULT 'b') RETURNS void LANGUAGE sql AS $$
	INSERT INTO counts
		SELECT what, sum(n) FILTER (WHERE name = 'Com_set_option'),
			sum(n) FILTER (WHERE name <> 'Com_set_option')
		FROM (SELECT r ->> 'Variable_name', (r ->> 'Value')::bigint
			FROM binds.query(bind, 'SHOW SESSION STATUS WHERE Variable_name IN
				(''Com_set_option'', ''Com_show_status'', ''Com_show_create_table'')') r) _ (name, n)
$$;
CREATE FUNCTION more_sets() RETURNS TABLE (what text, sets bigint, looks bigint) LANGUAGE sql AS $$
	SELECT b.what, b.sets - a.sets, b.looks - a.looks - 1 FROM counts a
		JOIN counts b ON a.what = 'before ' || b.what ORDER BY 1
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
		DELETE FROM b.plain WHERE id > 100;
		COMMIT;
	END LOOP;
END $$;
CREATE PROCEDURE given() LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 101..110 LOOP
		PERFORM binds.execute('b', 'INSERT INTO plain (id, at) VALUES (200, now())');
		PERFORM binds.query('b', 'SELECT count(*) FROM plain');
		PERFORM binds.execute('b', 'DELETE FROM plain WHERE id > 100');
		COMMIT;
	END LOOP;
END $$;
SELECT count_sets('before nothing');
SELECT count_sets('nothing');
SELECT count_sets('before ten transactions');
CALL plainly();
SELECT count_sets('ten transactions');
SELECT count_sets('before ten of others');
CALL given();
SELECT count_sets('ten of others');
SELECT count_sets('before a trigger');
INSERT INTO b.tr VALUES (0, '2024-01-01 12:00+00', 'é');
SELECT count_sets('a trigger');
CREATE FUNCTION more_looks() RETURNS TABLE (what text, sets bigint, looks bigint) LANGUAGE sql AS $$
	SELECT m.what, m.sets, m.looks - n.looks FROM more_sets() m, more_sets() n WHERE n.what = 'nothing'
$$;
SELECT what, CASE WHEN sets > 0 THEN 'some' ELSE 'none' END AS sets,
	CASE WHEN looks > 0 THEN 'some' ELSE 'none' END AS looks FROM more_looks() WHERE what <> 'ten of others';
SELECT sets FROM more_sets() WHERE what = 'ten of others';
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

-- Temporary tables that the server's code makes do not stand before the real ones: on a
-- server without XA, as some of them cannot be made within XA on MySQL.
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT binds.add('o', :'url', '{"schema": "o", "two_phase": "off"}');
CREATE FOREIGN TABLE o.rows_of_ours (id integer OPTIONS (key 'true')) SERVER o;
CREATE FOREIGN TABLE o.temp_tr (id integer OPTIONS (key 'true')) SERVER o;
CREATE FOREIGN TABLE o.own_tr (id integer OPTIONS (key 'true')) SERVER o;
CREATE FOREIGN TABLE o.said_tr (id integer OPTIONS (key 'true')) SERVER o;
CREATE FOREIGN TABLE o.temp_v (id integer, h integer) SERVER o;
-- each in a transaction of its own: nothing of it is left for the next one
INSERT INTO o.temp_tr VALUES (1);
INSERT INTO o.rows_of_ours VALUES (11);
SELECT binds.execute('o', 'CALL hides_table()');
INSERT INTO o.rows_of_ours VALUES (12);
SELECT binds.execute('o', 'CALL hides_failing()');
INSERT INTO o.rows_of_ours VALUES (13);
SELECT binds.query('o', 'SELECT hides_table_of(1) AS f');
INSERT INTO o.rows_of_ours VALUES (14);
INSERT INTO o.said_tr VALUES (1), (2);
SELECT * FROM o.temp_v ORDER BY id;
INSERT INTO o.rows_of_ours VALUES (15);
SELECT id FROM o.rows_of_ours ORDER BY id;
\! $MY users -e "SELECT group_concat(id ORDER BY id) FROM rows_of_ours"
-- also where none has been begun in the engine, and with rows still to come
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM o.temp_v;
FETCH 1 FROM c;
SELECT count(*) FROM o.rows_of_ours;
FETCH 1 FROM c;
SELECT count(*) FROM o.rows_of_ours;
COMMIT;
BEGIN READ ONLY;
SELECT count(*) FROM o.temp_v WHERE h > 0;
SELECT count(*) FROM o.rows_of_ours;
COMMIT;
-- in one transaction it is refused, to read and to write, until the transaction has ended
BEGIN;
INSERT INTO o.temp_tr VALUES (2);
SAVEPOINT s;
INSERT INTO o.rows_of_ours VALUES (21);
ROLLBACK TO s;
SELECT count(*) FROM o.rows_of_ours;
ROLLBACK TO s;
UPDATE o.rows_of_ours SET id = 22 WHERE id = 1;
ROLLBACK TO s;
INSERT INTO o.said_tr VALUES (3);
SELECT id FROM o.temp_tr ORDER BY id;
COMMIT;
INSERT INTO o.rows_of_ours VALUES (21);
-- rows of one batch that would go into different tables
INSERT INTO o.own_tr SELECT generate_series(1, 50);
INSERT INTO o.own_tr VALUES (1);
INSERT INTO o.own_tr VALUES (2);
SELECT count(*) FROM o.own_tr;
-- one that a procedure has dropped again hides nothing
BEGIN;
SELECT binds.execute('o', 'CALL tidy()');
INSERT INTO o.rows_of_ours VALUES (23);
COMMIT;
-- one that hides nothing is there for the transaction, and for no other
BEGIN;
SELECT binds.execute('o', 'CALL fills()');
INSERT INTO o.rows_of_ours VALUES (24);
SELECT binds.query('o', 'SELECT n FROM scratch');
COMMIT;
SELECT binds.execute('o', 'CALL fills()');
SELECT binds.execute('o', 'CALL fills()');
SELECT binds.query('o', 'SELECT n FROM scratch');
\! $MY users -e "SELECT group_concat(id ORDER BY id) FROM rows_of_ours"
-- Where there is XA some of that fails on MySQL: but a row that is acknowledged is there.
SELECT binds.alter('b', options => '{"two_phase": "auto"}');
SELECT count(*) > 0 FROM binds.reflect('b');
CREATE FOREIGN TABLE b.temp_v (id integer, h integer) SERVER b;
CREATE TABLE told (id integer);
CREATE FUNCTION attempt(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE what;
EXCEPTION WHEN OTHERS THEN
END $$;
CREATE FUNCTION insert_row(row_id integer) RETURNS void LANGUAGE sql AS $$
	INSERT INTO b.rows_of_ours VALUES (row_id);
	INSERT INTO told VALUES (row_id);
$$;
SELECT attempt('INSERT INTO b.temp_tr VALUES (101)');
SELECT insert_row(101);
SELECT attempt('SELECT binds.execute(''b'', ''CALL hides_table()'')');
SELECT insert_row(102);
SELECT attempt('SELECT binds.query(''b'', ''SELECT hides_table_of(1)'')');
SELECT insert_row(103);
SELECT h FROM b.temp_v ORDER BY h;
SELECT insert_row(104);
BEGIN;
SELECT attempt('INSERT INTO b.temp_tr VALUES (105)');
SELECT attempt('SELECT insert_row(105)');
COMMIT;
SELECT id, id IN (SELECT id FROM b.rows_of_ours) AS is_there FROM told WHERE id < 105 ORDER BY id;
SELECT count(*) FROM told WHERE id NOT IN (SELECT id FROM b.rows_of_ours);
-- A variable of the user has the server asked, but the session stays.
INSERT INTO o.rows_of_ours VALUES (25);
SELECT count_sets('before a variable', 'o');
INSERT INTO o.said_tr VALUES (4);
SELECT count_sets('a variable', 'o');
SELECT what, sets > 0 AS sets, looks FROM more_looks() WHERE what = 'a variable';
-- and each of two tables is looked at once, where nothing was told since
BEGIN;
INSERT INTO o.said_tr VALUES (5);
SELECT count_sets('before three scans', 'o');
INSERT INTO o.said_tr VALUES (6);
SELECT count(*) FROM o.rows_of_ours WHERE id < 3;
SELECT count(*) FROM o.rows_of_ours WHERE id < 3;
SELECT count(*) FROM o.rows_of_ours WHERE id < 3;
SELECT count_sets('three scans', 'o');
COMMIT;
SELECT what, looks FROM more_sets() WHERE what = 'three scans';

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
