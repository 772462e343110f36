\i test/setup.psql
-- Numbers of tables made by others: every answer is that of a local table with the same
-- rows, with and without the server's help.
\! $MY users -e "CREATE TABLE bits (id INT PRIMARY KEY, b64 BIT(64), b63 BIT(63), b8 BIT(8), u BIGINT UNSIGNED, KEY (b64), KEY (b63), KEY (b8), KEY (u)); INSERT INTO bits VALUES (1, 1, 1, 1, 1), (2, 18446744073709551615, 9223372036854775807, 255, 18446744073709551615), (3, 0, 0, 0, 0), (4, NULL, NULL, NULL, NULL), (5, 9223372036854775808, 5, 5, 9223372036854775808)"
\! $MY users -e "CREATE TABLE reals (id INT PRIMARY KEY, dd DOUBLE(10,2), r DOUBLE(20,5), f FLOAT(7,4), d DOUBLE, g FLOAT, du DOUBLE UNSIGNED, q DECIMAL(5,2) UNSIGNED, KEY (dd), KEY (f), KEY (g), KEY (du), KEY (q)); INSERT INTO reals VALUES (1, -0.01, 1e-5, 0.1, 0.1, 0.1, 0, 0), (2, 0.1, 123456789.12345, 1.5, 1e300, 1e30, 1.5, 999.99), (3, 1234567.89, 0, -999.9999, -0.0, -0.0, 1e300, 0.01), (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (5, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3)"
\set url :mysql 'users'
SELECT binds.add('n', :'url');
CREATE SCHEMA far;
CREATE SCHEMA hand;
CREATE SCHEMA twin;
IMPORT FOREIGN SCHEMA users FROM SERVER n INTO far;
CREATE FOREIGN TABLE hand.bits (id int, b64 numeric(20), b63 numeric, b8 int, u numeric) SERVER n;
CREATE FOREIGN TABLE hand.reals (id int, dd float8, r float8, f float8, d float8, g float8, du float8, q numeric) SERVER n;
CREATE TABLE twin.bits AS TABLE far.bits;
CREATE TABLE twin.reals AS TABLE far.reals;
\i test/same_answers.psql
-- constants below and above what bits can be
SELECT b || o || c AS condition, s.* FROM unnest('{b64,b63,b8,u}'::text[]) b,
	unnest('{=,<>,<,>=}'::text[]) o, unnest('{-1,-9223372036854775808,256}'::text[]) c,
	same(format('SELECT id FROM bits WHERE %s %s %s', b, o, c)) s;
SELECT b, s.* FROM unnest('{b64,b63,b8,u}'::text[]) b,
	same(format('SELECT id FROM bits WHERE %s IN (-1, 1, 18446744073709551615, 18446744073709551616)', b)) s;
SELECT b, s.* FROM unnest('{b64,b63,b8,u}'::text[]) b,
	same(format('SELECT id, v FROM bits JOIN (VALUES (-1::numeric), (1), (9223372036854775808)) x(v) ON v = %s', b)) s;
