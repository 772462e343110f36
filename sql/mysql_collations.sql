\i test/setup.psql
-- Texts in every collation of a narrow character set, also one that is not the set's
-- default: every answer is that of a local table with the same rows.  The constant is
-- brought into the column's character set and collation, so that an index serves it.
\! $MY users < test/collations_mysql.sql
\set url :mysql 'users'
SELECT binds.add('c', :'url');
CREATE SCHEMA far;
CREATE SCHEMA hand;
CREATE SCHEMA twin;
IMPORT FOREIGN SCHEMA users FROM SERVER c INTO far;
CREATE FOREIGN TABLE hand.cms (u varchar(20), id int) SERVER c;
CREATE FOREIGN TABLE hand.letters (id int, g1 varchar(20), g2 varchar(20), cs varchar(20), cz varchar(20), u3 text, f char(9), b1 varchar(20)) SERVER c;
CREATE TABLE twin.cms AS TABLE far.cms;
CREATE TABLE twin.letters AS TABLE far.letters;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM far.cms WHERE u = 'x';
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM hand.letters WHERE f = 'x' AND g1 <> 'x';
\i test/same_answers.psql
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id FROM letters WHERE %I = ''a''', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id FROM letters WHERE %I IN (''ä'', ''A'', ''€'', ''😀'', ''?'')', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id FROM letters WHERE %I <> ''a ''', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id FROM letters WHERE %I NOT IN (''a'', ''ß'')', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id FROM letters WHERE %I IS DISTINCT FROM ''ß''', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id FROM letters WHERE %I LIKE ''a%%'' OR length(%1$I) = 2', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT id, n FROM letters JOIN (VALUES (''a'', 1), (''ss'', 2), (NULL, 3)) v(w, n) ON %I = w', c)) s;
SELECT c, s.* FROM unnest('{g1,g2,cs,cz,u3,f,b1}'::text[]) c,
	same(format('SELECT a.id, b.id AS other FROM letters a JOIN letters b USING (%I)', c)) s;
-- parameters that are known at execution only
SET plan_cache_mode = force_generic_plan;
PREPARE one(text) AS SELECT id FROM far.letters WHERE g1 = $1 ORDER BY id;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE one('a');
EXECUTE one('a');
EXECUTE one('😀');
EXECUTE one(NULL);
PREPARE several(text[]) AS SELECT id FROM far.letters WHERE cs = ANY ($1) ORDER BY id;
EXECUTE several('{a,ß,😀}');
RESET plan_cache_mode;
-- A key of such a text finds its row and no other.
UPDATE far.cms SET id = id + 10 WHERE u = 'x' RETURNING *;
UPDATE hand.cms SET id = id + 10 WHERE u IN ('Ä', 'nix') RETURNING *;
SET binds.pushdown = off;
UPDATE far.cms SET id = id + 100 WHERE u = 'ß' RETURNING *;
UPDATE hand.cms SET u = 'Z' WHERE u = 'ss' RETURNING *;
DELETE FROM far.cms WHERE u = 'x' RETURNING *;
RESET binds.pushdown;
DELETE FROM hand.cms WHERE id > 100 RETURNING *;
SELECT * FROM far.cms ORDER BY id;
