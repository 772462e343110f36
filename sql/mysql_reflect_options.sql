\i test/setup.psql
-- TINYINT(1) is a boolean, or a number where it holds others.
\! $MY users -e "CREATE TABLE t (id int PRIMARY KEY, f tinyint(1) DEFAULT 2, g tinyint(1) NOT NULL DEFAULT 1, v varchar(5)); INSERT INTO t VALUES (1, 2, -1, 'abc')"
\set url :mysql 'users'
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model FROM binds.reflect('m', '{"tinyint1": "smallint", "text_limits": "ignored"}');
SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 'm.t'::regclass AND attnum > 0 ORDER BY attnum;
SELECT * FROM m.t WHERE f = 2 AND g < 0;
INSERT INTO m.t (id) VALUES (2) RETURNING *;
UPDATE m.t SET f = 100, v = 'longer than five' WHERE id = 2;
UPDATE m.t SET f = 100 WHERE f = 2 AND id = 2 RETURNING f;
CREATE SCHEMA b;
IMPORT FOREIGN SCHEMA users LIMIT TO (t) FROM SERVER m INTO b;
SELECT f FROM b.t WHERE id = 1;
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users LIMIT TO (t) FROM SERVER m INTO i OPTIONS (tinyint1 'smallint');
SELECT f, g FROM i.t ORDER BY id;
IMPORT FOREIGN SCHEMA nowhere FROM SERVER m INTO i;
IMPORT FOREIGN SCHEMA users LIMIT TO (missing) FROM SERVER m INTO i;
IMPORT FOREIGN SCHEMA other FROM SERVER m INTO i;
