\i test/setup.psql
-- A table of SQLite WITHOUT ROWID has nothing but its key to find a row by.  Keys that
-- differ there may read as the same value here: the number 1 and the text '1', 1.5 and
-- 1.50 in a text of decimals.  The row that was read is the one that is changed.
\set url :sqlite 'keys.db'
\setenv DB `echo sqlite3 $D/keys.db`
SELECT binds.add('s', :'url', '{"schema": "s"}');
\! $DB "CREATE TABLE untyped (a PRIMARY KEY, b INT) WITHOUT ROWID; CREATE TABLE anys (a ANY PRIMARY KEY, b INT) STRICT, WITHOUT ROWID; CREATE TABLE texts (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID; CREATE TABLE pairs (a, c TEXT, d COLLATE NOCASE, b INT, PRIMARY KEY (a, c, d)) WITHOUT ROWID"
\! $DB "INSERT INTO untyped VALUES (1, 1), ('1', 2), ('x', 3), (-2, 4), (1.5, 5), ('1.5', 6), (1e300, 7), ('1e+300', 8), (9223372036854775807, 9), ('9223372036854775807', 10), ('', 11), (' 1', 12), ('01', 13), (9e999, 14)"
\! $DB "INSERT INTO anys SELECT * FROM untyped; INSERT INTO texts VALUES ('1', 1), (x'31', 2); INSERT INTO pairs VALUES (1, '1', 'a', 1), ('1', '1', 'a', 2), (1, '1', 'ä', 3), (1, '1', 1, 4), ('1', '1', 1, 5), ('1', '1', '1', 6)"
\! chmod 666 $D/keys.db
SET client_min_messages = warning;
SELECT model FROM binds.reflect('s') ORDER BY 1;
RESET client_min_messages;
-- what a row of the file holds, as SQLite says it
CREATE FUNCTION kept(tab text) RETURNS TABLE (a text, b bigint) LANGUAGE sql AS
	$$ SELECT r->>'a', (r->>'b')::bigint FROM binds.query('s', 'SELECT iif(typeof(a) = ''real'', typeof(a), quote(a)) AS a, b FROM ' || tab || ' ORDER BY b') r $$;
-- every row alone, by a column that is no part of the key
BEGIN;
DELETE FROM s.anys WHERE b = 1;
DELETE FROM s.untyped WHERE b = 1;
SELECT (SELECT array_agg(b) FROM kept('anys')) AS anys, (SELECT array_agg(b) FROM kept('untyped')) AS untyped;
DELETE FROM s.anys WHERE b = 6 RETURNING *;
DELETE FROM s.untyped WHERE b = 5 RETURNING *;
SELECT (SELECT array_agg(b) FROM kept('anys')) AS anys, (SELECT array_agg(b) FROM kept('untyped')) AS untyped;
ROLLBACK;
DO $$
DECLARE tab text; i int; gone bigint; n int;
BEGIN
	FOREACH tab IN ARRAY ARRAY['untyped', 'anys'] LOOP
		FOR i IN 1..14 LOOP
			BEGIN
				EXECUTE format('DELETE FROM s.%I WHERE b = %s', tab, i);
				GET DIAGNOSTICS n = ROW_COUNT;
				SELECT g INTO gone FROM generate_series(1, 14) g WHERE g NOT IN (SELECT b FROM kept(tab));
				IF n <> 1 OR gone <> i OR (SELECT count(*) FROM kept(tab)) <> 13 THEN
					RAISE WARNING '% %: deleted % rows, row % is gone', tab, i, n, gone;
				END IF;
				RAISE EXCEPTION USING errcode = 'B0000';
			EXCEPTION WHEN sqlstate 'B0000' THEN NULL;
			END;
		END LOOP;
	END LOOP;
END $$;
-- all rows that have the key, and the key itself
UPDATE s.anys SET b = b + 100 WHERE a = '1';
UPDATE s.untyped SET b = b + 100 WHERE a = '1' RETURNING *;
UPDATE s.untyped SET a = 'new', b = b WHERE b = 102 RETURNING *;
UPDATE s.untyped SET a = a, b = b + 1000;
UPDATE s.anys SET b = b + 1000;
SELECT * FROM kept('anys');
SELECT * FROM kept('untyped');
-- a join that delivers rows that read the same, each twice
CREATE TABLE twice (b int);
INSERT INTO twice SELECT 1101 FROM generate_series(1, 2) UNION ALL SELECT 1102 FROM generate_series(1, 2);
BEGIN;
UPDATE s.anys a SET b = 0 FROM twice t WHERE a.b = t.b;
SELECT * FROM kept('anys') WHERE b = 0;
ROLLBACK;
DELETE FROM s.anys a USING twice t WHERE a.b = t.b;
SELECT count(*), min(b) FROM kept('anys');
-- triggers here see, and change, the row that is meant
CREATE FUNCTION shift() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.b := new.b + old.b + 3000; RETURN new; END $$;
CREATE TRIGGER shift BEFORE UPDATE ON s.untyped FOR EACH ROW EXECUTE FUNCTION shift();
UPDATE s.untyped SET b = 1 WHERE b IN (1005, 1006) RETURNING *;
DROP TRIGGER shift ON s.untyped;
SELECT * FROM kept('untyped') WHERE b > 2000;
-- keys of several columns, under a collation
UPDATE s.pairs SET b = b + 10;
DELETE FROM s.pairs WHERE b IN (11, 13, 15);
UPDATE s.pairs SET d = 'A' WHERE b = 12 RETURNING *;
SELECT r->>'a' AS a, r->>'c' AS c, r->>'d' AS d, r->>'b' AS b FROM binds.query('s', 'SELECT quote(a) AS a, quote(c) AS c, quote(d) AS d, b FROM pairs ORDER BY b') r;
-- bytes are no text: reading them is an error, and the text next to them is found
DELETE FROM s.texts WHERE b = 2;
DELETE FROM s.texts WHERE b = 1;
SELECT * FROM kept('texts');

