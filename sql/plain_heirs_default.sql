\i test/setup.psql
-- ALTER TABLE of a table that tables of the default bind inherit from, or are partitions of: their
-- models follow.
\pset format unaligned
\t on
SET client_min_messages = warning;
CREATE TABLE parent (id int, a int);
CREATE TABLE child (id int, a int, own int PRIMARY KEY);
CREATE TABLE mixed (id int, a int CONSTRAINT mixed_own CHECK (a > 0));
CREATE TABLE alone (id int, a int);
SELECT model FROM binds.reflect(NULL::text, '{"only": ["child", "mixed", "alone"]}');
ALTER TABLE child INHERIT parent;
ALTER TABLE mixed INHERIT parent;
SELECT model, kind, note FROM binds.diff();
ALTER TABLE parent ADD COLUMN b text DEFAULT 'x' NOT NULL UNIQUE CHECK (b <> ''), ADD COLUMN c int NOT NULL DEFAULT 3;
SELECT model, kind, note FROM binds.diff();
ALTER TABLE parent ALTER a TYPE bigint, ALTER a SET DEFAULT 4, ADD CHECK (a < 100), ADD CONSTRAINT mine CHECK (c > 0) NO INHERIT;
SELECT model, kind, note FROM binds.diff();
ALTER TABLE parent RENAME COLUMN c TO d;
ALTER TABLE parent RENAME CONSTRAINT parent_a_check TO small;
SELECT model, kind, note FROM binds.diff();
ALTER TABLE parent DROP CONSTRAINT small, DROP CONSTRAINT mine, ALTER d DROP NOT NULL, ALTER a DROP DEFAULT;
SELECT model, kind, note FROM binds.diff();
-- What a child has of its own stays; and what is said of one table alone.
ALTER TABLE parent DROP COLUMN a, DROP COLUMN b;
ALTER TABLE ONLY parent ALTER d SET DEFAULT 9;
SELECT model, kind, note FROM binds.diff();
SELECT attname FROM pg_attribute WHERE attrelid = 'mixed'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum;
-- A rollback takes it back, and so does an error.
BEGIN;
ALTER TABLE parent ADD COLUMN e int;
ROLLBACK;
SELECT model, kind, note FROM binds.diff();
-- A partition, also of a partition.
CREATE TABLE whole (k int NOT NULL, v text) PARTITION BY LIST (k);
CREATE TABLE half PARTITION OF whole FOR VALUES IN (1, 2) PARTITION BY LIST (k);
CREATE TABLE part (k int NOT NULL, v text);
SELECT model FROM binds.reflect(NULL::text, '{"only": ["part"]}');
ALTER TABLE half ATTACH PARTITION part FOR VALUES IN (1);
ALTER TABLE whole ADD COLUMN w int DEFAULT 1, ADD CONSTRAINT wc CHECK (w > 0), ALTER v SET NOT NULL;
ALTER TABLE whole RENAME COLUMN v TO vv;
SELECT model, kind, note FROM binds.diff();
ALTER TABLE whole DROP COLUMN vv, DROP CONSTRAINT wc;
SELECT model, kind, note FROM binds.diff();
-- A model that inherits from another one, and one that inherits here only.
SELECT binds.define('CREATE TABLE base (id int, n int); CREATE TABLE heir (x int) INHERITS (base)', NULL);
SELECT model, action FROM binds.create_all(NULL) WHERE model ~ 'base|heir';
CREATE TABLE more (id int, n int);
SELECT model FROM binds.reflect(NULL::text, '{"only": ["more"]}');
ALTER TABLE more INHERIT base;
ALTER TABLE base ADD COLUMN z int CHECK (z > 0), ALTER n TYPE bigint;
ALTER TABLE base RENAME COLUMN n TO m;
SELECT model, kind, note FROM binds.diff();
ALTER TABLE base DROP COLUMN z;
SELECT model, kind, note FROM binds.diff();
