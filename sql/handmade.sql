\i test/setup.psql
-- Foreign tables that a user writes by hand, without column options, over tables of
-- SQLite that create_all would have declared otherwise: every answer is that of local
-- tables with the same rows, with the engine's help and without it.
\! sqlite3 $D/h.db < test/handmade_sqlite.sql; chmod 666 $D/h.db
\set url :sqlite 'h.db'
SELECT binds.add('h', :'url');
CREATE SCHEMA hand;
CREATE SCHEMA twin;
CREATE FOREIGN TABLE hand.num (id int, n numeric, m numeric) SERVER h;
CREATE FOREIGN TABLE hand.txt (id int, t text COLLATE "C", u text) SERVER h;
CREATE FOREIGN TABLE hand.odd (id int, i int, f float8, x float8) SERVER h;
CREATE FOREIGN TABLE hand.vw (id int, t text COLLATE "C") SERVER h;
CREATE FOREIGN TABLE hand.keyed (k text, v int) SERVER h;

-- What the engine can do follows from what it says of the table.
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.num WHERE n > 2;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.num WHERE m > 2;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.txt WHERE t < 'b' ORDER BY t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.odd WHERE i > 9;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.vw WHERE t = 'ann' ORDER BY t;

CREATE TABLE twin.num AS TABLE hand.num;
CREATE TABLE twin.txt AS TABLE hand.txt;
CREATE TABLE twin.odd AS TABLE hand.odd;
CREATE TABLE twin.vw AS TABLE hand.vw;
CREATE TABLE twin.keyed AS TABLE hand.keyed;
CREATE FUNCTION answer(query text, side text, pushdown boolean) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	PERFORM set_config('search_path', side || ', public', true);
	PERFORM set_config('binds.pushdown', pushdown::text, true);
	EXECUTE format('SELECT string_agg(r::text, '' '' ORDER BY o) FROM (SELECT r, row_number() OVER () AS o FROM (%s) r) s', query) INTO result;
	RETURN coalesce(result, 'nothing');
END $$;
-- the answer of the local table, and whether the others are the same
CREATE FUNCTION same(query text, OUT answer text, OUT sent boolean, OUT kept boolean)
LANGUAGE sql AS $$
	SELECT a, a = answer(query, 'hand', true), a = answer(query, 'hand', false)
	FROM answer(query, 'twin', true) a $$;
SELECT * FROM same('SELECT id FROM num WHERE n = 9007199254740993');
SELECT * FROM same('SELECT id FROM num WHERE n < 10 ORDER BY n, id');
SELECT * FROM same('SELECT id FROM num WHERE m = 1.50 OR m = 12345678901234567890.25');
SELECT * FROM same('SELECT id, m FROM num ORDER BY m');
SELECT * FROM same('SELECT id FROM txt WHERE t = ''ann''');
SELECT * FROM same('SELECT id FROM txt WHERE t <> ''ann'' ORDER BY id');
SELECT * FROM same('SELECT id FROM txt WHERE t < ''b'' ORDER BY t');
SELECT * FROM same('SELECT id FROM txt WHERE u = ''x'' ORDER BY u, id');
SELECT * FROM same('SELECT id FROM odd WHERE i > 9 ORDER BY i');
SELECT * FROM same('SELECT id FROM odd WHERE f > 2 ORDER BY f');
SELECT * FROM same('SELECT id FROM odd WHERE x >= 2 ORDER BY x');
SELECT * FROM same('SELECT id FROM vw WHERE t = ''ann'' OR t > ''a'' ORDER BY t');
SELECT * FROM same('SELECT v FROM keyed WHERE k = ''a''');

-- Changes find their rows, and what comes back is what was stored.
BEGIN;
UPDATE hand.num SET m = m WHERE n = 9007199254740993 RETURNING id, n, m;
UPDATE hand.odd SET f = f + 1 WHERE i = 9 RETURNING *;
UPDATE hand.keyed SET v = v + 1 WHERE k = 'A' RETURNING *;
DELETE FROM hand.txt WHERE t = 'ann';
DELETE FROM hand.txt WHERE t = 'Ann' RETURNING t;
-- the rowid is generated, although nobody has said so; an explicit NULL is none
INSERT INTO hand.txt (t) VALUES ('new') RETURNING *;
SAVEPOINT s;
INSERT INTO hand.txt (id, t) VALUES (NULL, 'null');
ROLLBACK TO s;
INSERT INTO hand.num (n) VALUES (0.1) RETURNING n;
SAVEPOINT s;
-- this column cannot keep so many digits, the other one can
INSERT INTO hand.num (n) VALUES (12345678901234567890.25);
ROLLBACK TO s;
INSERT INTO hand.num (m) VALUES (12345678901234567890.250) RETURNING m;
ROLLBACK;

