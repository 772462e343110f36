\i test/setup.psql
-- attach writes down as options what the engine says of a table that was written by
-- hand: what reflect would have set, and what tells a type of the user's own.
\! sqlite3 $D/h.db < test/handmade_sqlite.sql; chmod 666 $D/h.db
\set url :sqlite 'h.db'
SELECT binds.add('h', :'url');
CREATE FOREIGN TABLE num (id bigint, n numeric, m numeric) SERVER h;
CREATE FOREIGN TABLE txt (id int, t text COLLATE "C", "U x" text OPTIONS (column_name 'u')) SERVER h;
CREATE FOREIGN TABLE keyed (k text, v int) SERVER h;
CREATE FOREIGN TABLE gen (id int, a int, b int, c int) SERVER h;
CREATE FOREIGN TABLE vw (id int, t text) SERVER h;
SELECT * FROM binds.attach('num');
SELECT * FROM binds.attach('txt');
SELECT * FROM binds.attach('keyed');
SELECT * FROM binds.attach('gen');
SELECT * FROM binds.attach('vw');
\d num
\d txt
-- A second time there is nothing to change.
SELECT * FROM binds.attach('txt');
-- Options that are not true go; the key and what is generated are the user's to say.
ALTER FOREIGN TABLE txt ALTER t OPTIONS (ADD type 'VARCHAR(5)', SET collation 'BINARY', ADD key 'true'),
	ALTER "U x" OPTIONS (ADD computed 'true', ADD generated 'always'), ALTER id OPTIONS (DROP key, DROP generated);
SELECT * FROM binds.attach('txt');
-- Another type is another description.
ALTER FOREIGN TABLE num ALTER n TYPE text;
SELECT * FROM binds.attach('num');
SELECT id, n FROM num WHERE n = '10' OR n = '1.50';
UPDATE num SET n = '3' WHERE id = 2 RETURNING *;
INSERT INTO keyed VALUES ('c', 3);
UPDATE keyed SET v = 4 WHERE k = 'c' RETURNING *;
INSERT INTO gen (a) VALUES (2) RETURNING b, c;
-- No engine is asked any more.
\! mv $D/h.db $D/gone.db
\c -
\o /dev/null
SET client_min_messages = debug1;
EXPLAIN SELECT * FROM num WHERE n = '1';
EXPLAIN UPDATE txt SET t = 'x';
EXPLAIN DELETE FROM keyed;
RESET client_min_messages;
\o
\! mv $D/gone.db $D/h.db

-- Errors: not a foreign table, one of somebody else, a table or column that is not there.
CREATE TABLE local (a int);
SELECT binds.attach('local');
CREATE ROLE regress_attach;
SET ROLE regress_attach;
SELECT binds.attach('num');
RESET ROLE;
DROP ROLE regress_attach;
CREATE FOREIGN TABLE missing (id int) SERVER h;
SELECT binds.attach('missing');
CREATE FOREIGN TABLE lacking (id int, nope int) SERVER h OPTIONS (table_name 'num');
SELECT binds.attach('lacking');
\d lacking
SELECT binds.attach(NULL);
SELECT binds.attach('1'::regclass);
BEGIN READ ONLY;
SELECT binds.attach('num');
ROLLBACK;
