\i test/setup.psql
-- Errors that a newcomer meets say which way leads out.
-- A file that is none of SQLite's: at whatever uses it first.
\set url :sqlite 'bad.db'
\! seq 1000 > $D/bad.db; chmod 666 $D/bad.db
SELECT binds.add('bad', :'url');
SELECT model FROM binds.reflect('bad');
CREATE FOREIGN TABLE fb (a int) SERVER bad;
SELECT * FROM fb;
-- The engine has not, or no more, what a foreign table stands for.
\set url :sqlite 'ok.db'
SELECT binds.add('it''s', :'url');
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY)', 'it''s');
SELECT model, action FROM binds.create_all('it''s');
\! sqlite3 $D/ok.db 'DROP TABLE t'
\set VERBOSITY terse
SELECT * FROM t;
\set VERBOSITY default
SELECT * FROM t;
INSERT INTO t VALUES (1);
SELECT model, action FROM binds.create_all('it''s');
INSERT INTO t VALUES (1) RETURNING *;
-- It has the table, but not a column of it.
\! sqlite3 $D/ok.db 'CREATE TABLE u (id integer PRIMARY KEY, old text); INSERT INTO u VALUES (1, 1)'
CREATE FOREIGN TABLE u (id integer OPTIONS (key 'true'), name text) SERVER "it's";
SELECT * FROM u;
INSERT INTO u (id, name) VALUES (2, 'y');
UPDATE u SET name = 'y';
ALTER FOREIGN TABLE u ALTER COLUMN name OPTIONS (ADD column_name 'old');
SELECT * FROM u;
\! sqlite3 $D/ok.db 'ALTER TABLE u RENAME COLUMN old TO new'
SELECT * FROM u;
ALTER FOREIGN TABLE u ALTER COLUMN name OPTIONS (SET column_name 'new');
SELECT * FROM u;
-- A statement of one's own has no foreign table to change.
SELECT binds.query('it''s', 'SELECT old FROM u');
-- Who may not add a bind is told who can allow it.
CREATE ROLE "new comer";
GRANT USAGE ON SCHEMA binds TO "new comer";
SET ROLE "new comer";
SELECT binds.add('q', 'mysql://a:b@h/d');
SELECT binds.configure('{"q": "mysql://a:b@h/d"}');
SELECT binds.define('CREATE TABLE z (id int primary key)');
RESET ROLE;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_mysql TO "new comer";
SET ROLE "new comer";
SELECT binds.add('q', 'mysql://a:b@h/d');
RESET ROLE;
GRANT CREATE ON DATABASE regress_binds TO "new comer";
SET ROLE "new comer";
SELECT binds.add('q', 'mysql://a:b@h/d');
RESET ROLE;
DROP OWNED BY "new comer" CASCADE;
DROP ROLE "new comer";