-- Columns that the engine computes are not written, whatever the table says.
CREATE FOREIGN TABLE hand.gen (id int, a int, b int GENERATED ALWAYS AS (a * 2) STORED,
	c int) SERVER h;
BEGIN;
INSERT INTO hand.gen (id, a) VALUES (1, 4), (2, 5) RETURNING *;
UPDATE hand.gen SET a = 7 WHERE id = 1 RETURNING *;
INSERT INTO hand.gen (id, a, c) VALUES (3, 1, 1);
ROLLBACK;

-- Tables that are not there, and columns, are the engine's errors; when they come to
-- be there, they are known.
CREATE FOREIGN TABLE hand.later (id int, t text, w int) SERVER h;
SELECT * FROM hand.later;
SELECT binds.execute('h', 'CREATE TABLE later (id integer primary key, t text collate nocase)');
SELECT * FROM hand.later;
INSERT INTO hand.later (id, t) VALUES (1, 'A');
SELECT id, t FROM hand.later WHERE t = 'a';
SELECT binds.execute('h', 'ALTER TABLE later ADD COLUMN w text');
INSERT INTO hand.later VALUES (1, 'A', 1), (2, 'B', 10), (3, 'C', 9);
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.later WHERE t = 'a' AND w > 5;
SELECT * FROM hand.later WHERE w > 5;

-- What the engine's own statements change later on is known when the connection is
-- opened anew, or the foreign table is altered; plans that are kept know it, too.
SET plan_cache_mode = force_generic_plan;
PREPARE w AS SELECT id FROM hand.later WHERE w > 5 ORDER BY w;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE w;
SELECT binds.execute('h', 'DROP TABLE later'),
	binds.execute('h', 'CREATE TABLE later (id integer primary key, t text, w integer)'),
	binds.execute('h', 'INSERT INTO later SELECT 1, ''a'', 10 UNION SELECT 2, ''A'', 9');
SELECT binds.alter('h', options => '{"pool_pre_ping": true}');
EXECUTE w;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE w;
SELECT binds.execute('h', 'DROP TABLE later'),
	binds.execute('h', 'CREATE TABLE later (id integer primary key, t text, w text)'),
	binds.execute('h', 'INSERT INTO later SELECT 1, ''a'', ''10'' UNION SELECT 2, ''A'', ''9''');
ALTER FOREIGN TABLE hand.later ALTER t SET NOT NULL;
EXECUTE w;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE w;
DEALLOCATE w;
RESET plan_cache_mode;

-- Options that are not true of the engine's table do no harm.
CREATE FOREIGN TABLE hand.lie (id int OPTIONS (key 'true'),
	t text OPTIONS (type 'TEXT', collation 'BINARY') COLLATE "C",
	u text OPTIONS (generated 'by default')) SERVER h OPTIONS (table_name 'txt');
SELECT id FROM hand.lie WHERE t = 'ann' OR t < 'b' ORDER BY t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM hand.lie WHERE t < 'b';

-- In a read-only transaction, above READ COMMITTED, in a function and for another role
-- the answers are the same; planning leaves no transaction open in the file.
BEGIN READ ONLY;
SELECT id FROM hand.txt WHERE t = 'Ann';
COMMIT;
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT id FROM hand.txt WHERE t = 'Ann';
ROLLBACK;
SELECT binds.alter('h', options => '{"pool_pre_ping": null}');
BEGIN;
EXPLAIN (COSTS OFF) SELECT id FROM hand.num WHERE n = 1;
\! sqlite3 $D/h.db "INSERT INTO txt (t) VALUES ('from outside')"
COMMIT;
CREATE ROLE regress_hand;
GRANT USAGE ON SCHEMA hand TO regress_hand;
GRANT SELECT ON hand.txt TO regress_hand;
SET ROLE regress_hand;
SELECT id FROM hand.txt WHERE t = 'Ann';
RESET ROLE;
DROP OWNED BY regress_hand;
DROP ROLE regress_hand;

