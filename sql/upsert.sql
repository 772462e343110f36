\i test/setup.psql
\set url :sqlite 'u.db'
\set bind u
SELECT binds.add('u', :'url') \g /dev/null
SET client_min_messages = warning;
\i test/upsert.psql
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET n = t.n + 1 WHERE t.n < 50;
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO NOTHING;
-- (PostgreSQL 18 counts rows with decimals)
CREATE FUNCTION counted(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$ DECLARE line text; BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) ' || statement LOOP
		RETURN NEXT regexp_replace(line, '(rows=\d+)\.00', '\1');
	END LOOP; END $$;
SELECT counted('INSERT INTO t (id, n) VALUES (1, 2), (2, 2), (1000, 2) ON CONFLICT (id) DO UPDATE SET n = excluded.n WHERE t.id > 1');
-- Keys that are none of all rows, or of columns.
SELECT binds.define('CREATE TABLE part (id integer PRIMARY KEY, a integer, b integer); CREATE UNIQUE INDEX part_a ON part (a) WHERE b > 0', 'u') \g /dev/null
SELECT model, action FROM binds.create_all('u') WHERE action = 'created';
INSERT INTO part VALUES (1, 1, 1) ON CONFLICT (a) WHERE b > 0 DO UPDATE SET b = 2;
INSERT INTO part VALUES (1, 1, 1) ON CONFLICT (a) DO UPDATE SET b = 2;
INSERT INTO part VALUES (1, 1, 1) ON CONFLICT (lower(a::text)) DO NOTHING;
-- Tables without a model: the key that the file, or an option, names.
\setenv DB `echo sqlite3 $D/u.db`
\! $DB "CREATE TABLE hand (k text PRIMARY KEY, n int) WITHOUT ROWID; CREATE TABLE nokey (a int, b int)"
CREATE FOREIGN TABLE hand (k text, n integer) SERVER u;
INSERT INTO hand VALUES ('a', 1), ('b', 1) ON CONFLICT (k) DO UPDATE SET n = hand.n + 1 RETURNING *;
INSERT INTO hand VALUES ('a', 1), ('c', 1) ON CONFLICT (k) DO UPDATE SET n = hand.n + 1 RETURNING *;
INSERT INTO hand VALUES ('a', 1), ('d', 1) ON CONFLICT (k) DO NOTHING RETURNING *;
INSERT INTO hand VALUES ('a', 1) ON CONFLICT (n) DO NOTHING;
CREATE FOREIGN TABLE nokey (a integer, b integer) SERVER u;
INSERT INTO nokey VALUES (1, 1) ON CONFLICT (a) DO NOTHING;
-- A partition of a partitioned table takes rows that its parent sends; the parent has no key.
CREATE TABLE parent (k text, n integer) PARTITION BY LIST (k);
ALTER TABLE parent ATTACH PARTITION hand FOR VALUES IN ('a', 'b', 'c', 'd');
INSERT INTO parent VALUES ('a', 1) ON CONFLICT (k) DO NOTHING;
INSERT INTO parent VALUES ('a', 1) ON CONFLICT DO NOTHING RETURNING *;
-- The model's key under another name here; a name that has another one's column is none.
ALTER FOREIGN TABLE part ALTER COLUMN id OPTIONS (ADD column_name 'id');
ALTER FOREIGN TABLE part RENAME COLUMN id TO key;
INSERT INTO part VALUES (1, 1, 1) ON CONFLICT (key) DO UPDATE SET b = 2;
INSERT INTO part VALUES (1, 1, 1) ON CONFLICT (key) DO UPDATE SET b = part.b + 2 RETURNING *;
-- A value that another program has written in another notation is the same.
SELECT binds.define('CREATE TABLE clock (k time PRIMARY KEY, n integer)', 'u') \g /dev/null
SELECT model, action FROM binds.create_all('u') WHERE action = 'created';
\! $DB "INSERT INTO clock VALUES ('10:00', 1)"
INSERT INTO clock VALUES ('10:00', 2) ON CONFLICT (k) DO NOTHING;
INSERT INTO clock VALUES ('10:00', 2) ON CONFLICT (k) DO UPDATE SET n = excluded.n;
SELECT * FROM clock;
