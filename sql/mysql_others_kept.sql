\i test/setup.psql
-- What others have given a table, and no model says, stays when something else of it changes.
\pset format unaligned
\t on
SET client_min_messages = warning;
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION takes(a text, m text, b text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.execute('my', format('INSERT INTO h (id, a, m, b) VALUES (0, %s, %s, %s)', a, m, b));
	PERFORM binds.execute('my', 'DELETE FROM h WHERE id = 0');
	RETURN 'taken';
EXCEPTION WHEN check_violation THEN
	RETURN SQLSTATE;
END $$;
\set url :mysql 'users'
SELECT binds.add('my', :'url');

-- Checks in the definition of a column.
\! $MY users -e 'CREATE TABLE h (id int PRIMARY KEY, a int COMMENT "the CHECK (" CHECK (a > 0), m int NOT NULL DEFAULT 3 CHECK (m IN (3,4)), b int, c int CHECK (c > 0), CONSTRAINT bb CHECK (b < 9)) CHARSET utf8mb4'
SELECT model FROM binds.reflect('my', '{"only": ["h"]}');
SELECT kind, action FROM binds.upgrade('my') WHERE kind ~ 'check';
SELECT binds.define('ALTER TABLE h ALTER a SET DEFAULT 5, ALTER m TYPE bigint; COMMENT ON COLUMN h.b IS ''x''', 'my');
SELECT kind, action FROM binds.upgrade('my', '{"lossy": true}') WHERE kind ~ 'check|local comment';
SELECT takes('0', '3', '1'), takes('1', '5', '1'), takes('1', '3', '9'), takes('1', '4', '8');
ALTER TABLE h ALTER a DROP DEFAULT;
COMMENT ON COLUMN h.m IS 'y';
ALTER TABLE h RENAME COLUMN c TO cc;
SELECT takes('0', '3', '1'), takes('1', '5', '1'), takes('1', '3', '9'), takes('1', '4', '8');
\set VERBOSITY sqlstate
INSERT INTO h (id, cc) VALUES (1, 0);
\set VERBOSITY default
-- They go when that is asked for, alone or with their column.
ALTER TABLE h DROP COLUMN cc;
SELECT binds.define('ALTER TABLE h ADD CHECK (a > 0)', 'my');
SELECT kind, action FROM binds.upgrade('my') WHERE kind ~ 'check';
ALTER TABLE h DROP CONSTRAINT h_a_check;
SELECT takes('0', '3', '1'), takes('1', '5', '1');
SELECT kind, action FROM binds.upgrade('my') WHERE kind ~ 'check';
-- One that no model knows is an extra one.
SELECT binds.define('CREATE TABLE d (id int PRIMARY KEY, a int)', 'my');
SET client_min_messages = error;
SELECT count(*) FROM binds.create_all('my');
SET client_min_messages = warning;
\! $MY users -e 'ALTER TABLE d MODIFY a int CHECK (a > 0)'
SELECT kind, action FROM binds.upgrade('my') WHERE model = 'd';
SELECT binds.define('ALTER TABLE d ALTER a TYPE bigint', 'my');
SELECT kind, action FROM binds.upgrade('my', '{"lossy": true}') WHERE model = 'd';
SELECT binds.define('ALTER TABLE d ALTER a SET DEFAULT 7', 'my');
SELECT kind, action FROM binds.upgrade('my', '{"drop": true}') WHERE model = 'd';
SELECT * FROM binds.diff('my') WHERE model = 'd';
INSERT INTO d VALUES (1, -1);

-- Plain DDL changes what it says.
\! $MY users -e 'CREATE TABLE p (id int PRIMARY KEY, dt datetime NULL DEFAULT current_timestamp ON UPDATE current_timestamp, u varchar(36) DEFAULT (uuid()), k int unsigned, tt tinytext, n int NOT NULL DEFAULT 4, UNIQUE KEY pn (n DESC)) CHARSET latin1'
SELECT model FROM binds.reflect('my', '{"only": ["p"]}');
CREATE TEMPORARY TABLE before AS SELECT kind, note FROM binds.diff('my') WHERE model = 'p' AND kind !~ 'local';
SELECT statement, refused(statement) FROM unnest(ARRAY[
	'COMMENT ON COLUMN p.dt IS ''x''',
	'COMMENT ON COLUMN p.u IS ''x''',
	'ALTER TABLE p ALTER k SET DEFAULT 4',
	'ALTER TABLE p ALTER tt SET NOT NULL',
	'ALTER TABLE p RENAME dt TO d']) statement;
ALTER TABLE p ALTER n DROP DEFAULT, ADD z int DEFAULT 5;
ALTER TABLE p ALTER n DROP NOT NULL;
COMMENT ON COLUMN p.n IS 'all';
ALTER TABLE p ADD CHECK (z > 0), ALTER z TYPE bigint;
SELECT kind, note FROM binds.diff('my') WHERE model = 'p' AND kind !~ 'local' EXCEPT SELECT * FROM before;
INSERT INTO p (id) VALUES (1) RETURNING dt IS NULL, u IS NULL, n, z;

-- A check of the model that is called otherwise in the engine is not taken for one that says the same in the definition of a column.
SET binds.bind_key = 'my';
CREATE TABLE o (id int PRIMARY KEY, a int, CONSTRAINT own CHECK (a > 0), x int);
\! $MY users -e 'ALTER TABLE o MODIFY a int CHECK (a > 0)'
ALTER TABLE o RENAME CONSTRAINT own TO own2;
ALTER TABLE o DROP x, ALTER a SET DEFAULT 5;
ALTER TABLE o DROP CONSTRAINT own2;
\! $MY users -e "SELECT 0 /*M! + count(*) FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = 'users' AND CONSTRAINT_NAME = 'o_own' */"
INSERT INTO o VALUES (1, 1);
\set VERBOSITY sqlstate
INSERT INTO o VALUES (2, 0);
\set VERBOSITY default

-- What MariaDB computes from a column follows its new name, and is what others made of it still.
\! $MY users -e 'CREATE TABLE gc (id int PRIMARY KEY, a int /*M! , v int AS (a + 1) VIRTUAL, s int AS (a * 2) STORED, w varchar(20) AS (concat(a, "`a`")) STORED, x double AS (a / v), KEY sk (s), CHECK (s > a) */) CHARSET utf8mb4'
SELECT model FROM binds.reflect('my', '{"only": ["gc"]}');
INSERT INTO gc (id, a) VALUES (1, 5);
CREATE TEMPORARY TABLE before_gc AS SELECT kind, note FROM binds.diff('my') WHERE model = 'gc';
ALTER TABLE gc RENAME a TO "b`b";
SELECT id, "b`b" FROM gc;
\! $MY users -e 'SELECT 20 /*M! + v + s + length(w) - 20 */ FROM gc'
SELECT (SELECT count(*) FROM binds.diff('my') WHERE model = 'gc') = count(*) FROM before_gc;
BEGIN;
ALTER TABLE gc RENAME "b`b" TO z;
ROLLBACK;
ALTER TABLE gc RENAME "b`b" TO a;
SELECT kind, note FROM binds.diff('my') WHERE model = 'gc' EXCEPT SELECT * FROM before_gc;
INSERT INTO gc (id, a) VALUES (2, 6);
\! $MY users -e 'SELECT 23 /*M! + v + s + length(w) - 23 */ FROM gc WHERE id = 2'