-- An engine that cannot be reached: plans are made all the same, and assume nothing.
\! mv $D/h.db $D/gone.db; rm -f $D/h.db-wal $D/h.db-shm
\c -
\set VERBOSITY sqlstate
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.num WHERE n > 2 ORDER BY n LIMIT 1;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM hand.num WHERE id IS NULL;
EXPLAIN (VERBOSE, COSTS OFF) UPDATE hand.num SET m = 1;
EXPLAIN (COSTS OFF) DELETE FROM hand.keyed;
EXPLAIN (COSTS OFF) INSERT INTO hand.num VALUES (1);
SELECT * FROM hand.num;
INSERT INTO hand.num VALUES (1);
UPDATE hand.num SET m = 1;
DELETE FROM hand.num;
COPY hand.num FROM stdin;
1	2	3
\.
ANALYZE hand.num;
SELECT is_insertable_into FROM information_schema.tables
	WHERE table_schema = 'hand' AND table_name = 'num';
PREPARE p AS SELECT id, m FROM hand.num WHERE m > 2 ORDER BY m;
EXECUTE p;
PREPARE u AS UPDATE hand.num SET m = m + 1 WHERE m > 2 RETURNING m;
EXECUTE u;
\! mv $D/gone.db $D/h.db
EXECUTE p;
EXECUTE u;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE p;
SELECT id FROM hand.num WHERE n > 2 ORDER BY n LIMIT 1;
\set VERBOSITY default

-- Tables of create_all, reflect and IMPORT carry all that has to be known: no engine is
-- asked to plan a statement on them.  Only the table written by hand tries.
SET client_min_messages = warning;
SELECT binds.define('CREATE TABLE made (id integer PRIMARY KEY, t text)', 'h') \g /dev/null
SELECT action FROM binds.create_all('h');
SELECT relation FROM binds.reflect('h') WHERE relation::text = 'num';
CREATE SCHEMA imp;
IMPORT FOREIGN SCHEMA main LIMIT TO (num) FROM SERVER h INTO imp;
RESET client_min_messages;
\! mv $D/h.db $D/gone.db; rm -f $D/h.db-wal $D/h.db-shm
\c -
\o /dev/null
SET client_min_messages = debug1;
EXPLAIN SELECT * FROM made WHERE t = 'x' ORDER BY id;
EXPLAIN UPDATE made SET t = 'y' WHERE id = 1;
EXPLAIN INSERT INTO made VALUES (1);
EXPLAIN SELECT * FROM num WHERE n > 2;
EXPLAIN DELETE FROM num;
EXPLAIN SELECT * FROM imp.num WHERE n > 2;
EXPLAIN SELECT * FROM hand.num WHERE n > 2;
RESET client_min_messages;
\o
\! mv $D/gone.db $D/h.db

-- A column that is added to such a table, or gets another type, is the user's own
-- word: the engine is asked again.
ALTER FOREIGN TABLE num ALTER n TYPE text;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM num WHERE n = '1.5';
ALTER FOREIGN TABLE num ALTER n TYPE numeric;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM num WHERE n = '1.5';
SELECT binds.execute('h', 'ALTER TABLE made ADD COLUMN c text COLLATE NOCASE');
SELECT binds.define('ALTER TABLE made ADD COLUMN c text COLLATE "C"', 'h') \g /dev/null
ALTER FOREIGN TABLE made ADD COLUMN c text COLLATE "C";
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM made WHERE c < 'b';
INSERT INTO made VALUES (1, 'a', 'b'), (2, 'b', 'B');
SELECT id FROM made WHERE c = 'b' OR c = 'x';

-- So is what is another column or table by its name, or by the option that tells it.
SELECT binds.execute('h', 'CREATE TABLE other (id integer PRIMARY KEY, t text COLLATE NOCASE, c text, n STRING)');
SELECT binds.execute('h', $$INSERT INTO other VALUES (1, 'X', 'X', 1)$$);
SELECT binds.define('CREATE TABLE other2 (id integer PRIMARY KEY, c text, m text)', 'h');
SELECT relation FROM binds.create_all('h') WHERE action = 'created';
INSERT INTO other2 VALUES (1, 'X', 'm');
\set x 'SELECT id FROM other2 WHERE c = \'x\''
:x;
BEGIN;
ALTER FOREIGN TABLE other2 OPTIONS (SET table_name 'other');
ALTER FOREIGN TABLE other2 ALTER c OPTIONS (ADD column_name 't');
:x;
DELETE FROM other2 WHERE c = 'x' RETURNING id;
ROLLBACK;
BEGIN;
ALTER FOREIGN TABLE other2 DROP COLUMN m, DROP COLUMN c, ADD COLUMN c text OPTIONS (column_name 't'), ADD COLUMN m text OPTIONS (column_name 'n');
ALTER FOREIGN TABLE other2 OPTIONS (SET table_name 'other');
:x;
INSERT INTO other2 (id, m) VALUES (2, '0077');
ROLLBACK;
BEGIN;
ALTER FOREIGN TABLE other2 OPTIONS (SET table_name 'other');
SELECT id FROM other2 WHERE c = 'x';
ROLLBACK;

