\i test/setup.psql
-- What a SQLite file can store, and what becomes of it: README's table, line by line.
\set url :sqlite 'p.db'
\setenv DB `echo sqlite3 $D/p.db`
\! $DB < test/parity_sqlite.sql
\! chmod 666 $D/p.db
CREATE SCHEMA p;
SELECT binds.add('p', :'url', '{"schema": "p"}');
SET client_min_messages = warning;
SELECT count(*) FROM binds.reflect('p', '{"views": true}');
RESET client_min_messages;
-- Types by their names.
SELECT attname AS declared, format_type(atttypid, atttypmod) AS here
	FROM pg_attribute WHERE attrelid = 'p.names'::regclass AND attnum > 0 ORDER BY attnum;
-- The same file imported gives the same types, but for what only models have.
CREATE SCHEMA i;
SET client_min_messages = warning;
IMPORT FOREIGN SCHEMA main FROM SERVER p INTO i;
RESET client_min_messages;
SELECT a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), format_type(b.atttypid, b.atttypmod)
	FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid AND r.relnamespace = 'p'::regnamespace
	JOIN pg_class s ON s.relname = r.relname AND s.relnamespace = 'i'::regnamespace
	JOIN pg_attribute b ON b.attrelid = s.oid AND b.attnum = a.attnum
	WHERE a.attnum > 0 AND (a.atttypid, a.atttypmod) <> (b.atttypid, b.atttypmod);
-- A value of any storage class is read where it means a value of the column's type.
CREATE FUNCTION pg_temp.try(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN EXECUTE query INTO result; RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$;
SELECT id, what, c.name AS declared, pg_temp.try(format('SELECT %I::text FROM p.classes WHERE id = %s', c.name, id)) AS here
	FROM p.classes, (VALUES (1, 'int'), (2, 'num'), (3, 'real_'), (4, 'txt'), (5, 'none'), (6, 'blob_')) AS c (n, name)
	ORDER BY id, c.n;
-- Forms of a moment.
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT id, pg_temp.try('SELECT d::text FROM p.moments WHERE id = ' || id) AS date,
	pg_temp.try('SELECT t::text FROM p.moments WHERE id = ' || id) AS time,
	pg_temp.try('SELECT ts::text FROM p.moments WHERE id = ' || id) AS timestamp,
	pg_temp.try('SELECT tz::text FROM p.moments WHERE id = ' || id) AS timestamptz
	FROM p.moments ORDER BY id;
-- Kinds of tables: which can be read, and updated.
SELECT relname, pg_temp.try(format('SELECT count(*) FROM p.%I', relname)) AS rows,
	pg_temp.try(format('WITH u AS (UPDATE p.%I SET v = v RETURNING 1) SELECT count(*) FROM u', relname)) AS updated
	FROM pg_class WHERE relnamespace = 'p'::regnamespace AND relname LIKE 'k\_%' ORDER BY relname;
INSERT INTO p.k_generated (v) VALUES ('b') RETURNING *;
INSERT INTO p.k_strict (id, v) VALUES (2, 'x') RETURNING *;
UPDATE p.k_autoincrement SET id = 9 WHERE id = 1;
INSERT INTO p.k_autoincrement (v) VALUES ('next') RETURNING id;
-- STRICT columns refuse what others convert.
\! sqlite3 $D/p.db "SELECT typeof(i), typeof(v) FROM k_strict"
-- ANY in such a table is no number: what it is given stays as it is.
INSERT INTO p.k_strict (id, a) VALUES (3, '0077'), (4, ' 1.50 ') RETURNING a;
\! sqlite3 $D/p.db "INSERT INTO k_strict (id, a) VALUES (5, 5), (6, 1.5)"
UPDATE p.k_strict SET a = a WHERE id > 2;
\! sqlite3 $D/p.db "SELECT id, typeof(a), quote(a) FROM k_strict WHERE id > 2"
SELECT id FROM p.k_strict WHERE a IN ('0077', '5') ORDER BY id;
