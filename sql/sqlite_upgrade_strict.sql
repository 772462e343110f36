\i test/setup.psql
-- A STRICT table that others made stays what it is, and keeps nobody else from being upgraded.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :sqlite 'd.db'
\! sqlite3 $D/d.db "CREATE TABLE st (a INT, b ANY) STRICT; INSERT INTO st VALUES (1, 'x'); CREATE TABLE z (a INTEGER PRIMARY KEY); CREATE TABLE s2 (a INT, c TEXT) STRICT"; chmod a+w $D/d.db
SELECT binds.add('lite', :'url', '{"schema": "far"}');
SELECT count(*) FROM binds.reflect('lite');
SELECT binds.define('ALTER TABLE z ADD q int; ALTER TABLE s2 ADD t text', 'lite');
SELECT model, kind, action FROM binds.upgrade('lite') WHERE kind !~ 'local';
\! sqlite3 $D/d.db "SELECT sql FROM sqlite_schema WHERE name IN ('st', 's2')"
SELECT model, kind, action FROM binds.upgrade('lite', '{"lossy": true}') WHERE kind !~ 'local';
SELECT model, kind, action FROM binds.upgrade('lite', '{"lossy": true, "drop": true}') WHERE kind !~ 'local';
SELECT * FROM far.st;
SELECT * FROM binds.diff('lite');
