\i test/setup.psql
\setenv DATABASE :DBNAME
-- Tables without transactions: what is written to them stays, whatever becomes of the
-- transaction.  When a rollback leaves something that is told, once in a transaction.
\set url :mysql 'users'
\! $MY users -e 'CREATE TABLE my (id INT PRIMARY KEY) ENGINE=MyISAM; CREATE TABLE mem (id INT PRIMARY KEY) ENGINE=MEMORY; CREATE TABLE ino (id INT PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE tri (id INT PRIMARY KEY) ENGINE=InnoDB; CREATE TRIGGER tr AFTER INSERT ON tri FOR EACH ROW INSERT INTO my VALUES (NEW.id)'
SELECT binds.add('b', :'url', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b');
SET search_path = b, public;

-- A block: told once, naming the bind; and the rows stay.
BEGIN;
SELECT * FROM my;
INSERT INTO ino VALUES (1);
INSERT INTO my VALUES (1);
INSERT INTO my VALUES (2);
INSERT INTO mem VALUES (1);
UPDATE my SET id = 3 WHERE id = 2;
ROLLBACK;
SELECT (SELECT array_agg(id ORDER BY id) FROM my) AS my, (SELECT array_agg(id) FROM mem) AS mem,
	(SELECT array_agg(id) FROM ino) AS ino;

-- In the next transaction again; not where it commits, or nothing was written.
BEGIN;
UPDATE mem SET id = 2;
COMMIT;
BEGIN;
DELETE FROM my WHERE id = 3;
ROLLBACK;
BEGIN;
DELETE FROM my WHERE id = 3;
ROLLBACK;
SELECT * FROM my;

-- A statement of its own, when it fails.
INSERT INTO my VALUES (4);
TRUNCATE mem;
-- (an error and the warning after it are shown in any order)
\! psql -Xq -v VERBOSITY=sqlstate -d $DATABASE -c "INSERT INTO b.my VALUES (5), (6), (4)" 2>&1 | sort
SELECT array_agg(id ORDER BY id) FROM my;

-- In tables with transactions nothing stays, and nothing is told.
BEGIN;
INSERT INTO ino VALUES (1);
\set VERBOSITY sqlstate
SAVEPOINT s;
INSERT INTO ino VALUES (1);
\set VERBOSITY default
ROLLBACK TO s;
UPDATE ino SET id = 2;
ROLLBACK;
\set VERBOSITY sqlstate
INSERT INTO ino VALUES (1), (1);
\set VERBOSITY default
SELECT count(*) FROM ino;

-- Reading is not writing.
BEGIN;
SELECT count(*) FROM my;
ROLLBACK;

-- A trigger of the server that writes there.
BEGIN;
INSERT INTO tri VALUES (10);
ROLLBACK;
SELECT (SELECT count(*) FROM tri) AS tri, (SELECT count(*) FROM my WHERE id = 10) AS my;

-- Statements in the engine's own SQL.
BEGIN;
SELECT binds.execute('b', 'INSERT INTO my VALUES (11)');
ROLLBACK;

-- To a savepoint, and in a block that catches its error.
BEGIN;
SAVEPOINT s;
INSERT INTO my VALUES (12);
ROLLBACK TO s;
INSERT INTO my VALUES (13);
COMMIT;
DO $$
BEGIN
	BEGIN
		INSERT INTO b.my VALUES (14), (15), (14);
	EXCEPTION WHEN unique_violation THEN
		RAISE INFO 'caught';
	END;
END $$;
SELECT array_agg(id ORDER BY id) FROM my WHERE id > 10;

-- Without XA, too.
SELECT binds.alter('b', options => '{"two_phase": "off"}');
BEGIN;
INSERT INTO my VALUES (20);
ROLLBACK;
-- (an error and the warning after it are shown in any order)
\! psql -Xq -v VERBOSITY=sqlstate -d $DATABASE -c "INSERT INTO b.my VALUES (21), (21)" 2>&1 | sort
SELECT array_agg(id ORDER BY id) FROM my WHERE id >= 20;
