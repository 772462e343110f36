\i test/setup.psql
\set VERBOSITY default
\pset null '(null)'
\setenv META `echo sqlite3 -list -nullvalue NULL $D/meta.db`
\setenv TABLES `echo test/tables $D/meta.db`
\set url :sqlite 'meta.db'
SELECT binds.add('meta', :'url');

-- Every type, key, check, index and comment: what is made in the engine, and here.
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
SELECT binds.define($$
CREATE TABLE parent (a integer, b varchar(10), PRIMARY KEY (a, b));
CREATE TABLE kinds (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	s smallint DEFAULT 7, i integer NOT NULL, n numeric(10,2) DEFAULT 1.5, big numeric(30,5), any_n numeric,
	r real, d double precision, b boolean DEFAULT true, c char(3), v varchar(20) DEFAULT 'it''s',
	t text COLLATE "C", bin bytea, dt date, tm time, ts timestamp DEFAULT now(), tz timestamptz,
	iv interval, u uuid, j json, jb jsonb, m mood DEFAULT 'sad',
	twice integer GENERATED ALWAYS AS (i * 2) STORED,
	pa integer, pb varchar(10),
	CONSTRAINT positive CHECK (i > 0), CONSTRAINT local_only CHECK (v ~ '^[a-z'' ]*$'),
	CONSTRAINT both_unique UNIQUE (i, v),
	FOREIGN KEY (pa, pb) REFERENCES parent ON UPDATE CASCADE ON DELETE SET NULL);
CREATE INDEX kinds_v ON kinds (v, i DESC);
CREATE UNIQUE INDEX kinds_part ON kinds (s) WHERE s > 10;
COMMENT ON TABLE kinds IS 'all kinds';
COMMENT ON COLUMN kinds.s IS 'small';
CREATE TABLE nokey (x integer);
CREATE TABLE uniquely (x integer, y integer UNIQUE, z integer NOT NULL UNIQUE);
$$, 'meta');
SELECT statement FROM binds.ddl('meta');
SELECT * FROM binds.create_all('meta');
\d kinds
\d parent
\d nokey
\d uniquely
SELECT obj_description('kinds'::regclass), col_description('kinds'::regclass, 2);
\! $META 'SELECT name FROM sqlite_master ORDER BY name'
INSERT INTO kinds (i) VALUES (3) RETURNING id, s, n, b, v, m, twice;
\set VERBOSITY terse
INSERT INTO kinds (i) VALUES (-3);
INSERT INTO kinds (i, v) VALUES (4, 'NO');
\set VERBOSITY default
INSERT INTO kinds (id, i) VALUES (4, 4);

-- Two more tables that refer to each other; they can be dropped, too.
SELECT binds.define($$
CREATE TABLE hen (id integer PRIMARY KEY, egg integer);
CREATE TABLE egg (id integer PRIMARY KEY, hen integer REFERENCES hen);
ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg DEFERRABLE INITIALLY DEFERRED;
$$, 'meta');
SELECT statement FROM binds.ddl('meta') WHERE statement ~ 'hen';
SELECT model, action FROM binds.create_all('meta') WHERE action <> 'exists';
BEGIN;
INSERT INTO hen VALUES (1, 1);
INSERT INTO egg VALUES (1, 1);
COMMIT;
SELECT model, action FROM binds.drop_all('meta');
\! $TABLES

-- The same on the default bind: sequences of their own, keys, indexes, comments.
SELECT binds.define($$
CREATE TABLE cock (id serial PRIMARY KEY, no integer GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5),
	chick integer, name varchar(10) CONSTRAINT named UNIQUE CHECK (name <> ''), len integer GENERATED ALWAYS AS (length(name)) STORED);
CREATE TABLE chick (id smallserial PRIMARY KEY, cock integer REFERENCES cock ON DELETE CASCADE);
ALTER TABLE cock ADD CONSTRAINT cock_chick FOREIGN KEY (chick) REFERENCES chick MATCH FULL DEFERRABLE;
CREATE INDEX cock_i ON cock (lower(name) DESC NULLS LAST) WHERE chick IS NULL;
COMMENT ON TABLE cock IS 'crows';
COMMENT ON COLUMN cock.no IS 'number';
$$);
SELECT statement FROM binds.ddl(NULL);
SELECT * FROM binds.create_all(NULL);
\d cock
\d chick
SELECT pg_get_serial_sequence('cock', 'id'), pg_get_serial_sequence('binds_metadata.cock', 'id');
INSERT INTO cock (name) VALUES ('c') RETURNING *;
SELECT * FROM binds.create_all(NULL);
SELECT * FROM binds.drop_all(NULL);

