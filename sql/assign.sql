\i test/setup.psql
\set VERBOSITY terse
\set url :sqlite 'there.db'
\i test/assign.psql
INSERT INTO mine VALUES (1);
SELECT * FROM binds.assign('mine', 'there');
SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'mine'::regclass;
SET ROLE regress_binds_user;
SELECT * FROM public.mine;
SELECT * FROM binds.assign('public.mine', 'there');

-- His view of it stays his own; somebody else's cannot be replaced by him.
CREATE VIEW public.mine_v AS SELECT * FROM public.mine;
RESET ROLE;
CREATE VIEW public.others_v AS SELECT * FROM public.mine;
SET ROLE regress_binds_user;
SELECT * FROM binds.assign('public.mine', NULL);
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA binds_metadata TO regress_binds_user;
SET ROLE regress_binds_user;
SELECT * FROM binds.assign('public.mine', NULL);
RESET ROLE;
DROP VIEW others_v;
SET ROLE regress_binds_user;
SELECT * FROM binds.assign('public.mine', NULL);
SELECT * FROM public.mine_v;
RESET ROLE;
SELECT viewowner FROM pg_views WHERE viewname = 'mine_v';
DROP OWNED BY regress_binds_user;
DROP ROLE regress_binds_user;
DROP OWNED BY regress_binds_reader;
DROP ROLE regress_binds_reader;

-- Between two files; the old table goes after the commit.
\set url :sqlite 'other.db'
SELECT binds.add('other', :'url');
\setenv THERE `echo sqlite3 $D/there.db`
\setenv OTHER `echo sqlite3 $D/other.db`
CREATE TABLE tree (id integer PRIMARY KEY, up integer REFERENCES tree);
INSERT INTO tree VALUES (1, 2), (2, 3), (3, NULL);
SELECT * FROM binds.assign('tree', 'there');
BEGIN;
SELECT * FROM binds.assign('tree', 'other');
SELECT * FROM tree ORDER BY id;
\! $THERE 'SELECT * FROM tree ORDER BY id'
COMMIT;
\! $THERE "SELECT count(*) FROM sqlite_master WHERE name = 'tree'"
\! $OTHER 'SELECT * FROM tree ORDER BY id'
\set VERBOSITY terse
INSERT INTO tree VALUES (4, 5);
\set VERBOSITY default

-- Two tables that refer to each other.
CREATE TABLE egg (id integer PRIMARY KEY, hen integer);
CREATE TABLE hen (id integer PRIMARY KEY, egg integer REFERENCES egg);
ALTER TABLE egg ADD CONSTRAINT egg_hen FOREIGN KEY (hen) REFERENCES hen DEFERRABLE INITIALLY DEFERRED;
BEGIN;
INSERT INTO egg VALUES (1, 1);
INSERT INTO hen VALUES (1, 1);
COMMIT;
SELECT * FROM binds.assign(ARRAY['egg', 'hen']::regclass[], 'other');
SELECT * FROM binds.assign(ARRAY['egg', 'hen']::regclass[], 'there');
SELECT * FROM egg JOIN hen ON hen.egg = egg.id;
\! $OTHER "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
SELECT * FROM binds.assign(ARRAY['egg', 'hen']::regclass[], NULL);
SELECT * FROM egg JOIN hen ON hen.egg = egg.id;

-- A table of the file that is no model refers to it.
SELECT * FROM binds.assign('twin', 'there');
\! $THERE 'CREATE TABLE theirs (id integer REFERENCES parent (a))'
SELECT * FROM binds.assign('parent', NULL);
SELECT * FROM binds.assign('parent', NULL, '{"keep_source": true}');
\! $THERE 'SELECT * FROM parent'
-- A file that may not be written gives its tables away only if they stay.
SELECT binds.alter('other', NULL, '{"read_only": true}');
SELECT * FROM binds.assign('tree', NULL);
SELECT * FROM binds.assign('late', 'other');
SELECT * FROM binds.assign('tree', NULL, '{"keep_source": true}');
SELECT * FROM tree ORDER BY id;

-- A file that lets nobody else in gives its tables away, too.
\set url :sqlite 'alone.db'
SELECT binds.add('alone', :'url', '{"exclusive": true}');
CREATE TABLE lonely (id integer PRIMARY KEY, b text);
INSERT INTO lonely VALUES (1, 'x'), (2, NULL);
SELECT * FROM binds.assign('lonely', 'alone');
SELECT * FROM binds.assign('lonely', 'there');
\! sqlite3 $D/alone.db .tables
SELECT * FROM lonely ORDER BY id;

-- A table without a key, with a dropped column.
CREATE UNLOGGED TABLE keyless (a integer, gone text, b text) WITH (fillfactor = 50);
ALTER TABLE keyless DROP COLUMN gone;
INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (NULL, NULL);
SELECT * FROM binds.assign('keyless', 'there', '{"checksum": true}');
SELECT * FROM keyless ORDER BY a;

-- Views keep their options, defaults and comments of columns.
CREATE VIEW checked WITH (security_invoker = true) AS SELECT id AS x, b AS "y z" FROM lonely WHERE id < 10 WITH LOCAL CHECK OPTION;
ALTER VIEW checked ALTER COLUMN "y z" SET DEFAULT 'dd';
COMMENT ON COLUMN checked.x IS 'an x';
SELECT * FROM binds.assign('lonely', NULL);
INSERT INTO checked VALUES (3);
INSERT INTO checked VALUES (30);
SELECT reloptions, col_description(oid, 1) FROM pg_class WHERE relname = 'checked';
SELECT * FROM checked ORDER BY x;

