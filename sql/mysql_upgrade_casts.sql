\i test/setup.psql
-- Types that upgrade gives by an explicit cast, and by the server's ALTER TABLE.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "far"}');
\set key '''auth'''
\i test/upgrade_casts.psql
-- A number is no boolean to the server.
SELECT binds.define('ALTER TABLE b ALTER b TYPE boolean USING b::boolean', 'auth');
SELECT action FROM binds.upgrade('auth', '{"lossy": true}') WHERE kind ~ 'column';
-- A key over a column whose new type does not fit it comes with that.
SELECT binds.define('CREATE TABLE ix (id int PRIMARY KEY, b int, c int, u int UNIQUE); CREATE INDEX ixb ON ix (id, b)', 'auth');
SELECT count(*) FROM binds.create_all('auth');
INSERT INTO far.ix VALUES (1, 7, 8, 9);
SELECT binds.define('ALTER TABLE ix ALTER b TYPE text USING b::text, DROP c, ALTER u TYPE varchar(20)', 'auth');
SELECT kind, action FROM binds.upgrade('auth', '{"drop": true, "lossy": true}') WHERE model = 'ix' AND kind !~ 'local';
SELECT * FROM far.ix;
SELECT kind FROM binds.diff('auth') WHERE model = 'ix';
-- A virtual column of others is left, and keeps nothing from being done.
\! $MY users -e "CREATE TABLE virt (a INT PRIMARY KEY, b INT AS (a + 1) VIRTUAL, c INT)"
SELECT count(*) FROM binds.reflect('auth');
SELECT binds.define('ALTER TABLE virt ALTER c TYPE bigint', 'auth');
SELECT kind, action FROM binds.upgrade('auth', '{"drop": true, "lossy": true}') WHERE model = 'virt' AND kind !~ 'local';
-- The server's ALTER TABLE does not cut values, whatever USING says: they are refused, and nothing is done.
SET search_path = far, public;
SET binds.bind_key = 'auth';
CREATE TABLE cut (id int PRIMARY KEY, v text, w varchar(20));
RESET binds.bind_key;
INSERT INTO cut VALUES (1, 'hello world', 'short');
\set VERBOSITY sqlstate
ALTER TABLE cut ALTER w TYPE varchar(5) USING w::varchar(5), ALTER v TYPE varchar(5) USING v::varchar(5);
\set VERBOSITY default
SELECT count(*) FROM binds.diff('auth') WHERE model = 'cut';
UPDATE cut SET v = v::varchar(5);
ALTER TABLE cut ALTER w TYPE varchar(5) USING w::varchar(5), ALTER v TYPE varchar(5) USING v::varchar(5);
SELECT * FROM cut;
