\i test/setup.psql
-- attach writes down as options what the engine says of a table that was written by
-- hand: what reflect would have set, and what tells a type of the user's own.
\! $MY users < test/handmade_mysql.sql
\set url :mysql 'users'
SELECT binds.add('h', :'url');
CREATE FOREIGN TABLE txt (id int, a varchar(20), b text) SERVER h;
CREATE FOREIGN TABLE num (id int, f float8, r real, d numeric(20,2), t int) SERVER h;
CREATE FOREIGN TABLE flag (id int, t bool, b bool) SERVER h;
CREATE FOREIGN TABLE keyed (k text, v int) SERVER h;
CREATE FOREIGN TABLE gen (id int, a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int) SERVER h;
CREATE TYPE abc AS ENUM ('b', '1', 'a');
CREATE FOREIGN TABLE odd (id int, e abc, s text, i interval) SERVER h;
SELECT * FROM binds.attach('txt');
SELECT * FROM binds.attach('num');
SELECT * FROM binds.attach('flag');
SELECT * FROM binds.attach('keyed');
SELECT * FROM binds.attach('gen');
SELECT * FROM binds.attach('odd');
SELECT * FROM binds.attach('odd');
-- No engine is asked any more.
\c -
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM num WHERE f > 1 AND t = 9;
EXPLAIN (VERBOSE, COSTS OFF) UPDATE keyed SET v = 1 WHERE k = 'x';
\! sleep 0.3; $MY -e "SELECT count(*) FROM information_schema.processlist WHERE user = 'app'"
INSERT INTO odd (id, e, s, i) VALUES (1, 'a', 'x,y', '30:00') RETURNING *;
INSERT INTO odd (id, s) VALUES (2, 'y,x');
INSERT INTO gen (a) VALUES (2) RETURNING b, c;
UPDATE keyed SET v = v + 1 WHERE k = 'A' RETURNING *;
