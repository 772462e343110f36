\i test/setup.psql
-- Each value that cannot be read or stored is an error whose DETAIL says why and whose HINT says what to do.
\set url :sqlite 'w.db'
\setenv DB `echo sqlite3 $D/w.db`
\! $DB "CREATE TABLE r (id integer PRIMARY KEY, i2 smallint, i4 integer, i8 bigint, b boolean, f real, n decimal(4,1), v varchar(3), t text, y blob, d date, ts datetime, tm time, u uuid, j json)"
\! $DB "INSERT INTO r (id, i2, i4, i8, b, f, n, v, t, y, d, ts, tm, u, j) VALUES (1, 40000, 1.5, 9.5, 2, 'x', 12.34, 'long text', x'00', 'text', 20000, 1700000000, 5.5, 'no uuid', '{'), (2, 'x', 5000000000, 'x', 'yes', x'01', 'x', x'01', CAST(x'ff' AS text), 5, '2024-02-30', 'yesterday', '25:00', x'01', 5)"
\! chmod 666 $D/w.db
SELECT binds.add('w', :'url');
CREATE FOREIGN TABLE r (id bigint OPTIONS (key 'true'), i2 smallint, i4 integer, i8 bigint, b boolean, f real, n numeric(4,1), v varchar(3), t text, y bytea, d date, ts timestamp, tm time, u uuid, j json) SERVER w;
CREATE FUNCTION ways(statement text, OUT code text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
EXCEPTION WHEN others THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	detail := regexp_replace(detail, 'PostgreSQL says: .*', 'PostgreSQL says: ...');
END $$;
\x on
SELECT attname, id, (ways(format('SELECT %I FROM r WHERE id = %s', attname, id))).* FROM pg_attribute, generate_series(1, 2) id WHERE attrelid = 'r'::regclass AND attnum > 1 ORDER BY attnum, id;
-- What the types that are named cannot read either, NULL can.
ALTER FOREIGN TABLE r ALTER COLUMN i2 TYPE bigint, ALTER COLUMN i4 TYPE numeric, ALTER COLUMN i8 TYPE numeric, ALTER COLUMN b TYPE bigint, ALTER COLUMN n TYPE numeric, ALTER COLUMN v TYPE text, ALTER COLUMN t TYPE bytea, ALTER COLUMN y TYPE text, ALTER COLUMN d OPTIONS (ADD temporal 'epoch'), ALTER COLUMN ts OPTIONS (ADD temporal 'epoch'), ALTER COLUMN tm TYPE text, ALTER COLUMN u TYPE text, ALTER COLUMN j TYPE text, OPTIONS (ADD invalid_values 'null');
SELECT * FROM r WHERE id = 1;
-- Values that the engine cannot keep.
\! $DB "CREATE TABLE s (id integer PRIMARY KEY, f double, r real, n numeric, m decimal(20,2), t string, d date, ts timestamp, e timestamp, j timestamp, iv interval, x timestamp, y integer)"
CREATE FOREIGN TABLE s (id bigint OPTIONS (key 'true'), f double precision, r real, n numeric, m numeric, t text, d date, ts timestamp, e timestamp OPTIONS (temporal 'epoch'), j timestamp OPTIONS (temporal 'julian'), iv interval, x interval OPTIONS (type 'TIMESTAMP'), y text) SERVER w;
SELECT c AS column, v AS value, (ways(format('INSERT INTO s (id, %I) VALUES (1, %L)', c, v))).* FROM (VALUES ('f', 'NaN'), ('r', 'NaN'), ('n', 'NaN'), ('n', '0.12345678901234567890'), ('m', 'Infinity'), ('t', '0077'), ('d', 'infinity'), ('d', '0044-03-15 BC'), ('ts', '294276-01-01'), ('e', '2024-01-01 00:00:00.5'), ('j', '2024-01-01 00:00:00.000001'), ('x', '1 mon'), ('y', '1.50')) v (c, v);
\x off
SELECT count(*) FROM s;
-- A key that is NULL, and one that identifies two rows.
\! $DB "CREATE TABLE k (k text, v integer); INSERT INTO k VALUES (NULL, 1), ('a', 2), ('a', 3)"
CREATE FOREIGN TABLE k (k text OPTIONS (key 'true'), v bigint) SERVER w OPTIONS (rowid 'false');
UPDATE k SET v = 5 WHERE v = 1;
UPDATE k SET v = 5 WHERE v = 2;
