\i test/setup.psql
\set url :mysql 'users'
SELECT binds.add('b', :'url');
SELECT 'OPTIONS (' || string_agg(format('%s %L', option_name, option_value), ', ') || ')' AS mapping
	FROM information_schema.user_mapping_options WHERE foreign_server_name = 'b' \gset
\i test/constraint_errors.psql

-- Tables of somebody else: names are the engine's, but for the primary key; what a trigger does
-- to another table is told in the engine's words, where it is known not to be of this one.
\! printf '%s\n' 'SET NAMES utf8mb4;' 'CREATE TABLE p (id INT PRIMARY KEY AUTO_INCREMENT, k VARCHAR(20) NOT NULL, UNIQUE k_once (k), UNIQUE `k.``x` (k, id));' 'CREATE TABLE odd (a INT NOT NULL, `x``y` VARCHAR(20) NOT NULL, c INT, d INT NOT NULL, CONSTRAINT c_small CHECK (c < 10), UNIQUE `Say "x" for key y` (`x``y`, a));' 'CREATE TABLE c (id VARCHAR(20) PRIMARY KEY, p INT, k VARCHAR(20), CONSTRAINT `up``to` FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE, CONSTRAINT k_ref FOREIGN KEY (k) REFERENCES p (k));' 'CREATE TABLE g (id INT PRIMARY KEY, c VARCHAR(20), CONSTRAINT g_ref FOREIGN KEY (c) REFERENCES c (id));' 'CREATE TABLE log (id INT PRIMARY KEY, v INT, CONSTRAINT v_small CHECK (v < 10));' 'CREATE TABLE t (id INT PRIMARY KEY, v INT);' 'CREATE TRIGGER tell AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (new.id - 10, new.v);' "INSERT INTO log VALUES (1, 1); INSERT INTO p VALUES (1, 'one'), (2, 'two'); INSERT INTO c VALUES ('c1', 1, NULL), ('c2', NULL, 'two'); INSERT INTO g VALUES (1, 'c1');" | $MY other
\set url :mysql 'other'
SELECT binds.add('o', :'url');
CREATE SCHEMA other;
SET search_path = other, public;
CREATE FOREIGN TABLE parent (id int OPTIONS (key 'true'), "Name" text OPTIONS (column_name 'k')) SERVER o OPTIONS (table_name 'p');
CREATE FOREIGN TABLE odd (a int, t text OPTIONS (column_name 'x`y'), c int) SERVER o;
CREATE FOREIGN TABLE full_odd (a int OPTIONS (key 'true'), t text OPTIONS (column_name 'x`y', key 'true'), c int, d int) SERVER o OPTIONS (table_name 'odd');
CREATE FOREIGN TABLE child (id text OPTIONS (key 'true'), p int, k text) SERVER o OPTIONS (table_name 'c');
CREATE FOREIGN TABLE g (id int OPTIONS (key 'true'), c text) SERVER o;
CREATE FOREIGN TABLE t (id int OPTIONS (key 'true'), v int) SERVER o;
CREATE TABLE more (id text, p int, k text);
INSERT INTO more VALUES ('c4', NULL, NULL), ('c5', NULL, NULL), ('c6', 9, NULL), ('c7', NULL, NULL);
\pset fieldsep '\n'
SELECT s, fields(s, 'other') FROM unnest(ARRAY[
	$$INSERT INTO parent VALUES (3, 'one')$$,
	$$INSERT INTO parent ("Name") VALUES ('one') RETURNING "Name"$$,
	$$UPDATE parent SET id = 1 WHERE "Name" = 'two'$$,
	$$INSERT INTO parent VALUES (4, NULL)$$,
	$$INSERT INTO odd VALUES (1, 'x', 3)$$,
	$$INSERT INTO full_odd VALUES (1, 'it''s 😀', 3, 4), (2, 'x', 3, 4)$$,
	$$INSERT INTO full_odd VALUES (1, 'it''s 😀', 3, 4)$$,
	$$UPDATE full_odd SET t = 'it''s 😀', a = 1$$,
	$$INSERT INTO full_odd VALUES (5, 'y', 11, 4)$$,
	$$INSERT INTO full_odd VALUES (5, 'z', 1, NULL)$$,
	$$UPDATE full_odd SET d = NULL WHERE a = 2$$,
	$$INSERT INTO child VALUES ('c1', 1, NULL)$$,
	$$INSERT INTO child VALUES ('c3', 1, 'none')$$,
	$$INSERT INTO child VALUES ('c3', 8, NULL)$$,
	$$INSERT INTO child SELECT * FROM more$$,
	$$DELETE FROM parent WHERE id = 2$$,
	$$UPDATE parent SET "Name" = 'zwei' WHERE id = 2$$]) s;
