-- A template is registered as a model by a trigger, which goes where the table goes.
\i test/setup.psql
\set VERBOSITY default
\set url :sqlite 'one.db'
SELECT binds.add('one', :'url');

SELECT binds.define('CREATE TABLE base (id integer PRIMARY KEY, note text DEFAULT ''-'');
CREATE TABLE "odd ""name" (LIKE binds_metadata_one.base INCLUDING ALL); CREATE TABLE last (id integer) INHERITS (base)', 'one');
SELECT m.* FROM binds.model m;
SELECT tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'binds_model' ORDER BY oid;

-- A copy of a template is no model, nor is a table of that shape elsewhere.
CREATE TABLE binds_metadata_one.copied (LIKE binds_metadata_one.base INCLUDING ALL);
CREATE TABLE copied (LIKE binds_metadata_one.base INCLUDING ALL);
SELECT count(*) FROM binds.model;

-- A template holds no rows; to copy none is no error.
INSERT INTO binds_metadata_one.base VALUES (1);
COPY binds_metadata_one.base FROM stdin;
\.
INSERT INTO binds_metadata_one.base SELECT 1 WHERE false;

-- What is known follows commands, other sessions, and what is undone.
ALTER TABLE binds_metadata_one."odd ""name" RENAME TO renamed;
SELECT model, local_name FROM binds.model;
SELECT model, relation, action FROM binds.create_all('one');
BEGIN;
SELECT binds.define('CREATE TABLE undone (id integer)', 'one');
SAVEPOINT s;
DROP TABLE binds_metadata_one.undone;
SELECT model FROM binds.model WHERE model = 'undone';
ROLLBACK TO s;
SELECT model FROM binds.model WHERE model = 'undone';
ROLLBACK;
SELECT model FROM binds.model WHERE model = 'undone';
\! psql -XqAt -d regress_binds -c "SELECT binds.define('CREATE TABLE theirs (id integer)', 'one')" -c "DROP TABLE binds_metadata_one.copied" -c "SELECT binds.forget('one', 'renamed')"
SELECT model FROM binds.model;
\! psql -XqAt -d regress_binds -c "LOAD 'binds'" -c "ALTER SERVER one RENAME TO two" -c "ALTER SCHEMA binds_metadata_one RENAME TO binds_metadata_two"
SELECT model, bind_key FROM binds.model;
\! psql -XqAt -d regress_binds -c "LOAD 'binds'" -c "ALTER SERVER two RENAME TO one" -c "ALTER SCHEMA binds_metadata_two RENAME TO binds_metadata_one"
SELECT model, bind_key FROM binds.model;

-- Only the owner of a template says where its relation goes, and nobody makes other
-- tables models by the trigger.
CREATE ROLE regress_binds_trigger;
CREATE SCHEMA trap AUTHORIZATION regress_binds_trigger;
GRANT USAGE ON SCHEMA binds_metadata_one TO regress_binds_trigger;
GRANT ALL ON binds_metadata_one.base TO regress_binds_trigger;
SET ROLE regress_binds_trigger;
CREATE OR REPLACE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('trap', 'base', '1');
CREATE TABLE trap.mine (id integer);
CREATE TRIGGER binds_model BEFORE INSERT ON trap.mine
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('trap', 'mine', '9');
CREATE FUNCTION trap.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE OR REPLACE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION trap.nothing();
CREATE OR REPLACE TRIGGER other BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION trap.nothing();
RESET ROLE;
DROP TRIGGER other ON binds_metadata_one.base;
CREATE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public', 'base', '1');
CREATE TRIGGER other BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public', 'base', '1');
CREATE OR REPLACE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public');
CREATE OR REPLACE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public', 'base', 'first');
CREATE OR REPLACE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public', 'base', '9223372036854775807');
CREATE OR REPLACE TRIGGER binds_model BEFORE INSERT ON binds_metadata_one.base
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('', 'base', '1');
SELECT binds.model_template();
INSERT INTO binds.model VALUES ('one', 'nothing', 'public', 'nothing', 1);
INSERT INTO binds.model VALUES ('one', NULL, 'public', 'nothing', 1);
SELECT model, local_schema FROM binds.model;

-- Who may not look into schema binds makes triggers and drops tables all the same.
REVOKE USAGE ON SCHEMA binds FROM PUBLIC;
SET ROLE regress_binds_trigger;
CREATE TRIGGER own BEFORE INSERT ON trap.mine FOR EACH ROW EXECUTE FUNCTION trap.nothing();
DROP TABLE trap.mine;
RESET ROLE;
GRANT USAGE ON SCHEMA binds TO PUBLIC;

-- Without its server a template is no model any more, and gives way to a new one.
DROP SERVER one CASCADE;
SELECT count(*) FROM binds.model;
SELECT tgname FROM pg_trigger WHERE tgrelid = 'binds_metadata_one.base'::regclass AND NOT tgisinternal;
SELECT binds.add('one', :'url');
SELECT binds.define('CREATE TABLE theirs (id integer, more text)', 'one');
SELECT model, relation, action FROM binds.create_all('one');

DROP OWNED BY regress_binds_trigger;
DROP ROLE regress_binds_trigger;
