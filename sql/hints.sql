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
