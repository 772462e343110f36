\i test/setup.psql
\setenv DATABASE :DBNAME
-- A table that has no transactions: a warning says so at the first write, once in a
-- transaction block, and outside of one once per table and session.
\set url :mysql 'users'
\! $MY users -e 'CREATE TABLE my (id INT PRIMARY KEY, t VARCHAR(9)) ENGINE=MyISAM; CREATE TABLE mem (id INT PRIMARY KEY) ENGINE=MEMORY; CREATE TABLE ino (id INT PRIMARY KEY, t VARCHAR(9)) ENGINE=InnoDB; CREATE VIEW v AS SELECT * FROM my'
SELECT binds.add('b', :'url', '{"schema": "b"}');
SELECT count(*) FROM binds.reflect('b');
-- written by hand
CREATE FOREIGN TABLE b.hand (id integer OPTIONS (key 'true')) SERVER b OPTIONS (table_name 'my');
SET search_path = b, public;

-- Outside of a block: the first write to each table, then no more.
SELECT * FROM my;
INSERT INTO my VALUES (1, 'a');
INSERT INTO my VALUES (2, 'b');
UPDATE my SET t = 'c' WHERE id = 2;
INSERT INTO mem VALUES (1);
DELETE FROM mem;
INSERT INTO ino VALUES (1);
INSERT INTO hand VALUES (3);

-- In a block: at the first write, whichever it is, and not at a second table.
BEGIN;
SELECT count(*) FROM my;
INSERT INTO ino VALUES (2);
UPDATE my SET t = 'd' WHERE id = 99;
UPDATE my SET t = 'd' WHERE id = 1;
UPDATE my SET t = 'e' WHERE id = 1;
INSERT INTO mem VALUES (2);
INSERT INTO hand VALUES (4);
COMMIT;
BEGIN;
DELETE FROM my WHERE id = 4;
COMMIT;
BEGIN;
TRUNCATE mem;
COMMIT;
BEGIN;
COPY my FROM stdin;
10	x
11	y
\.
COPY my FROM stdin;
12	x
\.
COMMIT;

-- A prepared statement, in its plan of its own and in a generic one.
PREPARE ins(int) AS INSERT INTO my VALUES ($1, 'p');
EXECUTE ins(20);
BEGIN;
EXECUTE ins(21);
EXECUTE ins(22);
COMMIT;
SET plan_cache_mode = force_generic_plan;
BEGIN;
EXECUTE ins(23);
COMMIT;

-- Savepoints: what is told is told for the whole transaction; what was left, too.
BEGIN;
SAVEPOINT s;
INSERT INTO my VALUES (30);
ROLLBACK TO s;
SAVEPOINT s2;
INSERT INTO my VALUES (31);
RELEASE s2;
ROLLBACK;
SELECT array_agg(id ORDER BY id) FROM my WHERE id >= 30;

-- A session of its own, and a statement that fails: both are told.
-- (an error and the warning after it are shown in any order)
\! psql -Xq -v VERBOSITY=sqlstate -d $DATABASE -c "INSERT INTO b.my VALUES (40), (1)" 2>&1 | sort
SELECT count(*) FROM my WHERE id = 40;

-- Who follows the hint is not told any more.
\! $MY users -e 'ALTER TABLE my ENGINE=InnoDB'
INSERT INTO b.my VALUES (50);
BEGIN;
INSERT INTO b.my VALUES (51);
ROLLBACK;
SELECT count(*) FROM b.my WHERE id >= 50;
