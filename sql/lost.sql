\i test/setup.psql
-- A branch that its engine throws away, a file that disappears, commits that fail.
\set a_url :sqlite 'a.db'
\set b_url :sqlite 'b.db'
\setenv A `echo sqlite3 -tabs $D/a.db`
\setenv B `echo sqlite3 -tabs $D/b.db`
\pset null '(null)'
SELECT binds.add('a', :'a_url');
SELECT binds.add('b', :'b_url');
CREATE TABLE l (id integer PRIMARY KEY);

-- A file that is not there: an error, and no empty file is left.
CREATE FOREIGN TABLE ghost (id integer) SERVER a;
\set VERBOSITY sqlstate
SELECT * FROM ghost;
INSERT INTO ghost VALUES (1);
SELECT binds.query('a', 'SELECT 1 AS one');
\! ls $D
\set VERBOSITY default

-- execute makes it, unless the bind is not managed.
SELECT binds.alter('a', NULL, '{"managed": false}');
\set VERBOSITY sqlstate
SELECT binds.execute('a', 'CREATE TABLE x (id integer)');
\set VERBOSITY default
\! ls $D
SELECT binds.alter('a', NULL, '{"managed": true}');
SELECT binds.execute('a', 'CREATE TABLE x (id integer)');
\! ls $D
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v integer)', 'a');
SELECT binds.define('CREATE TABLE p (id integer PRIMARY KEY)', 'b');
SELECT binds.define('CREATE TABLE c (id integer PRIMARY KEY, p integer REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)', 'b');
SELECT bind_key, model, action FROM binds.create_all();

-- A trigger of the engine rolls everything back.  An exception block may swallow the
-- error, but the transaction is lost: its next use of the bind fails, and so does COMMIT.
\! $A "CREATE TRIGGER tr BEFORE INSERT ON t WHEN new.v < 0 BEGIN SELECT RAISE(ROLLBACK, 'no negative numbers'); END"
BEGIN;
INSERT INTO l VALUES (1);
INSERT INTO t VALUES (1, 1);
DO $$
BEGIN
	INSERT INTO t VALUES (2, -1);
EXCEPTION WHEN OTHERS THEN
	RAISE NOTICE 'swallowed: %', sqlerrm;
END $$;
SELECT * FROM l;
SAVEPOINT s;
SELECT * FROM t;
ROLLBACK TO s;
INSERT INTO t VALUES (3, 3);
ROLLBACK TO s;
COMMIT;
SELECT count(*) FROM l;
\! $A 'SELECT count(*) FROM t'

-- The same, told at commit only.
BEGIN;
INSERT INTO t VALUES (1, 1);
DO $$
BEGIN
	INSERT INTO t VALUES (2, -1);
EXCEPTION WHEN OTHERS THEN
	NULL;
END $$;
INSERT INTO l VALUES (1);
COMMIT;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM l;
\! $A 'SELECT count(*) FROM t'

-- A procedure goes on after it has rolled back.
DO $$
BEGIN
	FOR i IN 1 .. 2 LOOP
		BEGIN
			INSERT INTO t VALUES (i, i - 2);
		EXCEPTION WHEN OTHERS THEN
			NULL;
		END;
		BEGIN
			INSERT INTO t VALUES (10 * i, 1);
		EXCEPTION WHEN serialization_failure THEN
			RAISE NOTICE '% is lost', i;
			ROLLBACK;
			CONTINUE;
		END;
		COMMIT;
	END LOOP;
END $$;
DO $$
BEGIN
	FOR i IN 1 .. 2 LOOP
		BEGIN
			INSERT INTO t VALUES (i, i - 2);
			INSERT INTO l VALUES (i);
		EXCEPTION WHEN OTHERS THEN
			NULL;
		END;
		IF i = 1 THEN
			ROLLBACK;
		ELSE
			COMMIT;
		END IF;
	END LOOP;
END $$;
SELECT * FROM l;
\! $A 'SELECT id FROM t'

