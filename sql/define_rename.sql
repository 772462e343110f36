-- Models that get another name: tables that are there keep theirs until binds.upgrade.
\i test/setup.psql
\a
\t
SET client_min_messages = warning;
CREATE SCHEMA far;
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '\'lite\''
\i test/define_rename.psql
\! sqlite3 $D/d.db 'CREATE TABLE "the other" (id INTEGER PRIMARY KEY)'
SELECT kind, statement, note FROM binds.diff('lite');
SELECT model, action FROM binds.create_all('lite');
SELECT kind, action FROM binds.upgrade('lite');
\! sqlite3 $D/d.db 'DROP TABLE "the other"'
-- A relation that is in the way waits for who has put it there.
CREATE VIEW far."the other" AS SELECT 1 AS x;
SELECT kind, statement, note FROM binds.diff('lite');
SELECT kind, action FROM binds.upgrade('lite');
DROP VIEW far."the other";
SELECT kind, action FROM binds.upgrade('lite');
SELECT count(*) FROM binds.diff('lite');
-- The file has the new names; what refers to a table follows.
\! sqlite3 $D/d.db "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"
-- A name that differs in case alone is none to the file, but one here.
SELECT binds.define('ALTER TABLE last RENAME TO "Last"', 'lite');
SELECT kind, statement FROM binds.diff('lite');
SELECT kind, action FROM binds.upgrade('lite');
SELECT kind FROM binds.diff('lite');
SELECT * FROM far."Last";
-- By hand, as diff says.
SELECT binds.define('ALTER TABLE "Last" RENAME TO hand', 'lite');
SELECT binds.execute('lite', statement) FROM binds.diff('lite') WHERE kind !~ 'local';
SELECT statement FROM binds.diff('lite') \gexec
SELECT statement FROM binds.diff('lite') \gexec
SELECT kind FROM binds.diff('lite');
SELECT * FROM far.hand;
-- It rolls back.
BEGIN;
SELECT binds.define('ALTER TABLE hand RENAME TO other', 'lite');
SELECT DISTINCT action FROM binds.upgrade('lite');
SELECT * FROM far.other;
ROLLBACK;
SELECT * FROM far.hand;
SELECT kind FROM binds.diff('lite');
-- Two binds with a model of the same name, and two keys to one file.
\set other :sqlite 'e.db'
SELECT binds.add('two', :'other', '{"schema": "near"}'), binds.add('same', :'url', '{"schema": "near2"}');
SELECT binds.define('CREATE TABLE hand (id int PRIMARY KEY, v text)', 'two');
SELECT binds.define('CREATE TABLE hand (id int PRIMARY KEY, w text, n int)', 'same');
SELECT bind_key, model, action FROM binds.create_all(ARRAY['two', 'same']);
SELECT binds.define('ALTER TABLE hand RENAME TO foot', key) FROM unnest(ARRAY['lite', 'two', 'same']) key;
SELECT kind, action FROM binds.upgrade('two');
SELECT kind, action FROM binds.upgrade('lite');
SELECT kind, action FROM binds.upgrade('same');
SELECT kind FROM binds.diff();
SELECT * FROM near2.foot;
-- On the default bind.
SELECT binds.define('CREATE TABLE far.here (id serial PRIMARY KEY); CREATE TABLE far.to_here (id int REFERENCES far.here)');
SELECT model, action FROM binds.create_all(NULL);
INSERT INTO far.here VALUES (1);
SELECT binds.define('ALTER TABLE here RENAME TO there');
SELECT model, relation FROM binds.models WHERE bind_key IS NULL;
SELECT kind, statement, note FROM binds.diff(NULL);
SELECT model, action FROM binds.create_all(NULL);
SELECT * FROM binds.reflect(NULL);
SELECT kind, action FROM binds.upgrade(NULL);
SELECT * FROM far.there;
SELECT kind FROM binds.diff(NULL);
SELECT binds.define('ALTER TABLE there RENAME TO here');
ALTER TABLE far.there RENAME TO here;
SELECT kind FROM binds.diff(NULL);
SELECT model, action FROM binds.drop_all(NULL);