-- Tables of two schemas may have indexes of one name, which is another's in the metadata.
CREATE SCHEMA second;
CREATE TABLE index1 (id integer PRIMARY KEY, a integer);
CREATE TABLE second.index2 (id integer PRIMARY KEY, a integer);
CREATE INDEX same ON index1 (a);
CREATE INDEX same ON second.index2 (a);
COMMENT ON INDEX same IS 'of the first';
SELECT * FROM binds.assign(ARRAY['index1', 'second.index2']::regclass[], 'there');
SELECT * FROM binds.assign(ARRAY['second.index2', 'index1']::regclass[], NULL);
SELECT indexname, obj_description((schemaname || '.' || indexname)::regclass) FROM pg_indexes
	WHERE tablename IN ('index1', 'index2') AND schemaname IN ('public', 'second') ORDER BY 1;
CREATE TABLE second.index1 (id integer PRIMARY KEY);
SELECT * FROM binds.assign('index1', 'there');
SELECT * FROM binds.assign('second.index1', 'there');

-- Where an error is caught nothing is left of the attempt; one transaction may move a table
-- twice, but not back to where its old table waits for the commit.
CREATE TABLE tried (id integer PRIMARY KEY, d double precision);
INSERT INTO tried VALUES (1, 'NaN');
DO $$ BEGIN
	BEGIN PERFORM * FROM binds.assign('tried', 'there'); EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%: %', SQLSTATE, SQLERRM; END;
	UPDATE tried SET d = 1;
	PERFORM * FROM binds.assign('tried', 'there');
END $$;
BEGIN;
SELECT * FROM binds.assign('tried', 'alone');
INSERT INTO tried VALUES (2, 2);
SELECT * FROM binds.assign('tried', 'there');
ROLLBACK;
BEGIN;
SELECT * FROM binds.assign('tried', 'alone');
INSERT INTO tried VALUES (2, 2);
SELECT * FROM binds.assign('tried', NULL);
COMMIT;
SELECT * FROM tried ORDER BY id;
\! sqlite3 $D/alone.db .tables

-- Rows that are checked at the end of the transaction are checked before.
CREATE TABLE par (id integer PRIMARY KEY);
CREATE TABLE chi (id integer REFERENCES par DEFERRABLE INITIALLY DEFERRED);
BEGIN;
INSERT INTO chi VALUES (1);
SELECT * FROM binds.assign(ARRAY['par', 'chi']::regclass[], 'there');
ROLLBACK;

-- What only the engine has of a column does not come along.
\! $THERE "CREATE TABLE theirs2 (id INTEGER PRIMARY KEY, r INTEGER DEFAULT (abs(-1)), c INTEGER AS (id + 1) STORED)"
SELECT model FROM binds.reflect('there', '{"only": ["theirs2"]}');
SELECT * FROM binds.assign('theirs2', NULL);

-- Keys go on behind those that were used, of a table that remembers them; others may have written anything there.
\! $THERE "CREATE TABLE auto1 (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT); CREATE TABLE auto2 (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT); CREATE TABLE auto3 (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT)"
\! $THERE "INSERT INTO auto1 (t) VALUES ('a'), ('b'), ('c'); DELETE FROM auto1 WHERE id > 1; INSERT INTO auto3 VALUES (7, 'a'); UPDATE sqlite_sequence SET seq = 'x' WHERE name = 'auto3'"
SELECT model FROM binds.reflect('there', '{"only": ["auto1", "auto2", "auto3"]}');
SELECT * FROM binds.assign(ARRAY['auto1', 'auto2', 'auto3']::regclass[], NULL);
INSERT INTO auto1 (t) VALUES ('d') RETURNING id;
INSERT INTO auto2 (t) VALUES ('d') RETURNING id;
INSERT INTO auto3 (t) VALUES ('d') RETURNING id;

-- A model that somebody else has defined for a table is not run as its owner.
SET client_min_messages = warning;
CREATE ROLE regress_binds_trap;
GRANT USAGE, CREATE ON SCHEMA binds_metadata, public, binds_metadata_there TO regress_binds_trap;
GRANT USAGE ON FOREIGN SERVER there TO regress_binds_trap;
SET ROLE regress_binds_trap;
CREATE FUNCTION public.who() RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN IF current_user <> 'regress_binds_trap' THEN RAISE WARNING 'as %', current_user; END IF; RETURN 1; END $$;
SELECT binds.define('CREATE TABLE public.trap (id integer PRIMARY KEY DEFAULT public.who())', NULL);
CREATE TABLE public.mine2 (id integer PRIMARY KEY CHECK (id > public.who()));
SELECT * FROM binds.assign('public.mine2', 'there');
RESET ROLE;
CREATE TABLE trap (id integer PRIMARY KEY);
SELECT * FROM binds.assign('trap', 'there');
SELECT * FROM binds.assign('mine2', 'alone');
ALTER FOREIGN TABLE mine2 OWNER TO CURRENT_USER;
SELECT * FROM binds.assign('mine2', NULL);
DROP OWNED BY regress_binds_trap CASCADE;
DROP ROLE regress_binds_trap;
