\i test/setup.psql
-- Tables of a part of a transaction that was rolled back go before those that they refer to.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
SET binds.bind_key = 'my';
SET client_min_messages = warning;
BEGIN;
CREATE TABLE n1 (id int PRIMARY KEY);
SAVEPOINT s1;
CREATE TABLE n2 (id int REFERENCES n1);
INSERT INTO n1 VALUES (1);
INSERT INTO n2 VALUES (1);
ROLLBACK TO s1;
ROLLBACK;
\! $MY users -e 'SHOW TABLES'
BEGIN;
CREATE TABLE n1 (id int PRIMARY KEY);
SAVEPOINT s1;
CREATE TABLE n2 (id int PRIMARY KEY REFERENCES n1);
SAVEPOINT s2;
CREATE TABLE n3 (id int PRIMARY KEY REFERENCES n2);
ROLLBACK TO s2;
CREATE TABLE n4 (id int PRIMARY KEY REFERENCES n2);
ROLLBACK TO s1;
INSERT INTO n1 VALUES (1);
COMMIT;
\! $MY users -e 'SHOW TABLES'
SELECT * FROM n1;
SELECT * FROM binds.diff('my');
-- A table with rows is made after others of its transaction were written to.
CREATE TABLE c1 (a, b) AS VALUES (1, 'x');
BEGIN;
CREATE TABLE c2 AS SELECT * FROM c1;
INSERT INTO c2 VALUES (3, 'z');
SAVEPOINT a;
CREATE TABLE c3 AS SELECT * FROM c2;
INSERT INTO c3 VALUES (4, 'w');
COMMIT;
SELECT * FROM c2 ORDER BY a;
SELECT * FROM c3 ORDER BY a;
SELECT * FROM binds.diff('my');
