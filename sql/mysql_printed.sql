\i test/setup.psql
-- Types without a form of their own are kept as the text of PostgreSQL, whatever the session's settings are.
SET timezone = 'UTC';
SET datestyle = 'ISO';
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN few AS int[] CHECK (cardinality(VALUE) < 4);
CREATE TABLE local (id int PRIMARY KEY, a text[], m macaddr, b bit(8), v bit varying(5), i inet, c cidr, r int4range, t tstzrange, s timestamptz[], p point, g mood[], w pair, d few, x xml, q tsvector, n numeric(5,2)[]);
INSERT INTO local VALUES
	(1, '{a,"b c",NULL,"\"q\"",é}', '08:00:2b:01:02:03', B'10101010', B'101', '10.0.0.1/8', '10.1.0.0/16', '[1,5)', '[2024-01-02 03:04:05+02,)', '{2024-01-02 03:04:05.123456+02,infinity}', '(0.1,-1e100)', '{high,NULL}', '(1,"x y")', '{1,2}', '<a>1</a>', $$'a':1 'b':2$$, '{1.50,NULL}'),
	(3, '{}', '00:00:00:00:00:00', B'00000000', B'', '::1', '::/0', 'empty', '(,)', '{}', '(0,0)', '{}', '(,)', '{}', '', '', '{}');
