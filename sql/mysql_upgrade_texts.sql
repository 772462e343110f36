\i test/setup.psql
-- A server shows a character from U+10000 on as a question mark: upgrade does not write that back.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "far"}');
CREATE TYPE mood AS ENUM ('😀', 'b');
SELECT binds.define('CREATE TABLE em (id int PRIMARY KEY, v varchar(10) DEFAULT ''😀'', m mood DEFAULT ''😀'')', 'auth');
SELECT count(*) FROM binds.create_all('auth');
INSERT INTO far.em VALUES (1);
SELECT binds.define('ALTER TABLE em ADD w varchar(10) NOT NULL DEFAULT ''it''''s ?😀b''; COMMENT ON COLUMN em.v IS ''it''''s c''; ALTER TABLE em ALTER m SET NOT NULL', 'auth');
SELECT kind, action FROM binds.upgrade('auth') WHERE kind !~ 'local';
\! $MY users -e "INSERT INTO em (id) VALUES (2)"
SELECT * FROM far.em ORDER BY id;
SELECT * FROM binds.diff('auth');
