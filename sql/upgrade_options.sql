\i test/setup.psql
-- What upgrade is asked for.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
SELECT binds.define('CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, v int)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.b VALUES (1, -1);
-- One model keeps others from it, unless they are named.
SELECT binds.define('ALTER TABLE a ADD v int; ALTER TABLE b ADD CHECK (v > 0); CREATE TABLE c (id int PRIMARY KEY)', 'lite');
\set VERBOSITY sqlstate
SELECT model, kind, action FROM binds.upgrade('lite') WHERE kind !~ 'local';
SELECT model, kind, action FROM binds.upgrade('lite', '{"models": ["a"]}') WHERE kind !~ 'local';
SELECT model, kind, action FROM binds.upgrade(ARRAY[NULL, 'lite'], '{"models": ["a", "c", "c"]}') WHERE kind !~ 'local';
SELECT model, kind FROM binds.diff('lite') WHERE kind !~ 'local';
SELECT count(*) FROM binds.upgrade('lite', '{"models": []}');
SELECT count(*) FROM binds.upgrade('lite', '{"models": ["a", "nobody"]}');
-- What loses something is asked for in so many words.
SELECT count(*) FROM binds.upgrade('lite', '{"drop": 1}');
SELECT count(*) FROM binds.upgrade('lite', '{"lossy": null}');
SELECT count(*) FROM binds.upgrade('lite', '{"drop": "true"}');
-- An engine checks all rows.
SELECT binds.define('ALTER TABLE b ADD CONSTRAINT later CHECK (v < 9) NOT VALID', 'lite');
SELECT binds.define('ALTER TABLE b DROP CONSTRAINT b_v_check', 'lite');
SELECT count(*) FROM binds.diff('lite');
-- One statement at a time, on the host, too.
SELECT binds.query(NULL, 'SELECT 1; SELECT 2');
SELECT binds.execute(NULL, 'SELECT 1; SELECT 2');
SELECT binds.execute(NULL, 'CREATE TABLE t (a int)');
SELECT binds.execute(NULL, 'INSERT INTO t VALUES ($1), (2)', 1);
SELECT binds.query(NULL, 'SELECT * FROM t WHERE a = $1;', 2);
SELECT binds.query(NULL, 'INSERT INTO t VALUES (1)');
SELECT binds.execute(NULL, '');
