-- What others register keeps nobody from his models.
\i test/setup.psql
\set VERBOSITY default
\set SHOW_CONTEXT never
\set url :sqlite 'one.db'
SELECT binds.add('one', :'url');
\set url :sqlite 'two.db'
SELECT binds.add('two', :'url');
CREATE ROLE regress_binds_carol;
GRANT CREATE ON DATABASE regress_binds TO regress_binds_carol;
GRANT USAGE, CREATE ON SCHEMA binds_metadata_two TO regress_binds_carol;

-- Without a bind of its name a schema holds no models.
SET ROLE regress_binds_carol;
CREATE SCHEMA binds_metadata_none;
CREATE TABLE binds_metadata_none.x (id integer);
CREATE TRIGGER binds_model BEFORE INSERT ON binds_metadata_none.x
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public', 'important', '9223372036854775806');
RESET ROLE;
SELECT * FROM binds.model;
SELECT binds.define('CREATE TABLE first (id integer PRIMARY KEY)', 'one');
SELECT * FROM binds.model;
-- Nor if a server of that name is no bind; it is one from when it is one on.
BEGIN;
CREATE FOREIGN DATA WRAPPER regress_no_bind;
CREATE SERVER none FOREIGN DATA WRAPPER regress_no_bind;
SELECT count(*) FROM binds.model;
ROLLBACK;
BEGIN;
CREATE SERVER none FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
SELECT bind_key, model FROM binds.model;
ALTER SERVER none RENAME TO other;
SELECT bind_key, model FROM binds.model;
ROLLBACK;
SELECT bind_key, model FROM binds.model;

-- Who may define on a bind takes the last position: models come after his all the same.
-- Nor does he keep a name of a schema where he can have no table.
SET ROLE regress_binds_carol;
CREATE TABLE binds_metadata_two.y (id integer);
CREATE TRIGGER binds_model BEFORE INSERT ON binds_metadata_two.y
	FOR EACH ROW EXECUTE FUNCTION binds.model_template('public', 'important', '9223372036854775806');
RESET ROLE;
SELECT binds.define('CREATE TABLE important (id integer PRIMARY KEY); CREATE TABLE also (id integer REFERENCES important)', 'one');
SELECT bind_key, model, position = 9223372036854775806 AS last FROM binds.model;
SELECT bind_key, model, relation, action FROM binds.create_all('one');
SELECT binds.execute('one', 'CREATE TABLE reflected (id integer PRIMARY KEY)');
SELECT bind_key, model, relation FROM binds.reflect('one');
SELECT binds.define('CREATE TABLE parent (id integer PRIMARY KEY); CREATE TABLE child () INHERITS (parent)');
SELECT bind_key, model FROM binds.model;
-- Where he can have one, the name is his who comes first.
GRANT USAGE ON FOREIGN SERVER two TO regress_binds_carol;
CREATE SCHEMA ours;
GRANT USAGE, CREATE ON SCHEMA ours TO regress_binds_carol;
SET ROLE regress_binds_carol;
SELECT binds.define('CREATE TABLE ours.mine (id integer PRIMARY KEY)', 'two');
RESET ROLE;
SELECT binds.define('CREATE TABLE ours.mine (id integer PRIMARY KEY)', 'one');

-- A dump has triggers that can be restored.
SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger
	WHERE tgrelid = 'binds_metadata.child'::regclass AND tgname = 'binds_model' \gset
SELECT replace(:'definition', 'CREATE TRIGGER', 'CREATE OR REPLACE TRIGGER') AS definition \gset
:definition;
SELECT model FROM binds.model WHERE bind_key IS NULL;
-- Rows of a dump of 0.2.0 are models with positions that can be had, or none.
CREATE TABLE binds_metadata_one.low (id integer);
CREATE TABLE binds_metadata_one.high (id integer);
CREATE TABLE binds_metadata_one.odd (id integer);
INSERT INTO binds.model VALUES ('one', 'low', 'public', 'low', -7), ('one', 'high', 'public', 'high', 9223372036854775807);
INSERT INTO binds.model VALUES ('none', 'x', 'public', 'x', 1), ('one', 'odd', '', 'odd', 1), ('one', 'odd', 'public', repeat('x', 64), 1);
SELECT bind_key, model FROM binds.model WHERE bind_key <> 'two';

SET client_min_messages = warning;
DROP OWNED BY regress_binds_carol CASCADE;
DROP ROLE regress_binds_carol;
