\i test/setup.psql
-- The statement for which a session loads the library is planned without it.  NULL and
-- DEFAULT are told apart there, too, also where rows go through a partitioned table.
\set url :sqlite 'first.db'
SELECT binds.add('first', :'url');
SELECT binds.execute('first', $$CREATE TABLE t (id integer PRIMARY KEY, v varchar(20) DEFAULT 'engine', w text DEFAULT 'engine', n numeric(5,2) DEFAULT 7, i integer DEFAULT 7)$$);
SELECT model FROM binds.reflect('first');
CREATE TABLE parted (id integer, v varchar(20), w text, n numeric(5,2), i integer) PARTITION BY LIST (id);
CREATE FOREIGN TABLE part PARTITION OF parted DEFAULT SERVER first OPTIONS (table_name 't');
\c -
INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL);
\c -
INSERT INTO t VALUES (2, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
\c -
INSERT INTO t VALUES (3, NULL, NULL, NULL, NULL), (4, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
\c -
INSERT INTO parted VALUES (5, 'x', NULL, 1, NULL);
\c -
INSERT INTO parted VALUES (6, 'x', DEFAULT, 1, DEFAULT);
-- where they cannot be, once,
\c -
INSERT INTO parted VALUES (9, NULL, NULL, NULL, NULL);
INSERT INTO parted VALUES (9, NULL, NULL, NULL, NULL);
\c -
INSERT INTO parted VALUES (10, 'x', DEFAULT, DEFAULT, DEFAULT);
INSERT INTO parted VALUES (10, 'x', DEFAULT, DEFAULT, DEFAULT);
-- while a column that is not named is clear.
\c -
INSERT INTO parted (id, w) VALUES (11, 'x');
\c -
INSERT INTO parted VALUES (7, NULL, NULL, NULL, NULL), (8, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
INSERT INTO parted VALUES (7, NULL, NULL, NULL, NULL), (8, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
\c -
UPDATE t SET v = NULL, w = NULL, n = NULL, i = NULL WHERE id = 2;
\pset null NULL
SELECT * FROM t ORDER BY id;
