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
\set whole_seconds
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
-- Dates and times become PostgreSQL's, or none at all: of digits of a second the one server cuts, the other rounds up what the type has no room for, and with them the day; as a text each writes all.
SET datestyle = 'ISO, MDY';
CREATE TABLE mo (id int PRIMARY KEY, ts timestamp(6), old timestamp(3), d timestamp, ti time(6), s text, e date);
INSERT INTO mo VALUES (1, '2024-01-01 23:59:59.9', '1999-12-31 23:59:58.5', '2024-01-01 23:59:59.5', '10:00:00.9', '2024-01-02 10:00:00.25', '2024-01-03'), (2, '2024-01-01', NULL, '2024-01-01 23:59:59.25', '10:00', '2024-01-02', NULL);
\set VERBOSITY sqlstate
ALTER TABLE mo ALTER ts TYPE timestamp(0);
ALTER TABLE mo ALTER old TYPE timestamp(0);
ALTER TABLE mo ALTER d TYPE date;
ALTER TABLE mo ALTER ts TYPE time(0);
ALTER TABLE mo ALTER ti TYPE time(0);
ALTER TABLE mo ALTER ts TYPE text;
ALTER TABLE mo ALTER ti TYPE varchar(20);
ALTER TABLE mo ALTER s TYPE timestamp(1) USING s::timestamp(1);
ALTER TABLE mo ALTER s TYPE date USING s::date;
\set VERBOSITY default
SELECT * FROM mo ORDER BY id;
SELECT count(*) FROM binds.diff('auth') WHERE model = 'mo';
UPDATE mo SET ts = ts::timestamp(0), old = old::timestamp(0), ti = ti::time(0);
UPDATE mo SET d = d::date WHERE id = 1;
ALTER TABLE mo ALTER ts TYPE timestamp(0), ALTER old TYPE timestamp(0), ALTER d TYPE date, ALTER ti TYPE time(0), ALTER s TYPE timestamp(2) USING s::timestamp(2), ALTER e TYPE text;
SELECT * FROM mo ORDER BY id;
ALTER TABLE mo ALTER ts TYPE text, ALTER ti TYPE varchar(20);
SELECT * FROM mo ORDER BY id;
-- A text that is no value of the type is told as PostgreSQL tells it.
CREATE TABLE tn (id int PRIMARY KEY, t text, v varchar(9));
INSERT INTO tn VALUES (1, '12', '1.5'), (2, 'abc', ' 70000');
ALTER TABLE tn ALTER t TYPE int USING t::int;
ALTER TABLE tn ALTER v TYPE int USING v::int;
UPDATE tn SET v = '70000';
ALTER TABLE tn ALTER v TYPE smallint USING v::smallint;
UPDATE tn SET t = '7';
ALTER TABLE tn ALTER t TYPE int USING t::int, ALTER v TYPE bigint USING v::bigint;
SELECT * FROM tn ORDER BY id;
-- Floats that the other type has not: the server would store its largest number, or zero.
CREATE TABLE fw (id int PRIMARY KEY, r real, d float8, s float8, w real);
INSERT INTO fw VALUES (1, 3e38, 9223372036854775808, 1e-50, 2.5), (2, 1, 1, 1, 3.5);
ALTER TABLE fw ALTER r TYPE bigint;
ALTER TABLE fw ALTER d TYPE bigint;
ALTER TABLE fw ALTER s TYPE real;
ALTER TABLE fw ALTER w TYPE smallint;
SELECT * FROM fw ORDER BY id;
DELETE FROM fw WHERE id = 1;
ALTER TABLE fw ALTER r TYPE bigint, ALTER d TYPE bigint, ALTER s TYPE real;
SELECT * FROM fw ORDER BY id;
