-- What DROP SERVER leaves gives way to a new model; a table that somebody has there does not.
\i test/setup.psql
\set VERBOSITY default
\set SHOW_CONTEXT never
\set url :sqlite 'one.db'
CREATE ROLE regress_binds_alice;
CREATE ROLE regress_binds_bob;
GRANT pg_read_server_files, pg_write_server_files TO regress_binds_alice, regress_binds_bob;
GRANT CREATE ON DATABASE regress_binds TO regress_binds_alice;
GRANT CREATE ON SCHEMA public TO regress_binds_alice;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_sqlite TO regress_binds_alice;
SET ROLE regress_binds_alice;
SELECT binds.add('one', :'url');
GRANT USAGE, CREATE ON SCHEMA binds_metadata_one TO regress_binds_bob;

-- Rows are not dropped: of others, of the caller's own, that a policy hides, that were just written.
SET ROLE regress_binds_bob;
CREATE TABLE binds_metadata_one.bobs AS SELECT 1 AS id;
SET ROLE regress_binds_alice;
CREATE TABLE binds_metadata_one.own AS SELECT 1 AS id;
CREATE TABLE binds_metadata_one.hidden AS SELECT 1 AS id;
ALTER TABLE binds_metadata_one.hidden ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
SELECT count(*) FROM binds_metadata_one.hidden;
SELECT binds.define('CREATE TABLE bobs (id integer PRIMARY KEY)', 'one');
\echo :LAST_ERROR_SQLSTATE
SELECT binds.define('CREATE TABLE own (id integer PRIMARY KEY)', 'one');
SELECT binds.define('CREATE TABLE hidden (id integer PRIMARY KEY)', 'one');
RESET ROLE;
SELECT binds.define('CREATE TABLE bobs (id integer PRIMARY KEY)', 'one');
SELECT count(*) FROM binds_metadata_one.bobs;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM binds_metadata_one.own;
\! psql -XqAt -d regress_binds -c 'CREATE TABLE binds_metadata_one.late (id integer); INSERT INTO binds_metadata_one.late VALUES (1)'
SELECT binds.define('CREATE TABLE late (id integer PRIMARY KEY)', 'one');
ROLLBACK;

-- An empty one is dropped by its owner only.
TRUNCATE binds_metadata_one.bobs, binds_metadata_one.own;
SET ROLE regress_binds_alice;
SELECT binds.define('CREATE TABLE bobs (id integer PRIMARY KEY)', 'one');
SELECT binds.define('CREATE TABLE own (id integer PRIMARY KEY)', 'one');
ALTER TABLE binds_metadata_one.hidden NO FORCE ROW LEVEL SECURITY;
DELETE FROM binds_metadata_one.hidden;
SELECT binds.define('CREATE TABLE hidden (id integer PRIMARY KEY)', 'one');
SELECT model FROM binds.model;

-- reflect leaves out what it cannot make a model of.
RESET ROLE;
SELECT binds.execute('one', 'CREATE TABLE bobs (id integer PRIMARY KEY)'), binds.execute('one', 'CREATE TABLE late (id integer PRIMARY KEY)'),
	binds.execute('one', 'CREATE TABLE new (id integer PRIMARY KEY)');
SET ROLE regress_binds_alice;
SELECT model, action FROM binds.reflect('one');
DROP TABLE binds_metadata_one.late;
SELECT model, action FROM binds.reflect('one');
RESET ROLE;

-- What is left of a server that was dropped gives way, though a role may not read its own table.
DROP SERVER one CASCADE;
SET ROLE regress_binds_alice;
SELECT binds.add('one', :'url');
REVOKE ALL ON binds_metadata_one.own FROM regress_binds_alice;
SELECT binds.define('CREATE TABLE own (id integer PRIMARY KEY, more text)', 'one');
SELECT model FROM binds.model;

RESET ROLE;
SET client_min_messages = warning;
DROP OWNED BY regress_binds_alice, regress_binds_bob CASCADE;
DROP ROLE regress_binds_alice, regress_binds_bob;