-- types with several forms: every form alone
\! $DB "CREATE TABLE decimals (a DECIMAL_TEXT PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO decimals VALUES ('1.5', 1), ('1.50', 2), ('+1.5', 3), ('2', 4)"
\! $DB "CREATE TABLE days (a DATE PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO days VALUES ('2024-02-29', 1), ('2024-02-29 00:00:00', 2), ('2024-02-29T00:00:00Z', 3), ('2024-03-01', 4)"
\! $DB "CREATE TABLE moments (a TIMESTAMP PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO moments VALUES ('2024-02-29 12:00:00', 1), ('2024-02-29 12:00:00.000', 2), ('2024-02-29T12:00:00', 3), ('2024-02-29 13:00:00+01:00', 4)"
\! $DB "CREATE TABLE uuids (a CHAR(36) PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO uuids VALUES ('00000000-0000-0000-0000-00000000000a', 1), ('00000000-0000-0000-0000-00000000000A', 2), ('0000000000000000000000000000000a', 3), (x'0000000000000000000000000000000a', 4)"
\! $DB "CREATE TABLE padded (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO padded VALUES ('x', 1), ('x ', 2), ('x  ', 3), ('y', 4)"
\! $DB "CREATE TABLE reals (a REAL PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO reals VALUES (0.1, 1), (0.10000000000000002, 2), (0.1000000001, 3), (2, 4)"
CREATE FOREIGN TABLE decimals (a numeric OPTIONS (key 'true', type 'DECIMAL_TEXT'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE days (a date OPTIONS (key 'true', type 'DATE'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE moments (a timestamp OPTIONS (key 'true', type 'TIMESTAMP'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE uuids (a uuid OPTIONS (key 'true', type 'CHAR(36)'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE padded (a char(3) OPTIONS (key 'true', type 'TEXT'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE reals (a real OPTIONS (key 'true', type 'REAL'), b int) SERVER s OPTIONS (rowid 'false');
-- of these, one form is found by the key: the others are an error, and no other row goes
\! $DB "CREATE TABLE spans (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO spans VALUES ('P1D', 1), ('PT24H', 2), ('P0Y0M1D', 3), ('PT1H', 4)"
\! $DB "CREATE TABLE docs (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO docs VALUES ('{\"a\": 1}', 1), ('{\"a\":1}', 2), ('{ \"a\":1}', 3), ('2', 4)"
\! $DB "CREATE TABLE ints (a PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO ints VALUES (1, 1), ('1', 2), ('01', 3), (2, 4)"
\! $DB "CREATE TABLE doubles (a NUMERIC PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO doubles VALUES (9007199254740992, 1), (9007199254740993, 2), (3, 3), (2.5, 4)"
\! $DB "CREATE TABLE truths (a PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO truths VALUES (1, 1), ('1', 2), (x'01', 3), (0, 4)"
\! $DB "CREATE TABLE nets (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID; INSERT INTO nets VALUES ('10.0.0.1', 1), ('10.0.0.1/32', 2), ('::1', 3), ('0:0:0:0:0:0:0:1', 4)"
CREATE FOREIGN TABLE spans (a interval OPTIONS (key 'true', type 'TEXT'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE docs (a jsonb OPTIONS (key 'true', type 'TEXT'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE ints (a int OPTIONS (key 'true', type 'BLOB'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE doubles (a float8 OPTIONS (key 'true', type 'NUMERIC'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE truths (a boolean OPTIONS (key 'true', type 'BLOB'), b int) SERVER s OPTIONS (rowid 'false');
CREATE FOREIGN TABLE nets (a inet OPTIONS (key 'true', type 'TEXT'), b int) SERVER s OPTIONS (rowid 'false');
-- what became of the four rows of a table, each changed and deleted alone
CREATE FUNCTION each(tab text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text := ''; i int; changed text; verb text;
BEGIN
	FOREACH verb IN ARRAY ARRAY['UPDATE %I SET b = b + 10', 'DELETE FROM %I', 'DELETE FROM %I'] LOOP
		FOR i IN 1..4 LOOP
			BEGIN
				EXECUTE format(verb || ' WHERE b = %s', tab, i) || CASE WHEN verb ~ 'UPD' OR i % 2 = 0 THEN ' RETURNING b' ELSE '' END;
				SELECT string_agg(g::text, '+') INTO changed FROM generate_series(1, 4) g WHERE g NOT IN (SELECT b FROM kept(tab));
				RAISE EXCEPTION USING errcode = 'B0000';
			EXCEPTION WHEN sqlstate 'B0000' THEN
				IF changed = i::text THEN
					result := result || ' ok';
				ELSE
					result := result || format(' %s: WRONG %s', i, changed);
				END IF;
			WHEN others THEN
				result := result || ' ' || sqlstate;
			END;
		END LOOP;
	END LOOP;
	RETURN result;
END $$;
SELECT tab, each(tab) FROM unnest(ARRAY['decimals', 'days', 'moments', 'uuids', 'padded', 'reals', 'spans', 'docs', 'ints', 'doubles', 'truths', 'nets']) tab;
SELECT count(*) FROM unnest(ARRAY['spans', 'docs', 'ints', 'doubles', 'truths', 'nets']) tab, kept(tab);
DELETE FROM ints WHERE b = 2;
DELETE FROM doubles WHERE b = 2;
DELETE FROM doubles WHERE b = 2 RETURNING *;
-- a key that reads as NULL identifies nothing
CREATE FOREIGN TABLE unread (a int OPTIONS (key 'true', type 'BLOB', invalid_values 'null'), b int) SERVER s OPTIONS (table_name 'untyped', rowid 'false');
DELETE FROM unread WHERE b = 1003;

-- the key is looked up by its index, for every row
\! $DB "CREATE TABLE many (a PRIMARY KEY, b INT) WITHOUT ROWID; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO many SELECT CASE WHEN i % 2 THEN i ELSE 'k' || i END, i FROM n"
SET client_min_messages = warning;
SELECT model FROM binds.reflect('s') WHERE model = 'many';
RESET client_min_messages;
EXPLAIN (VERBOSE, COSTS OFF) DELETE FROM s.many WHERE b > 5;
SELECT r->>'detail' AS plan FROM binds.query('s', 'EXPLAIN QUERY PLAN DELETE FROM many WHERE (a IN (''x'', 1)) AND abs(b) = 5') r;
SET statement_timeout = '20s';
UPDATE s.many SET b = b + 1;
DELETE FROM s.many;
RESET statement_timeout;
SELECT count(*) FROM kept('many');

-- a view's rows are found by the key that is named, and changed by its trigger
\! $DB "CREATE VIEW v AS SELECT a, b FROM anys; CREATE TRIGGER v_delete INSTEAD OF DELETE ON v BEGIN DELETE FROM anys WHERE a = old.a; END; DELETE FROM anys; INSERT INTO anys VALUES (1, 1), ('1', 2), (2, 3)"
CREATE FOREIGN TABLE v (a text OPTIONS (key 'true', type 'BLOB'), b int) SERVER s OPTIONS (rowid 'false');
DELETE FROM v WHERE b = 1;
SELECT * FROM kept('anys');

-- hundreds of columns in a key
SELECT format('CREATE TABLE wide (%s, b INT, PRIMARY KEY (%s)) WITHOUT ROWID; INSERT INTO wide VALUES (%s, 1), (%s, 2), (%s, 3)',
	string_agg('k' || i, ', '), string_agg('k' || i, ', '), string_agg('1', ', '),
	string_agg(CASE i WHEN 3 THEN quote_literal('1') ELSE '1' END, ', '),
	string_agg(CASE i WHEN 250 THEN quote_literal('1') ELSE '1' END, ', ')) AS wide
	FROM generate_series(1, 250) i \gset
\setenv WIDE :wide
\! $DB "$WIDE"
SELECT format('CREATE FOREIGN TABLE wide (%s, b int) SERVER s OPTIONS (rowid ''false'')',
	string_agg(format('k%s text OPTIONS (key ''true'', type ''BLOB'')', i), ', ')) AS made
	FROM generate_series(1, 250) i \gset
:made;
DELETE FROM wide WHERE b = 2 RETURNING b;
UPDATE wide SET b = 33 WHERE b = 3;
SELECT r->>'b' AS b, r->>'k' AS k FROM binds.query('s', 'SELECT b, quote(k250) AS k FROM wide ORDER BY b') r;

-- a form of the key that is not found is an error with RETURNING, too, whatever triggers the file has
\! $DB "CREATE TABLE odd (a INT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO odd VALUES (9007199254740993, 2); CREATE TABLE other (x); CREATE TRIGGER z AFTER INSERT ON other BEGIN SELECT 1; END"
CREATE FOREIGN TABLE odd (a float8 OPTIONS (key 'true'), v int) SERVER s OPTIONS (table_name 'odd');
UPDATE odd SET v = 20 WHERE v = 2;
UPDATE odd SET v = 20 WHERE v = 2 RETURNING *;
DELETE FROM odd WHERE v = 2 RETURNING *;
SELECT r->>'v' AS v FROM binds.query('s', 'SELECT v FROM odd') r;
