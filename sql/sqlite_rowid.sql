\i test/setup.psql
-- Rows of SQLite are changed and deleted by their rowid wherever there is one: no form
-- that a key has in the file can miss its row, and nothing searches a table per row.
\set url :sqlite 'rowid.db'
\setenv DB `echo sqlite3 $D/rowid.db`
SELECT binds.add('s', :'url', '{"schema": "s"}');
-- our own models whose key no index of the file can find, and one without a key
SELECT binds.define($$
	CREATE TABLE s.money (k numeric(20,2) PRIMARY KEY, v integer);
	CREATE TABLE s.moment (k timestamptz PRIMARY KEY, v integer);
	CREATE TABLE s.pair (a timestamp, b numeric, v integer, PRIMARY KEY (a, b));
	CREATE TABLE s.keyless (v integer);
$$, 's');
SELECT model, action FROM binds.create_all('s');
INSERT INTO s.money SELECT i, 0 FROM generate_series(1, 4000) i;
INSERT INTO s.moment SELECT '2024-01-01 00:00Z'::timestamptz + i * interval '1 minute', 0 FROM generate_series(1, 4000) i;
INSERT INTO s.pair SELECT '2024-01-01'::timestamp + i * interval '1 minute', i, 0 FROM generate_series(1, 4000) i;
INSERT INTO s.keyless SELECT 0 FROM generate_series(1, 4000);
CREATE FUNCTION remote(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || statement LOOP
		IF line ~ 'Remote SQL: ' THEN
			RETURN NEXT regexp_replace(line, '^.*Remote SQL: ', '');
		END IF;
	END LOOP;
END $$;
SELECT remote('UPDATE s.money SET v = 1');
SELECT remote('DELETE FROM s.moment');
SELECT remote('UPDATE s.pair SET b = b + 1');
-- a search per row would take 16 million steps each; SQLite says that there is none
CREATE FUNCTION steps(statement text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT binds.query('s', 'EXPLAIN QUERY PLAN ' || replace(sent, '?', '1'))->>'detail'
	FROM remote(statement) sent WHERE sent !~ '^SELECT'
$$;
SELECT steps(q) FROM unnest(ARRAY['UPDATE s.money SET k = k + 0.5, v = v + 1', 'UPDATE s.moment SET v = v + 1', 'UPDATE s.pair SET b = b + 0.25', 'DELETE FROM s.pair WHERE v = 0', 'UPDATE s.keyless SET v = v + 1']) q;
UPDATE s.money SET k = k + 0.5, v = v + 1;
UPDATE s.moment SET v = v + 1;
UPDATE s.pair SET b = b + 0.25;
DELETE FROM s.pair WHERE v = 0;
UPDATE s.keyless SET v = v + 1;
SELECT sum(k), sum(v) FROM s.money;
SELECT count(*), sum(v) FROM s.moment;
SELECT count(*) FROM s.pair;
-- the rowid's own column: rows that a change moves are found all the same
\! $DB "CREATE TABLE ids (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO ids VALUES (1, 'a'), (2, 'b'), (-9223372036854775808, 'min'), (9223372036854775807, 'max'), (4294967296, 'high')"
SELECT model FROM binds.reflect('s');
UPDATE s.ids SET id = id + 10 WHERE id BETWEEN 1 AND 4294967296 RETURNING id, v;
UPDATE s.ids SET v = v || '!';
UPDATE s.ids SET id = 5 WHERE id = 9223372036854775807 RETURNING *;
DELETE FROM s.ids WHERE id = -9223372036854775808 RETURNING *;
BEGIN;
UPDATE s.ids SET id = 11 WHERE id = 12;
ROLLBACK;
SELECT * FROM s.ids ORDER BY id;
-- keys that read as another value than the one kept, or as the same twice
\! $DB "CREATE TABLE big (k NUMERIC PRIMARY KEY, v TEXT); INSERT INTO big VALUES (9007199254740993, 'a'), (9007199254740992, 'b'); CREATE TABLE js (k TEXT PRIMARY KEY, v TEXT); INSERT INTO js VALUES ('{\"b\":1,   \"a\":2}', 'a'); CREATE TABLE loose (k PRIMARY KEY, v TEXT); INSERT INTO loose VALUES (1, 'a'), (1.5, 'b'), ('1', 'c'), (NULL, 'd'); CREATE TABLE nulls (k TEXT PRIMARY KEY, v TEXT); INSERT INTO nulls VALUES (NULL, 'a'), (NULL, 'b')"
CREATE FOREIGN TABLE big (k float8 OPTIONS (key 'true', type 'NUMERIC'), v text) SERVER s OPTIONS (rowid 'true');
CREATE FOREIGN TABLE js (k jsonb OPTIONS (key 'true', type 'TEXT'), v text) SERVER s OPTIONS (rowid 'true');
CREATE FOREIGN TABLE loose (k text OPTIONS (key 'true', type 'BLOB'), v text) SERVER s OPTIONS (rowid 'true');
CREATE FOREIGN TABLE nulls (k text OPTIONS (key 'true'), v text) SERVER s OPTIONS (rowid 'true');
UPDATE big SET v = v || '+';
UPDATE js SET v = 'changed' WHERE k = '{"a": 2, "b": 1}' RETURNING v;
UPDATE loose SET v = v || '+' WHERE k = '1';
DELETE FROM loose WHERE k = '1.5' OR k IS NULL RETURNING *;
UPDATE nulls SET v = v || '+';
SELECT * FROM big ORDER BY v;
SELECT * FROM loose ORDER BY v;
SELECT * FROM nulls ORDER BY v;
-- a column may have one of the rowid's names
\! $DB "CREATE TABLE hides (rowid TEXT, oid TEXT, v TEXT PRIMARY KEY); INSERT INTO hides VALUES ('1', '2', 'a'), ('1', '2', 'b'); CREATE TABLE hides2 (_rowid_ TEXT, v TEXT); INSERT INTO hides2 VALUES ('1', 'a'), ('1', 'b')"
CREATE FOREIGN TABLE hides (v text OPTIONS (key 'true')) SERVER s OPTIONS (rowid 'true');
CREATE FOREIGN TABLE hides2 (_rowid_ text, v text) SERVER s;
UPDATE hides SET v = 'c' WHERE v = 'b' RETURNING v;
DELETE FROM hides2 WHERE v = 'b' RETURNING *;
SELECT remote('DELETE FROM hides2');
SELECT * FROM hides2;
-- views and tables WITHOUT ROWID have none: their key identifies rows
\! $DB "CREATE TABLE wr (a TEXT, b INTEGER, v TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO wr VALUES ('a', 1, 'x'), ('a', 2, 'y')"
SELECT model FROM binds.reflect('s');
SELECT remote('UPDATE s.wr SET v = 1');
UPDATE s.wr SET v = v || '+', b = b + 10 RETURNING *;
-- where the options of a table do not say that it has a rowid, SQLite does
CREATE FOREIGN TABLE by_key (k numeric(20,2) OPTIONS (key 'true'), v integer) SERVER s OPTIONS (table_name 'money');
SELECT remote('UPDATE by_key SET v = 100');
UPDATE by_key SET v = 100 WHERE k = 10.50 RETURNING *;
SELECT * FROM s.money WHERE v = 100;
-- a join that delivers rows twice changes them once; partitions and children mix
CREATE TABLE local (v integer);
INSERT INTO local VALUES (1), (1);
UPDATE s.money SET v = s.money.v + 5 FROM local WHERE s.money.k IN (1.50, 2.50) AND s.money.v = local.v;
SELECT * FROM s.money WHERE k < 4 ORDER BY k;
CREATE TABLE part (k numeric(20,2), v integer) PARTITION BY RANGE (k);
CREATE TABLE part_local PARTITION OF part FOR VALUES FROM (-10) TO (1);
INSERT INTO part VALUES (0, 0);
ALTER TABLE part ATTACH PARTITION s.money FOR VALUES FROM (1) TO (100000);
UPDATE part SET v = 77 WHERE k < 3 RETURNING tableoid::regclass, *;
DELETE FROM part WHERE v = 77 RETURNING tableoid::regclass, *;
SELECT count(*) FROM part;
