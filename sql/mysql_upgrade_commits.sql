\i test/setup.psql
-- DDL of a server stays, whatever the transaction does: what can fail here is found before it, what
-- loses values comes last, and what stays after a rollback is told.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "far"}');
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE TABLE u (id int PRIMARY KEY, a int)', 'auth');
SELECT count(*) FROM binds.create_all('auth');
INSERT INTO far.t VALUES (1, 2, 3), (4, 5, 6);
INSERT INTO far.u VALUES (1, 1), (2, 1);
-- Somebody reads the relation.
SELECT binds.define('ALTER TABLE t DROP b', 'auth');
\set VERBOSITY sqlstate
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM far.t;
FETCH 1 FROM c;
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}');
ROLLBACK;
\! $MY users -e 'SELECT * FROM t'
-- A view is over what goes, or gets another type.
CREATE VIEW over AS SELECT b FROM far.t;
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}');
\! $MY users -e 'SELECT * FROM t'
DROP VIEW over;
CREATE VIEW over AS SELECT a FROM far.u;
SELECT binds.define('ALTER TABLE u ALTER a TYPE bigint', 'auth');
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}');
\! $MY users -e 'SELECT * FROM t'
DROP VIEW over;
-- Another table cannot be changed.
SELECT binds.define('ALTER TABLE u ADD UNIQUE (a)', 'auth');
SET client_min_messages = error;	-- whether a WARNING comes before it depends on the client
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}');
SET client_min_messages = warning;
SELECT * FROM far.t ORDER BY id;
DELETE FROM far.u WHERE id = 2;
-- A model that the transaction has changed.
BEGIN;
SELECT binds.define('ALTER TABLE u RENAME a TO z', 'auth');
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}');
ROLLBACK;
\set VERBOSITY default
BEGIN;
SAVEPOINT s;
SELECT binds.define('ALTER TABLE u RENAME a TO z', 'auth');
ROLLBACK TO s;
SELECT kind, action FROM binds.upgrade('auth', '{"drop": true}') WHERE kind !~ 'local';
ROLLBACK;
SELECT kind FROM binds.diff('auth') WHERE kind !~ 'local';
SELECT count(*) FROM binds.upgrade('auth', '{"drop": true}') WHERE action <> 'done';
SELECT * FROM binds.diff('auth');
SELECT * FROM far.t ORDER BY id;
-- One that it has made can be.
BEGIN;
SELECT binds.define('CREATE TABLE w (id int PRIMARY KEY); ALTER TABLE w ADD a int', 'auth');
SELECT kind, action FROM binds.upgrade('auth') WHERE kind !~ 'local';
COMMIT;
SELECT * FROM binds.diff('auth');
