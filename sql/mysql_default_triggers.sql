\i test/setup.psql
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, c varchar(20) DEFAULT (concat('a','b')), n int DEFAULT (1+2), x int)"
SELECT binds.add('d', :'url', '{"schema": "d"}') \g /dev/null
SET client_min_messages = warning;
SELECT model, action FROM binds.reflect('d');
\set t d.t
\i test/default_triggers.psql
-- UPDATE: DEFAULT is the engine's, unless the trigger gives another value; NULL is NULL.
EXECUTE effects(ARRAY[
	'UPDATE :t SET c = DEFAULT, n = DEFAULT, x = 5 WHERE id = 2', 'UPDATE :t SET c = DEFAULT, x = 7 WHERE id IN (2, 6)', 'UPDATE :t SET c = NULL, x = 1 WHERE id = 6',
	'UPDATE :t SET c = DEFAULT, x = 1 WHERE id = 2', 'UPDATE :t SET c = DEFAULT, n = NULL, x = 6 WHERE id = 2', 'UPDATE :t SET c = DEFAULT, x = CASE WHEN id = 2 THEN 5 ELSE 1 END WHERE id < 5',
	'UPDATE :t SET n = 8, x = 6 WHERE id = 4', 'UPDATE :t SET x = 1 WHERE id = 4', 'UPDATE :t SET id = DEFAULT, x = 2001 WHERE id = 5', 'UPDATE :t SET id = DEFAULT, x = 1 WHERE id = 6']);
SELECT * FROM d.t WHERE id < 7 OR id > 2000 ORDER BY id;
\! $MY users -e "SELECT * FROM t WHERE id < 7 OR id > 2000 ORDER BY id"
EXPLAIN (VERBOSE, COSTS OFF) UPDATE d.t SET c = DEFAULT WHERE id = 1;
-- a partition: the trigger is its own
CREATE TABLE parted (id integer, c varchar(20), n integer, x integer) PARTITION BY RANGE (id);
ALTER TABLE parted ATTACH PARTITION d.t FOR VALUES FROM (0) TO (5000);
CREATE TABLE rest PARTITION OF parted DEFAULT;
UPDATE parted SET c = DEFAULT, x = 5 WHERE id < 3 RETURNING *;
UPDATE parted SET c = DEFAULT, x = 1 WHERE id < 3 RETURNING *;
-- without a trigger nothing has changed
DROP TRIGGER give ON d.t;
UPDATE parted SET c = DEFAULT, x = 5 WHERE id < 3 RETURNING *;
-- A row that a partitioned table sends on: DEFAULT is a key of the engine's, NULL is none; also in a session's first statement.
\! $MY users -e "CREATE TABLE k (id int AUTO_INCREMENT PRIMARY KEY, a int, c varchar(20) DEFAULT (concat('a','b')))"
SELECT model FROM binds.reflect('d') WHERE model = 'k';
CREATE TABLE keys (id integer, a integer, c varchar(20)) PARTITION BY LIST (a);
ALTER TABLE keys ATTACH PARTITION d.k FOR VALUES IN (1);
INSERT INTO keys VALUES (DEFAULT, 1, DEFAULT) RETURNING *;
INSERT INTO keys VALUES (7, 1), (DEFAULT, 1) RETURNING *;
\set VERBOSITY sqlstate
INSERT INTO keys VALUES (NULL, 1);
INSERT INTO keys VALUES (9, 1), (NULL, 1);
INSERT INTO keys SELECT NULL, 1;
\c
INSERT INTO keys (id, a) VALUES (DEFAULT, 1) RETURNING c;
\c
INSERT INTO keys VALUES (NULL, 1);
SELECT count(*) FROM keys;
