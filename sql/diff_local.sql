\i test/setup.psql
-- diff and upgrade of tables of the host database, and of local relations.
\pset format unaligned
\t on
SET client_min_messages = warning;
\set url :sqlite 'd.db'
CREATE SCHEMA far;
SELECT binds.add('lite', :'url', '{"schema": "far"}');

-- An expression that PostgreSQL reads otherwise than it writes it is the same one.
\set columns 'id int PRIMARY KEY, v varchar(5) CHECK (v IN (''a'', ''b'') AND v NOT IN (''c'')), w boolean GENERATED ALWAYS AS (v IN (''x'', ''y'')) STORED, n numeric(5,2) DEFAULT (ARRAY[1, 2])[1], x int CHECK (x BETWEEN 0 AND 10 AND md5(v) <> '''' OR x BETWEEN 20 AND 30 OR x = 40), y boolean GENERATED ALWAYS AS (x NOT BETWEEN 0 AND 9 OR x = 5) STORED, z boolean DEFAULT (now()::date BETWEEN ''2000-01-01'' AND ''2000-02-01'' AND true)'
SELECT binds.define('CREATE TABLE words (' || :'columns' || '); CREATE INDEX ON words (id) WHERE v IN (''a'', ''b''); CREATE INDEX ON words ((v IN (''a'', ''z''))); CREATE INDEX ON words (x) WHERE id BETWEEN 1 AND 2 AND x > 0');
SELECT binds.define('CREATE TABLE words (' || :'columns' || ')', 'lite');
SELECT count(*) FROM binds.create_all();
SELECT * FROM binds.diff();
SELECT * FROM binds.upgrade('__all__', '{"drop": true, "lossy": true}');
-- Another one is another one.
SELECT binds.define('ALTER TABLE words DROP CONSTRAINT words_v_check, ADD CHECK (v IN (''a'', ''c'') AND v NOT IN (''c''))', NULL);
SELECT kind, statement FROM binds.diff();
SELECT kind, action FROM binds.upgrade(NULL, '{"drop": true}');
SELECT * FROM binds.diff();

-- Statements come in an order in which they can be executed: a type before what is computed of
-- it, and a check that fits one of two types only goes before and comes after.
SELECT binds.define('CREATE TABLE o (id int PRIMARY KEY, w int CHECK (w > 0), x int)', key) FROM unnest(ARRAY[NULL, 'lite']) key;
SELECT count(*) FROM binds.create_all();
SELECT binds.define('ALTER TABLE o ALTER x TYPE bigint; ALTER TABLE o ADD g bigint GENERATED ALWAYS AS (x * 2) STORED; ALTER TABLE o ALTER w TYPE text USING w::text, DROP CONSTRAINT o_w_check, ADD CHECK (w <> '''')', key)
	FROM unnest(ARRAY[NULL, 'lite']) key;
SELECT bind_key, kind, statement FROM binds.diff() WHERE kind ~ 'local' OR bind_key IS NULL;
INSERT INTO o VALUES (1, 5, 3);
INSERT INTO far.o VALUES (1, 5, 3);
BEGIN;
SELECT statement FROM binds.diff() WHERE kind ~ 'local' OR bind_key IS NULL \gexec
ROLLBACK;
SELECT bind_key, kind, action FROM binds.upgrade('__all__', '{"lossy": true}');
SELECT * FROM binds.diff();
SELECT * FROM o;
SELECT * FROM far.o;

-- How PostgreSQL keeps a column, and a table of partitions.
SELECT binds.define('CREATE TABLE parts (id int PRIMARY KEY, t text); CREATE INDEX parts_t ON parts (t)');
CREATE TABLE parts (id int PRIMARY KEY, t text COMPRESSION pglz) PARTITION BY RANGE (id);
CREATE INDEX parts_t ON parts (t);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
SELECT kind, statement FROM binds.diff();
SELECT kind, action FROM binds.upgrade();
SELECT * FROM binds.diff();

-- What is constant in an index is not evaluated with the rights of whoever looks at it.
DROP ROLE IF EXISTS regress_binds_owner;
CREATE ROLE regress_binds_owner;
GRANT CREATE ON SCHEMA public, binds_metadata TO regress_binds_owner;
SELECT binds.define('CREATE TABLE mine (id int PRIMARY KEY)');
ALTER TABLE binds_metadata.mine OWNER TO regress_binds_owner;
SELECT count(*) FROM binds.create_all();
SET ROLE regress_binds_owner;
CREATE FUNCTION tell(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN i; END';
CREATE INDEX mine_tell ON mine ((id + tell(1)));
CREATE OR REPLACE FUNCTION tell(i int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE INFO 'called by %', current_user; RETURN i; END $$;
RESET ROLE;
\c -
\pset format unaligned
\t on
SET client_min_messages = warning;
SELECT kind FROM binds.diff(NULL);
DROP OWNED BY regress_binds_owner;
DROP ROLE regress_binds_owner;

-- A table without columns that have names, in a file of others.
\! sqlite3 $D/o.db 'CREATE TABLE t (id integer PRIMARY KEY, "" integer); CREATE INDEX i ON t (id)'; chmod 666 $D/o.db
\set url :sqlite 'o.db'
SELECT binds.add('other', :'url');
SELECT binds.define('CREATE TABLE t (id bigserial PRIMARY KEY)', 'other');
SELECT kind, note FROM binds.diff('other') WHERE kind !~ 'local';
SELECT kind, action FROM binds.upgrade('other', '{"drop": true}') WHERE kind !~ 'local';
\! sqlite3 $D/o.db "SELECT sql FROM sqlite_schema"

-- What reflect takes for a model's type is that type, however it is declared.
\! sqlite3 $D/d.db 'CREATE TABLE kinds (id INTEGER PRIMARY KEY, i INTEGER, b BIGINT, s SMALLINT, t INT8, f FLOAT, d DOUBLE PRECISION, v VARCHAR, x TEXT NOT NULL, n NUMERIC(10,2), c VARCHAR(5), l CLOB)'
SELECT model FROM binds.reflect('lite', '{"only": ["kinds"]}');
SELECT * FROM binds.diff('lite');
SELECT binds.define('ALTER TABLE kinds ALTER i TYPE integer, ALTER c TYPE varchar(9)', 'lite');
SELECT kind, statement IS NOT NULL, note FROM binds.diff('lite') WHERE kind !~ 'local';
