\i test/setup.psql
-- Values that others wrote into a SQLite file, where any column may hold any type.
\set url :sqlite 'x.db'
SELECT binds.add('x', :'url');

-- What SQLAlchemy writes is read, in its forms.
\! sqlite3 $D/x.db "CREATE TABLE sa (id INTEGER NOT NULL, big BIGINT, num NUMERIC(10, 2), f FLOAT, s VARCHAR(5), b BOOLEAN, d DATE, dt DATETIME, t TIME, bin BLOB, js JSON, u CHAR(32), PRIMARY KEY (id))"
\! sqlite3 $D/x.db "INSERT INTO sa VALUES (1, 4611686018427387904, 12.3, 1.5, 'abc', 1, '2024-02-29', '2024-02-29 01:02:03.000045', '01:02:03.000004', x'00ff', '{\"a\": [1, null]}', '12345678123456781234567812345678')"
\! sqlite3 $D/x.db "INSERT INTO sa (id, dt, b) VALUES (2, '2024-02-29 01:02:03', 0)"
\! chmod 666 $D/x.db
SELECT model, action FROM binds.reflect('x');
\d sa
SELECT * FROM sa ORDER BY id;
-- the same with the types that the application has in mind
CREATE FOREIGN TABLE sa2 (id integer OPTIONS (key 'true') NOT NULL, u uuid OPTIONS (type 'CHAR(32)'), js jsonb, dt timestamptz OPTIONS (type 'DATETIME'))
	SERVER x OPTIONS (table_name 'sa');
SELECT * FROM sa2 ORDER BY id;
SELECT id FROM sa2 WHERE u = '12345678-1234-5678-1234-567812345678';

-- A value that does not fit its column is an error that names it, never another value.
\! sqlite3 $D/x.db "CREATE TABLE odd (id INTEGER PRIMARY KEY, i INTEGER, n NUMERIC(10,2), b BOOLEAN, d DATE, ts TIMESTAMP, x TEXT, y BLOB, r REAL)"
\! sqlite3 $D/x.db "INSERT INTO odd (id, i) VALUES (1, 'text'), (2, 1.5), (3, 9000000000), (4, x'00')"
\! sqlite3 $D/x.db "INSERT INTO odd (id, b) VALUES (10, 2), (11, 'yes'); INSERT INTO odd (id, d) VALUES (20, 'today'), (21, '2024-02-30'), (22, 2460000.5); INSERT INTO odd (id, ts) VALUES (25, '2024-01-01'), (26, '2024-01-01T10:00:00Z')"
\! sqlite3 $D/x.db "INSERT INTO odd (id, x) VALUES (30, cast(x'80ff' AS TEXT)), (31, cast(x'610062' AS TEXT)), (32, 42), (33, x'c3a4')"
\! sqlite3 $D/x.db "INSERT INTO odd (id, y) VALUES (40, 'text'), (41, 7); INSERT INTO odd (id, r) VALUES (50, 9e999), (51, '1.5'), (52, 'one')"
SELECT binds.define('CREATE TABLE odd (id integer PRIMARY KEY, i integer, n numeric(10,2), b boolean, d date, ts timestamp, x text, y bytea, r double precision)', 'x');
SELECT action FROM binds.create_all('x') WHERE model = 'odd';
CREATE FUNCTION pg_temp.try(id integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r odd; detail text; message text;
BEGIN
	SELECT * INTO r FROM odd o WHERE o.id = try.id;
	RETURN r::text;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, message = MESSAGE_TEXT;
	RETURN SQLSTATE || ' ' || message || coalesce(nullif(' / ' || detail, ' / '), '');
END $$;
\! sqlite3 $D/x.db "SELECT id FROM odd" | wc -l
SELECT id, pg_temp.try(id) FROM unnest('{1,2,3,4,10,11,20,21,22,25,26,30,31,32,33,40,41,50,51,52}'::integer[]) id;
SELECT count(*) FROM odd;
-- or NULL, where a column's option says so
ALTER FOREIGN TABLE odd OPTIONS (ADD invalid_values 'null');
SELECT id, i FROM odd WHERE id < 10 ORDER BY id;
ALTER FOREIGN TABLE odd OPTIONS (DROP invalid_values);

-- A filter on a column that holds several types finds what PostgreSQL would find.
SELECT id FROM odd WHERE x = '42';

-- Columns that compare in another way are filtered by bytes all the same.
\! sqlite3 $D/x.db "CREATE TABLE nocase (id INTEGER PRIMARY KEY, x TEXT COLLATE NOCASE, r TEXT COLLATE RTRIM); INSERT INTO nocase VALUES (1, 'a', 'b'), (2, 'A', 'b '), (3, 'B', 'c')"
SELECT model FROM binds.reflect('x');
SELECT * FROM nocase WHERE x = 'a';
SELECT * FROM nocase WHERE r = 'b';
SELECT * FROM nocase ORDER BY x COLLATE "C", id LIMIT 2;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM nocase WHERE x = 'a' ORDER BY x COLLATE "C";

-- Tables without a key are identified by their rowid; views and WITHOUT ROWID not.
\! sqlite3 $D/x.db "CREATE TABLE nokey (v TEXT); INSERT INTO nokey VALUES ('a'), ('a'), ('b'); CREATE TABLE norow (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID; INSERT INTO norow VALUES ('k', 'v'); CREATE VIEW vw AS SELECT v FROM nokey"
SELECT model FROM binds.reflect('x');
UPDATE nokey SET v = 'c' WHERE v = 'b' RETURNING *;
DELETE FROM nokey WHERE v = 'a' RETURNING *;
UPDATE norow SET v = 'w' RETURNING *;
CREATE FOREIGN TABLE vw (v text) SERVER x OPTIONS (rowid 'false');
SELECT * FROM vw;
UPDATE vw SET v = 'x';
\echo :LAST_ERROR_SQLSTATE
