\i test/setup.psql
-- What a table of the server has and one made of its model would not have is said in the
-- NOTICE of reflect: it works on only as long as the table is the one that was reflected.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE anew (email VARCHAR(50) COLLATE utf8mb4_general_ci UNIQUE, ts TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, up TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP, uid CHAR(36) DEFAULT (uuid()), z INT(5) ZEROFILL, n INT DEFAULT (1 + 2), body TEXT COLLATE utf8mb4_general_ci)"
\! $MY users -e "CREATE TABLE pair (a VARCHAR(9) COLLATE utf8mb4_general_ci, b INT, c VARCHAR(9) COLLATE utf8mb4_bin, e ENUM ('x', 'y') UNIQUE, PRIMARY KEY (a, b), UNIQUE (c))"
-- Nothing of these is lost: literals, the current time, a collation of no key.
\! $MY users -e "CREATE TABLE same (id INT PRIMARY KEY AUTO_INCREMENT, a VARCHAR(9) COLLATE utf8mb4_general_ci DEFAULT 'on update', b INT DEFAULT 7, t DATETIME DEFAULT CURRENT_TIMESTAMP, KEY (a))"
CREATE SCHEMA m;
SELECT binds.add('m', :'url', '{"schema": "m"}');
SELECT model, action FROM binds.reflect('m');
-- The table itself has them.
INSERT INTO m.anew (email) VALUES ('A');
SELECT length(uid), n FROM m.anew;
\set VERBOSITY sqlstate
INSERT INTO m.anew (email) VALUES ('a');
\set VERBOSITY default
-- A foreign table of IMPORT makes no table, so it lacks none of these.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER m INTO i;
