\i test/setup.psql
\set VERBOSITY terse
\set url :mysql 'users'
\i test/assign_more.psql

-- A foreign key of another table that is dropped is so on the server, too, after the commit.
CREATE TABLE fa (id integer PRIMARY KEY);
CREATE TABLE fb (id integer PRIMARY KEY, a integer REFERENCES fa);
INSERT INTO fa VALUES (1);
INSERT INTO fb VALUES (1, 1);
SELECT * FROM binds.assign(ARRAY['fa', 'fb']::regclass[], 'there');
SELECT * FROM binds.assign('fa', NULL);
BEGIN;
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop"}');
\! $MY users -N -e "SELECT constraint_name, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'users' ORDER BY 1"
ROLLBACK;
\! $MY users -N -e "SELECT constraint_name, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'users' ORDER BY 1"
BEGIN;
SAVEPOINT s;
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop"}');
ROLLBACK TO s;
COMMIT;
\! $MY users -N -e "SELECT constraint_name, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'users' ORDER BY 1"
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop"}');
\! $MY users -N -e "SELECT constraint_name, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'users' ORDER BY 1"
\! $MY users -N -e "SHOW TABLES LIKE 'f_'"
INSERT INTO fb VALUES (2, 2);
-- Also where the old table stays.
DELETE FROM fb;
SELECT * FROM binds.assign('fb', NULL);
ALTER TABLE fb ADD CONSTRAINT again FOREIGN KEY (a) REFERENCES fa;
SELECT * FROM binds.assign(ARRAY['fa', 'fb']::regclass[], 'there');
SELECT * FROM binds.assign('fa', NULL, '{"foreign_keys": "drop", "keep_source": true}');
\! $MY users -N -e "SELECT constraint_name, referenced_table_name FROM information_schema.referential_constraints WHERE constraint_schema = 'users' ORDER BY 1"
INSERT INTO fb VALUES (3, 3);
-- A key that the model does not have is the user's, as is one of a table that is no model.
DROP TABLE fa;
CREATE TABLE fc (id integer PRIMARY KEY);
SELECT * FROM binds.assign('fc', 'there');
\set VERBOSITY default
\! $MY users -e "DELETE FROM fb; ALTER TABLE fb ADD CONSTRAINT theirs FOREIGN KEY (a) REFERENCES fc (id)"
SELECT * FROM binds.assign('fc', NULL, '{"foreign_keys": "drop"}');
\! $MY users -e "ALTER TABLE fb DROP FOREIGN KEY theirs; CREATE TABLE theirs (id integer, CONSTRAINT theirs FOREIGN KEY (id) REFERENCES fc (id))"
SELECT * FROM binds.assign('fc', NULL, '{"foreign_keys": "drop"}');
\set VERBOSITY terse
-- The index that the server has made for the key goes with it, unless it is the model's or another key's.
\! $MY users -e "DROP TABLE theirs"
CREATE TABLE ga (id integer PRIMARY KEY);
CREATE TABLE gb (id integer PRIMARY KEY, a integer REFERENCES ga, b integer, c integer);
ALTER TABLE gb ADD CONSTRAINT gb_twice FOREIGN KEY (b) REFERENCES ga;
CREATE INDEX gb_twice ON gb (b);
CREATE TABLE gc (id integer PRIMARY KEY);
ALTER TABLE gb ADD CONSTRAINT gb_1 FOREIGN KEY (c) REFERENCES ga, ADD CONSTRAINT gb_2 FOREIGN KEY (c) REFERENCES gc;
INSERT INTO ga VALUES (1);
INSERT INTO gb VALUES (1, 1, 1, NULL);
SELECT * FROM binds.assign(ARRAY['ga', 'gb', 'gc']::regclass[], 'there');
SELECT kind, statement FROM binds.diff('there') WHERE model LIKE 'g_';
SELECT * FROM binds.assign('ga', NULL, '{"foreign_keys": "drop"}');
SELECT kind, statement FROM binds.diff('there') WHERE model LIKE 'g_';
\! $MY users -N -e "SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = 'users' AND table_name = 'gb' AND index_name IN ('gb_a_fkey', 'gb_twice')"
