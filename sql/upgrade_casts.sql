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
-- Fewer digits of a second: the file keeps them alike, values are rounded.
SELECT binds.define('CREATE TABLE s (id int PRIMARY KEY, ts timestamp, z timestamptz, t time, i interval)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.s VALUES (1, '2020-01-01 23:59:59.9996', '2020-01-01 23:59:59.9+00', '10:00:00.7', '1.26 s');
INSERT INTO far.s VALUES (2, '2020-01-01 23:59:59.123', NULL, NULL, NULL);
CREATE TABLE near_s AS SELECT * FROM far.s;
SELECT binds.define('ALTER TABLE s ALTER ts TYPE timestamp(3), ALTER z TYPE timestamptz(0), ALTER t TYPE time(0), ALTER i TYPE interval(1)', 'lite');
SELECT kind, action FROM binds.upgrade('lite') WHERE kind ~ 'column';
SELECT kind, action FROM binds.upgrade('lite', '{"lossy": true}') WHERE kind ~ 'column';
ALTER TABLE near_s ALTER ts TYPE timestamp(3), ALTER z TYPE timestamptz(0), ALTER t TYPE time(0), ALTER i TYPE interval(1);
SELECT * FROM far.s EXCEPT SELECT * FROM near_s;
SELECT count(*) FROM far.s;
SELECT * FROM binds.diff('lite');
-- ALTER TABLE of the relation cuts as PostgreSQL does, where USING is a cast, and only there.
CREATE TABLE near_cut (id int PRIMARY KEY, v text, c varchar(9), n numeric(9,3), ch char(8), d double precision, i int, tags varchar(5)[]);
SET binds.bind_key = 'lite';
SET search_path = far, public;
CREATE TABLE far.cut (LIKE near_cut INCLUDING ALL);
RESET binds.bind_key;
INSERT INTO near_cut VALUES (1, 'hello world', 'abcdefghi', 1.5, 'abcdefgh', 2.5, 123, '{hello,you}'), (2, 'hi', NULL, 2.5, 'a', -1.5, 4, NULL);
INSERT INTO cut SELECT * FROM near_cut;
SELECT format('ALTER TABLE %s ALTER v TYPE varchar(5) USING v::varchar(5), ALTER c TYPE char(4) USING cast(c AS char(4)), ALTER n TYPE int USING n::int, ALTER ch TYPE varchar(2) USING ch::varchar(2), ALTER d TYPE int USING d::int, ALTER i TYPE varchar(2) USING i::varchar(2)', t)
	FROM unnest(ARRAY['cut', 'near_cut']) t \gexec
SELECT * FROM cut EXCEPT SELECT * FROM near_cut;
SELECT * FROM cut ORDER BY id;
SELECT count(*) FROM binds.diff('lite') WHERE model = 'cut';
\set VERBOSITY sqlstate
ALTER TABLE cut ALTER v TYPE varchar(3);
ALTER TABLE cut ALTER v TYPE varchar(3) USING v;
ALTER TABLE cut ALTER v TYPE varchar(2) USING v::varchar(2), ALTER c TYPE char(3);
\set VERBOSITY default
SELECT v, c FROM cut ORDER BY id;
