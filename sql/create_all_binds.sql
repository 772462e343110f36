\i test/setup.psql
-- create_all looks at all binds before it makes anything on the first of them.
\set url :sqlite 'one.db'
SELECT binds.add('one', :'url', '{"schema": "one"}');
\set url :sqlite 'two.db'
SELECT binds.add('two', :'url', '{"schema": "two"}');
\setenv TWO `echo sqlite3 $D/two.db`
\setenv FILES `echo "cd $D && ls *.db"`
SELECT binds.execute('two', 'CREATE TABLE base (a integer)');
SELECT binds.define('CREATE TABLE here (id serial PRIMARY KEY)');
SELECT binds.define('CREATE TABLE thing (a integer)', 'one');
SELECT binds.define('CREATE TABLE fine (a integer); CREATE TABLE thing (a integer)', 'two');
\! $TWO 'CREATE VIEW thing AS SELECT 1 AS a'
BEGIN;
SAVEPOINT s;
SELECT * FROM binds.create_all();
ROLLBACK TO s;
SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing_was_done;
COMMIT;
\! sh -c "$FILES"
-- The same with another relation in the place of a local one,
\! $TWO 'DROP VIEW thing'
SET binds.bind_key = '';	-- this database, though the schema is a bind's
CREATE TABLE two.thing (a integer);
BEGIN;
SAVEPOINT s;
SELECT * FROM binds.create_all();
ROLLBACK TO s;
SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing_was_done;
COMMIT;
\! sh -c "$FILES"
DROP TABLE two.thing;
-- and with a bind that cannot be written to.
SELECT binds.alter('two', options => '{"read_only": true}');
BEGIN;
SAVEPOINT s;
SELECT * FROM binds.create_all();
ROLLBACK TO s;
SELECT pg_current_xact_id_if_assigned() IS NULL AS nothing_was_done;
COMMIT;
\! sh -c "$FILES"
SELECT binds.alter('two', options => '{"read_only": false}');

-- A warning is given once.
\! $TWO 'CREATE TABLE thing (other integer)'
SELECT bind_key, model, action FROM binds.create_all();
SELECT bind_key, model, action FROM binds.drop_all();
SELECT binds.forget('one', 'thing'), binds.forget('two', 'thing'), binds.forget('two', 'fine'), binds.forget(NULL, 'here');

-- Two keys of one database: the second finds what the first has made.
\set url :sqlite 'two.db'
SELECT binds.add('again', :'url', '{"schema": "again"}');
SELECT binds.define('CREATE TABLE shared (a integer); CREATE TABLE t1 (a integer)', 'two');
SELECT binds.define('CREATE TABLE shared (a integer); CREATE TABLE t2 (a integer)', 'again');
SELECT bind_key, model, action FROM binds.create_all(ARRAY['two', 'again']);
INSERT INTO two.shared VALUES (1);
SELECT * FROM again.shared;
SELECT bind_key, model, action FROM binds.drop_all(ARRAY['two', 'again']);
