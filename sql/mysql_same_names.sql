\i test/setup.psql
-- The server lets a key and a foreign key of one table have one name.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE room (id INT PRIMARY KEY); CREATE TABLE same (id INT PRIMARY KEY, r INT, s INT, UNIQUE KEY fk1 (r, s), CONSTRAINT fk1 FOREIGN KEY (r) REFERENCES room (id) ON UPDATE CASCADE)"
CREATE SCHEMA m;
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m');
SELECT conname, contype, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = 'binds_metadata_m.same'::regclass AND contype IN ('f', 'u') ORDER BY 2;
INSERT INTO m.room VALUES (1);
INSERT INTO m.same VALUES (1, 1, 5);
UPDATE m.room SET id = 2;
UPDATE m.same SET id = 3, r = NULL WHERE r = 2 RETURNING *;
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER m INTO i;
SELECT * FROM i.same;