-- Owner and rights are those of the template, and survive drop and create.
CREATE ROLE regress_binds_owner;
CREATE ROLE regress_binds_reader;
GRANT CREATE ON SCHEMA public TO regress_binds_owner;
GRANT CREATE, USAGE ON SCHEMA binds_metadata, binds_metadata_meta TO regress_binds_owner;
GRANT USAGE ON FOREIGN SERVER meta TO regress_binds_owner;
SELECT action FROM binds.create_all(ARRAY[NULL, 'meta']);
ALTER TABLE hen OWNER TO regress_binds_owner;
GRANT SELECT, UPDATE (egg) ON hen TO regress_binds_reader WITH GRANT OPTION;
GRANT SELECT ON cock TO PUBLIC;
REVOKE INSERT ON cock FROM CURRENT_USER;
GRANT USAGE ON SEQUENCE cock_id_seq TO regress_binds_reader;
SELECT count(*) FROM binds.drop_all();
SELECT count(*) FROM binds.create_all();
SELECT relname, pg_get_userbyid(relowner) = current_user AS own, replace(replace(relacl::text, current_user, 'me'), 'xtm', 'xt') AS acl,
	(SELECT string_agg(attname || attacl::text, ' ') FROM pg_attribute WHERE attrelid = c.oid) AS columns
FROM pg_class c WHERE oid IN ('hen'::regclass, 'cock'::regclass, 'egg'::regclass) ORDER BY 1;

SELECT has_sequence_privilege('regress_binds_reader', 'cock_id_seq', 'USAGE'),
	has_sequence_privilege('regress_binds_reader', 'cock_id_seq', 'UPDATE');
-- A user's view is not dropped, and then nothing is.
CREATE VIEW eggs AS SELECT * FROM egg;
SELECT * FROM binds.drop_all();
\! $TABLES
SELECT count(*) FROM cock, egg;
DROP VIEW eggs;

-- All follows the transaction and its savepoints.
BEGIN;
SELECT count(*) FROM binds.drop_all();
SAVEPOINT s;
SELECT count(*) FROM binds.create_all();
SELECT count(*) FROM hen;
ROLLBACK TO s;
SELECT to_regclass('hen'), to_regclass('cock');
ROLLBACK;
SELECT count(*) FROM cock, egg;
\! $TABLES

-- A relation that is dropped by hand leaves its table; create_all attaches it again.
INSERT INTO uniquely VALUES (1, 2, 3);
DROP FOREIGN TABLE uniquely;
SELECT model, relation, action FROM binds.create_all('meta') WHERE action <> 'exists';
SELECT * FROM uniquely;
-- A table that is dropped in the engine is created again behind its relation.
\! $META 'DROP TABLE uniquely'
SELECT model, relation, action FROM binds.create_all('meta') WHERE action <> 'exists';
SELECT * FROM uniquely;
-- What another made need not be what create_all would make.
SELECT count(*) FROM binds.drop_all('meta');
\! $META 'CREATE TABLE uniquely (x TEXT, z REAL NOT NULL)'
SELECT model, action FROM binds.create_all('meta') WHERE model = 'uniquely';
\d uniquely
SELECT count(*) FROM binds.drop_all('meta');

-- Only the engine can tell whether it generates a key, and whether it guarantees one.
SELECT binds.define('CREATE TABLE gen_a (id serial PRIMARY KEY, v text); CREATE TABLE gen_b (id integer PRIMARY KEY, v text)', 'meta');
\! $META 'CREATE TABLE gen_a (id TEXT PRIMARY KEY, v TEXT); CREATE TABLE gen_b (id INTEGER PRIMARY KEY, v TEXT)'
SELECT model, action FROM binds.create_all('meta') WHERE model ~ 'gen_';
\d gen_a
\d gen_b
SELECT model, action FROM binds.drop_all('meta') WHERE model ~ 'gen_';
SELECT binds.forget('meta', 'gen_a'), binds.forget('meta', 'gen_b');
-- A relation that a template no longer fits is said, and left alone.
SELECT count(*) FROM binds.create_all(ARRAY['meta', NULL]);
ALTER TABLE binds_metadata_meta.nokey ADD COLUMN y text, ALTER COLUMN x TYPE bigint;
SELECT model, action FROM binds.create_all('meta') WHERE model = 'nokey';
SELECT count(*) FROM binds.drop_all('meta');

-- What a template has become is checked like what was defined.
ALTER TABLE binds_metadata_meta.nokey ADD COLUMN p money;
SELECT binds.create_all('meta');
\! $TABLES
ALTER TABLE binds_metadata_meta.nokey DROP COLUMN p;
-- Something else in the place of a relation.
CREATE TABLE nokey (x integer);
SELECT * FROM binds.create_all('meta');
SELECT * FROM binds.drop_all('meta');
DROP TABLE nokey;

