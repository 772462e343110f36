\i test/setup.psql
-- Types that upgrade gives by an explicit cast, and by the server's ALTER TABLE.
\pset format unaligned
\t on
CREATE SCHEMA far;
SET client_min_messages = warning;
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "far"}');
\set key '''auth'''
\i test/upgrade_casts.psql
-- A number is no boolean to the server.
SELECT binds.define('ALTER TABLE b ALTER b TYPE boolean USING b::boolean', 'auth');
SELECT action FROM binds.upgrade('auth', '{"lossy": true}') WHERE kind ~ 'column';
