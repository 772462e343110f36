\i test/setup.psql
-- A table that keeps its history (MariaDB: WITH SYSTEM VERSIONING) is a table like others, and shows what is current.
-- To MySQL these are comments: there it is one without a history, of which the same must hold.
\! $MY users -e "CREATE TABLE par (id int NOT NULL PRIMARY KEY, v int, u int UNIQUE) /*M!100300 WITH SYSTEM VERSIONING */; CREATE TABLE chi (pid int NOT NULL, n int NOT NULL, v int, PRIMARY KEY (pid, n), FOREIGN KEY (pid) REFERENCES par (id) ON UPDATE CASCADE) /*M!100300 WITH SYSTEM VERSIONING */; CREATE TABLE ex (id int NOT NULL PRIMARY KEY, v int, u int UNIQUE /*M!100300 , rs timestamp(6) GENERATED ALWAYS AS ROW START, re timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (rs, re) */ /*!80000 , rs int AS (v + 1) STORED NOT NULL, re int AS (v + 2) STORED NOT NULL */) /*M!100300 WITH SYSTEM VERSIONING */; CREATE TABLE ai (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, v int) /*M!100300 WITH SYSTEM VERSIONING */"
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
-- a table that is made of the model keeps none: that is said of each that has one
\setenv DATABASE :DBNAME
\! [ "$(psql -Xq -d $DATABASE -c BEGIN -c "SELECT FROM binds.reflect('s')" -c ROLLBACK 2>&1 | grep -c 'made of the model:.* WITH SYSTEM VERSIONING')" = "$($MY users -e "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'users' AND table_type = 'SYSTEM VERSIONED'")" ] && echo told
SET client_min_messages = warning;
SELECT * FROM binds.reflect('s');
RESET client_min_messages;
SELECT attrelid::regclass AS "table", attname, attfdwoptions @> '{key=true}' AS key, attfdwoptions @> '{computed=true}' AS computed FROM pg_attribute WHERE attrelid = ANY ('{s.ai,s.chi,s.ex,s.par}'::regclass[]) AND attnum > 0 ORDER BY attrelid::regclass::text, attnum;
SELECT model, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN binds.models m ON m.template = c.conrelid WHERE contype IN ('p', 'u') ORDER BY 1, 2;
-- rows, generated keys, columns that the server computes
INSERT INTO s.par VALUES (1, 0, 1), (2, 0, NULL), (3, 0, 3) RETURNING *;
INSERT INTO s.chi VALUES (1, 1, 0), (1, 2, 0), (2, 1, 0), (3, 1, 0);
INSERT INTO s.ai (v) VALUES (0), (1) RETURNING *;
INSERT INTO s.ex VALUES (1, 0), (2, 0) RETURNING id, v, re > rs AS later;
UPDATE s.ex SET v = v + id RETURNING id, v, re > rs AS later;
DELETE FROM s.ex WHERE v = 1 RETURNING id;
SELECT id, v FROM s.ex;
INSERT INTO s.par VALUES (1, 1, 9), (4, 1, 4) ON CONFLICT DO NOTHING;
-- a row whose key the server computes is returned by the server, if that can do it; else it is an error
CREATE FOREIGN TABLE s.by_v (id int, v int, rs text OPTIONS (computed 'true', key 'true')) SERVER s OPTIONS (table_name 'ex');
CREATE FUNCTION s.made() RETURNS text LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
  INSERT INTO s.by_v VALUES (9, 9) RETURNING * INTO r;
  RETURN CASE WHEN r.rs IS NOT NULL THEN 'right' ELSE 'nothing' END;
EXCEPTION WHEN feature_not_supported THEN
  RETURN 'right';
END $$;
SELECT s.made();
-- one row again and again, keys that come and go, within a transaction, undone
BEGIN;
UPDATE s.par SET v = 1 WHERE id = 1;
UPDATE s.par SET v = 2 WHERE id = 1;
UPDATE s.par SET id = 11 WHERE id = 1 RETURNING *;
TABLE s.chi ORDER BY 1, 2;
UPDATE s.par SET id = 1 WHERE id = 11 RETURNING *;
SAVEPOINT a;
DELETE FROM s.chi WHERE pid = 3;
DELETE FROM s.par WHERE id = 3;
ROLLBACK TO a;
DELETE FROM s.par WHERE id = 4;
INSERT INTO s.par VALUES (4, 5, 4);
COMMIT;
TABLE s.par ORDER BY 1;
TABLE s.chi ORDER BY 1, 2;
-- it is no view, whose changes may reach anything: only a key that is changed moves keys
BEGIN;
WITH p AS (UPDATE s.par SET v = 7 RETURNING id), x AS (UPDATE s.chi c SET v = v + 1 FROM p WHERE c.pid = p.id AND n = 1 RETURNING c.*) SELECT * FROM x ORDER BY 1;
WITH p AS (INSERT INTO s.par VALUES (5, 0, 5) RETURNING id) UPDATE s.chi c SET v = p.id FROM p WHERE n = 2 RETURNING c.*;
ROLLBACK;
WITH p AS (UPDATE s.par SET id = id + 10 RETURNING id) UPDATE s.chi c SET v = v + 1 FROM p WHERE c.pid = p.id - 10;
TRUNCATE s.ai;
TABLE s.ai;
-- a table that we have made stays ours when it begins to keep its history
SELECT binds.define('CREATE TABLE made (id integer PRIMARY KEY, v integer)', 's') \g /dev/null
SET client_min_messages = error;
SELECT model, action FROM binds.create_all('s');
\! $MY users -e "/*M!100300 ALTER TABLE made ADD SYSTEM VERSIONING */"
INSERT INTO s.made VALUES (1, 1);
UPDATE s.made SET v = 2;
TABLE s.made;
SELECT model, action FROM binds.create_all('s');
SELECT binds.forget('s', 'made');
SELECT binds.define('CREATE TABLE made (id integer PRIMARY KEY, v integer)', 's') \g /dev/null
SELECT model, action FROM binds.create_all('s');
RESET client_min_messages;
SELECT model, action FROM binds.drop_all('s');
