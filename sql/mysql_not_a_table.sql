\i test/setup.psql
-- What has the name of a model and is no table is not taken for its table: create_all
-- refuses it before anything is done, drop_all leaves it alone.
\set url :mysql 'users'
SELECT binds.add('auth', :'url');
\setenv NAMES 'SELECT table_type, table_name FROM information_schema.tables WHERE table_schema = "users" ORDER BY 2'
SELECT binds.define('CREATE TABLE first (a integer); CREATE TABLE thing (a integer, b integer)', 'auth');
-- A view,
\! $MY users -e 'CREATE TABLE base (a integer, b integer); CREATE VIEW thing AS SELECT a, b FROM base'
SELECT * FROM binds.create_all('auth');
\! $MY users -e "$NAMES"
SELECT model, relation, action FROM binds.drop_all('auth');
\! $MY users -e "$NAMES"
-- one that cannot be read,
\set VERBOSITY sqlstate
\! $MY users -e 'DROP TABLE base'
SELECT * FROM binds.create_all('auth');
\! $MY users -e 'DROP VIEW thing'
-- a sequence, where there are such.
\! $MY users -e 'CREATE SEQUENCE thing' 2>/dev/null || $MY users -e 'CREATE VIEW thing AS SELECT 1 AS a'
SELECT * FROM binds.create_all('auth');
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e 'SELECT count(*) FROM information_schema.tables WHERE table_schema = "users"'
\! $MY users -e 'DROP SEQUENCE thing' 2>/dev/null || $MY users -e 'DROP VIEW thing'
-- A table is a table.
\! $MY users -e 'CREATE TABLE thing (a integer, b integer)'
SELECT model, action FROM binds.create_all('auth');
-- It has become a view since: its local relation goes, the view stays.
\! $MY users -e 'DROP TABLE thing; CREATE VIEW thing AS SELECT 1 AS a, 2 AS b'
SELECT * FROM binds.create_all('auth');
SELECT model, action FROM binds.drop_all('auth');
SELECT to_regclass('thing'), to_regclass('first');
\! $MY users -e "$NAMES"
-- A view that an aborted transaction's mark names is not its table, and is not dropped.
SELECT system_identifier AS cluster, oid AS database FROM pg_control_system(), pg_database WHERE datname = current_database() \gset
\setenv OURS `echo :cluster :database`
\set VERBOSITY default
\! $MY users -e "CREATE TABLE first (broken integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"thing\"'"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "$NAMES"
\! $MY users -e 'DROP VIEW thing'
SELECT model, action FROM binds.create_all('auth');
