\i test/setup.psql
-- What a table of the server has and one made of its model would not have is said in the
-- NOTICE of reflect: it works on only as long as the table is the one that was reflected.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE anew (email VARCHAR(50) COLLATE utf8mb4_general_ci UNIQUE, ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, up TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP, uid CHAR(36) DEFAULT (uuid()), z INT(5) ZEROFILL, n INT DEFAULT (1 + 2), body TEXT COLLATE utf8mb4_general_ci, dt DATETIME DEFAULT CURRENT_TIMESTAMP)"
\! $MY users -e "CREATE TABLE pair (a VARCHAR(9) COLLATE utf8mb4_general_ci, b INT, c VARCHAR(9) COLLATE utf8mb4_bin, e ENUM ('x', 'y') UNIQUE, PRIMARY KEY (a, b), UNIQUE (c))"
-- Nothing of these is lost: literals, the current time with its zone, a collation of no key.
\! $MY users -e "CREATE TABLE same (id INT PRIMARY KEY AUTO_INCREMENT, a VARCHAR(9) COLLATE utf8mb4_general_ci DEFAULT 'on update', b INT DEFAULT 7, t TIMESTAMP(6) NULL DEFAULT CURRENT_TIMESTAMP(6), KEY (a))"
-- How the table is kept; what its keys and indexes are over: the beginning of a column that
-- a new table's is over as well is nothing lost.
\! $MY users -e "CREATE TABLE kept (id INT PRIMARY KEY, n INT) ENGINE=MyISAM"
\! $MY users -e "CREATE TABLE parts (id INT PRIMARY KEY, a VARCHAR(50), b BLOB, c LONGTEXT, n INT, UNIQUE KEY down (n DESC), KEY two (id, n DESC), UNIQUE KEY starts (a(10)), KEY few (a(3), id, b(4)), KEY long_text (c(255))) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
\! $MY users -e "CREATE TABLE texts (t TEXT NOT NULL, n INT, PRIMARY KEY (t(10)))"
\! $MY users -e "CREATE TABLE split (id INT PRIMARY KEY, h INT DEFAULT 1) PARTITION BY HASH (id) PARTITIONS 2"
CREATE SCHEMA m;
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m');
-- The table itself has them.
INSERT INTO m.anew (email) VALUES ('A');
SELECT length(uid), n FROM m.anew;
-- The beginning of a text that is unique identifies rows, but is no key of the model.
INSERT INTO m.texts VALUES ('a', 1), ('b', 2);
UPDATE m.texts SET n = n + 10 WHERE t = 'b' RETURNING *;
SELECT l FROM binds.ddl('m') s, regexp_split_to_table(s.statement, '\n') l WHERE l ~ '(PRIMARY|UNIQUE)' AND statement ~ '`(parts|texts)`';
\set VERBOSITY sqlstate
INSERT INTO m.anew (email) VALUES ('a');
\set VERBOSITY default
-- A foreign table of IMPORT makes no table, so it lacks none of these.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER m INTO i;
-- All of them can be made anew, which a key over a whole text could not.
SELECT model, action FROM binds.drop_all('m');
SELECT model, action FROM binds.create_all('m');
