\i test/setup.psql
-- New columns of tables that have rows.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "far"}');
\set key '''auth'''
\i test/upgrade_defaults.psql
