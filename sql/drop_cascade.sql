\i test/setup.psql
-- drop_all with cascade: what depends on the local relations goes too, as PostgreSQL has
-- it; nothing else does.
\set VERBOSITY terse
\set a_url :sqlite 'a.db'
\set b_url :sqlite 'b.db'
SELECT binds.add('a', :'a_url');
SELECT binds.add('b', :'b_url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY)', 'a');
SELECT binds.define('CREATE TABLE u (id integer PRIMARY KEY)', 'b');
SELECT binds.define('CREATE TABLE page (id serial PRIMARY KEY)');
SELECT bind_key, model, action FROM binds.create_all();
CREATE VIEW one AS SELECT * FROM t;
CREATE VIEW two AS SELECT one.id FROM one JOIN page USING (id);
CREATE VIEW other AS SELECT * FROM u;
-- Without it, and with NULL, a view refuses, and nothing is gone.
SELECT * FROM binds.drop_all('a');
SELECT * FROM binds.drop_all('a', false);
SELECT * FROM binds.drop_all('a', NULL);
SELECT * FROM binds.drop_all(ARRAY['a', NULL], false);
SELECT count(*) FROM two;
-- With it the views go, those of views, too; what is undone is there again.
BEGIN;
SELECT * FROM binds.drop_all('a', true);
SELECT to_regclass('one'), to_regclass('two'), to_regclass('other');
ROLLBACK;
SELECT count(*) FROM two;
\! sqlite3 $D/a.db .tables
SELECT * FROM binds.drop_all('a', true);
SELECT to_regclass('t'), to_regclass('one'), to_regclass('two'), to_regclass('other');
\! sqlite3 $D/a.db .tables
SELECT * FROM binds.drop_all(bind_key => 'a', cascade => true);
-- A list, the default bind, all: one view on both is dropped once.
SELECT bind_key, model, action FROM binds.create_all();
CREATE VIEW one AS SELECT t.id FROM t, page;
SELECT * FROM binds.drop_all(ARRAY['a', NULL], true);
SELECT to_regclass('page'), to_regclass('one'), to_regclass('other');
SELECT bind_key, model, action FROM binds.create_all();
CREATE TABLE visit (page integer REFERENCES page, n integer);
INSERT INTO visit VALUES (NULL, 1);
SELECT * FROM binds.drop_all(NULL, true);
-- ... a foreign key of a table that is here goes, the table stays
SELECT * FROM visit;
SELECT bind_key, model, action FROM binds.create_all();
SELECT * FROM binds.drop_all('__all__', true);
SELECT to_regclass('other');
SELECT * FROM binds.drop_all('nope', true);
SELECT * FROM binds.drop_all(NULL::text[], true);

-- A table of the engine that is no model, and refers to one, still refuses.
SELECT bind_key, model, action FROM binds.create_all('a');
CREATE VIEW one AS SELECT * FROM t;
\! sqlite3 $D/a.db 'CREATE TABLE mine (t integer REFERENCES t)'
SELECT * FROM binds.drop_all('a', true);
SELECT count(*) FROM one;
\! sqlite3 $D/a.db 'DROP TABLE mine'
-- An unmanaged bind is left alone.
SELECT binds.alter('a', options => '{"managed": false}');
SELECT * FROM binds.drop_all('a', true);
SELECT count(*) FROM one;
SELECT binds.alter('a', options => '{"managed": null}');
SELECT * FROM binds.drop_all('a', true);

-- A child is parted from its parent first: one on another bind stays, and so do its views.
SELECT binds.define('CREATE TABLE parent (id serial PRIMARY KEY, name text)');
SELECT binds.define('CREATE TABLE child (more text) INHERITS (parent)', 'b');
SELECT bind_key, model, action FROM binds.create_all(ARRAY[NULL, 'b']);
INSERT INTO child (name, more) VALUES ('ann', 'x');
CREATE VIEW parents AS SELECT * FROM parent;
CREATE VIEW children AS SELECT * FROM child;
SELECT * FROM binds.drop_all(NULL, true);
SELECT to_regclass('parents'), to_regclass('children');
SELECT * FROM children;
SELECT bind_key, model, action FROM binds.drop_all('b', true);

-- Rights are those of DROP ... CASCADE: of the relation, not of what hangs on it.
CREATE ROLE regress_cascade_owner;
CREATE ROLE regress_cascade_other;
GRANT CREATE, USAGE ON SCHEMA public TO regress_cascade_owner, regress_cascade_other;
GRANT USAGE ON FOREIGN SERVER a TO regress_cascade_owner, regress_cascade_other;
GRANT USAGE ON SCHEMA binds TO regress_cascade_owner, regress_cascade_other;
GRANT CREATE, USAGE ON SCHEMA binds_metadata_a TO regress_cascade_owner, regress_cascade_other;
SELECT binds.forget('a', 't');
SET ROLE regress_cascade_owner;
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY)', 'a');
SELECT model, action FROM binds.create_all('a');
GRANT SELECT ON t TO regress_cascade_other;
SET ROLE regress_cascade_other;
CREATE VIEW others AS SELECT * FROM t;
\set VERBOSITY sqlstate
SELECT * FROM binds.drop_all('a', true);
\set VERBOSITY terse
SET ROLE regress_cascade_owner;
DROP VIEW others;
SELECT * FROM binds.drop_all('a', true);
RESET ROLE;
SELECT to_regclass('others');
SELECT binds.remove('a', true);
DROP OWNED BY regress_cascade_owner, regress_cascade_other CASCADE;
DROP ROLE regress_cascade_owner, regress_cascade_other;
