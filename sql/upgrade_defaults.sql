\i test/setup.psql
-- New columns of tables that have rows.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set key NULL
\i test/upgrade_defaults.psql
SELECT count(*) FROM binds.drop_all(NULL);
SELECT count(binds.forget(NULL, model)) FROM binds.models;
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '''lite'''
\i test/upgrade_defaults.psql
