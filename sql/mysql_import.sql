\i test/setup.psql

-- IMPORT FOREIGN SCHEMA of a MySQL database: an enum is text that is not sorted there.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE e (id INT AUTO_INCREMENT PRIMARY KEY, mood ENUM('sad','it''s ok','happy') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, big BIGINT UNSIGNED, name VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci UNIQUE NOT NULL, twice BIGINT AS (CHAR_LENGTH(name) * 2)); INSERT INTO e (mood, big, name) VALUES ('sad', 1, 'A'), ('it''s ok', 2, 'b'), ('happy', 18446744073709551615, 'c'); CREATE TABLE nokey (x INT)"
SELECT binds.add('my', :'url');
CREATE SCHEMA imp;
IMPORT FOREIGN SCHEMA users FROM SERVER my INTO imp;
SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS nn, regexp_replace(a.attfdwoptions::text, '\(\d+\) unsigned', ' unsigned') AS options
FROM pg_attribute a WHERE a.attrelid = 'imp.e'::regclass AND a.attnum > 0 ORDER BY a.attnum;
SELECT id, mood FROM imp.e WHERE mood > 'i' COLLATE "C" ORDER BY mood COLLATE "C";
SELECT id FROM imp.e WHERE name = 'a';
SELECT id FROM imp.e WHERE name = 'A';
INSERT INTO imp.e (mood, name) VALUES ('happy', 'd') RETURNING id, twice;
INSERT INTO imp.e (mood, name) VALUES ('no mood', 'e');
DELETE FROM imp.nokey;
IMPORT FOREIGN SCHEMA nothing_there FROM SERVER my INTO imp;
