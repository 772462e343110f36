\i test/setup.psql
-- What a SQLite file that others wrote may ask for: nothing in it takes long to be
-- cancelled, or all the memory there is; but values that are long are read and written.
\pset format unaligned
\t on
\set VERBOSITY sqlstate
\! sqlite3 $D/x.db "CREATE TABLE t (id integer PRIMARY KEY, b blob, c text); CREATE VIEW v AS SELECT length(hex(zeroblob(300000000))) AS n; CREATE VIEW w AS SELECT length(zeroblob(67000000)) AS n; CREATE VIEW one AS SELECT 1 AS n" && chmod 666 $D/x.db
\! sqlite3 $D/x.db "CREATE VIEW long AS SELECT 0 `for i in $(seq 400); do echo "+ length(hex(zeroblob(8000000)))"; done` AS n"
\set url :sqlite 'x.db'
SELECT binds.add('x', :'url');
CREATE FOREIGN TABLE t (id integer, b bytea, c text) SERVER x;
CREATE FOREIGN TABLE v (n bigint) SERVER x;
CREATE FOREIGN TABLE w (n bigint) SERVER x;
CREATE FOREIGN TABLE long (n bigint) SERVER x;

-- How long does it take from the timeout to the error?
CREATE FUNCTION cancelled(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE began timestamptz := clock_timestamp();
BEGIN
	PERFORM set_config('statement_timeout', '0', true);
	EXECUTE query;
	RETURN 'not cancelled';
EXCEPTION WHEN query_canceled THEN
	RETURN CASE WHEN clock_timestamp() - began < '1.5 s' THEN 'in time'
		ELSE 'after ' || (clock_timestamp() - began) END;
END $$;

-- A function makes no value of 600 MB,
SELECT * FROM v;
SELECT * FROM w;
SELECT binds.query('x', 'SELECT length(replace(printf(''%.*c'', 9000000, ''x''), ''x'', ''xxxxxxxxxx'')) AS n');
SELECT binds.query('x', 'SELECT length(randomblob(600000000)) AS n');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM v;
ROLLBACK;

SET statement_timeout = '300ms';
-- and many calls in one row, where SQLite looks at no interrupt, end with the first one
-- that is called when there is one; also in a transaction that goes on.
SELECT cancelled('SELECT * FROM long');
BEGIN;
SELECT count(*) FROM t;
SELECT cancelled('SELECT * FROM long');
INSERT INTO t (id) VALUES (1);
COMMIT;
SELECT cancelled('SELECT binds.query(''x'', ''SELECT json(''''['''' || replace(hex(zeroblob(3500000)), ''''0'''', ''''1,'''') || ''''1]'''') AS n FROM t, pragma_function_list'')');

RESET statement_timeout;

-- A function whose time grows with the product of two lengths refuses what takes too long,
SELECT binds.query('x', 'SELECT instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || 1) AS n');
SELECT binds.query('x', 'SELECT replace(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || 1, '''') AS n');
SELECT binds.query('x', 'SELECT hex(zeroblob(8000000)) LIKE ''%'' || hex(zeroblob(20000)) || 1 AS n');
SELECT binds.query('x', 'SELECT hex(zeroblob(8000000)) GLOB ''*'' || hex(zeroblob(20000)) || 1 AS n');
SELECT binds.query('x', 'SELECT ltrim(hex(zeroblob(8000000)), hex(randomblob(4000000))) AS n');
-- and gives SQLite's own answer for all else.
\set expressions '''abcabc'', replace(''abcabc'', ''bc'', 1), replace(1212, 2, 3), replace(''a'', '''', ''b''), replace(''a'', NULL, ''b''), replace(''a'', ''a'', x''62''), trim(''  x ''), trim(''xxaxx'', ''x''), ltrim(''äöa'', ''öä''), rtrim(''a1'', 1), trim(NULL, 1), ''a%b'' LIKE ''a!%b'' ESCAPE ''!'', ''a%b'' LIKE ''a%%b'' ESCAPE ''%'', ''Ab'' LIKE ''aB'', ''Ä'' LIKE ''ä'', 12 LIKE ''1%'', NULL LIKE ''%'', ''a'' LIKE NULL, ''Ab'' GLOB ''a*'', ''ab'' GLOB ''[^b]*'', instr(''äöü'', ''ü''), instr(x''0102'', x''02''), instr(''a'', x''61''), instr(NULL, 1), instr(1234, 3), instr(''a'', '''')'
SELECT string_agg(v, '|' ORDER BY k) FROM (SELECT binds.query('x', format('SELECT * FROM (VALUES (%s))', :'expressions')) AS q) q, LATERAL (SELECT lpad(substr(key, 7), 3, '0') AS k, coalesce(value, 'NULL') AS v FROM jsonb_each_text(q)) e;
\setenv E :expressions
\! sqlite3 -nullvalue NULL $D/x.db "SELECT $E"
SELECT binds.query('x', 'SELECT ''a'' LIKE ''a'' ESCAPE ''!!'' AS n');

-- Such a function works where the schema has it: in an index, a check and a generated column.
\! sqlite3 $D/x.db "CREATE TABLE g (a text CHECK (a LIKE '%a%'), b AS (replace(a, 'a', 'b')), c text); CREATE INDEX i ON g (instr(a, 'a')) WHERE c GLOB 'x*'; INSERT INTO g (a, c) VALUES ('bab', 'xx')"
CREATE FOREIGN TABLE g (a text, b text, c text) SERVER x;
INSERT INTO g (a, c) VALUES ('AAA', 'xyz');
INSERT INTO g (a) VALUES ('b');
SELECT * FROM g ORDER BY a;
\! sqlite3 $D/x.db "PRAGMA integrity_check"

-- Views that each have the one before twice: not all memory there is, and no long time.
\! for i in $(seq 26); do [ $i = 1 ] && f=one || f=l$((i-1)); echo "CREATE VIEW l$i AS SELECT n||n AS n FROM $f;"; done | sqlite3 $D/x.db
CREATE FOREIGN TABLE l26 (n text) SERVER x;
SET statement_timeout = '300ms';
SELECT cancelled('SELECT * FROM l26');
RESET statement_timeout;
\set VERBOSITY terse
DO $$ BEGIN
	PERFORM binds.query('x', 'SELECT n FROM l26');
EXCEPTION WHEN out_of_memory OR string_data_right_truncation THEN
	RAISE NOTICE 'refused';
END $$;
SELECT binds.query('x', 'SELECT n FROM l3');
\! for i in $(seq 26); do echo "DROP VIEW l$i;"; done | sqlite3 $D/x.db

-- A longer value than functions make goes in and comes out, in the same transaction and
-- later, in others' transactions as well.
BEGIN;
INSERT INTO t VALUES (2, convert_to(repeat('x', 20000000), 'UTF8'), repeat('ä', 6000000));
SELECT id, length(b), length(c) FROM t WHERE id = 2;
SAVEPOINT s;
UPDATE t SET c = c || c WHERE id = 2;
SELECT id, length(b), length(c) FROM t WHERE id = 2;
ROLLBACK TO s;
SELECT id, length(b), length(c), c = repeat('ä', 6000000) FROM t WHERE id = 2;
COMMIT;
SELECT id, length(b), length(c) FROM t WHERE id = 2;
\c
SELECT id, length(b), length(c) FROM t WHERE id = 2;
SELECT length(b) FROM t WHERE c = repeat('ä', 6000000);
UPDATE t SET b = b || '\x00' WHERE id = 2;
SELECT id, length(b), length(c) FROM t WHERE id = 2;
BEGIN ISOLATION LEVEL REPEATABLE READ;
\! sqlite3 $D/x.db "INSERT INTO t VALUES (3, zeroblob(50000000), '')"
SELECT id, length(b) FROM t WHERE id = 3;
COMMIT;
\! sqlite3 $D/x.db "SELECT id, length(b), length(c) FROM t"
