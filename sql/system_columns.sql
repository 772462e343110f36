\i test/setup.psql
-- A foreign table has none of PostgreSQL's system columns but tableoid: a query that
-- names one is refused, whether rows are only read or changed by their rowid or key.
\set url :sqlite 's.db'
SELECT binds.add('s', :'url');
SELECT binds.define($$CREATE TABLE t (id integer PRIMARY KEY, v integer)$$, 's');
SELECT action FROM binds.create_all('s');
INSERT INTO t VALUES (1, 1), (2, 2);
SELECT tableoid::regclass, id FROM t ORDER BY id;
SELECT xmin, ctid FROM t;
SELECT id FROM t WHERE cmax = '0';
SELECT count(*) FROM t a JOIN t b ON a.ctid = b.ctid;
UPDATE t SET v = 3 WHERE xmin = '0';
UPDATE t SET v = xmin::text::integer;
DELETE FROM t WHERE ctid = '(0,1)';
SELECT t FROM t ORDER BY id FOR UPDATE;
UPDATE t SET v = v + 1 WHERE id = 1 RETURNING *;
DELETE FROM t USING t other WHERE t.id = other.id AND other.v = 2 AND t.id = 1 RETURNING t.id;
-- Nor has a row that is written one.
INSERT INTO t VALUES (7, 7) RETURNING ctid;
UPDATE t SET v = 8 RETURNING xmin;
DELETE FROM t RETURNING cmax;
INSERT INTO t VALUES (7, 7) RETURNING tableoid::regclass, id;
CREATE TABLE part (id integer, v integer) PARTITION BY RANGE (id);
CREATE TABLE here PARTITION OF part FOR VALUES FROM (100) TO (200);
ALTER TABLE part ATTACH PARTITION t FOR VALUES FROM (1) TO (100);
INSERT INTO part VALUES (100, 0) RETURNING ctid;
INSERT INTO part VALUES (8, 8) RETURNING ctid;
UPDATE part SET v = 9 RETURNING xmin;
SELECT * FROM t ORDER BY id;
-- The planner's own use of them is no user's: tables with children that are locked, or joined to what is changed.
CREATE TABLE loc (id integer, v integer);
INSERT INTO loc VALUES (7, 1), (100, 2), (500, 3);
UPDATE loc SET v = p.v FROM part p WHERE p.id = loc.id;
SELECT * FROM loc ORDER BY id;
DELETE FROM loc USING part p WHERE p.id = loc.id AND p.id = 100;
MERGE INTO loc USING part p ON p.id = loc.id WHEN NOT MATCHED THEN INSERT VALUES (p.id, -p.v) WHEN MATCHED THEN UPDATE SET v = -loc.v;
SELECT * FROM loc ORDER BY id;
SELECT * FROM part ORDER BY id FOR UPDATE;
SELECT l.* FROM loc l JOIN part p ON p.id = l.id ORDER BY 1 FOR UPDATE OF l;
CREATE TABLE heir_here (id integer, v integer);
CREATE FOREIGN TABLE heir (id integer, v integer) INHERITS (heir_here) SERVER s OPTIONS (table_name 't');
SELECT * FROM heir_here ORDER BY id FOR SHARE;
UPDATE part SET v = h.v + 1 FROM heir_here h WHERE h.id = part.id AND h.id = 7;
SELECT * FROM part ORDER BY id;
SELECT ctid FROM part FOR UPDATE;
SELECT id FROM part ORDER BY ctid FOR UPDATE;
UPDATE loc SET (id, v) = (SELECT 1, length(p.ctid::text)) FROM part p WHERE p.id = loc.id;
SELECT l.id FROM loc l JOIN part p ON p.id = l.id AND p.ctid IS NOT NULL FOR UPDATE OF l;
SELECT x FROM part p, LATERAL (SELECT p.ctid AS x OFFSET 0) y FOR UPDATE OF p;
SELECT (SELECT p.ctid FROM loc LIMIT 1) FROM part p FOR UPDATE OF p;
SELECT ctid FROM heir UNION ALL SELECT ctid FROM loc;
UPDATE loc SET v = 1 FROM part p WHERE p.id = loc.id RETURNING p.ctid;
MERGE INTO loc USING part p ON p.id = loc.id WHEN NOT MATCHED THEN INSERT VALUES (p.id, p.xmin::text::integer);
