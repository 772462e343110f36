-- Models are forgotten with the server of their bind, and with no other.
\i test/setup.psql
\set VERBOSITY default
\set SHOW_CONTEXT never
\set url :sqlite 'one.db'
SELECT binds.add('one', :'url');
SELECT binds.define('CREATE TABLE first (id integer PRIMARY KEY); CREATE TABLE second (id integer PRIMARY KEY)', 'one');
CREATE ROLE regress_binds_bob;
CREATE FOREIGN DATA WRAPPER regress_no_bind;
GRANT USAGE ON FOREIGN DATA WRAPPER regress_no_bind, binds_sqlite TO regress_binds_bob;
GRANT pg_read_server_files, pg_write_server_files TO regress_binds_bob;

-- While it has another name, others of that name come and go: of another wrapper, of another owner.
ALTER SERVER one RENAME TO other;
SET ROLE regress_binds_bob;
CREATE SERVER one FOREIGN DATA WRAPPER regress_no_bind;
DROP SERVER one;
CREATE SERVER one FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
ALTER SERVER one OPTIONS (ADD read_only 'true');
DROP SERVER one;
CREATE SERVER one FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
RESET ROLE;
DROP OWNED BY regress_binds_bob;
CREATE SERVER one FOREIGN DATA WRAPPER regress_no_bind;
DROP SERVER one;
ALTER SERVER other RENAME TO one;
SELECT bind_key, model FROM binds.models;
SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'binds_model' ORDER BY 1;

-- Its own server, however it goes, if it goes.
BEGIN;
ALTER SERVER one OPTIONS (ADD echo 'false');
SAVEPOINT s;
DROP SERVER one CASCADE;
SELECT count(*) FROM pg_trigger WHERE tgname = 'binds_model';
ROLLBACK TO s;
SELECT count(*) FROM binds.models;
ALTER SERVER one OPTIONS (SET echo 'true');
DROP SERVER one CASCADE;
SELECT count(*) FROM pg_trigger WHERE tgname = 'binds_model';
ROLLBACK;
SELECT bind_key, model FROM binds.models;
BEGIN;
ALTER SERVER one OWNER TO regress_binds_bob;
ALTER SCHEMA binds_metadata_one OWNER TO regress_binds_bob;
ALTER TABLE binds_metadata_one.first OWNER TO regress_binds_bob;
DROP OWNED BY regress_binds_bob CASCADE;
SELECT count(*) FROM pg_trigger WHERE tgname = 'binds_model';
ROLLBACK;
BEGIN;
CREATE FOREIGN DATA WRAPPER regress_of_ours HANDLER binds.sqlite_handler VALIDATOR binds.sqlite_validator;
CREATE SERVER of_ours FOREIGN DATA WRAPPER regress_of_ours OPTIONS (url :'url');
SELECT binds.define('CREATE TABLE third (id integer PRIMARY KEY)', 'of_ours');
DROP FOREIGN DATA WRAPPER regress_of_ours CASCADE;
SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'binds_model' ORDER BY 1;
ROLLBACK;
-- What was forgotten is no model of a bind that comes later; of two that are dropped, each is looked at.
\set url :sqlite 'two.db'
SELECT binds.add('two', :'url');
SELECT binds.define('CREATE TABLE t (id integer)', 'two');
DROP SERVER one, two;
SELECT count(*) FROM pg_trigger WHERE tgname = 'binds_model';
CREATE SERVER one FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
SELECT bind_key, model FROM binds.models;

SET client_min_messages = warning;
DROP OWNED BY regress_binds_bob CASCADE;
DROP ROLE regress_binds_bob;
