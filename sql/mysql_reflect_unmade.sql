\i test/setup.psql

-- A key of the server's that create_all could not make is no key of the model: it identifies
-- rows, reflect says by NOTICE why it is left out, and the tables can be made anew.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE lat (a VARCHAR(1000) CHARACTER SET latin1 PRIMARY KEY, n INT); CREATE TABLE bin (b VARBINARY(100) NOT NULL, n INT, UNIQUE KEY b (b)); CREATE TABLE both_of (a VARCHAR(500) CHARACTER SET latin1 NOT NULL, b VARCHAR(500) CHARACTER SET latin1 NOT NULL, n INT, UNIQUE KEY ab (a, b), UNIQUE KEY n (n)); CREATE TABLE number (id INT PRIMARY KEY, n INT, KEY n (n)); CREATE TABLE refers (id INT PRIMARY KEY, a VARCHAR(1000) CHARACTER SET latin1, FOREIGN KEY (a) REFERENCES lat (a))"
-- Its limits are those of a model, also where the server has less.
\! $MY users -e "CREATE TABLE fits (a VARCHAR(768) CHARACTER SET latin1 PRIMARY KEY, e ENUM ('x', 'y') UNIQUE, c CHAR(36) UNIQUE, d DECIMAL(65, 30) UNIQUE, n INT, KEY n (n, e))"
-- A plain index over the whole of a long column is made over the beginning.
\! $MY users -e "CREATE TABLE plain (id INT PRIMARY KEY, a VARCHAR(300) CHARACTER SET latin1, b VARCHAR(255), c VARBINARY(50), d VARCHAR(600), KEY a (a), KEY b (b), KEY c (c), KEY d (d(255)), KEY e (a(255), b(10)))"
-- One over the beginnings of several columns, which are longer in a table of the model, is over less of each.
\! $MY users -e "CREATE TABLE several (a VARCHAR(200), b VARCHAR(200), c VARCHAR(200), d VARCHAR(200), id INT PRIMARY KEY, KEY several_i (a(10), b, c(191), d(20)), KEY several_j (a(192), b(192), c(192), d(192))) CHARACTER SET latin1"
\! $MY users -e "INSERT INTO lat VALUES ('x', 1), ('y', 2); INSERT INTO bin VALUES ('x', 1), ('y', 2); INSERT INTO both_of VALUES ('x', 'y', 1), ('y', 'x', 2)"
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m', '{"as_text": ["number.id", "number.n"]}');
UPDATE m.lat SET n = n + 10 WHERE a = 'y' AND random() >= 0 RETURNING *;
UPDATE m.bin SET n = n + 10 WHERE b = 'y' AND random() >= 0 RETURNING *;
UPDATE m.both_of SET n = n + 10 WHERE a = 'y' AND random() >= 0 RETURNING *;
SELECT l FROM binds.ddl('m') s, regexp_split_to_table(s.statement, '\n') l WHERE l ~ '(PRIMARY|UNIQUE|INDEX)' ORDER BY 1;
-- A foreign table of IMPORT makes no table.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER m INTO i;
\! $MY users -e "DROP TABLE refers"
SELECT model, action FROM binds.drop_all('m');
SELECT model, action FROM binds.create_all('m');
-- Nor can a model say that the engine generates a column, where the key that begins with it
-- is left out, or is none: the foreign table still lets the engine do so, also one that
-- create_all makes for the same table; a new table's column is one like others.
\set url :mysql 'other'
\! $MY other -e "CREATE TABLE ai (id INT AUTO_INCREMENT, v VARBINARY(20) NOT NULL, PRIMARY KEY (id, v)); CREATE TABLE kk (id INT AUTO_INCREMENT, n INT, KEY kk_id (id)); CREATE TABLE one_of (id INT AUTO_INCREMENT, v VARBINARY(20) NOT NULL, PRIMARY KEY (id, v), UNIQUE KEY (id))"
SELECT binds.add('g', :'url', '{"schema": "g"}');
SELECT model, action FROM binds.reflect('g');
INSERT INTO g.ai (v) VALUES ('a'), ('b') RETURNING id;
INSERT INTO g.ai VALUES (DEFAULT, 'a'), (7, 'b') RETURNING id;
INSERT INTO g.kk (n) VALUES (1);
SELECT * FROM g.kk;
SELECT table_name, is_identity FROM information_schema.columns WHERE table_schema = 'binds_metadata_g' AND column_name = 'id' ORDER BY 1;
SELECT l FROM binds.ddl('g') s, regexp_split_to_table(s.statement, '\n') l WHERE l ~ '`id`' ORDER BY 1;
DROP FOREIGN TABLE g.ai;
SELECT model, action FROM binds.create_all('g');
INSERT INTO g.ai (v) VALUES ('a') RETURNING id;
SELECT model, action FROM binds.drop_all('g');
SELECT model, action FROM binds.create_all('g');
INSERT INTO g.ai VALUES (5, 'a') RETURNING id;
\set VERBOSITY sqlstate
INSERT INTO g.ai (v) VALUES ('a');
\set VERBOSITY default
INSERT INTO g.one_of (v) VALUES ('a') RETURNING id;
-- An index of more than 16 columns is not made anew, which reflect says.  (MySQL has none.)
\! $MY users -e "CREATE TABLE many (id INT PRIMARY KEY, `seq -f 'c%.0f INT,' 17` KEY k (id /*M! `seq -f ',c%.0f' 17` */))"
\setenv DATABASE :DBNAME
\! test `psql -Xq -d $DATABASE -c "SELECT binds.reflect('m')" 2>&1 | grep -c 'not in a table made of the model: index "k"'` = `$MY -e 'SELECT VERSION()' | grep -c MariaDB` && echo same
SELECT model, action FROM binds.drop_all('m') WHERE model = 'many';
SELECT model, action FROM binds.create_all('m') WHERE model = 'many';
