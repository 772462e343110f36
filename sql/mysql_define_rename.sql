-- Models that get another name: tables that are there keep theirs until binds.upgrade.
\i test/setup.psql
\a
\t
SET client_min_messages = warning;
CREATE SCHEMA far;
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "far"}');
\set key '\'my\''
\i test/define_rename.psql
\! $MY users -e 'CREATE TABLE `the other` (id int PRIMARY KEY)'
SELECT kind, statement, note FROM binds.diff('my');
SELECT model, action FROM binds.create_all('my');
SELECT kind, action FROM binds.upgrade('my');
\! $MY users -e 'DROP TABLE `the other`'
SELECT kind, action FROM binds.upgrade('my');
SELECT count(*) FROM binds.diff('my');
-- Not in the transaction that has renamed the model; and a rollback renames the table back.
BEGIN;
SELECT binds.define('ALTER TABLE last RENAME TO least', 'my');
SELECT binds.upgrade('my');
ROLLBACK;
SELECT binds.define('ALTER TABLE last RENAME TO least', 'my');
BEGIN;
SELECT kind, action FROM binds.upgrade('my');
\! $MY users -e 'SHOW TABLES'
SELECT * FROM far.least;
ROLLBACK;
\! $MY users -e 'SHOW TABLES'
SELECT * FROM far.last;
SELECT kind FROM binds.diff('my');
-- A view over it does not mind; what a user may not, he may not.
CREATE VIEW over AS SELECT id FROM far.last;
CREATE ROLE regress_binds_other;
GRANT USAGE ON FOREIGN SERVER my TO regress_binds_other;
GRANT USAGE, CREATE ON SCHEMA binds_metadata_my, far TO regress_binds_other;
SET ROLE regress_binds_other;
SELECT binds.define('ALTER TABLE least RENAME TO mine', 'my');
RESET ROLE;
DROP OWNED BY regress_binds_other;
DROP ROLE regress_binds_other;
SELECT kind, action FROM binds.upgrade('my');
SELECT * FROM over;
SELECT kind FROM binds.diff('my');
SELECT model, action FROM binds.drop_all('my', true);
