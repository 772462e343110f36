\i test/setup.psql
-- A column that the engine computes and that is NOT NULL there takes new rows: nobody gives its value here.
\set url :sqlite 'm.db'
SELECT binds.add('m', :'url', '{"schema": "m"}') \g /dev/null
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
\! sqlite3 $D/m.db "CREATE TABLE g (id int NOT NULL PRIMARY KEY, v int NOT NULL, g int NOT NULL AS (v * 2) STORED)"; chmod 666 $D/m.db
-- MariaDB knows no computed column that is NOT NULL
\! $MY users -e "CREATE TABLE g (id int NOT NULL PRIMARY KEY, v int NOT NULL, g int AS (v * 2) STORED /*!80000 NOT NULL */)"
SELECT count(*) FROM binds.reflect('{m,s}'::text[]);
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main FROM SERVER m INTO i;
INSERT INTO m.g VALUES (1, 10), (2, 20) RETURNING *;
INSERT INTO s.g VALUES (1, 10), (2, 20) RETURNING *;
INSERT INTO i.g VALUES (3, 30) RETURNING *;
UPDATE m.g SET v = v + 1 RETURNING *;
UPDATE s.g SET v = v + 1 RETURNING *;
-- its other columns are checked
INSERT INTO m.g (id) VALUES (4);
INSERT INTO s.g (id) VALUES (4);
INSERT INTO i.g (id) VALUES (4);
SELECT attrelid::regclass, attname, attnotnull FROM pg_attribute WHERE attrelid IN ('m.g'::regclass, 's.g'::regclass, 'i.g'::regclass) AND attnum > 0 ORDER BY attrelid::regclass::text, attnum;