SELECT s.* FROM same('SELECT id FROM bits ORDER BY b64 DESC NULLS LAST LIMIT 2') s;
-- What is read of DOUBLE(M,D) is what is compared, not what the server prints.
-- (how it rounds what is written is the server's matter, so no answers are shown)
SELECT r || o || c AS condition, s.sent, s.kept, s.hand FROM unnest('{dd,r,f,d,g,du}'::text[]) r,
	unnest('{=,<=,>}'::text[]) o, unnest('{-0.01,-0.012,0.1,0.3}'::text[]) c,
	same(format('SELECT id FROM reals WHERE %s %s %s::float8', r, o, c)) s;
SELECT 'q' || o || c AS condition, s.* FROM unnest('{=,<,>=,>}'::text[]) o,
	unnest('{-1,0.001,0.3,1000}'::text[]) c,
	same(format('SELECT id FROM reals WHERE q %s %s', o, c)) s;
SELECT r, count(*), bool_and(s.answer = s2.answer) AS found FROM unnest('{dd,r,d}'::text[]) r,
	generate_series(1, 5) i,
	LATERAL (SELECT coalesce(answer(format('SELECT id FROM reals a WHERE id = %s AND %I IS NOT NULL', i, r), 'far', true), '') AS answer) s,
	LATERAL (SELECT answer(format('SELECT id FROM reals a WHERE %I = (SELECT %1$I FROM reals WHERE id = %s) AND id = %2$s', r, i), 'far', true) AS answer) s2
	GROUP BY r ORDER BY r;
-- as a key, too
CREATE FOREIGN TABLE hand.keyed (id int, dd float8 OPTIONS (key 'true')) SERVER n OPTIONS (table_name 'reals');
UPDATE hand.keyed SET id = id + 10 WHERE id < 4 RETURNING id;
DELETE FROM hand.keyed WHERE id = 11 RETURNING id;
SELECT id FROM hand.reals ORDER BY id;
-- What a BIT cannot keep is refused before it is sent: the server would store -1 as the greatest of 64 bits.
\set VERBOSITY default
\set SHOW_CONTEXT never
INSERT INTO far.bits (id, b64) VALUES (90, -1);
INSERT INTO far.bits (id, b64) VALUES (90, 18446744073709551616);
INSERT INTO far.bits (id, b63) VALUES (90, -1);
INSERT INTO far.bits (id, b63) VALUES (90, 9223372036854775807), (91, 0) RETURNING b63;
INSERT INTO far.bits (id, b8) VALUES (92, 256);
INSERT INTO far.bits (id, b8) VALUES (92, 255) RETURNING b8;
UPDATE far.bits SET b64 = -5 WHERE id = 1;
UPDATE far.bits SET b64 = 18446744073709551615 WHERE id = 1 RETURNING b64;
\copy far.bits (id, b64) FROM PROGRAM 'printf "93\t-7\n"'
UPDATE hand.bits SET b8 = -1 WHERE id = 1;
UPDATE hand.bits SET b63 = 0.5 WHERE id = 1;
UPDATE hand.bits SET b63 = 2.0 WHERE id = 1 RETURNING b63;
-- A text is the number's digits, both ways: the server would store the bytes of '5', which are 53.
CREATE FUNCTION sqlstate_of(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN EXECUTE query; RETURN 'done'; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$;
CREATE FOREIGN TABLE hand.texts (id int, b64 text, b63 varchar(20), b8 char(3)) SERVER n OPTIONS (table_name 'bits');
CREATE FOREIGN TABLE hand.strings (id int, b64 bit(64), b63 varbit, b8 "char") SERVER n OPTIONS (table_name 'bits');
SELECT * FROM hand.texts WHERE id < 5 OR b8 = '5' ORDER BY id;
INSERT INTO hand.texts VALUES (100, '5', '0', '7'), (101, '18446744073709551615', '9223372036854775807', '255'), (102, NULL, NULL, NULL) RETURNING *;
UPDATE hand.texts SET b64 = '6', b8 = '8' WHERE id = 100 RETURNING *;
UPDATE hand.texts SET b64 = (id + 1)::text WHERE b64 = '6' RETURNING *;
SELECT * FROM far.bits WHERE id >= 100 ORDER BY id;
SELECT v, refused FROM unnest('{18446744073709551616,-1,-0,05,5.0,"",a,+5," 5","5 ",5e0,NaN,٥,99999999999999999999999999999999999999999}'::text[]) WITH ORDINALITY v(v, n),
	LATERAL (SELECT sqlstate_of(format('INSERT INTO hand.texts (id, b64) VALUES (110, %L)', v)) AS refused) r ORDER BY n;
SELECT sqlstate_of('INSERT INTO hand.texts (id, b8) VALUES (110, ''256'')');
SELECT sqlstate_of($$INSERT INTO hand.strings (id, b64) VALUES (110, 5::bit(64))$$),
	sqlstate_of($$INSERT INTO hand.strings (id, b63) VALUES (110, B'101')$$),
	sqlstate_of($$INSERT INTO hand.strings (id, b63) VALUES (110, B'1')$$),
	sqlstate_of($$INSERT INTO hand.strings (id, b8) VALUES (110, '5')$$);
CREATE FOREIGN TABLE hand.text_key (id int, b64 text OPTIONS (key 'true')) SERVER n OPTIONS (table_name 'bits');
UPDATE hand.text_key SET b64 = '77' WHERE b64 = '101' RETURNING *;
DELETE FROM hand.text_key WHERE b64 = '77' RETURNING *;
SELECT count(*) FROM far.bits WHERE id IN (100, 110);
-- so is what "as_text" reads
\! $MY users -e "CREATE TABLE bit_texts (id INT PRIMARY KEY, b BIT(8), c BIT)"
CREATE SCHEMA texts;
IMPORT FOREIGN SCHEMA users LIMIT TO (bit_texts) FROM SERVER n INTO texts OPTIONS (as_text 'b, c');
INSERT INTO texts.bit_texts VALUES (1, '5', '1'), (2, '255', '0') RETURNING *;
INSERT INTO texts.bit_texts VALUES (3, '5', '2');
\! $MY users -e "SELECT id, b + 0, c + 0 FROM bit_texts"
