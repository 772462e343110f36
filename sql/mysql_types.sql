\i test/setup.psql
-- Tables of MySQL that were made by hand: every type is read, compared as PostgreSQL
-- compares, and not written where the engine would keep something else.
\set VERBOSITY sqlstate
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "my"}');
\set QUIET on
\! $MY users -e "CREATE TABLE hand (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, tu tinyint unsigned, ti tinyint, tb tinyint(1), su smallint unsigned, mi mediumint, iu int unsigned, bu bigint unsigned, bi bigint, de decimal(10,0), du decimal(8,3), fl float, db double, b1 bit, b8 bit(8), b64 bit(64), yr year, da date, t0 time, t3 time(3), dt0 datetime, dt6 datetime(6), ts timestamp NULL, UNIQUE KEY (ti, su), KEY (iu)) DEFAULT CHARSET utf8mb4"
\! $MY users -e "CREATE TABLE words (id int PRIMARY KEY, ch char(10) COLLATE utf8mb4_general_ci, vc varchar(20) COLLATE utf8mb4_general_ci, vb varchar(20) COLLATE utf8mb4_bin, l1 varchar(20) CHARACTER SET latin1, tt tinytext COLLATE utf8mb4_unicode_ci, tx text, lt longtext, bn binary(4), vn varbinary(8), bb blob, en enum('small','medium','it''s'), st set('x','y','z'), js json, KEY (vc)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_general_ci"
\! $MY users -e "INSERT INTO hand VALUES (1,255,-128,1,65535,-8388608,4294967295,18446744073709551615,-9223372036854775808,1234567890,99999.125,0.1,0.1,b'1',b'10100101',~0,2024,'2024-02-29','12:34:56','23:59:59.123','2024-02-29 01:02:03','2024-02-29 01:02:03.000045','2024-02-29 01:02:03'),(2,0,127,0,0,8388607,0,0,9223372036854775807,-5,-0.001,1.5,-1e300,b'0',b'0',0,1901,'0001-01-01','00:00:00','00:00:00.001','9999-12-31 23:59:59','1000-01-01 00:00:00',NULL),(3,1,0,0,1,1,1,1,1,1,1,16777216,1,b'1',b'1',1,2155,'2024-03-01','12:34:57','12:00:00','2024-02-29 01:02:04','2024-02-29 01:02:03','2024-02-29 01:02:04')" --init-command="SET time_zone='+00:00'"
\! $MY users -e "INSERT INTO words VALUES (1,'ab  ','Straße','a ','é','Tiny','text','long','\0a','vb','blob','it''s','x,z','{\"a\": 1}'),(2,'AB','STRASSE','a','E','tiny','TEXT','long ','abcd','VB','BLOB','small','','[]'),(3,'ab','abc','A','e','TINY','text ','LONG','ABCD','','','medium','y','1'),(4,'aB','ABC',NULL,'É',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL),(5,'','','','','','','','','','','small','x','null')"
\set QUIET off
SELECT model, action FROM binds.reflect('my');
SELECT a.attrelid::regclass::text AS relation, a.attname, format_type(a.atttypid, a.atttypmod) AS type
	FROM pg_attribute a WHERE a.attrelid IN ('my.hand'::regclass, 'my.words'::regclass) AND a.attnum > 0
	ORDER BY a.attrelid::regclass::text, a.attnum;
\x
SELECT * FROM my.hand ORDER BY id;
SELECT * FROM my.words WHERE id < 3 ORDER BY id;
\x

