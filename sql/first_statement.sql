\i test/setup.psql
-- The statement for which a session loads the library is planned without it.  NULL and
-- DEFAULT are told apart there, too, also where rows go through a partitioned table.
\set url :sqlite 'first.db'
SELECT binds.add('first', :'url');
SELECT binds.execute('first', $$CREATE TABLE t (id integer PRIMARY KEY, v varchar(20) DEFAULT 'engine', w text DEFAULT 'engine', n numeric(5,2) DEFAULT 7, i integer DEFAULT 7)$$);
SELECT model FROM binds.reflect('first');
CREATE TABLE parted (id integer, v varchar(20), w text, n numeric(5,2), i integer) PARTITION BY LIST (id);
CREATE FOREIGN TABLE part PARTITION OF parted DEFAULT SERVER first OPTIONS (table_name 't');
\c -
INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL);
\c -
INSERT INTO t VALUES (2, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
\c -
INSERT INTO t VALUES (3, NULL, NULL, NULL, NULL), (4, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
\c -
INSERT INTO parted VALUES (5, 'x', NULL, 1, NULL);
\c -
INSERT INTO parted VALUES (6, 'x', DEFAULT, 1, DEFAULT);
-- where they cannot be, once,
\c -
INSERT INTO parted VALUES (9, NULL, NULL, NULL, NULL);
INSERT INTO parted VALUES (9, NULL, NULL, NULL, NULL);
\c -
INSERT INTO parted VALUES (10, 'x', DEFAULT, DEFAULT, DEFAULT);
INSERT INTO parted VALUES (10, 'x', DEFAULT, DEFAULT, DEFAULT);
-- while a column that is not named is clear.
\c -
INSERT INTO parted (id, w) VALUES (11, 'x');
\c -
INSERT INTO parted VALUES (7, NULL, NULL, NULL, NULL), (8, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
INSERT INTO parted VALUES (7, NULL, NULL, NULL, NULL), (8, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
\c -
UPDATE t SET v = NULL, w = NULL, n = NULL, i = NULL WHERE id = 2;
\pset null NULL
SELECT * FROM t ORDER BY id;
-- Defaults that only the engine has, without a partitioned table.
SELECT binds.execute('first', $$CREATE TABLE e (id integer PRIMARY KEY, v varchar(20) DEFAULT (lower('ENG')), w text DEFAULT (lower('ENG')))$$);
SELECT model FROM binds.reflect('first');
\c -
INSERT INTO e VALUES (1, 'x', 'y'), (2, DEFAULT, DEFAULT);
INSERT INTO e VALUES (1, 'x', 'y'), (2, DEFAULT, DEFAULT);
\c -
INSERT INTO e VALUES (3, 'x', 'y'), (4, 'x', DEFAULT), (5, 'x', NULL);
\c -
INSERT INTO e VALUES (6, 'x', 'y'), (7, NULL, 'y');
INSERT INTO e VALUES (6, 'x', 'y'), (7, NULL, 'y');
\c -
INSERT INTO e VALUES (8, NULL, NULL);
\c -
INSERT INTO e (id) VALUES (9);
\c -
UPDATE e SET v = DEFAULT WHERE id = 1;
-- A statement that is planned while that one is has no part in it.
CREATE FUNCTION limit_of(text) RETURNS integer STABLE LANGUAGE plpgsql AS $$ DECLARE n integer; BEGIN
	SELECT count(*) FROM pg_class WHERE relname = $1 INTO n; RETURN 5 + n; END $$;
CREATE TABLE parted_e (id integer, v varchar(20), w text) PARTITION BY RANGE (id);
CREATE TABLE part_here PARTITION OF parted_e FOR VALUES FROM (1000) TO (2000);
CREATE FOREIGN TABLE part_e PARTITION OF parted_e FOR VALUES FROM (1) TO (1000) SERVER first OPTIONS (table_name 'e');
\c -
INSERT INTO parted_e SELECT 10, NULL::varchar(20), 'y' FROM e WHERE id < limit_of('e') AND id = 1;
\c -
INSERT INTO e SELECT i, n, n FROM (VALUES (11, 'x'), (12, NULL)) v (i, n) WHERE i > limit_of('none');
-- Plans that were made before are made again, prepared ones and those of functions.
CREATE FUNCTION put(bigint) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO parted_e VALUES ($1, NULL, DEFAULT), ($1 + 1, DEFAULT, NULL); END $$;
\c -
PREPARE one(bigint) AS INSERT INTO parted_e (id, v, w) VALUES ($1, DEFAULT, DEFAULT);
PREPARE two(bigint) AS INSERT INTO parted_e (id, v, w) VALUES ($1, NULL, DEFAULT), ($1 + 1, DEFAULT, NULL);
SELECT put(g) FROM generate_series(1000, 1010, 2) g \g /dev/null
EXECUTE one(1100); EXECUTE one(1101); EXECUTE one(1102); EXECUTE one(1103); EXECUTE one(1104); EXECUTE one(1105); EXECUTE one(1106);
EXECUTE two(1200); EXECUTE two(1202); EXECUTE two(1204); EXECUTE two(1206); EXECUTE two(1208); EXECUTE two(1210); EXECUTE two(1212);
SELECT count(*) FROM e;
EXECUTE one(20);
EXECUTE two(21);
SELECT put(23);
-- A statement that runs when the library is loaded is not told either.
CREATE FUNCTION load_it(integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN PERFORM binds.get_bind('e'); PERFORM 1 FROM e WHERE id = 1; RETURN $1; END $$;
\c -
INSERT INTO parted_e (id, v, w) VALUES (load_it(30), DEFAULT, DEFAULT), (31, 'x', 'y');
INSERT INTO parted_e (id, v, w) VALUES (load_it(30), DEFAULT, DEFAULT), (31, 'x', 'y');
-- MERGE has no marks: PostgreSQL refuses a partition in a bind, and so is one that it did not look at.
MERGE INTO parted_e p USING (VALUES (40)) v (i) ON p.id = v.i AND p.id >= 1000 WHEN NOT MATCHED THEN INSERT (id, v) VALUES (v.i, NULL);
SELECT * FROM e ORDER BY id;
