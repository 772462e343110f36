-- DROP TABLE in binds.define takes models away, and no table.
\i test/setup.psql
\a
\t
SET client_min_messages = warning;
CREATE SCHEMA far;
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '\'lite\''
\i test/define_drop.psql
\! sqlite3 $D/d.db "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"
-- Those of the default bind, whose relation is the table; and inherited ones, over binds.
SELECT binds.define('CREATE TABLE far.base (id int PRIMARY KEY); CREATE TABLE far.own () INHERITS (base)');
SELECT binds.define('CREATE TABLE heir (x int) INHERITS (base)', 'lite');
SELECT bind_key, model, action FROM binds.create_all();
SET client_min_messages = notice;
\set VERBOSITY default
SELECT binds.define('DROP TABLE base');
SELECT binds.define('DROP TABLE base, own CASCADE');
SELECT binds.define('DROP TABLE base, heir, own');
SELECT to_regclass('far.base'), to_regclass('far.own'), to_regclass('far.heir');
SELECT count(*) FROM binds.models;
-- Other kinds are no models.
SELECT binds.define('DROP VIEW base');
SELECT binds.define('DROP FOREIGN TABLE base');