INSERT INTO local (id) VALUES (2);
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url', '{"schema": "lite"}');
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "my"}');
\set model 'CREATE TABLE t (id int PRIMARY KEY, a text[] DEFAULT \'{x}\', m macaddr, b bit(8), v bit varying(5), i inet, c cidr, r int4range, t tstzrange, s timestamptz[], p point, g public.mood[], w public.pair, d public.few, x xml, q tsvector, n numeric(5,2)[])'
SELECT binds.define(:'model', 'lite'), binds.define(:'model', 'my');
SELECT bind_key, action FROM binds.create_all(ARRAY['lite', 'my']);
SET timezone = 'America/New_York';
SET datestyle = 'SQL, DMY';
SET intervalstyle = 'sql_standard';
SET bytea_output = 'escape';
INSERT INTO lite.t SELECT * FROM local;
INSERT INTO my.t SELECT * FROM lite.t;
SET timezone = 'UTC';
SET datestyle = 'ISO';
RESET bytea_output;
SELECT t1.id, t1::text = t2::text AS lite, t1::text = t3::text AS my FROM local t1 JOIN lite.t t2 ON t2.id = t1.id JOIN my.t t3 ON t3.id = t1.id ORDER BY 1;
SELECT a, m, b, r, t, s FROM my.t ORDER BY id;
\! sqlite3 $D/p.db "SELECT typeof(a), a, typeof(b), b, i, t, s FROM t WHERE id = 1"
-- Nothing of them is sent; the answers are PostgreSQL's.
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM lite.t WHERE a @> '{a}' AND m = '08:00:2b:01:02:03' AND id = 1;
SELECT id FROM lite.t WHERE i << '10.0.0.0/7';
SELECT id FROM my.t WHERE 2 <@ r OR b = B'00000000' ORDER BY r;
UPDATE my.t SET a = a || '{z}', r = '[2,3]' WHERE m = '00:00:00:00:00:00' RETURNING a, r;
INSERT INTO lite.t (id) VALUES (9) RETURNING a;
DELETE FROM lite.t WHERE a = '{}' RETURNING id;
COPY my.t (id, a, b) FROM stdin;
10	{"1,2",3}	11110000
\.
SELECT a[1], b FROM my.t WHERE id = 10;
-- What the type does not take is an error that names the column.
\! sqlite3 $D/p.db "INSERT INTO t (id, b, a) VALUES (20, '101', '{'), (21, 5, 'x')"
SELECT b FROM lite.t WHERE id = 20;
SELECT a FROM lite.t WHERE id = 21;
INSERT INTO my.t (id, d) VALUES (30, '{1,2,3,4}');
-- A column of SQLite that would make a number of the text does not get it.
\! sqlite3 $D/p.db "CREATE TABLE num (id integer PRIMARY KEY, b numeric, i varchar(5))"
CREATE FOREIGN TABLE num (id bigint, b bit(8) OPTIONS (type 'numeric'), i inet OPTIONS (type 'varchar(5)')) SERVER lite OPTIONS (table_name 'num');
INSERT INTO num VALUES (1, B'00000101');
INSERT INTO num VALUES (2, B'10000101', '10.0.0.1') RETURNING *;
-- Money depends on the locale.
SELECT binds.define('CREATE TABLE x (a money)', 'lite');
SELECT binds.define('CREATE TABLE x (a money)', 'my');
CREATE TYPE price AS (amount money, note text);
CREATE DOMAIN cost AS money;
CREATE TYPE span AS RANGE (subtype = money);
SELECT binds.define('CREATE TABLE x (a money[])', 'lite');
SELECT binds.define('CREATE TABLE x (a cost[])', 'my');
SELECT binds.define('CREATE TABLE x (a price[])', 'lite');
SELECT binds.define('CREATE TABLE x (a span_multirange)', 'my');
CREATE FOREIGN TABLE coins (id integer, a money) SERVER lite;
SELECT * FROM coins;
CREATE FOREIGN TABLE calls (id integer, a regproc) SERVER my;
SELECT * FROM calls;
-- So does the declaration of xml on what it is in: others print it without.  Alone, and in a domain, it is kept whole.
CREATE TYPE leaf AS (note text, doc xml);
CREATE DOMAIN doc AS xml;
SELECT binds.define('CREATE TABLE x (a xml[])', 'lite');
SELECT binds.define('CREATE TABLE x (a doc[])', 'my');
SELECT binds.define('CREATE TABLE x (a leaf)', 'my');
SELECT binds.define('CREATE TABLE x (a leaf[])', 'lite');
SELECT binds.define('CREATE TABLE docs (id int PRIMARY KEY, a xml, b public.doc)', bind) FROM unnest(ARRAY['lite', 'my']) AS bind;
SELECT bind_key, action FROM binds.create_all(ARRAY['lite', 'my']) WHERE model = 'docs';
INSERT INTO lite.docs VALUES (1, '<?xml version="1.0" encoding="UTF-8"?><a/>', '<?xml version="1.0" standalone="yes"?><a/>');
INSERT INTO my.docs SELECT * FROM lite.docs;
SELECT a::text, b::text FROM lite.docs UNION ALL SELECT a::text, b::text FROM my.docs;
-- A function or operator by its name alone may be one of several.
SELECT binds.define('CREATE TABLE x (a regproc)', 'lite');
SELECT binds.define('CREATE TABLE x (a regoper[])', 'my');
SELECT binds.define('CREATE TABLE x (a int[] PRIMARY KEY)', 'my');
-- Settings that change how a text is read do not change what is read.
INSERT INTO local (id, a, x) VALUES (50, '{NULL,"NULL"}', 'a <b/> fragment'), (51, NULL, '<?xml version="1.0" encoding="UTF-8"?><a/>');
INSERT INTO lite.t SELECT * FROM local WHERE id >= 50;
INSERT INTO my.t SELECT * FROM local WHERE id >= 50;
SET array_nulls = off;
SET xmloption = document;
SELECT t1.id, t2.a = t1.a AND t3.a = t1.a AS a, t2.x::text = t1.x::text AND t3.x::text = t1.x::text AS x, t2.x::text FROM local t1 JOIN lite.t t2 ON t2.id = t1.id JOIN my.t t3 ON t3.id = t1.id WHERE t1.id >= 50 ORDER BY 1;
RESET array_nulls;
RESET xmloption;
SELECT action FROM binds.drop_all(ARRAY['lite', 'my']);
