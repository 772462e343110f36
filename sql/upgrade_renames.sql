\i test/setup.psql
-- Names of columns that were dropped, and columns that have them now: upgrade takes none for the other.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set key NULL
\i test/upgrade_renames.psql
SELECT count(*) FROM binds.drop_all(NULL);
SELECT count(binds.forget(NULL, model)) FROM binds.models;

\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '''lite'''
\i test/upgrade_renames.psql

-- What others have added under the new name is not the column; nobody knows what becomes of it.
SELECT binds.define('CREATE TABLE hand (id int PRIMARY KEY, a int)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.hand VALUES (1, 2);
\! sqlite3 $D/d.db "ALTER TABLE hand ADD COLUMN b int DEFAULT 77"
SELECT binds.define('ALTER TABLE hand RENAME a TO b', 'lite');
SELECT kind, statement, note FROM binds.diff('lite') WHERE kind !~ 'local';
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true}') WHERE kind !~ 'local';
\! sqlite3 $D/d.db "SELECT * FROM hand; ALTER TABLE hand DROP COLUMN b"
SELECT kind, action FROM binds.upgrade('lite');
SELECT * FROM far.hand;
