\i test/setup.psql
\set VERBOSITY terse
\set url :mysql 'users'
\setenv ENGINE `echo $MY users -e`
\i test/assign_lost.psql

-- Of the server: what it says of columns, keys, checks, comments.
SELECT * FROM binds.assign(ARRAY['t', 'ref']::regclass[], 'there');
\! $ENGINE "ALTER TABLE t MODIFY a int NOT NULL DEFAULT 3, ADD CONSTRAINT theirs CHECK (a > 0), ADD CONSTRAINT theirs_too FOREIGN KEY (a) REFERENCES ref (id), ADD UNIQUE KEY theirs_three (b), COMMENT = 'theirs', MODIFY v varchar(5) COMMENT 'a v'"
SET client_min_messages = error;
SELECT lost('{t}');
SELECT lost('{t}', '{"foreign_keys": "drop"}');
SELECT lost('{t}', '{"foreign_keys": "drop", "differences": "leave"}');
RESET client_min_messages;

-- How values are stored, and types, are no loss, nor is what the relation says to be the engine's.
\! $ENGINE "CREATE TABLE theirs (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, v varchar(20) CHARACTER SET latin1 DEFAULT 'x', m mediumint DEFAULT 5, e enum('a','b') DEFAULT 'a', t text, b bit(3), d datetime NOT NULL DEFAULT current_timestamp) ENGINE=MyISAM ROW_FORMAT=DYNAMIC COMMENT 'all theirs'"
\! $ENGINE "CREATE TABLE more (id int PRIMARY KEY, u char(36) DEFAULT (uuid()), s int GENERATED ALWAYS AS (id + 1) STORED, t text, f text, KEY some_t (t(10)), FULLTEXT KEY some_f (f))"
SET client_min_messages = error;
SELECT model FROM binds.reflect('there');
SELECT lost('{theirs}');
SELECT lost('{more}');
RESET client_min_messages;
SELECT * FROM binds.assign('more', NULL, '{"differences": "leave"}');

-- An account that may make no temporary tables does not let them be compared: that is said.
\! $MY -e "CREATE USER few@'127.0.0.1' IDENTIFIED BY 'secret', few@localhost IDENTIFIED BY 'secret'; GRANT SELECT ON users.* TO few@'127.0.0.1', few@localhost"
ALTER USER MAPPING FOR CURRENT_USER SERVER there OPTIONS (SET user 'few');
SELECT * FROM binds.assign('theirs', NULL, '{"keep_source": true}');
\! $MY -e "DROP USER few@'127.0.0.1', few@localhost"
