\i test/setup.psql
-- What others have given a table stays, unless drop is asked for.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE inv (a INT PRIMARY KEY, d INT INVISIBLE DEFAULT 5, e INT INVISIBLE DEFAULT 6)"
SELECT binds.add('auth', :'url', '{"schema": "far"}');
SELECT count(*) FROM binds.reflect('auth');
SELECT binds.define('ALTER TABLE inv ALTER e TYPE bigint', 'auth');
SELECT kind, action FROM binds.upgrade('auth') WHERE kind !~ 'local';
\! $MY users -e "INSERT INTO inv VALUES (1)"
SELECT * FROM far.inv;
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}') WHERE action <> 'done';
\! $MY users -e "INSERT INTO inv VALUES (2, 3, 4)"
SELECT * FROM far.inv ORDER BY a;
SELECT * FROM binds.diff('auth');
-- A default that the server does not have is told with its column.
SELECT binds.define('ALTER TABLE inv ADD f float8 DEFAULT ''infinity''', 'auth');
