\i test/setup.psql
-- What MySQL and MariaDB can store, and what becomes of it: README's table, line by line.
\set url :mysql 'users'
\! $MY users < test/parity_mysql.sql
CREATE SCHEMA p;
SELECT binds.add('p', :'url', '{"schema": "p"}');
SELECT model FROM binds.reflect('p');
-- Types by their names.
SELECT attname AS declared, format_type(atttypid, atttypmod) AS here
	FROM pg_attribute WHERE attrelid = 'p.names'::regclass AND attnum > 0 ORDER BY attnum;
-- Types that only one of the two has.
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
	WHERE attrelid = 'p.fork'::regclass AND attnum > 1
	AND (attname, format_type(atttypid, atttypmod)) NOT IN
	(('inet4', 'text'), ('inet6', 'text'), ('uuid', 'uuid'), ('vector', 'bytea'));
-- IMPORT gives the same, but for an enum.
CREATE SCHEMA i;
SET client_min_messages = warning;
IMPORT FOREIGN SCHEMA users FROM SERVER p INTO i;
RESET client_min_messages;
SELECT a.attname, format_type(a.atttypid, a.atttypmod), format_type(b.atttypid, b.atttypmod)
	FROM pg_attribute a JOIN pg_attribute b ON b.attrelid = 'i.names'::regclass AND b.attnum = a.attnum
	WHERE a.attrelid = 'p.names'::regclass AND a.attnum > 0 AND (a.atttypid, a.atttypmod) <> (b.atttypid, b.atttypmod);
-- Their extreme values are read, or are an error of the column.
CREATE FUNCTION pg_temp.try(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN EXECUTE query INTO result; RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$;
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT attname AS declared, pg_temp.try(format('SELECT %I::text FROM p.names', attname)) AS here
	FROM pg_attribute WHERE attrelid = 'p.names'::regclass AND attnum > 0
	AND attname NOT IN ('geometry', 'point', 'polygon') ORDER BY attnum;
SELECT substr(point, 5) = substr(geometry, 5) AND octet_length(point) = 25 AS wkb_after_srid FROM p.names;
-- Those that only one of the two has are read, too.
SELECT attname, pg_temp.try(format('SELECT %I::text FROM p.fork', attname)) FROM pg_attribute
	WHERE attrelid = 'p.fork'::regclass AND attnum > 1
	AND (attname, pg_temp.try(format('SELECT %I::text FROM p.fork', attname))) NOT IN
	(('inet4', '1.2.3.4'), ('inet6', '::1'), ('uuid', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'), ('vector', '\x0000803f00000040'));
-- What was read is written back without a change.
\! $MY users -e "CHECKSUM TABLE names" > $D/before
SELECT attname, pg_temp.try(format('WITH u AS (UPDATE p.names SET %I = %1$I WHERE id = 1 RETURNING id) SELECT count(*) FROM u', attname)) AS updated
	FROM pg_attribute WHERE attrelid = 'p.names'::regclass AND attnum > 1
	AND pg_temp.try(format('WITH u AS (UPDATE p.names SET %I = %1$I WHERE id = 1 RETURNING id) SELECT count(*) FROM u', attname)) <> '1' ORDER BY attnum;
\! $MY users -e "CHECKSUM TABLE names" | cmp $D/before && echo unchanged
