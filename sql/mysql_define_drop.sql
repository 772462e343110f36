-- DROP TABLE in binds.define takes models away, and no table.
\i test/setup.psql
\a
\t
SET client_min_messages = warning;
CREATE SCHEMA far;
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "far"}');
\set key '\'my\''
\i test/define_drop.psql
\! $MY users -e 'SHOW TABLES'