-- So is a column that is made anew without the options that told what it is, also by attach and IMPORT.
SELECT binds.execute('h', 'CREATE TABLE last (id integer PRIMARY KEY, c text COLLATE NOCASE)');
SELECT binds.execute('h', $$INSERT INTO last VALUES (1, 'b'), (2, 'B')$$);
SELECT relation FROM binds.reflect('h') WHERE model = 'last';
IMPORT FOREIGN SCHEMA main LIMIT TO (last) FROM SERVER h INTO imp;
CREATE FOREIGN TABLE hand.last (id int, c text) SERVER h;
SELECT * FROM binds.attach('hand.last');
BEGIN;
ALTER FOREIGN TABLE last DROP COLUMN c, ADD COLUMN c text;
ALTER FOREIGN TABLE imp.last DROP COLUMN c;
ALTER FOREIGN TABLE imp.last ADD COLUMN c text;
ALTER FOREIGN TABLE hand.last DROP COLUMN c;
ALTER FOREIGN TABLE hand.last ADD COLUMN c text;
SELECT id FROM imp.last WHERE c = 'b';
SELECT id FROM hand.last WHERE c = 'b';
DELETE FROM last WHERE c = 'b' RETURNING *;
ROLLBACK;

-- Definitions that this session changes itself are asked again, and once more when that is undone.
CREATE FOREIGN TABLE hand.q (id int, c text, n text) SERVER h OPTIONS (table_name 'q');
SELECT binds.execute('h', 'CREATE TABLE q (id integer PRIMARY KEY, c text, n text)');
INSERT INTO hand.q VALUES (1, 'X', '0077');
PREPARE q AS SELECT n FROM hand.q WHERE c = 'x';
EXECUTE q;
BEGIN;
SELECT binds.execute('h', 'DROP TABLE q');
SELECT binds.execute('h', 'CREATE TABLE q (id integer PRIMARY KEY, c text COLLATE NOCASE, n STRING)');
SELECT binds.execute('h', $$INSERT INTO q VALUES (1, 'X', 78)$$);
EXECUTE q;
EXECUTE q;
INSERT INTO hand.q VALUES (2, 'x', '0077');
ROLLBACK;
BEGIN;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE q;
SAVEPOINT s;
SELECT binds.execute('h', 'DROP TABLE q');
SELECT binds.execute('h', 'CREATE TABLE q (id integer PRIMARY KEY, c text COLLATE NOCASE, n STRING)');
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE q;
ROLLBACK TO s;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE q;
COMMIT;
\set url :sqlite 'k.db'
SELECT binds.add('k', :'url', '{"schema": "imp"}') \g /dev/null
SELECT binds.define('CREATE TABLE r (id integer PRIMARY KEY, c text)', 'k');
SELECT action FROM binds.create_all('k');
CREATE FOREIGN TABLE hand.r (id int, c text) SERVER k;
PREPARE r AS SELECT id FROM hand.r WHERE c = 'x';
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE r;
SELECT action FROM binds.drop_all('k');
SELECT binds.forget('k', 'r');
SELECT binds.define('CREATE TABLE r (id integer PRIMARY KEY, c integer)', 'k');
SELECT action FROM binds.create_all('k');
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE r;

-- The defaults that only the engine has are asked for, too; attach writes them down.
SELECT binds.execute('h', $$CREATE TABLE preset (id integer PRIMARY KEY, c text DEFAULT (upper('x')), e integer DEFAULT (60*60))$$);
CREATE FOREIGN TABLE hand.preset (id int, c text, e int) SERVER h;
INSERT INTO hand.preset (id) VALUES (1) RETURNING *;
SELECT * FROM binds.attach('hand.preset');
INSERT INTO hand.preset (id) VALUES (2) RETURNING *;
