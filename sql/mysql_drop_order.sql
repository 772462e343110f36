\i test/setup.psql

-- drop_all drops a table before those that it refers to in the engine, though the model has
-- no such foreign key, and cuts the cycles of such keys.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE zp (t VARCHAR(1000) CHARACTER SET latin1 PRIMARY KEY, n INT); CREATE TABLE ac (id INT PRIMARY KEY, t VARCHAR(1000) CHARACTER SET latin1, FOREIGN KEY (t) REFERENCES zp (t)); CREATE TABLE c1 (t VARBINARY(50) PRIMARY KEY, u VARBINARY(50)); CREATE TABLE c2 (t VARBINARY(50) PRIMARY KEY, u VARBINARY(50), FOREIGN KEY (u) REFERENCES c1 (t)); ALTER TABLE c1 ADD FOREIGN KEY (u) REFERENCES c2 (t); CREATE TABLE k1 (id INT PRIMARY KEY, k INT); CREATE TABLE k2 (id INT PRIMARY KEY, k INT, CONSTRAINT own_name FOREIGN KEY (k) REFERENCES k1 (id)); ALTER TABLE k1 ADD CONSTRAINT other_name FOREIGN KEY (k) REFERENCES k2 (id); CREATE TABLE self (id INT PRIMARY KEY, k INT, FOREIGN KEY (k) REFERENCES self (id))"
SELECT binds.add('m', :'url', '{"schema": "m"}');
SET client_min_messages = error;
SELECT model FROM binds.reflect('m');
RESET client_min_messages;
SELECT model, action FROM binds.drop_all('m');
\! $MY users -e "SHOW TABLES"
-- A table of another database that refers to one is named with it: no model could help.
SELECT binds.define('CREATE TABLE hen (id integer PRIMARY KEY)', 'm') \g /dev/null
SELECT model, action FROM binds.create_all('m');
\! $MY other -e "CREATE TABLE egg (id INT PRIMARY KEY, hen INT, CONSTRAINT laid FOREIGN KEY (hen) REFERENCES users.hen (id))"
SELECT model, action FROM binds.drop_all('m');
\! $MY other -e "ALTER TABLE egg DROP FOREIGN KEY laid"
SELECT model, action FROM binds.drop_all('m');
