\i test/setup.psql
-- Two columns here that are one in the engine can be read; to write both would lose a value.
SELECT binds.add('s', :'sqlite' || 's.db') \g /dev/null
SELECT binds.execute('s', 'CREATE TABLE t (id integer PRIMARY KEY, v integer)');
CREATE FOREIGN TABLE two (id integer OPTIONS (key 'true'), v integer, w integer OPTIONS (column_name 'V')) SERVER s OPTIONS (table_name 't');
INSERT INTO two VALUES (1, 2, 3);
INSERT INTO two (id, v) VALUES (1, 2);
COPY two FROM stdin;
1	2	3
\.
SELECT binds.execute('s', 'INSERT INTO t VALUES (1, 5)');
SELECT * FROM two;
UPDATE two SET v = 6, w = 7;
UPDATE two SET v = 6 RETURNING *;
UPDATE two SET w = 7 WHERE v = 6 RETURNING *;
DELETE FROM two WHERE w = 7 RETURNING *;
-- A column that is left to the engine, or whose key the engine makes, has no default to give to a row that is there.
CREATE FOREIGN TABLE one (id integer OPTIONS (key 'true', generated 'by default'), v integer) SERVER s OPTIONS (table_name 't');
INSERT INTO one (v) VALUES (1) RETURNING *;
UPDATE one SET id = DEFAULT;
UPDATE one SET id = DEFAULT, v = 3;
UPDATE one SET id = NULL;
SELECT * FROM one;
UPDATE one SET id = 4 RETURNING *;
