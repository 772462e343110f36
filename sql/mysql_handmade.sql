\i test/setup.psql
-- Foreign tables that a user writes by hand, without column options, over tables of a
-- MySQL server that create_all would have declared otherwise: every answer is that of
-- local tables with the same rows, with the engine's help and without it.
\! $MY users < test/handmade_mysql.sql
\set url :mysql 'users'
SELECT binds.add('h', :'url');
CREATE SCHEMA hand;
CREATE SCHEMA twin;
CREATE FOREIGN TABLE hand.txt (id int, a text COLLATE "C", b text, c text) SERVER h;
CREATE FOREIGN TABLE hand.num (id int, f float8, r real, d numeric, t int, w float8) SERVER h;
CREATE FOREIGN TABLE hand.flag (id int, t bool, b bool) SERVER h;
CREATE FOREIGN TABLE hand.keyed (k text, v int) SERVER h;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.txt WHERE a = 'ann' AND c < 'b' ORDER BY a;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.num WHERE t > 9 AND r = 0.1::real AND w > 1;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.flag WHERE t AND NOT b ORDER BY t;
CREATE TABLE twin.txt AS TABLE hand.txt;
CREATE TABLE twin.num AS TABLE hand.num;
CREATE TABLE twin.flag AS TABLE hand.flag;
CREATE TABLE twin.keyed AS TABLE hand.keyed;
CREATE FUNCTION answer(query text, side text, pushdown boolean) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	PERFORM set_config('search_path', side || ', public', true);
	PERFORM set_config('binds.pushdown', pushdown::text, true);
	EXECUTE format('SELECT string_agg(r::text, '' '' ORDER BY o) FROM (SELECT r, row_number() OVER () AS o FROM (%s) r) s', query) INTO result;
	RETURN coalesce(result, 'nothing');
END $$;
-- the answer of the local table, and whether the others are the same
CREATE FUNCTION same(query text, OUT answer text, OUT sent boolean, OUT kept boolean)
LANGUAGE sql AS $$
	SELECT a, a = answer(query, 'hand', true), a = answer(query, 'hand', false)
	FROM answer(query, 'twin', true) a $$;
SELECT * FROM same('SELECT id FROM txt WHERE a = ''ann''');
SELECT * FROM same('SELECT id FROM txt WHERE a IN (''Ann'', ''BOB'') ORDER BY id');
SELECT * FROM same('SELECT id FROM txt WHERE b = ''é'' OR b = ''😀'' ORDER BY id');
SELECT * FROM same('SELECT id FROM txt WHERE b <> ''e'' ORDER BY id');
SELECT * FROM same('SELECT id FROM txt WHERE c < ''b'' ORDER BY id');
SELECT * FROM same('SELECT id FROM txt WHERE a < ''b'' ORDER BY a, id');
SELECT * FROM same('SELECT id FROM num WHERE r = 0.1::real ORDER BY id');
SELECT * FROM same('SELECT id FROM num WHERE f > 1 ORDER BY f');
SELECT * FROM same('SELECT id FROM num WHERE d = 9007199254740993 OR d < 2 ORDER BY d');
SELECT * FROM same('SELECT id FROM num WHERE t > 9 ORDER BY t');
SELECT * FROM same('SELECT id FROM num WHERE w >= 1.5 ORDER BY w');
SELECT * FROM same('SELECT v FROM keyed WHERE k = ''a''');

-- For the engine every number but 0 is true: so it is here, whoever looks.
SELECT * FROM same('SELECT id, t, b FROM flag ORDER BY id');
SELECT * FROM same('SELECT id FROM flag WHERE t = true ORDER BY id');
SELECT * FROM same('SELECT id FROM flag WHERE NOT t ORDER BY id');
SELECT * FROM same('SELECT id FROM flag WHERE t = b ORDER BY id');
SELECT * FROM same('SELECT id FROM flag WHERE t IN (SELECT true) ORDER BY id');
SELECT * FROM same('SELECT t, id FROM flag ORDER BY t, id DESC');
SELECT * FROM same('SELECT b, id FROM flag ORDER BY b, id');
SELECT * FROM same('SELECT id FROM flag WHERE t IS NOT TRUE ORDER BY id');
SELECT * FROM same('SELECT id FROM flag WHERE (id > 1) = t ORDER BY id');

