\i test/setup.psql
\set url :sqlite 'files.db'
SELECT binds.add('files', :'url');
SELECT binds.execute('files', 'CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT, n NUMERIC(10,2), big DECIMAL_TEXT,
	d DOUBLE, flag BOOLEAN, day DATE, at TIMESTAMP, atz TIMESTAMPTZ, b BLOB, u CHAR(36), doc JSON_TEXT, list TEXT)');
-- The same rows here tell what has to come.
CREATE TABLE oracle (id bigint, name text, n numeric(10,2), big numeric, d float8, flag boolean, day date,
	at timestamp, atz timestamptz, b bytea, u uuid, doc jsonb, list int[]);
INSERT INTO oracle VALUES
	(1, '', 0.00, 1.5, 0.1, false, '0001-01-01', '2020-02-29 23:59:59.999999', '2020-02-29 23:59:59.999999+02', '', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{}', '{}'),
	(9223372036854775807, E'O''Brien"; DROP TABLE t; -- \\ ? 😀 `', -99999999.99, 12345678901234567890.123456789, 'Infinity', true, '9999-12-31',
	 '1970-01-01', '1970-01-01 00:00:00+00', '\x00ff27', NULL, '{"a": [1, "?"]}', '{1,NULL,3}'),
	(-9223372036854775808, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(0, '?', 1, 'NaN', 1e300, true, '2024-02-29', '2024-02-29 12:00', '2024-02-29 12:00+00', '\x3f', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'null', '{-1}');
-- Each type as a parameter; quotes and question marks in it are part of the value.
SELECT sum(binds.execute('files', 'INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
						 id, name, n, big, d, flag, day, at, atz, b, u, doc, list)) FROM oracle;
-- And each as a column.
CREATE VIEW came AS SELECT * FROM binds.query_record('files', 'SELECT * FROM t')
	AS t(id bigint, name text, n numeric(10,2), big numeric, d float8, flag boolean, day date,
		 at timestamp, atz timestamptz, b bytea, u uuid, doc jsonb, list int[]);
SELECT count(*) FROM came;
SELECT came::text FROM came EXCEPT SELECT oracle::text FROM oracle;
SELECT oracle::text FROM oracle EXCEPT SELECT came::text FROM came;
-- What an expression makes, too; a number is one for the engine, up to 15 digits.
SELECT * FROM binds.query_record('files', 'SELECT count(*), max(n), typeof(?), typeof(?), typeof(?), abs(-2.5) > ? FROM t', 1, 1.5, numeric '0.1234567890123456789', 1.5)
	AS t(c int, m numeric, a text, b text, x text, y boolean);
-- The engine's own ways to write them.
SELECT * FROM binds.query_record('files', 'SELECT ?2, ?1, ?2', 1, 'x') AS t(a text, b int, c text);
SELECT * FROM binds.query_record('files', 'SELECT :x, @y, :x', 1, 2) AS t(a int, b int, c int);
-- No place is in a text, a comment, a name.
SELECT * FROM binds.query_record('files', $$SELECT '?', "?", ? /* ? */ FROM (SELECT 1 AS "?") -- ?$$, 3) AS t(a text, b int, c int);
-- An array for all of them; NULL, also without a type.
SELECT * FROM binds.query_record('files', 'SELECT ?, ?, ?', VARIADIC ARRAY[1, NULL, 3]) AS t(a int, b int, c int);
SELECT * FROM binds.query('files', 'SELECT ? AS a, ? AS b', NULL, NULL::date);
SELECT * FROM binds.query('files', 'SELECT ? AS a', VARIADIC NULL::int[]);
SELECT * FROM binds.query('files', 'SELECT 1 AS a', VARIADIC ARRAY[]::int[]);
-- Rows of what changes rows.
SELECT * FROM binds.query_record('files', 'UPDATE t SET name = ? WHERE id = ? RETURNING id, name', 'new', 0) AS t(id int, name varchar(3));
SELECT binds.execute('files', 'DELETE FROM t WHERE id = ?', 0);

-- Too few, too many.
SELECT * FROM binds.query_record('files', 'SELECT ?, ?', 1) AS t(a int, b int);
SELECT * FROM binds.query_record('files', 'SELECT 1', 1) AS t(a int);
SELECT * FROM binds.query_record('files', 'SELECT ?') AS t(a int);
-- What the engine has no value for, and types that do not travel.
SELECT binds.query('files', 'SELECT ?', float8 'NaN');
SELECT binds.query('files', 'SELECT ?', date 'infinity');
SELECT binds.query('files', 'SELECT ?', 5::money);
SELECT * FROM binds.query_record('files', 'SELECT 1') AS t(a money);

-- Number and order of the columns.
SELECT * FROM binds.query_record('files', 'SELECT 1 AS a, 2 AS b') AS t(a int);
SELECT * FROM binds.query_record('files', 'SELECT 1 AS a, 2 AS b') AS t(a int, b int, c int);
SELECT * FROM binds.query_record('files', 'SELECT 1 AS a, 2 AS b') AS t(b int, a int);
SELECT * FROM binds.query_record('files', 'SELECT 1 AS a, 2 AS a, 3 AS "A"') AS t(a int, b int, c int);
SELECT * FROM binds.query_record('files', 'SELECT 1 AS a') AS t;
SELECT binds.query_record('files', 'SELECT 1 AS a');
SELECT * FROM binds.query_record('files', 'DELETE FROM t WHERE id = 99') AS t(a int);
-- Values that are none of the type.
SELECT * FROM binds.query_record('files', 'SELECT ''x''') AS t(a int);
SELECT * FROM binds.query_record('files', 'SELECT id FROM t ORDER BY id DESC') AS t(a int);
SELECT * FROM binds.query_record('files', 'SELECT ''abcd''') AS t(a varchar(3));
SELECT * FROM binds.query_record('files', 'SELECT x''ff''') AS t(a text);
SELECT * FROM binds.query_record('files', 'SELECT CAST(x''ff'' AS TEXT)') AS t(a text);
SELECT * FROM binds.query_record('files', 'SELECT 1.5') AS t(a int);
CREATE DOMAIN small AS int CHECK (VALUE < 10);
SELECT * FROM binds.query_record('files', 'SELECT ?', 9::small) AS t(a small);
SELECT * FROM binds.query_record('files', 'SELECT ?', 11) AS t(a small);
-- Options of the bind.
SELECT binds.alter('files', options => '{"invalid_values": "null", "hide_parameters": true}');
SELECT * FROM binds.query_record('files', 'SELECT ''x'', 2') AS t(a int, b int);
SELECT binds.query('files', 'SELECT ?', float8 'NaN');
SELECT binds.query('files', 'SELECT * FROM nowhere WHERE a = ?', 'secret');
SELECT binds.alter('files', options => '{"invalid_values": null, "hide_parameters": null}');

-- Several statements, and one that ends the transaction.
SELECT binds.query('files', 'SELECT ?; DROP TABLE t', 1);
SELECT binds.query('files', 'COMMIT', 1);
SELECT binds.execute('files', 'ATTACH ? AS x', '/etc/passwd');
-- In a statement that is prepared, in a function, by a cursor, and more than once.
PREPARE p(bigint) AS SELECT * FROM binds.query_record('files', 'SELECT id, name FROM t WHERE id >= ? ORDER BY id', $1) AS t(a int8, b text);
EXECUTE p(0);
EXECUTE p(2);
CREATE FUNCTION f(i int) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY SELECT b || i FROM binds.query_record('files', 'SELECT ? WHERE ? > 1', 'x', i) AS t(b text);
END $$;
SELECT i, f(i) FROM generate_series(1, 3) i;
SELECT i, t.* FROM generate_series(1, 3) i, LATERAL binds.query_record('files', 'SELECT ? * 2', i) AS t(a int);
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM binds.query_record('files', 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL
	SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n', 10000) AS t(i int);
FETCH 2 FROM c;
SELECT binds.execute('files', 'UPDATE t SET name = ?', 'y');
MOVE 9995 FROM c;
FETCH ALL FROM c;
ROLLBACK;
SELECT count(*) FROM came WHERE name = 'y';
BEGIN READ ONLY;
SELECT * FROM binds.query_record('files', 'SELECT ?', 1) AS t(a int);
SELECT * FROM binds.query_record('files', 'DELETE FROM t WHERE id = ? RETURNING id', 1) AS t(a int);
ROLLBACK;

-- The default bind: PostgreSQL's own statements, with its own parameters.
SELECT * FROM binds.query_record(NULL, 'SELECT $2, $1::int + 1', 1, 'x'::text) AS t(a text, b int);
SELECT * FROM binds.query(NULL, 'SELECT $1 AS a, $2 AS b', NULL, point '(1,2)');
SELECT binds.execute(NULL, 'DELETE FROM oracle WHERE id = $1', 0);
SELECT * FROM binds.query_record(NULL, 'DELETE FROM oracle WHERE id = $1 RETURNING id, n', 1) AS t(id bigint, n numeric(10,2));
SELECT * FROM binds.query_record(NULL, 'SELECT 1, 2') AS t(a int);
SELECT * FROM binds.query_record(NULL, 'SELECT 1') AS t(a bigint);
SELECT * FROM binds.query_record(NULL, 'SELECT 1 AS a, 2 AS b') AS t(b int, a int);
SELECT * FROM binds.query_record(NULL, 'CREATE TABLE nope ()') AS t(a int);

-- Nobody may, unless it is granted.
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_binds_reader;
CREATE ROLE regress_binds_reader;
RESET client_min_messages;
GRANT USAGE ON SCHEMA binds TO regress_binds_reader;
SET ROLE regress_binds_reader;
SELECT * FROM binds.query_record('files', 'SELECT 1') AS t(a int);
SELECT * FROM binds.query_record('files', 'SELECT ?', 1) AS t(a int);
SELECT * FROM binds.query('files', 'SELECT ?', 1);
SELECT * FROM binds.execute('files', 'SELECT ?', 1);
RESET ROLE;
GRANT EXECUTE ON FUNCTION binds.query_record(text, text, "any") TO regress_binds_reader;
SET ROLE regress_binds_reader;
SELECT * FROM binds.query_record('files', 'SELECT ?', 1) AS t(a int);
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER files TO regress_binds_reader;
SET ROLE regress_binds_reader;
SELECT * FROM binds.query_record('files', 'SELECT ?', 1) AS t(a int);
RESET ROLE;
DROP OWNED BY regress_binds_reader;
DROP ROLE regress_binds_reader;
