\i test/setup.psql
-- Views and virtual tables are foreign tables where they are asked for, and never models.
\set url :sqlite 'v.db'
\setenv DB `echo sqlite3 $D/v.db`
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9), d DATE); INSERT INTO t VALUES (1, 'Ab', '2024-02-29'), (2, 'ab', NULL); CREATE VIEW \"v 1\" AS SELECT id, a, d, a || '!' AS bang FROM t; CREATE VIEW broken AS SELECT * FROM nope; CREATE VIEW v2 AS SELECT count(*) AS n FROM t"
\! $DB "CREATE VIRTUAL TABLE doc USING fts5(title, body); INSERT INTO doc VALUES ('One', 'the first word'), ('one', 'the second'); CREATE VIRTUAL TABLE box USING rtree(id, x0, x1, y0, y1); INSERT INTO box VALUES (1, 0.1, 1, 0, 1), (2, 2, 3.5, 2, 3)"
\! chmod 666 $D/v.db
CREATE SCHEMA v;
SELECT binds.add('v', :'url', '{"schema": "v"}');
-- Without the option one NOTICE says how many are left out.
SELECT model, action FROM binds.reflect('v');
SELECT model, action FROM binds.reflect('v', '{"except": ["v2", "broken", "box", "doc"]}');
SELECT model, action FROM binds.reflect('v', '{"only": ["v2"]}');
SELECT model, action FROM binds.reflect('v', '{"views": "maybe"}');
SELECT model, action FROM binds.reflect('v', '{"views": ["v2"]}');
-- With it the shadow tables are what is left out.
SELECT model, relation, action FROM binds.reflect('v', '{"views": true}');
SELECT model, action FROM binds.reflect('v', '{"views": true, "except": ["broken"]}');
SELECT model FROM binds.models WHERE bind_key = 'v';
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attfdwoptions
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
	WHERE c.relnamespace = 'v'::regnamespace AND c.relkind = 'f' ORDER BY c.relname, a.attnum;
