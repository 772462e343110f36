\i test/setup.psql
-- upgrade and values that have another form, or another meaning, in another type.
\pset format unaligned
\t on
SET client_min_messages = warning;
SET timezone = 'Europe/Berlin';
CREATE SCHEMA far;
CREATE SCHEMA near;
CREATE DOMAIN positive AS int CHECK (value > 0);
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "far"}');
\set key '''auth'''
\i test/upgrade_types.psql

-- Rows do not get a zero that nobody has given, nor does a plain column become a computed one.
SELECT binds.define('CREATE TABLE z (id int PRIMARY KEY, x int)', 'auth');
SELECT count(*) FROM binds.create_all('auth');
INSERT INTO far.z VALUES (1, 77);
SELECT binds.define('ALTER TABLE z ADD n int NOT NULL, ADD k int NOT NULL DEFAULT 5, ADD e text NOT NULL DEFAULT current_user; ALTER TABLE z DROP x; ALTER TABLE z ADD x int GENERATED ALWAYS AS (id * 100) STORED', 'auth');
SELECT kind, action FROM binds.upgrade('auth') WHERE kind !~ 'local' AND model = 'z' ORDER BY 1, 2;
\! $MY users -e 'SELECT id, x, k FROM z'
