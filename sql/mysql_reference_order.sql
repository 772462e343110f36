\i test/setup.psql
-- A foreign key names the columns in any order; MySQL wants that of the key they refer to.
\set VERBOSITY default
\set url :mysql 'users'
SELECT binds.add('my', :'url');
SELECT binds.define('CREATE TABLE p (k1 integer, k2 integer, k3 integer, UNIQUE (k1, k2), UNIQUE (k3, k1, k2))', 'my');
SELECT binds.define('CREATE TABLE c (id integer PRIMARY KEY, a integer, b integer, CONSTRAINT fq FOREIGN KEY (b, a) REFERENCES p (k2, k1))', 'my');
SELECT binds.define('CREATE TABLE d (id integer PRIMARY KEY, a integer, b integer, c integer, FOREIGN KEY (a, b, c) REFERENCES p (k1, k2, k3))', 'my');
SELECT model, action FROM binds.create_all('my');
INSERT INTO p VALUES (1, 2, 3), (2, 4, 6);
INSERT INTO c VALUES (1, 1, 2), (2, NULL, 7);
INSERT INTO d VALUES (1, 2, 4, 6);
\set VERBOSITY sqlstate
INSERT INTO c VALUES (3, 2, 1);
INSERT INTO d VALUES (2, 6, 4, 2);
\set VERBOSITY default
SELECT * FROM binds.diff('my');
-- Likewise added later, and of a table that is assigned.
SET binds.bind_key = 'my';
CREATE TABLE e (id integer PRIMARY KEY, a integer, b integer);
ALTER TABLE e ADD CONSTRAINT fe FOREIGN KEY (b, a) REFERENCES p (k2, k1);
RESET binds.bind_key;
INSERT INTO e VALUES (1, 1, 2);
CREATE TABLE lp (k1 integer, k2 integer, UNIQUE (k1, k2));
CREATE TABLE lc (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (b, a) REFERENCES lp (k2, k1));
INSERT INTO lp VALUES (1, 2);
INSERT INTO lc VALUES (1, 1, 2);
SELECT relation, rows FROM binds.assign(ARRAY['lp', 'lc']::regclass[], 'my');
\set VERBOSITY sqlstate
INSERT INTO e VALUES (2, 2, 1);
INSERT INTO lc VALUES (2, 2, 1);
SELECT * FROM lc;
SELECT * FROM binds.diff('my');
