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
