\i test/setup.psql
\set url :mysql 'users'
SELECT binds.add('auth', :'url');
\! $MY users -e 'CREATE TABLE t (id bigint PRIMARY KEY, name longtext, n decimal(10,2), big decimal(40,20), d double, flag boolean, day date, at datetime(6), atz datetime(6), b longblob, u char(36) CHARACTER SET ascii COLLATE ascii_bin, doc longtext, list longtext, i varchar(64), t time(6)) CHARACTER SET utf8mb4'
-- The same rows here tell what has to come.
CREATE TABLE oracle (id bigint, name text, n numeric(10,2), big numeric(40,20), d float8, flag boolean, day date,
	at timestamp, atz timestamptz, b bytea, u uuid, doc jsonb, list int[], i interval, t time);
INSERT INTO oracle VALUES
	(1, '', 0.00, 1.5, 0.1, false, '1000-01-01', '2020-02-29 23:59:59.999999', '2020-02-29 23:59:59.999999+02', '', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{}', '{}', '1 day', '23:59:59.5'),
	(9223372036854775807, E'O''Brien"; DROP TABLE t; -- \\ ? 😀 `', -99999999.99, 12345678901234567890.12345678901234567890, 1e300, true, '9999-12-31',
	 '1970-01-01', '1970-01-01 00:00:00+00', '\x00ff27', NULL, '{"a": [1, "?"]}', '{1,NULL,3}', '-1 mon 00:00:01', '0:00'),
	(-9223372036854775808, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(0, '?', 1, -0.5, -0.0, true, '2024-02-29', '2024-02-29 12:00', '2024-02-29 12:00+00', '\x3f', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'null', '{-1}', '0', '12:00');
-- Each type as a parameter; quotes and question marks in it are part of the value.
SELECT sum(binds.execute('auth', 'INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
						 id, name, n, big, d, flag, day, at, atz, b, u, doc, list, i, t)) FROM oracle;
\! $MY users -e 'SELECT id, hex(name), n, big, d, flag, hex(b) FROM t ORDER BY id'
-- And each as a column.
CREATE VIEW came AS SELECT * FROM binds.query_record('auth', 'SELECT * FROM t')
	AS t(id bigint, name text, n numeric(10,2), big numeric(40,20), d float8, flag boolean, day date,
		 at timestamp, atz timestamptz, b bytea, u uuid, doc jsonb, list int[], i interval, t time);
SELECT count(*) FROM came;
SELECT came::text FROM came EXCEPT SELECT oracle::text FROM oracle;
SELECT oracle::text FROM oracle EXCEPT SELECT came::text FROM came;
-- Values as they are compared: by an index, by the type of the column.
SELECT * FROM binds.query_record('auth', 'SELECT id FROM t WHERE id = ? AND name = ? AND n = ? AND d = ? AND flag = ? AND day = ? AND at = ? AND b = ? AND u = ? AND t = ?',
	0, '?', 1, float8 '0', true, date '2024-02-29', timestamp '2024-02-29 12:00', '\x3f'::bytea, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, time '12:00') AS t(a int);
-- What an expression makes, and the forms that others keep.
SELECT * FROM binds.query_record('auth', 'SELECT count(*), max(n), ? + 1, ? > 2.25, 1 / 3 FROM t', 1, 2.5) AS t(c int, m numeric, a int, b boolean, x numeric);
SELECT * FROM binds.query_record('auth', $$SELECT UNHEX('A0EEBC999C0B4EF8BB6D6BB9BD380A11'), 'a0eebc999c0b4ef8bb6d6bb9bd380a11', CAST('25:00:00' AS TIME), 18446744073709551615$$)
	AS t(a uuid, b uuid, c interval, d numeric);
-- No place is in a text, a comment or a name; one in a comment that is code is.
SELECT * FROM binds.query_record('auth', 'SELECT ''?'', `?`, ? /* ? */ FROM (SELECT 1 AS `?`) AS s # ?', 3) AS t(a text, b int, c int);
SELECT * FROM binds.query_record('auth', 'SELECT ? /*!50000 + ? */', 3, 4) AS t(a int);
SELECT * FROM binds.query_record('auth', 'SELECT ''a\'', ? /*'', ? */', 3) AS t(a text, b int);
-- An array for all of them; NULL, also without a type.
SELECT * FROM binds.query_record('auth', 'SELECT ?, ?, ?', VARIADIC ARRAY[1, NULL, 3]) AS t(a int, b int, c int);
SELECT * FROM binds.query('auth', 'SELECT ? AS a, ? AS b', NULL, NULL::date);
-- Longer than a packet is likely to be, and after that others.
SELECT * FROM binds.query_record('auth', 'SELECT length(?), length(?)', repeat('''', 3000000), 'x') AS t(a int, b int);
SELECT * FROM binds.query_record('auth', 'SELECT ?', 1) AS t(a int);
-- A procedure.
\! $MY users -e 'CREATE PROCEDURE twice(a int) SELECT a * 2 AS b, @binds_2 AS c'
SELECT * FROM binds.query_record('auth', 'CALL twice(?)', 21) AS t(b int, c text);

-- Too few, too many.
SELECT * FROM binds.query_record('auth', 'SELECT ?, ?', 1) AS t(a int, b int);
SELECT * FROM binds.query_record('auth', 'SELECT 1', 1) AS t(a int);
\set VERBOSITY sqlstate
SELECT * FROM binds.query_record('auth', 'SELECT ?') AS t(a int);
\set VERBOSITY default
-- What the engine has no value for, and types that do not travel.
SELECT binds.query('auth', 'SELECT ?', float8 'NaN');
SELECT binds.query('auth', 'SELECT ?', float8 'Infinity');
SELECT binds.query('auth', 'SELECT ?', numeric 'NaN');
SELECT binds.query('auth', 'SELECT ?', 1e70);
SELECT binds.query('auth', 'SELECT ?', 5::money);
-- Number and order of the columns, and values that are none of the type.
SELECT * FROM binds.query_record('auth', 'SELECT 1 AS a, 2 AS b') AS t(a int);
SELECT * FROM binds.query_record('auth', 'SELECT 1 AS a, 2 AS b') AS t(b int, a int);
SELECT * FROM binds.query_record('auth', 'DELETE FROM t WHERE id = ?', 99) AS t(a int);
SELECT * FROM binds.query_record('auth', 'SELECT ''x''') AS t(a int);
SELECT * FROM binds.query_record('auth', 'SELECT id FROM t ORDER BY id DESC') AS t(a int);

-- What would end the transaction is refused; several statements are none.
SELECT binds.execute('auth', 'COMMIT', 1);
SELECT binds.execute('auth', 'SET @x = ?', 1);
\set VERBOSITY sqlstate
SELECT binds.execute('auth', 'SELECT ?; DROP TABLE t', 1);
SELECT binds.execute('auth', '/*!50000 COMMIT */', 1);
SELECT binds.query('auth', 'SELECT nope FROM t WHERE id = ?', 1);
\set VERBOSITY default
-- All in the session's transaction.
BEGIN;
SELECT binds.execute('auth', 'UPDATE t SET name = ? WHERE id = ?', 'y', 1);
SAVEPOINT s;
SELECT binds.execute('auth', 'DELETE FROM t WHERE id > ?', -1);
ROLLBACK TO s;
SELECT * FROM binds.query_record('auth', 'SELECT id, name FROM t WHERE name = ?', 'y') AS t(a int, b text);
DECLARE c CURSOR FOR SELECT id FROM came ORDER BY id;
FETCH c;
SELECT binds.execute('auth', 'UPDATE t SET name = ?', 'z');
FETCH ALL FROM c;
ROLLBACK;
SELECT count(*) FROM came WHERE name IN ('y', 'z');
BEGIN READ ONLY;
SELECT * FROM binds.query_record('auth', 'SELECT ?', 1) AS t(a int);
\set VERBOSITY sqlstate
SELECT binds.execute('auth', 'DELETE FROM t WHERE id = ?', 1);
\set VERBOSITY default
ROLLBACK;
SELECT i, t.* FROM generate_series(1, 3) i, LATERAL binds.query_record('auth', 'SELECT ? * 2', i) AS t(a int);
