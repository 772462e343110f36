\i test/setup.psql
-- Views are foreign tables where they are asked for, and never models.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(9), e ENUM('x', 'y')); INSERT INTO t VALUES (1, 'Ab', 'x'), (2, 'ab', NULL); CREATE VIEW \`v 1\` AS SELECT id, a, e, CONCAT(a, '!') AS bang FROM t; CREATE VIEW v2 AS SELECT count(*) AS n FROM t"
CREATE SCHEMA v;
SELECT binds.add('v', :'url', '{"schema": "v"}');
-- Without the option one NOTICE says how many are left out.
SELECT model, action FROM binds.reflect('v');
SELECT model, action FROM binds.reflect('v', '{"except": ["v 1"]}');
SELECT model, action FROM binds.reflect('v', '{"views": null}');
SELECT model, relation, action FROM binds.reflect('v', '{"views": true, "only": ["v2"]}');
SELECT model, relation, action FROM binds.reflect('v', '{"views": true}');
SELECT model, action FROM binds.reflect('v');
SELECT model FROM binds.models WHERE bind_key = 'v';
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'v."v 1"'::regclass AND attnum > 0 ORDER BY attnum;
SELECT * FROM v."v 1" WHERE a = 'ab' OR e = 'x' ORDER BY id;
SELECT * FROM v.v2;
UPDATE v."v 1" SET a = 'x';
-- drop_all drops models only.
SELECT model, action FROM binds.drop_all('v');
\! $MY users -N -e "SELECT table_name FROM information_schema.tables WHERE table_schema = 'users' ORDER BY 1"
SELECT model, action FROM binds.create_all('v');
SELECT * FROM v.v2;
SELECT binds.remove('v', true);
\det v.*
-- Views that cannot be read are left out, the others are there, and can be written to if the
-- server can.
\! $MY users < test/reflect_views_mysql.sql
CREATE SCHEMA w;
SELECT binds.add('w', :'url', '{"schema": "w"}');
SELECT model FROM binds.reflect('w', '{"only": ["wc"]}');
\set VERBOSITY terse
SELECT model FROM binds.reflect('w', '{"views": true}');
\set VERBOSITY default
SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute WHERE attrelid = 'w.left_join'::regclass AND attnum > 0;
SELECT * FROM w.none;
SELECT * FROM w."q""`v" ORDER BY 1;
INSERT INTO w.wc VALUES (3, 'c', 3), (4, 'd', 4);
INSERT INTO w.wc VALUES (5, 'e', 5) RETURNING *;
ALTER FOREIGN TABLE w.wc ALTER id OPTIONS (ADD key 'true');
UPDATE w.wc SET a = 'z' WHERE id = 3 RETURNING *;
DELETE FROM w.wc WHERE id = 4 RETURNING *;
SELECT * FROM w.base ORDER BY id;
ALTER FOREIGN TABLE w.left_join ALTER id OPTIONS (ADD key 'true');
\set VERBOSITY sqlstate
INSERT INTO w.wc VALUES (6, 'f', 30);
UPDATE w.wc SET n = 30;
DELETE FROM w.left_join;
INSERT INTO w.agg VALUES (1);
IMPORT FOREIGN SCHEMA users LIMIT TO (gone) FROM SERVER w INTO w OPTIONS (views 'true');
