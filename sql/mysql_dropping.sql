\i test/setup.psql

-- drop_all on MySQL drops at commit: until then the table is as good as gone.
\set url :mysql 'users'
SELECT binds.add('auth', :'url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, a integer)', 'auth');
SELECT action FROM binds.create_all('auth');
CREATE FOREIGN TABLE by_hand (id integer OPTIONS (key 'true'), a integer) SERVER auth OPTIONS (table_name 't');
INSERT INTO by_hand VALUES (1, 10);
BEGIN;
SELECT action FROM binds.drop_all('auth');
SAVEPOINT s;
SELECT * FROM by_hand;
ROLLBACK TO s;
INSERT INTO by_hand VALUES (2, 20);
ROLLBACK TO s;
UPDATE by_hand SET a = 0;
ROLLBACK;
SELECT * FROM t;

-- The bind itself may be gone before the commit; a table of that name elsewhere is there.
\set url :mysql 'other'
SELECT binds.add('elsewhere', :'url');
\! $MY other -e 'CREATE TABLE t (id integer PRIMARY KEY); INSERT INTO t VALUES (7)'
CREATE FOREIGN TABLE namesake (id integer) SERVER elsewhere OPTIONS (table_name 't');
BEGIN;
SELECT action FROM binds.drop_all('auth');
DROP FOREIGN TABLE IF EXISTS by_hand;
SELECT binds.remove('auth', true);
SELECT * FROM namesake;
COMMIT;
\! $MY users -e 'SHOW TABLES'