-- A constraint that the engine checks at commit: nothing is committed anywhere, in
-- whichever order the binds were written.
BEGIN;
INSERT INTO l VALUES (5);
INSERT INTO c VALUES (1, 1);
\set VERBOSITY sqlstate
COMMIT;
BEGIN;
INSERT INTO c VALUES (1, 1);
INSERT INTO t VALUES (5, 5);
COMMIT;
\set VERBOSITY terse
BEGIN;
INSERT INTO t VALUES (5, 5);
INSERT INTO c VALUES (1, 1);
COMMIT;
\set VERBOSITY default
SELECT count(*) FROM l WHERE id = 5;
\! $A 'SELECT id FROM t WHERE id = 5'
\! $B 'SELECT count(*) FROM c'
BEGIN;
INSERT INTO c VALUES (1, 1);
INSERT INTO p VALUES (1);
COMMIT;
\! $B 'SELECT * FROM c'

-- The file is replaced in the middle of a transaction: what was written would be lost.
BEGIN;
INSERT INTO l VALUES (6);
INSERT INTO t VALUES (6, 6);
\! sqlite3 $D/a.db "VACUUM INTO '$D/new.db'" && chmod 666 $D/new.db && mv $D/new.db $D/a.db && rm -f $D/a.db-wal $D/a.db-shm
COMMIT;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM l WHERE id = 6;
SELECT count(*) FROM t WHERE id = 6;

-- Between transactions it is just another file.
\! sqlite3 $D/new.db 'CREATE TABLE t (id integer PRIMARY KEY, v integer); INSERT INTO t VALUES (77, 7)' && chmod 666 $D/new.db && mv $D/new.db $D/a.db && rm -f $D/a.db-wal $D/a.db-shm
SELECT * FROM t;

-- Two binds on one file share one branch: they do not lock each other out.
\set again :sqlite './a.db'
SELECT binds.add('again', :'again', '{"schema": "again"}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v integer)', 'again');
SELECT model, action FROM binds.create_all('again');
BEGIN;
INSERT INTO t VALUES (1, 1);
INSERT INTO again.t VALUES (2, 2);
SELECT x.id FROM t x JOIN again.t y USING (id) ORDER BY 1;
SAVEPOINT s;
DELETE FROM again.t;
SELECT count(*) FROM t;
ROLLBACK TO s;
COMMIT;
SELECT * FROM again.t ORDER BY id;

-- A read-only bind on it does not hinder the other one.
SELECT binds.alter('again', NULL, '{"read_only": true}');
\c -
SELECT count(*) FROM again.t;
INSERT INTO t VALUES (3, 3);
SELECT count(*) FROM again.t;
BEGIN;
DECLARE cur CURSOR FOR SELECT id FROM again.t ORDER BY id;
FETCH cur;
INSERT INTO t VALUES (4, 4);
FETCH ALL FROM cur;
COMMIT;
\c -
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM again.t;
INSERT INTO t VALUES (5, 5);
\echo :LAST_ERROR_SQLSTATE
COMMIT;
SELECT count(*) FROM t;

-- A file that its owner may only read.
CREATE ROLE regress_lost;
GRANT pg_read_server_files TO regress_lost;
ALTER FOREIGN TABLE t OWNER TO regress_lost;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_sqlite TO regress_lost;
ALTER SERVER a OWNER TO regress_lost;
\c -
SELECT count(*) FROM t;
INSERT INTO t VALUES (6, 6);
\echo :LAST_ERROR_SQLSTATE
REVOKE pg_read_server_files FROM regress_lost;
SELECT count(*) FROM t;
\echo :LAST_ERROR_SQLSTATE
ALTER SERVER a OWNER TO CURRENT_USER;
ALTER FOREIGN TABLE t OWNER TO CURRENT_USER;
SELECT count(*) FROM t;
REASSIGN OWNED BY regress_lost TO CURRENT_USER;
DROP OWNED BY regress_lost;
DROP ROLE regress_lost;
