\i test/setup.psql
-- Indexes of the server have names per table, which may be those of other tables: no table
-- and no key is lost for that.  What would clash here has another name in the model.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE a (x INT, KEY z (x), UNIQUE KEY y (x)); CREATE TABLE z (id INT PRIMARY KEY); CREATE TABLE y (id INT PRIMARY KEY)"
\! $MY users -e "CREATE TABLE room (id INT PRIMARY KEY); CREATE TABLE booking (room INT, night INT, w INT, KEY room (room), KEY night (night), CONSTRAINT lies_in FOREIGN KEY (room) REFERENCES room (id), KEY wide (w), CONSTRAINT wide_z FOREIGN KEY (w) REFERENCES z (id))"
-- The names that PostgreSQL gives: those of other indexes, and of tables.
\! $MY users -e "CREATE TABLE s (id INT AUTO_INCREMENT PRIMARY KEY, b INT, c INT, d INT, UNIQUE KEY s_pkey (b), KEY s_id_seq (c), KEY y (d), KEY s_d_idx (b, c), UNIQUE KEY z (d), UNIQUE KEY s_d_key (c, d)); CREATE TABLE s_c_idx (id INT PRIMARY KEY)"
\! $MY users -e "CREATE TABLE q (id INT AUTO_INCREMENT PRIMARY KEY); CREATE TABLE q_id_seq (next_val INT); CREATE TABLE q_pkey (id INT)"
-- Names that PostgreSQL gives to keys, and those of foreign keys.
\! $MY users -e "CREATE TABLE c1 (id INT PRIMARY KEY, n INT, CONSTRAINT c1_pkey FOREIGN KEY (n) REFERENCES room (id)); CREATE TABLE c2 (id INT PRIMARY KEY, p INT, q INT, UNIQUE KEY c2_q (q), CONSTRAINT c2_q FOREIGN KEY (q) REFERENCES room (id), CONSTRAINT c2_q_key FOREIGN KEY (p) REFERENCES room (id))"
-- Those that PostgreSQL 18 gives to NOT NULL are given to nothing else, with any version.
\! $MY users -e "CREATE TABLE c3 (id INT PRIMARY KEY, n INT NOT NULL, m INT NOT NULL, UNIQUE KEY c3_n_not_null (n), CONSTRAINT c3_m_not_null FOREIGN KEY (m) REFERENCES room (id))"
-- The type of an enum, and a table or a view.
\! $MY users -e "CREATE TABLE person (id INT, role ENUM('x', 'y'), face ENUM('x', 'z')); CREATE TABLE person_role (id INT); CREATE VIEW person_face AS SELECT 1 AS one"
CREATE SCHEMA m;
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m', '{"views": true}');
SELECT tablename, indexname, regexp_replace(indexdef, '.* USING', '') AS def FROM pg_indexes WHERE schemaname = 'binds_metadata_m' ORDER BY 1, 2;
SELECT conname, conrelid::regclass, confrelid::regclass FROM pg_constraint WHERE contype = 'f' ORDER BY 1;
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'm.person'::regclass AND attnum > 0 ORDER BY attnum;
INSERT INTO m.q VALUES (DEFAULT) RETURNING *;
SELECT model, action FROM binds.drop_all('m');
SELECT model, action FROM binds.create_all('m');
\! $MY users -e "SELECT table_name, index_name, column_name FROM information_schema.statistics WHERE table_schema = 'users' AND table_name IN ('a', 'booking', 's') ORDER BY 1, 2, seq_in_index"
-- A table that comes later takes its name from an index or a sequence of the model.
\! $MY users -e "CREATE TABLE night (id INT PRIMARY KEY); CREATE TABLE s_b_key (id INT); CREATE TABLE s_id_seq (id INT); CREATE TABLE room_pkey (id INT PRIMARY KEY)"
SELECT model, action FROM binds.reflect('m');
SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'binds_metadata_m' AND tablename IN ('booking', 'night', 'room', 'room_pkey', 's') ORDER BY 1, 2;
INSERT INTO m.s (b) VALUES (DEFAULT) RETURNING id;
SELECT model, action FROM binds.drop_all('m');
SELECT count(*) FROM binds.create_all('m') WHERE action = 'created';
-- Not by definition: the name is that of an index, which its owner has chosen.
SELECT binds.define('CREATE TABLE wide (id int)', 'm');
SELECT binds.define('CREATE TABLE IF NOT EXISTS wide (id int)', 'm');
SELECT binds.define('CREATE TABLE s_id_seq1 (id serial); CREATE TABLE s_id_seq1_id_seq (id int)', 'm');
ALTER INDEX binds_metadata_m.wide RENAME TO wide_idx;
SELECT binds.define('CREATE TABLE wide (id int)', 'm');
-- A foreign table of IMPORT has no indexes.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER m INTO i;
SELECT count(*) FROM pg_class WHERE relnamespace = 'i'::regnamespace AND relkind = 'f';
-- A table or a view that comes later takes its name from the type of an enum, if that is the
-- model's of who reflects; one that was not named by reflect stays.
\set url :mysql 'other'
\! $MY other -e "CREATE TABLE guest (id INT PRIMARY KEY, kind ENUM('x', 'y'), mood ENUM('x', 'z'), own ENUM('u'))"
CREATE SCHEMA e;
SELECT binds.add('e', :'url', '{"schema": "e"}');
SELECT model FROM binds.reflect('e');
INSERT INTO e.guest VALUES (1, 'x', 'z', 'u');
CREATE TYPE e.chosen AS ENUM ('u');
ALTER TABLE binds_metadata_e.guest ALTER own TYPE e.chosen USING NULL;
ALTER FOREIGN TABLE e.guest ALTER own TYPE e.chosen;
\! $MY other -e "CREATE TABLE guest_kind (id INT PRIMARY KEY); CREATE TABLE guest_kind_1 (id INT PRIMARY KEY); CREATE VIEW guest_mood AS SELECT 1 AS one; CREATE TABLE chosen (id INT)"
CREATE ROLE regress_names;
GRANT USAGE ON FOREIGN SERVER e TO regress_names;
GRANT USAGE, CREATE ON SCHEMA e, binds_metadata_e TO regress_names;
CREATE USER MAPPING FOR regress_names SERVER e OPTIONS (user 'app', password 'secret');
SET ROLE regress_names;
SELECT model FROM binds.reflect('e', '{"only": ["guest_kind"]}');
RESET ROLE;
SELECT model FROM binds.reflect('e', '{"views": true}');
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'e.guest'::regclass AND attnum > 0 ORDER BY attnum;
SELECT * FROM e.guest;
DROP OWNED BY regress_names;
DROP ROLE regress_names;
