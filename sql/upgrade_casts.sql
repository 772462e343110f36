\i test/setup.psql
-- Types that upgrade gives by an explicit cast.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set key NULL
\i test/upgrade_casts.psql
SELECT binds.define('CREATE TABLE far.n (id int PRIMARY KEY, i int, j jsonb)');
SELECT count(*) FROM binds.create_all(NULL::text);
INSERT INTO far.n VALUES (1, 2, '3'), (2, 0, NULL);
SELECT binds.define('ALTER TABLE far.n ALTER i TYPE boolean USING i::boolean, ALTER j TYPE int USING j::int');
SELECT count(*) FROM binds.upgrade(NULL::text, '{"lossy": true}') WHERE action <> 'done';
SELECT * FROM far.n ORDER BY id;
SELECT count(*) FROM binds.drop_all(NULL);
SELECT count(binds.forget(NULL, model)) FROM binds.models;
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '''lite'''
\i test/upgrade_casts.psql
SELECT binds.define('CREATE TABLE n (id int PRIMARY KEY, i int, j jsonb)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.n VALUES (1, 2, '3'), (2, 0, NULL);
SELECT binds.define('ALTER TABLE n ALTER i TYPE boolean USING i::boolean, ALTER j TYPE int USING j::int', 'lite');
SELECT count(*) FROM binds.upgrade('lite', '{"lossy": true}') WHERE action <> 'done';
SELECT * FROM far.n ORDER BY id;