SELECT s, regexp_replace(fields(s, 'other'), ':.*\n\n', '') FROM unnest(ARRAY[
	$$DELETE FROM parent WHERE id = 1$$,
	$$INSERT INTO t VALUES (11, 1)$$,
	$$INSERT INTO t VALUES (12, 2)$$,
	$$INSERT INTO t VALUES (14, 14)$$]) s;
SELECT fields('INSERT INTO t VALUES (12, 3)', 'other');

-- The savepoint and the transaction go on.
BEGIN;
INSERT INTO parent VALUES (20, 'twenty');
SELECT fields($$INSERT INTO parent VALUES (21, 'twenty')$$, 'other');
SELECT fields($$DELETE FROM parent WHERE id = 2$$, 'other');
INSERT INTO parent VALUES (21, 'more');
COMMIT;
SELECT * FROM parent WHERE id > 19 ORDER BY id;

-- A model of a table that was there: its own names of keys are those of the model.
\! $MY other -e "CREATE TABLE there (id INT PRIMARY KEY, v INT, w INT, UNIQUE vee (v), UNIQUE w (w), CONSTRAINT to_p FOREIGN KEY (w) REFERENCES p (id))"
SELECT count(*) FROM binds.reflect('o');
SELECT binds.forget('o', 'there');
DROP FOREIGN TABLE IF EXISTS there;
SELECT binds.define('CREATE TABLE there (id int PRIMARY KEY, v int, w int, CONSTRAINT vs UNIQUE (v), UNIQUE (w), CONSTRAINT of_p FOREIGN KEY (w) REFERENCES p)', 'o');
-- What does not fit is told of the others, too, if the server can tell what they are.
SET client_min_messages = error;
SELECT model, action FROM binds.create_all('o') WHERE model = 'there';
RESET client_min_messages;
SELECT s, fields(s, 'other') FROM unnest(ARRAY[
	$$INSERT INTO there VALUES (1, 1, 20)$$,
	$$INSERT INTO there VALUES (2, 1, 21)$$,
	$$INSERT INTO there VALUES (2, 2, 20)$$,
	$$INSERT INTO there VALUES (3, 3, 99)$$,
	$$DELETE FROM parent WHERE id = 20$$]) s;

