\i test/setup.psql
-- What has the name of a model and is no table is not taken for its table: create_all
-- refuses it before anything is done, drop_all leaves it alone.
\set url :sqlite 'meta.db'
SELECT binds.add('meta', :'url');
\setenv META `echo sqlite3 $D/meta.db`
\setenv NAMES `echo "sqlite3 $D/meta.db \"SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'f_%' ORDER BY 2\""`
SELECT binds.define('CREATE TABLE first (a integer); CREATE TABLE thing (a integer, b integer)', 'meta');

-- SQLite: a view,
SELECT binds.execute('meta', 'CREATE TABLE base (a integer, b integer)');
\! $META 'CREATE VIEW thing AS SELECT a, b FROM base'
SELECT * FROM binds.create_all('meta');
\! sh -c "$NAMES"
SELECT model, relation, action FROM binds.drop_all('meta');
\! sh -c "$NAMES"
-- in whatever case its name is written,
\set VERBOSITY sqlstate
\! $META 'DROP VIEW thing; CREATE VIEW THING AS SELECT 1 AS a'
SELECT * FROM binds.create_all('meta');
\! $META 'DROP VIEW THING'
\set VERBOSITY default
-- a view that cannot be read,
\! $META 'CREATE VIEW thing AS SELECT * FROM lost'
SELECT * FROM binds.create_all('meta');
-- a virtual table,
\! $META 'DROP VIEW thing; CREATE VIRTUAL TABLE thing USING rtree(a, b, c)'
SELECT * FROM binds.create_all('meta');
SELECT model, action FROM binds.drop_all('meta');
-- what one keeps its content in,
\! $META 'DROP TABLE thing; CREATE VIRTUAL TABLE f USING rtree(a, b, c)'
SELECT binds.define('CREATE TABLE f_node (a integer)', 'meta');
SELECT * FROM binds.create_all('meta');
SELECT binds.forget('meta', 'f_node');
\! $META 'DROP TABLE f'
-- an index.
\! $META 'CREATE INDEX thing ON base (a)'
SELECT * FROM binds.create_all('meta');
SELECT model, action FROM binds.drop_all('meta');
\! sh -c "$NAMES"
\! $META 'DROP INDEX thing'
-- A trigger has names of its own, and a table is a table.
\! $META 'CREATE TRIGGER first AFTER INSERT ON base BEGIN SELECT 1; END; CREATE TABLE thing (a integer, b integer)'
SELECT model, action FROM binds.create_all('meta');
-- The table has become a view since: its local relation goes, the view stays.
\! $META 'DROP TABLE thing; CREATE VIEW thing AS SELECT a, b FROM base'
SELECT * FROM binds.create_all('meta');
SELECT model, action FROM binds.drop_all('meta');
SELECT to_regclass('thing'), to_regclass('first');
\! sh -c "$NAMES"
-- With a bind that is attached to only it is the same.
SELECT binds.alter('meta', options => '{"managed": false}');
\set VERBOSITY sqlstate
SELECT * FROM binds.create_all('meta');
\set VERBOSITY default
SELECT model, action FROM binds.drop_all('meta');
SELECT binds.forget('meta', 'thing'), binds.forget('meta', 'first');

-- The default bind: one refusal for each kind of relation.
CREATE TABLE base (a integer);
SELECT binds.define('CREATE TABLE first (a integer); CREATE TABLE thing (a integer)');
CREATE VIEW thing AS SELECT 1 AS a;
SELECT * FROM binds.create_all(NULL);
SELECT model, relation, action FROM binds.drop_all(NULL);
SELECT relkind FROM pg_class WHERE oid = 'thing'::regclass;
DROP VIEW thing;
\pset tuples_only on
CREATE MATERIALIZED VIEW thing AS SELECT 1 AS a;
SELECT * FROM binds.create_all(NULL);
DROP MATERIALIZED VIEW thing;
CREATE SEQUENCE thing;
SELECT * FROM binds.create_all(NULL);
DROP SEQUENCE thing;
CREATE INDEX thing ON base (a);
SELECT * FROM binds.create_all(NULL);
DROP INDEX thing;
CREATE TYPE thing AS (a integer);
SELECT * FROM binds.create_all(NULL);
DROP TYPE thing;
CREATE FOREIGN TABLE thing (a integer) SERVER meta;
SELECT * FROM binds.create_all(NULL);
SELECT model, action FROM binds.drop_all(NULL);
DROP FOREIGN TABLE thing;
CREATE TABLE thing (a integer) PARTITION BY LIST (a);
SELECT model, action FROM binds.create_all(NULL);