-- each query, with its filters sent and with all of them evaluated here
CREATE FUNCTION same(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answers text[] := '{}'; answer text; setting text;
BEGIN
	FOREACH setting IN ARRAY '{on,off}'::text[] LOOP
		PERFORM set_config('binds.pushdown', setting, true);
		BEGIN
			EXECUTE format('SELECT count(*) || string_agg('' '' || r::text, '''' ORDER BY r::text) FROM (%s) r', query) INTO answer;
		EXCEPTION WHEN OTHERS THEN answer := SQLSTATE;
		END;
		answers := answers || coalesce(answer, 'none');
	END LOOP;
	RETURN CASE WHEN answers[1] = answers[2] THEN 'same' ELSE 'on: ' || answers[1] || ' off: ' || answers[2] END;
END $$;
-- nothing differs
SELECT c, same('SELECT id FROM my.words WHERE ' || c) FROM unnest(ARRAY[
	$$vc = 'strasse'$$, $$vc = 'STRASSE'$$, $$vc = 'Straße'$$, $$vc <> 'STRASSE'$$, $$vc IN ('abc', 'ABC', 'abcd')$$, $$vc = ''$$, $$vc <> ' '$$,
	$$vb = 'a'$$, $$vb = 'a '$$, $$vb <> 'a'$$, $$vb = vc$$, $$vc = l1$$, $$vb IS DISTINCT FROM 'a'$$, $$vb IS NULL$$, $$(vb = 'a') IS NULL$$, $$vb > 'a' COLLATE "C"$$,
	$$l1 = 'é'$$, $$l1 = 'e'$$, $$l1 = 'E'$$, $$l1 = 'あ'$$, $$l1 IN ('あ', 'É')$$, $$l1 = '?'$$, $$l1 LIKE 'é%'$$, $$l1 LIKE 'あ%'$$, $$l1 NOT LIKE '_'$$,
	$$vc LIKE 'a%'$$, $$vc LIKE '%SS%'$$, $$vc NOT LIKE 'a%'$$, $$vc LIKE 'あ%'$$, $$vc LIKE 'a\bc'$$, $$vc LIKE '%\%%'$$, $$vc LIKE ''$$, $$tx LIKE 'text_'$$,
	$$ch = 'ab'$$, $$ch = 'AB'$$, $$ch = 'ab   '$$, $$ch <> 'ab'$$, $$ch = ''$$, $$length(ch) = 2$$,
	$$tt = 'tiny'$$, $$tx = 'text'$$, $$tx = 'text '$$, $$lt = 'long'$$, $$char_length(vc) = 6$$, $$octet_length(l1) = 2$$, $$length(vb) = 2$$,
	$$bn = '\x00610000'$$, $$bn = '\x0061'$$, $$bn > 'ABCD'$$, $$vn = 'VB'$$, $$vn < 'b'$$, $$bb = 'blob'$$, $$bb <> 'blob'$$, $$octet_length(bb) = 4$$,
	$$en = 'it''s'$$, $$en <> 'small'$$, $$en < 'it''s'$$, $$en > 'small'$$, $$st = 'x,z'$$, $$st = 'z,x'$$, $$st = 'X,Z'$$, $$st = ''$$,
	$$coalesce(vb, 'x') = 'x'$$, $$nullif(vc, 'abc') IS NULL$$, $$CASE WHEN id > 2 THEN vc = 'abc' ELSE l1 = 'E' END$$
	]) c WHERE same('SELECT id FROM my.words WHERE ' || c) <> 'same';
SELECT c, same('SELECT id FROM my.hand WHERE ' || c) FROM unnest(ARRAY[
	$$iu - 4294967296 < 0$$, $$tu - ti > 300$$, $$id - 5 < -1$$, $$iu + (-4294967296) = -1$$, $$iu * 2 = 8589934590$$, $$abs(ti) = 128$$, $$-mi = 8388608$$,
	$$bu = 18446744073709551615$$, $$bu > 18446744073709551614$$, $$bu > -1$$, $$bu = 1.5$$, $$bu < 0.5$$, $$bi = -9223372036854775808$$, $$bi < 0$$, $$bi + 1 > 0$$,
	$$de = 1234567890$$, $$de > -5.5$$, $$du = 99999.125$$, $$du < 99999.1250001$$, $$du > 1e70$$, $$du <> 'NaN'$$, $$du = 1$$,
	$$fl = 0.1$$, $$fl = 0.1::real$$, $$fl > 0.1$$, $$fl = 16777217$$, $$db = 0.1$$, $$db < 'infinity'$$, $$db = 0.1::real$$, $$db = 'NaN'$$, $$db = -1e300$$,
	$$b1$$, $$NOT b1$$, $$b1 IS TRUE$$, $$b8 = 165$$, $$b8 > 5$$, $$b64 = 18446744073709551615$$, $$yr = 2024$$, $$yr = 24$$, $$yr > 5$$, $$tb$$, $$tb IS NOT TRUE$$, $$tb = false$$,
	$$da = '2024-02-29'$$, $$da < 'infinity'$$, $$da > '4000-01-01 BC'$$, $$da > '12345-01-01'$$, $$da = '0001-01-01'$$,
	$$t0 = '12:34:56'$$, $$t0 < '12:34:56.5'$$, $$t0 <= '24:00:00'$$, $$t3 = '23:59:59.123'$$, $$t3 < '23:59:59.1234'$$,
	$$dt0 = '2024-02-29 01:02:03'$$, $$dt0 = '2024-02-29 01:02:03.4'$$, $$dt0 < '2024-02-29 01:02:03.4'$$, $$dt0 > '2024-02-29 01:02:03.6'$$, $$dt6 = '2024-02-29 01:02:03.000045'$$,
	$$ts = '2024-02-29 01:02:03+00'$$, $$ts = '2024-02-29 02:02:03+01'$$, $$ts < 'infinity'$$
	]) c WHERE same('SELECT id FROM my.hand WHERE ' || c) <> 'same';
-- sorted, NULLs too
SELECT id, en FROM my.words ORDER BY en, id;
SELECT id, vb FROM my.words ORDER BY vb COLLATE "C" DESC, id;
SELECT id, ts FROM my.hand ORDER BY ts DESC, id LIMIT 2;
SELECT id, ts FROM my.hand ORDER BY ts NULLS FIRST, id LIMIT 2;
SELECT id, b8 FROM my.hand ORDER BY b8 OFFSET 1;

-- what the column would keep differently is refused, here or there
INSERT INTO my.hand (tu) VALUES (256);
INSERT INTO my.hand (tu) VALUES (-1);
INSERT INTO my.hand (iu) VALUES (-1);
INSERT INTO my.hand (mi) VALUES (8388608);
INSERT INTO my.hand (bu) VALUES (18446744073709551616);
INSERT INTO my.hand (de) VALUES (1.5) RETURNING de;
INSERT INTO my.hand (b8) VALUES (256);
INSERT INTO my.hand (yr) VALUES (1900);
INSERT INTO my.hand (da) VALUES ('infinity');
INSERT INTO my.hand (da) VALUES ('0044-03-15 BC');
INSERT INTO my.hand (dt6) VALUES ('12024-01-01');
INSERT INTO my.hand (ts) VALUES ('2150-01-01');
INSERT INTO my.hand (fl) VALUES ('NaN');
INSERT INTO my.hand (db) VALUES ('-infinity');
INSERT INTO my.words (id, l1) VALUES (10, 'あ');
INSERT INTO my.words (id, vc) VALUES (10, 'a text of more than 20 characters');
INSERT INTO my.words (id, tt) VALUES (10, repeat('x', 256));
INSERT INTO my.words (id, tx) VALUES (10, repeat('é', 32768));
INSERT INTO my.words (id, bn) VALUES (10, 'abc');
INSERT INTO my.words (id, vn) VALUES (10, 'nine bytes');
INSERT INTO my.words (id, st) VALUES (10, 'w');
INSERT INTO my.words (id, js) VALUES (10, 'null'), (11, NULL) RETURNING id, js;
INSERT INTO my.words (id, tx, lt) VALUES (12, repeat('x', 65535), repeat('é', 100000)) RETURNING length(tx), length(lt);
SELECT count(*) FROM my.words WHERE lt = repeat('é', 100000);
-- a foreign table that says less than the engine knows
CREATE FOREIGN TABLE my.less (id integer OPTIONS (key 'true'), dt0 timestamp OPTIONS (type 'datetime'), de numeric OPTIONS (type 'decimal(10,0)'),
	db real, fl double precision OPTIONS (type 'float')) SERVER my OPTIONS (table_name 'hand');
INSERT INTO my.less VALUES (20, '2024-01-01 00:00:00.5');
INSERT INTO my.less (id, de) VALUES (20, 1.5);
INSERT INTO my.less (id, fl) VALUES (20, 0.1);
INSERT INTO my.less (id, fl, de) VALUES (20, 0.5, 2.0) RETURNING fl, de;
CREATE FOREIGN TABLE my.chars (id integer OPTIONS (key 'true'), ch text OPTIONS (type 'char(10)')) SERVER my OPTIONS (table_name 'words');
UPDATE my.chars SET ch = 'blank ' WHERE id = 1;
UPDATE my.chars SET ch = ' blank' WHERE id = 1 RETURNING ch;

-- dates that do not exist
\set QUIET on
\! $MY users --init-command="SET sql_mode=''" -e "CREATE TABLE zero (id int PRIMARY KEY, d date, dt datetime, t time); INSERT INTO zero VALUES (1, '0000-00-00', NULL, NULL), (2, NULL, '2024-00-10 00:00:00', NULL), (3, NULL, NULL, '100:00:00'), (4, NULL, NULL, '-01:00:00'), (5, '2024-01-01', '2024-01-01', '01:00')"
\set QUIET off
CREATE FOREIGN TABLE my.zero (id integer, d date, dt timestamp(0), t time(0)) SERVER my;
SELECT d FROM my.zero WHERE id = 1;
SELECT dt FROM my.zero WHERE id = 2;
SELECT t FROM my.zero WHERE id = 3;
SELECT t FROM my.zero WHERE id = 4;
\set VERBOSITY terse
SELECT d FROM my.zero WHERE id = 1;
\set VERBOSITY sqlstate
ALTER FOREIGN TABLE my.zero ALTER d OPTIONS (ADD invalid_values 'null'), ALTER dt OPTIONS (ADD invalid_values 'null'), ALTER t OPTIONS (ADD invalid_values 'null');
SELECT * FROM my.zero ORDER BY id;
SELECT id FROM my.zero WHERE d IS NULL ORDER BY id;

-- generated keys, in batches and between given ones
SELECT binds.define('CREATE TABLE gen (id bigserial PRIMARY KEY, v text); CREATE TABLE "od`d ""name" (id serial PRIMARY KEY, "a`b" text, "c""d" int, "select" int)', 'my');
SELECT model, action FROM binds.create_all('my') WHERE action = 'created';
INSERT INTO my.gen (v) SELECT 'v' || i FROM generate_series(1, 2500) i;
SELECT count(DISTINCT id), min(id), max(id), count(*) FILTER (WHERE v = 'v' || id) FROM my.gen;
INSERT INTO my.gen VALUES (DEFAULT, 'd'), (5000, 'given'), (DEFAULT, 'after') RETURNING id, v;
INSERT INTO my.gen VALUES (0, 'zero'), (-1, 'minus one') RETURNING id;
INSERT INTO my.gen DEFAULT VALUES RETURNING id;
SELECT id, v FROM my.gen WHERE id > 2500 OR id < 1 ORDER BY id;
-- names with quotes
INSERT INTO my."od`d ""name" ("a`b", "c""d", "select") VALUES ('x`y"z''?', 1, 2) RETURNING *;
UPDATE my."od`d ""name" SET "c""d" = "select" + 1 WHERE "a`b" = 'x`y"z''?' RETURNING "c""d";
\! $MY users -e 'SELECT * FROM `od``d "name`'
SELECT model, action FROM binds.drop_all('my');