SELECT ftrelid::regclass, array_to_string(ftoptions, ' ') !~ 'rowid=false' AS has_rowid FROM pg_foreign_table ORDER BY ftrelid::regclass::text COLLATE "C";
SET search_path = v, public;
SELECT * FROM "v 1" WHERE a = 'ab' OR d = '2024-02-29' ORDER BY id;
SELECT * FROM v2;
-- Nothing is compared by the engine where nobody tells how it compares.
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM doc WHERE title = 'one';
SELECT * FROM doc WHERE title = 'one';
SELECT * FROM doc WHERE body LIKE '%WORD%' OR body LIKE '%second%' ORDER BY title COLLATE "C";
SELECT * FROM box WHERE x0 > 1;
SELECT id, x0 = 0.1::real AS same FROM box WHERE x1 = 1 AND id = 1;
SELECT count(*) FROM box b JOIN t ON t.id = b.id WHERE y1 >= 1;
-- Rows of virtual tables are told apart by their rowid; those of a view are not.
INSERT INTO doc VALUES ('two', 'third');
UPDATE doc SET title = 'x' WHERE title = 'two';
DELETE FROM doc WHERE title = 'One';
SELECT * FROM doc ORDER BY title COLLATE "C";
UPDATE box SET x1 = 4 WHERE id = 2;
UPDATE box SET x1 = 1 WHERE id = 2;
SELECT id, x1 FROM box ORDER BY id;
UPDATE "v 1" SET a = 'x';
-- SQLite returns what a row was given, not what became of it: refused.
INSERT INTO doc VALUES ('three', 'x') RETURNING *;
\set VERBOSITY sqlstate
INSERT INTO doc VALUES ('three', 'x') ON CONFLICT DO NOTHING;
\set VERBOSITY default
UPDATE doc SET title = 'y' RETURNING *;
INSERT INTO "v 1" (id) VALUES (3);
-- What a virtual table can do beyond tables goes by binds.query.
SELECT binds.query('v', $$SELECT rowid, body FROM doc WHERE doc MATCH 'second'$$);
SELECT binds.query('v', $$SELECT id FROM box WHERE x0 >= 2 AND x1 <= 9$$);
-- drop_all drops models only: views and virtual tables stay in the engine.
RESET search_path;
SELECT model, action FROM binds.drop_all('v');
\! $DB "SELECT type, name FROM sqlite_schema WHERE name IN ('t', 'v 1', 'v2', 'doc', 'box') ORDER BY name"
SELECT model, action FROM binds.create_all('v');
SELECT count(*) FROM v.v2;
-- A relation of the name is in the way of its view only.
DROP FOREIGN TABLE v.v2, v."v 1";
SET binds.bind_key = '';	-- this database, though the schema is a bind's
CREATE TABLE v.v2 (x int);
SELECT model, action FROM binds.reflect('v', '{"views": true, "except": ["broken"]}');
-- IMPORT makes virtual tables, too.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main LIMIT TO (doc, box) FROM SERVER v INTO i;
IMPORT FOREIGN SCHEMA main LIMIT TO (broken) FROM SERVER v INTO i;
SELECT count(*) FROM i.doc, i.box;
IMPORT FOREIGN SCHEMA main LIMIT TO (t, v2) FROM SERVER v INTO i OPTIONS (views 'false');
\det i.*
SELECT binds.remove('v', true);
\det v.*
-- A view that triggers stand in for is written to, and rows are found if a key is named.
\setenv DB `echo sqlite3 $D/w.db`
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n INT); CREATE VIEW w AS SELECT id, a FROM t; CREATE TRIGGER wi INSTEAD OF INSERT ON w BEGIN INSERT INTO t VALUES (new.id, new.a, 99); END; CREATE TRIGGER wu INSTEAD OF UPDATE ON w BEGIN UPDATE t SET a = new.a WHERE id = old.id; END; CREATE TRIGGER wd INSTEAD OF DELETE ON w BEGIN DELETE FROM t WHERE id = old.id; END; CREATE VIEW none AS SELECT * FROM t WHERE 0"
\! $DB "CREATE VIEW types AS SELECT id + 1 AS sum, a || 'z' AS text, CAST(n AS REAL) AS r, NULL AS nix, date('2024-02-29') AS d, x'00ff' AS b FROM t"
\! chmod 666 $D/w.db
\set url :sqlite 'w.db'
CREATE SCHEMA w;
SELECT binds.add('w', :'url', '{"schema": "w"}');
SELECT model FROM binds.reflect('w', '{"views": true}');
INSERT INTO w.w VALUES (1, 'a'), (2, 'b'), (NULL, 'c');
INSERT INTO w.w VALUES (7, 'a') RETURNING *;
ALTER FOREIGN TABLE w.w ALTER id OPTIONS (ADD key 'true');
UPDATE w.w SET a = 'x' WHERE id < 3;
UPDATE w.w SET a = 'y' WHERE id = 1 RETURNING *;
DELETE FROM w.w WHERE id = 2 RETURNING *;
SELECT * FROM w.t ORDER BY id;
SELECT * FROM w.none;
INSERT INTO w.none VALUES (1, 'a', 2);
-- What a view computes has no type there: it is read as text, or as what it is altered to.
SELECT sum, text, r, nix, d FROM w.types;
SELECT b FROM w.types;
ALTER FOREIGN TABLE w.types ALTER sum TYPE int, ALTER d TYPE date, ALTER b TYPE bytea;
SELECT sum + 1 AS sum, d + 1 AS d, b FROM w.types WHERE sum > 2;
-- Shadow tables are told by what they belong to, not by their names; names may be odd.
\setenv DB `echo sqlite3 $D/s.db`
\! $DB "CREATE TABLE lone_data (a); CREATE TABLE doc_extra (a); CREATE TABLE box_node2 (a); CREATE VIRTUAL TABLE doc USING fts5(a); CREATE VIRTUAL TABLE box USING rtree(id, x0, x1); CREATE VIRTUAL TABLE \"d\"\"o c\" USING fts5(a); INSERT INTO \"d\"\"o c\" VALUES ('one'); CREATE VIEW \"q\"\"v\" AS SELECT 1 AS \"a\"\"b\"; CREATE VIEW sys AS SELECT 1 AS ctid; CREATE VIEW loop1 AS SELECT * FROM loop2; CREATE VIEW loop2 AS SELECT * FROM loop1; VACUUM"
\! sqlite3 -cmd ".dbconfig defensive off" $D/s.db "PRAGMA writable_schema = on; INSERT INTO sqlite_schema VALUES ('table', 'missing', 'missing', 0, 'CREATE VIRTUAL TABLE missing USING nosuch(a)')" >/dev/null
\! chmod 666 $D/s.db
\set url :sqlite 's.db'
CREATE SCHEMA s;
SELECT binds.add('s', :'url', '{"schema": "s"}');
SELECT model FROM binds.reflect('s');
SELECT model FROM binds.reflect('s', '{"only": ["q\"v"]}');
SELECT model FROM binds.reflect('s', '{"views": true}');
UPDATE s."d""o c" SET a = 'two' WHERE a = 'one';
SELECT * FROM s."d""o c", s."q""v";
-- Their content is not ours to change.
CREATE FOREIGN TABLE shadow (id int, c0 text) SERVER s OPTIONS (table_name 'd"o c_content');
INSERT INTO shadow VALUES (7, 'x');
SELECT * FROM shadow;
-- The columns of a compound view, of a view over one, and those that an rtree only keeps hold
-- values of any kind: they are compared here, with the same answer.  Others are sent.
\setenv DB `echo sqlite3 $D/u.db`
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, n NUMERIC(9,2), b BOOLEAN, r REAL); INSERT INTO t VALUES (1, 1.5, 1, 1), (2, 2, 0, 2.5); CREATE VIEW simple AS SELECT * FROM t; CREATE VIEW a AS SELECT 1 AS x UNION SELECT 2; CREATE VIEW \"un\"\"ited\" AS SELECT id, n, b, r FROM t UNION ALL SELECT 1, '1.50', '1', ' 1 '; CREATE VIEW above AS SELECT * FROM \"un\"\"ited\"; CREATE VIRTUAL TABLE box USING rtree(id, x0, x1); CREATE VIRTUAL TABLE kept USING rtree(id, x0, x1, +n INTEGER); INSERT INTO kept VALUES (1, 0, 1, ' 7 ')"
\! chmod 666 $D/u.db
\set url :sqlite 'u.db'
CREATE SCHEMA u;
SELECT binds.add('u', :'url', '{"schema": "u"}');
SET client_min_messages = warning;
SELECT model FROM binds.reflect('u', '{"views": true, "only": ["simple", "above", "box"]}');
RESET client_min_messages;
CREATE FOREIGN TABLE u.hand_united (id bigint, n numeric(9,2), b boolean, r float8) SERVER u OPTIONS (table_name 'un"ited');
CREATE FOREIGN TABLE u.hand_above (id bigint, n numeric(9,2), b boolean, r float8) SERVER u OPTIONS (table_name 'above');
CREATE FOREIGN TABLE u.hand_kept (id bigint, n bigint) SERVER u OPTIONS (table_name 'kept');
CREATE FUNCTION pg_temp.try(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN EXECUTE query INTO result; RETURN result;
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$;
CREATE VIEW answers AS SELECT relation, clause, pg_temp.try(format('SELECT count(*) FROM u.%s WHERE %s', relation, clause)) AS rows
	FROM unnest('{simple,hand_united,hand_above}'::text[]) relation, unnest('{n = 1.5,n < 1.6,b,id = 1,r = 1}'::text[]) clause;
CREATE TABLE sent AS SELECT * FROM answers;
SELECT * FROM sent ORDER BY relation COLLATE "C", clause COLLATE "C";
SET binds.pushdown = off;
SELECT * FROM answers EXCEPT SELECT * FROM sent;
RESET binds.pushdown;
SELECT count(*) FROM u.hand_kept WHERE n = 7;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM u.simple WHERE id = 1 AND n = 1.5;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM u.hand_above WHERE id = 1 AND n = 1.5;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM u.box WHERE id = 1 AND x0 > 1;
