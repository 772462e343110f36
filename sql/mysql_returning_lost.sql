\i test/setup.psql
-- Where the engine has no RETURNING the row is read again by the key that was sent.  If a trigger of the engine has changed
-- that key, nobody knows what became of the row: an error, and nothing is changed.  Without RETURNING, and where the key
-- stays, all goes on.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE t (k varchar(20) PRIMARY KEY, v int, w int); CREATE TRIGGER put BEFORE INSERT ON t FOR EACH ROW SET NEW.k = CONCAT(NEW.k, IF(NEW.v < 0, '?', '')), NEW.w = NEW.v * 10; CREATE TRIGGER move BEFORE UPDATE ON t FOR EACH ROW SET NEW.k = CONCAT(NEW.k, IF(NEW.v < 0, '!', '')), NEW.w = NEW.v * 10"
\! $MY users -e "CREATE VIEW few AS SELECT * FROM t WHERE v < 100"
SELECT binds.add('d', :'url') \g /dev/null
SET client_min_messages = warning;
SELECT model FROM binds.reflect('d', '{"views": true}');
ALTER FOREIGN TABLE few ALTER k OPTIONS (ADD key 'true');
INSERT INTO t VALUES ('a', 1), ('b', 2) RETURNING *;
INSERT INTO t VALUES ('c', -1) RETURNING *;
INSERT INTO t VALUES ('c', -1) RETURNING k;
INSERT INTO t VALUES ('d', -1);
UPDATE t SET v = 5 WHERE k = 'a' RETURNING *;
UPDATE t SET v = -5 WHERE k = 'b' RETURNING *;
UPDATE t SET v = -6 WHERE k = 'b';
UPDATE few SET v = 6 WHERE k = 'a' RETURNING *;
UPDATE few SET v = 106 WHERE k = 'a' RETURNING *;
DELETE FROM t WHERE v < 0 RETURNING *;
SELECT * FROM t ORDER BY k;
