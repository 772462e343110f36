\i test/setup.psql
-- In a rule, and in a body that is kept as it was parsed, NULL and DEFAULT look the same.  Where that makes a difference it
-- is an error; where it does not, and in a body that is a string, all goes on.
\set url :sqlite 's.db'
\setenv DB `echo sqlite3 $D/s.db`
\! $DB "CREATE TABLE t (id integer PRIMARY KEY, v varchar(20) DEFAULT (lower('ENG')), w text DEFAULT (lower('ENG')), n int)"
\! chmod 666 $D/s.db
SELECT binds.add('s', :'url') \g /dev/null
SET client_min_messages = warning;
\set SHOW_CONTEXT never
SELECT model FROM binds.reflect('s');
INSERT INTO t VALUES (1, 'a', 'a', 1), (2, 'a', 'a', 2);
CREATE VIEW seen AS SELECT * FROM t;
CREATE RULE clear AS ON DELETE TO seen DO INSTEAD UPDATE t SET w = NULL, n = 0 WHERE id = old.id;
DELETE FROM seen WHERE id = 1;
CREATE OR REPLACE RULE clear AS ON DELETE TO seen DO INSTEAD UPDATE t SET n = NULL WHERE id = old.id;
DELETE FROM seen WHERE id = 1;
CREATE OR REPLACE RULE clear AS ON DELETE TO seen DO INSTEAD UPDATE t SET w = NULLIF(1, 1)::text WHERE id = old.id;
DELETE FROM seen WHERE id = 2;
CREATE FUNCTION put_rows() RETURNS void BEGIN ATOMIC INSERT INTO t (id, w, n) VALUES (11, NULL, NULL), (12, DEFAULT, NULL); END;
SELECT put_rows();
CREATE FUNCTION put_keys() RETURNS void BEGIN ATOMIC INSERT INTO t (id, w, n) VALUES (NULL, 'w', 1), (DEFAULT, 'w', 1); END;
SELECT put_keys();
CREATE FUNCTION put_one() RETURNS void BEGIN ATOMIC INSERT INTO t (id, w, n) VALUES (13, NULL, NULL); INSERT INTO t (id, w, n) VALUES (14, DEFAULT, NULL); END;
SELECT put_one();
CREATE FUNCTION put_text() RETURNS void LANGUAGE sql AS 'INSERT INTO t (id, w, n) VALUES (15, NULL, NULL), (16, DEFAULT, NULL)';
SELECT put_text();
CREATE RULE put AS ON UPDATE TO seen DO INSTEAD INSERT INTO t (id, w, n) VALUES (17, 'x', NULL), (18, 'y', 1);
UPDATE seen SET n = 1 WHERE id = 1;
\pset null NULL
SELECT * FROM t ORDER BY id;
