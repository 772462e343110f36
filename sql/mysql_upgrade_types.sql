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
-- A float's digits, as a text or as exact decimals, are PostgreSQL's: what the server's ALTER TABLE would make of them is refused.
SET search_path = far, public;
SET binds.bind_key = 'auth';
CREATE TABLE fl (id int PRIMARY KEY, r real, d float8, f real);
INSERT INTO fl VALUES (1, 1234567.75, 1e20, 1.005), (2, 0.1, 1e-7, 16777216);
\set VERBOSITY sqlstate
ALTER TABLE fl ALTER r TYPE text;
ALTER TABLE fl ALTER r TYPE varchar(20);
ALTER TABLE fl ALTER f TYPE numeric(12,2);
ALTER TABLE fl ALTER d TYPE text USING d::text;
\set VERBOSITY default
SELECT * FROM fl ORDER BY id;
SELECT count(*) FROM binds.diff('auth') WHERE model = 'fl';
-- The way out, and what is converted as before.
ALTER TABLE fl ADD r2 text, ADD f2 numeric(12,2), ADD d2 varchar(30);
UPDATE fl SET r2 = r, f2 = f, d2 = d;
ALTER TABLE fl DROP r, DROP f, ALTER d TYPE real;
SELECT * FROM fl ORDER BY id;
