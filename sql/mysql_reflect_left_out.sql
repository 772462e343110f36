\i test/setup.psql
-- What reflect does not carry over is said in one NOTICE per table, with the reason.
\set url :mysql 'users'
\! $MY other -e "CREATE TABLE far (id INT PRIMARY KEY)"
\! $MY users -e "CREATE TABLE plain (id INT PRIMARY KEY, a VARCHAR(9) COLLATE utf8mb4_bin, KEY (a))"
\! $MY users -e "CREATE TABLE much (id INT PRIMARY KEY, a INT, t TEXT, j LONGTEXT CHECK (json_valid(j)), c INT AS (a + 1), f INT, KEY much_f (f), CONSTRAINT much_pos CHECK (a > 0), CONSTRAINT much_far FOREIGN KEY (f) REFERENCES other.far (id), FULLTEXT KEY much_full (t))"
\! $MY users -e "CREATE TRIGGER much_t BEFORE INSERT ON much FOR EACH ROW SET NEW.t = NEW.t"
\! $MY users -e "CREATE TABLE hides (id INT PRIMARY KEY, h INT DEFAULT 1 INVISIBLE)"
CREATE SCHEMA l;
SELECT binds.add('l', :'url', '{"schema": "l"}');
SELECT model, action FROM binds.reflect('l', '{"only": ["plain"]}');
SELECT model, action FROM binds.reflect('l');
-- A foreign table of IMPORT could have checks, but no indexes.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER l INTO i;
-- Using the tables says nothing.
INSERT INTO l.much (id, a, t) VALUES (1, 5, 't') RETURNING id, a, t, c;
-- Nothing is left: nothing is said.
SELECT model, action FROM binds.reflect('l');