-- Changes find their rows; the key is the engine's, although nobody has said so.
BEGIN;
UPDATE hand.txt SET b = 'x' WHERE a = 'Ann' RETURNING *;
DELETE FROM hand.txt WHERE a = 'ann';
UPDATE hand.keyed SET v = v + 1 WHERE k = 'A' RETURNING *;
INSERT INTO hand.keyed (k) VALUES ('new') RETURNING *;
INSERT INTO hand.txt (a) VALUES ('generated') RETURNING id > 3 AS generated, a;
SAVEPOINT s;
INSERT INTO hand.txt (id, a) VALUES (NULL, 'null');
ROLLBACK TO s;
-- what the character set of the column lacks
\set VERBOSITY sqlstate
INSERT INTO hand.txt (b) VALUES ('😀');
\set VERBOSITY default
ROLLBACK;

-- What the engine would store as something else is refused before it is sent.
CREATE FOREIGN TABLE hand.odd (id int, e text, s text, ts timestamp, d numeric, f float8,
	t text, b bytea, i interval, y int, n numeric, day timestamp, x text, nn timestamptz)
	SERVER h OPTIONS (table_name 'odd');
CREATE FUNCTION stored(col text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE format('INSERT INTO hand.odd (id, %I) VALUES (1, %s) RETURNING %1$I::text', col, value) INTO result;
	DELETE FROM hand.odd;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN sqlstate;
END $$;
SET intervalstyle = postgres;
SET datestyle = ISO;
SET timezone = 'UTC';
SELECT c, v, stored(c, v) FROM (VALUES
	('e', $$'2'$$), ('e', $$'1'$$), ('e', $$'b'$$), ('e', $$'B'$$), ('e', $$''$$), ('e', 'NULL'),
	('s', $$'x,z'$$), ('s', $$'z,x'$$), ('s', $$''$$), ('s', $$'3'$$), ('s', $$'x,x'$$),
	('ts', $$'2024-02-29 12:00:00'$$), ('ts', $$'2024-02-29 12:00:00.5'$$), ('ts', $$'infinity'$$),
	('d', '1.25'), ('d', '1.255'), ('d', '123456789.5'), ('d', $$'NaN'$$),
	('f', '0.5'), ('f', '0.1'), ('f', '16777217'), ('f', '1e300'),
	('t', $$'abc'$$), ('t', $$'abc '$$), ('t', $$'ab '$$), ('t', $$'äöü'$$),
	('b', $$'\x01020304'$$), ('b', $$'\x010203'$$), ('b', $$'\x0102030405'$$),
	('i', $$'30 hours'$$), ('i', $$'-838:59:59'$$), ('i', $$'839 hours'$$), ('i', $$'1 day'$$),
	('i', $$'1.5 s'$$), ('i', $$'130:00:01'$$),
	('y', '2024'), ('y', '24'), ('y', '0'), ('y', '70'),
	('n', '7'), ('n', '7.5'), ('n', '7.00'),
	('day', $$'2024-02-29'$$), ('day', $$'2024-02-29 00:00:01'$$),
	('x', $$'7'$$), ('x', $$'07'$$), ('x', $$' 7'$$), ('x', $$'7.0'$$), ('x', $$'-0'$$),
	('nn', 'NULL'), ('nn', $$'2024-02-29 12:00:00+01'$$)) v(c, v);

-- The sent statement, the error, and a hint that says it.
INSERT INTO hand.odd (id, e) VALUES (1, '2');
INSERT INTO hand.odd (id, i) VALUES (1, '1 mon');
INSERT INTO hand.odd (id, nn) VALUES (1, NULL);
-- Where the engine has no default it does not help to leave the column out.
\! $MY users -e "CREATE TABLE stamp (id int PRIMARY KEY, ts timestamp NOT NULL)"
CREATE FOREIGN TABLE hand.stamp (id int, ts timestamptz) SERVER h;
INSERT INTO hand.stamp (id) VALUES (1);
INSERT INTO hand.stamp VALUES (1, NULL);
INSERT INTO hand.stamp VALUES (1, '2024-02-29 12:00:00+00') RETURNING id;
UPDATE hand.stamp SET ts = NULL;

-- A key whose values the engine keeps in several forms: the row is changed, or there is
-- an error; never nothing at all.
CREATE FOREIGN TABLE hand.fkey (k float8, v int) SERVER h OPTIONS (table_name 'dkey');
CREATE FOREIGN TABLE hand.jkey (k jsonb, v int) SERVER h;
CREATE FOREIGN TABLE hand.ukey (k uuid, v int) SERVER h;
CREATE FOREIGN TABLE hand.tkey (k text, v int) SERVER h OPTIONS (table_name 'dkey');
UPDATE hand.fkey SET v = 1 WHERE v = 0;
UPDATE hand.jkey SET v = 1;
UPDATE hand.ukey SET v = 1;
DELETE FROM hand.ukey;
UPDATE hand.tkey SET v = 2 RETURNING *;

-- A time as text is written in the form in which it is read, be it beyond a day or below 0.
CREATE FOREIGN TABLE hand.clock (id int, i text) SERVER h OPTIONS (table_name 'odd');
INSERT INTO hand.odd (id, i) VALUES (1, '-838:59:59'), (2, '30 hours'), (3, '100:00:00');
UPDATE hand.clock SET i = i;
SELECT id, i FROM hand.odd ORDER BY id;
UPDATE hand.clock SET i = '-30:00:00' WHERE id = 2 RETURNING i;
DELETE FROM hand.clock;
CREATE FUNCTION clock(value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	INSERT INTO hand.clock VALUES (1, value) RETURNING i INTO result;
	DELETE FROM hand.clock;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN sqlstate;
END $$;
SELECT v, clock(v) FROM unnest(ARRAY['00:00:00', '-00:00:01', '838:59:59', '-00:00:00', '1:00:00', '030:00:00', '1 00:00:00', '00:00:00.5', '8385959']) v;
-- Columns that the engine computes are not written, whatever the table says.
CREATE FOREIGN TABLE hand.gen (id int, a int, b int GENERATED ALWAYS AS (a * 2) STORED,
	c int) SERVER h;
INSERT INTO hand.gen (a) VALUES (4), (5) RETURNING a, b, c;
UPDATE hand.gen SET a = 7 WHERE a = 4 RETURNING a, b, c;

-- IMPORT makes text of an enum, and knows the labels.
CREATE SCHEMA imp;
IMPORT FOREIGN SCHEMA users LIMIT TO (odd) FROM SERVER h INTO imp;
INSERT INTO imp.odd (id, e) VALUES (1, '1');
INSERT INTO imp.odd (id, e) VALUES (2, 'a') RETURNING e;
INSERT INTO imp.odd (id, e) VALUES (3, '3');

-- Tables of create_all and IMPORT are planned without a connection, one written by hand
-- asks.
\c -
EXPLAIN (COSTS OFF) SELECT * FROM imp.odd WHERE e = 'a';
EXPLAIN (COSTS OFF) UPDATE imp.odd SET e = 'b';
\! sleep 0.3; $MY -e "SELECT count(*) FROM information_schema.processlist WHERE user = 'app'"
EXPLAIN (COSTS OFF) SELECT * FROM hand.odd WHERE e = 'a';
\! $MY -e "SELECT count(*) FROM information_schema.processlist WHERE user = 'app'"

-- A server that is not there: planning works all the same.
SELECT binds.alter('h', 'mysql://app:secret@127.0.0.1:1/users');
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.txt WHERE a = 'ann' ORDER BY a;
EXPLAIN (COSTS OFF) DELETE FROM hand.txt;
\set VERBOSITY sqlstate
SELECT * FROM hand.txt;
DELETE FROM hand.txt;
