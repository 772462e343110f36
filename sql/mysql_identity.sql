\i test/setup.psql

-- Which key tells the rows of a table apart is the same for reflect, IMPORT FOREIGN SCHEMA,
-- attach and a table written by hand: the primary key, else the first unique one whose
-- columns are all NOT NULL.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE later (a VARCHAR(20), b INT NOT NULL, n INT, UNIQUE KEY x (a), UNIQUE KEY z (b)); CREATE TABLE starts (a VARCHAR(20), b INT NOT NULL, n INT, UNIQUE KEY x (a(3)), UNIQUE KEY z (b)); CREATE TABLE half (a INT NOT NULL, b INT, c INT NOT NULL, d INT NOT NULL, n INT, UNIQUE KEY x (a, b), UNIQUE KEY z (c, d)); CREATE TABLE computed (c INT AS (id * 2) STORED, id INT NOT NULL, n INT, UNIQUE KEY x (c), UNIQUE KEY z (id)); CREATE TABLE without (a INT, n INT, c INT AS (a * 2) STORED, UNIQUE KEY x (a), UNIQUE KEY z (c))"
\! $MY users -e "INSERT INTO later VALUES (NULL, 1, 1), (NULL, 2, 1); INSERT INTO starts VALUES (NULL, 1, 1), (NULL, 2, 1); INSERT INTO half VALUES (1, NULL, 1, 1, 1), (1, NULL, 1, 2, 1); INSERT INTO computed (id, n) VALUES (1, 1), (2, 1); INSERT INTO without (a, n) VALUES (NULL, 1)"
SELECT binds.add('m', :'url', '{"schema": "m"}');
CREATE SCHEMA i;
CREATE SCHEMA h;
SET client_min_messages = warning;
SELECT model FROM binds.reflect('m');
RESET client_min_messages;
IMPORT FOREIGN SCHEMA users FROM SERVER m INTO i;
CREATE FOREIGN TABLE h.later (a text, b integer, n integer) SERVER m;
CREATE FOREIGN TABLE h.starts (a text, b integer, n integer) SERVER m;
CREATE FOREIGN TABLE h.half (a integer, b integer, c integer, d integer, n integer) SERVER m;
CREATE FOREIGN TABLE h.computed (c integer, id integer, n integer) SERVER m;
CREATE FOREIGN TABLE h.without (a integer, n integer, c integer) SERVER m;
CREATE VIEW keys AS
SELECT c.relname, c.relnamespace::regnamespace AS schema, string_agg(a.attname, ',' ORDER BY a.attnum) AS key
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND 'key=true' = ANY (a.attfdwoptions)
WHERE c.relkind = 'f' GROUP BY 1, 2;
SELECT * FROM keys ORDER BY 1, 2;
-- A row whose nullable column is NULL is one like others.
UPDATE m.later SET n = n + 1 WHERE random() >= 0;
UPDATE i.later SET n = n + 1 WHERE random() >= 0 RETURNING *;
UPDATE h.later SET n = n + 1 WHERE random() >= 0;
UPDATE i.starts SET n = n + 1 WHERE random() >= 0 RETURNING *;
UPDATE h.starts SET n = n + 1 WHERE random() >= 0;
UPDATE i.half SET n = n + 1 WHERE random() >= 0 RETURNING *;
UPDATE h.half SET n = n + 1 WHERE random() >= 0;
\! $MY users -N -e "SELECT b, n FROM later ORDER BY 1; SELECT b, n FROM starts ORDER BY 1; SELECT c, d, n FROM half ORDER BY 1, 2"
-- One that the engine computes changes with the row.
UPDATE i.computed SET id = id + 10 RETURNING *;
UPDATE h.computed SET id = id + 10 RETURNING *;
-- Where there is no such key rows cannot be told apart.
UPDATE i.without SET n = n + 1 WHERE random() >= 0;
UPDATE h.without SET n = n + 1 WHERE random() >= 0;
SELECT * FROM binds.attach('h.later') WHERE option = 'key';
SELECT * FROM binds.attach('h.half') WHERE option = 'key';
SELECT * FROM binds.attach('h.computed') WHERE option = 'key';
SELECT * FROM binds.attach('h.without') WHERE option = 'key';

-- On SQLite a row has its rowid, whatever is unique.
\set url :sqlite 'identity.db'
SELECT binds.add('s', :'url');
SELECT binds.execute('s', 'CREATE TABLE u (a TEXT UNIQUE, n INTEGER)');
SELECT binds.execute('s', 'INSERT INTO u VALUES (NULL, 1), (NULL, 2)');
IMPORT FOREIGN SCHEMA main FROM SERVER s INTO i;
SELECT * FROM keys WHERE relname = 'u';
UPDATE i.u SET n = n + 1 WHERE random() >= 0 RETURNING *;