-- Two keys may name one database: each table is made once, and dropped once.
SELECT binds.add('again', :'url', '{"schema": "again"}');
SELECT binds.define('CREATE TABLE nokey (x bigint, y text)', 'again');
SELECT bind_key, relation, action FROM binds.create_all(ARRAY['meta', 'again', 'meta']) WHERE model = 'nokey';
INSERT INTO nokey VALUES (1, 'one');
SELECT * FROM again.nokey;
SELECT bind_key, action FROM binds.drop_all(ARRAY['meta', 'again']) WHERE model = 'nokey';

-- A bind that is not managed is attached to only; a read-only one is not changed.
SELECT binds.alter('again', options => '{"managed": false}');
SELECT * FROM binds.create_all('again');
\! $META 'CREATE TABLE nokey (x bigint, y text)'
SELECT * FROM binds.create_all('again');
SELECT * FROM binds.drop_all('again');
SELECT * FROM again.nokey;
SELECT binds.alter('meta', options => '{"read_only": true}');
SELECT * FROM binds.create_all('meta');
SELECT binds.alter('meta', options => '{"read_only": false}');
SELECT count(*) FROM binds.create_all('meta');
SELECT binds.alter('meta', options => '{"read_only": true}');
SELECT count(*) FROM binds.create_all('meta');
SELECT count(*) FROM binds.drop_all('meta');
SELECT binds.alter('meta', options => '{"read_only": false}');
SELECT count(*) FROM binds.drop_all('meta');
BEGIN READ ONLY;
SELECT count(*) FROM binds.create_all('meta');
ROLLBACK;
BEGIN READ ONLY;
SELECT count(*) > 0 FROM binds.ddl();
COMMIT;

-- A child of a table of the default bind takes its keys from the parent's sequence; the
-- two are joined as soon as both are there, and parted before one goes.
SELECT binds.define('CREATE TABLE animal (id serial PRIMARY KEY, name text NOT NULL, CONSTRAINT n CHECK (name <> ''''))');
SELECT binds.define('CREATE TABLE cat (lives integer) INHERITS (animal)');
SELECT binds.define('CREATE TABLE dog (barks boolean, PRIMARY KEY (id)) INHERITS (animal)', 'meta');
SELECT relation, action FROM binds.create_all('meta') WHERE model = 'dog';
\d dog
SELECT relation, action FROM binds.create_all(NULL) WHERE model IN ('animal', 'cat');
\d dog
\d cat
INSERT INTO animal (name) VALUES ('a');
INSERT INTO cat (name, lives) VALUES ('c', 9);
INSERT INTO dog (name, barks) VALUES ('d', true);
SELECT tableoid::regclass, * FROM animal ORDER BY id;
SELECT bind_key, model, action FROM binds.drop_all(NULL) WHERE model IN ('animal', 'cat');
SELECT * FROM dog;
\d dog
SELECT action FROM binds.create_all(NULL) WHERE model IN ('animal', 'cat');
SELECT * FROM animal;
SELECT model, action FROM binds.drop_all() WHERE model IN ('animal', 'cat', 'dog');

-- Forms, and what is no key.
SELECT count(*) FROM binds.create_all('__all__'), binds.drop_all(ARRAY['__all__']);
SELECT * FROM binds.create_all('');
SELECT * FROM binds.create_all(NULL::text[]);
SELECT * FROM binds.create_all(ARRAY['meta', 'nope']);
\! $TABLES

-- A local schema that was dropped: nothing is made in any engine.
CREATE SCHEMA gone;
SELECT binds.define('CREATE TABLE early (a integer); CREATE TABLE gone.late (a integer)', 'meta');
DROP SCHEMA gone;
SELECT * FROM binds.create_all();
\! $META "SELECT count(*) FROM sqlite_master WHERE name IN ('early', 'late')"
SELECT binds.forget('meta', 'late'), binds.forget('meta', 'early');

-- Who has no right on a bind creates and drops nothing there, relation or not; nor who
-- may define there, but on tables of others.
SELECT count(*) FROM binds.create_all('meta');
DROP FOREIGN TABLE nokey;
\! $META 'DROP TABLE uniquely'
SET ROLE regress_binds_reader;
SELECT * FROM binds.create_all('meta');
SELECT * FROM binds.drop_all('meta');
SELECT * FROM binds.create_all(ARRAY[]::text[]);
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA binds_metadata_meta TO regress_binds_reader;
SET ROLE regress_binds_reader;
SELECT * FROM binds.create_all('meta');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER meta TO regress_binds_reader;
SELECT count(*) FROM binds.create_all('meta');
DROP FOREIGN TABLE nokey, uniquely, kinds, parent, hen, egg, dog;
SET ROLE regress_binds_reader;
SELECT * FROM binds.drop_all('meta');
RESET ROLE;
\! $TABLES
DROP OWNED BY regress_binds_owner, regress_binds_reader CASCADE;
DROP ROLE regress_binds_owner, regress_binds_reader;