-- What triggers and the actions of foreign keys do is not the row's fault, whatever names
-- there are: PostgreSQL's words are only for what the row itself surely violates.
\! printf '%s\n' "CREATE TABLE audit (id INT PRIMARY KEY, x INT NOT NULL);" "CREATE TABLE tg (id INT PRIMARY KEY, x INT, k VARCHAR(9) COLLATE utf8mb4_general_ci UNIQUE);" "CREATE TRIGGER tg_insert AFTER INSERT ON tg FOR EACH ROW INSERT INTO audit VALUES (new.id, new.x);" "CREATE TRIGGER tg_update AFTER UPDATE ON tg FOR EACH ROW INSERT INTO audit VALUES (1, 1);" "CREATE TABLE tb (id INT PRIMARY KEY, x INT NOT NULL, y INT, CONSTRAINT y_small CHECK (y < 10));" 'DELIMITER //' "CREATE TRIGGER tb_insert BEFORE INSERT ON tb FOR EACH ROW BEGIN SET new.x = COALESCE(new.x, 0); INSERT INTO audit VALUES (new.id, new.y); END //" | $MY other
\! $MY other -e "INSERT INTO audit VALUES (1, 1), (40, 1); INSERT INTO users.account (id, email) VALUES (900, 'nobody'); CREATE TABLE account (id INT PRIMARY KEY, boss INT, points INT); CREATE TRIGGER account_insert AFTER INSERT ON account FOR EACH ROW INSERT INTO users.account (id, email, boss, points) VALUES (new.id, new.id, new.boss, new.points)"
\! $MY other -e "CREATE TABLE tree (id INT PRIMARY KEY, up INT, CONSTRAINT tree_up FOREIGN KEY (up) REFERENCES tree (id) ON DELETE CASCADE); CREATE TABLE leaf (tree INT, CONSTRAINT leaf_tree FOREIGN KEY (tree) REFERENCES tree (id)); INSERT INTO tree VALUES (1, NULL), (2, 1); INSERT INTO leaf VALUES (2); CREATE TABLE up1 (k INT PRIMARY KEY); CREATE TABLE up2 (k INT PRIMARY KEY, CONSTRAINT up2_k FOREIGN KEY (k) REFERENCES up1 (k) ON UPDATE CASCADE); CREATE TABLE up3 (k INT, CONSTRAINT up3_k FOREIGN KEY (k) REFERENCES up2 (k)); INSERT INTO up1 VALUES (1); INSERT INTO up2 VALUES (1); INSERT INTO up3 VALUES (1)"
CREATE SCHEMA reach;
SET search_path = reach, public;
IMPORT FOREIGN SCHEMA other LIMIT TO (tg, tb, account, tree, leaf, up1, up2, up3) FROM SERVER o INTO reach;
CREATE TABLE rows3 (id int, x int, k text);
INSERT INTO rows3 VALUES (40, 1, 'r'), (5, 1, 's'), (41, 1, 't');
SELECT fields($$INSERT INTO tg VALUES (5, 5, 'a')$$, 'reach');
CREATE FUNCTION engine_says(statement text) RETURNS text LANGUAGE sql
	AS $$ SELECT regexp_replace(fields(statement, 'reach'), '^(.....): (?!duplicate key value|null value|insert or update|update or delete|new row).*\n\n', '\1: ...' || E'\n\n') $$;
SELECT s, engine_says(s) FROM unnest(ARRAY[
	$$UPDATE tg SET x = 6 WHERE id = 5$$,
	$$UPDATE tg SET id = 6, k = 'A' WHERE id = 5$$,
	$$UPDATE tg SET k = 'A' WHERE id = 5$$,
	$$INSERT INTO tg VALUES (6, NULL, 'x')$$,
	$$INSERT INTO tg VALUES (40, 1, 'x')$$,
	$$INSERT INTO tg VALUES (5, 1, 'x')$$,
	$$INSERT INTO tg VALUES (6, 1, 'A')$$,
	$$INSERT INTO tg SELECT * FROM rows3$$,
	$$INSERT INTO tb VALUES (2, 1, 2)$$,
	$$INSERT INTO tb VALUES (40, 1, 2)$$,
	$$INSERT INTO tb VALUES (3, 1, NULL)$$,
	$$INSERT INTO account VALUES (900, NULL, NULL)$$,
	$$INSERT INTO account VALUES (901, 77, NULL)$$,
	$$INSERT INTO account VALUES (901, NULL, -1)$$,
	$$DELETE FROM tree WHERE id = 1$$,
	$$DELETE FROM tree WHERE id = 2$$,
	$$UPDATE up1 SET k = 2$$]) s;

-- A message that the server has cut before it tells the table that is referred to.
\! cols=$(for i in 1 2 3 4 5 6 7 8; do printf ", long_$i%055d" 0; done | cut -c 3-) && $MY other -e "CREATE TABLE gp (id INT PRIMARY KEY); CREATE TABLE ch (gp INT, $(echo $cols | sed 's/,/ INT,/g') INT, PRIMARY KEY ($cols)); CREATE TABLE gc ($(echo $cols | sed 's/,/ INT,/g') INT, CONSTRAINT gcfk FOREIGN KEY ($cols) REFERENCES ch ($cols)); ALTER TABLE ch ADD FOREIGN KEY (gp) REFERENCES gp (id) ON DELETE CASCADE; INSERT INTO gp VALUES (1); INSERT INTO ch VALUES (1, 1, 2, 3, 4, 5, 6, 7, 8); INSERT INTO gc VALUES (1, 2, 3, 4, 5, 6, 7, 8)"
IMPORT FOREIGN SCHEMA other LIMIT TO (gp, ch) FROM SERVER o INTO reach;
SELECT s, regexp_replace(engine_says(s), '(_[1-8])0+', '\1', 'g') FROM unnest(ARRAY[
	$$DELETE FROM gp$$,
	$$DELETE FROM ch$$]) s;
