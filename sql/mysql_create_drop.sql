\i test/setup.psql
\set VERBOSITY default
\pset null '(null)'
\setenv TABLES `echo test/tables users`
\set url :mysql 'users'
SELECT binds.add('auth', :'url');

-- Every type, key, check, index and comment: what is made in the engine, and here.
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
SELECT binds.define($$
CREATE TABLE parent (a integer, b varchar(10), PRIMARY KEY (a, b));
CREATE TABLE kinds (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	s smallint DEFAULT 7, i integer NOT NULL, n numeric(10,2) DEFAULT 1.5, big numeric(30,5),
	r real, d double precision, b boolean DEFAULT true, c char(3), v varchar(20) DEFAULT 'it''s',
	t text COLLATE "C", bin bytea, dt date, tm time, ts timestamp DEFAULT '2024-01-01', tz timestamptz,
	iv interval, u uuid, j json, jb jsonb, m mood DEFAULT 'sad',
	twice integer GENERATED ALWAYS AS (i * 2) STORED,
	pa integer, pb varchar(10),
	CONSTRAINT positive CHECK (i > 0), CONSTRAINT local_only CHECK (v ~ '^[a-z'' ]*$'),
	CONSTRAINT both_unique UNIQUE (i, v),
	FOREIGN KEY (pa, pb) REFERENCES parent ON UPDATE CASCADE ON DELETE SET NULL);
CREATE INDEX kinds_v ON kinds (v, i DESC);
COMMENT ON TABLE kinds IS 'all ''kinds''';
COMMENT ON COLUMN kinds.s IS 'small';
CREATE TABLE nokey (x integer);
CREATE TABLE hen (id integer PRIMARY KEY, egg integer);
CREATE TABLE egg (id serial PRIMARY KEY, hen integer REFERENCES hen);
ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg;
$$, 'auth');
SELECT statement FROM binds.ddl('auth');
SELECT * FROM binds.create_all('auth');
\d kinds
-- A table's comment is its own after the commit.
\! $MY -e "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = 'users' ORDER BY 1"
INSERT INTO kinds (i) VALUES (3) RETURNING id, s, n, b, v, m, ts, twice;
SELECT * FROM binds.drop_all('auth');
\! $TABLES

-- DDL commits there by itself: tables bear a mark until the local commit, and an abort
-- drops them again.
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $TABLES
\! $MY -e "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'users' AND table_comment LIKE 'binds %'"
INSERT INTO hen VALUES (1, NULL);
SELECT * FROM hen;
ROLLBACK;
\! $TABLES
-- So does the abort of a subtransaction, and only what it made.
BEGIN;
SAVEPOINT a;
SELECT count(*) FROM binds.create_all('auth');
ROLLBACK TO a;
\! $TABLES
SAVEPOINT b;
SELECT count(*) FROM binds.create_all('auth');
RELEASE b;
COMMIT;
\! $TABLES
\! $MY -e "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'users' AND table_comment LIKE 'binds %'"
-- A table that was used below the savepoint keeps its locks in the engine: it goes at the
-- end of the transaction, and until then counts as absent.
SELECT count(*) FROM binds.create_all('auth');
SELECT binds.define('CREATE TABLE fresh (id integer PRIMARY KEY)', 'auth');
BEGIN;
INSERT INTO hen VALUES (1, NULL);
SAVEPOINT a;
SELECT model, action FROM binds.create_all('auth') WHERE model = 'fresh';
INSERT INTO fresh VALUES (1);
ROLLBACK TO a;
SELECT model, action FROM binds.create_all('auth') WHERE model = 'fresh';
ROLLBACK TO a;
SELECT * FROM hen;
COMMIT;
\! $TABLES
SELECT binds.forget('auth', 'fresh');
-- An abort drops only a table that still bears the mark.
SELECT count(*) FROM binds.drop_all('auth');
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "ALTER TABLE nokey COMMENT 'mine now'"
ROLLBACK;
\! $TABLES
\! $MY users -e "DROP TABLE nokey"

-- A drop waits for the commit; until then the table counts as absent, and cannot be made.
SELECT count(*) FROM binds.create_all('auth');
INSERT INTO hen VALUES (7, NULL);
BEGIN;
SELECT model, action FROM binds.drop_all('auth') WHERE model IN ('hen', 'egg');
\! $TABLES
SELECT model, action FROM binds.drop_all('auth') WHERE model IN ('hen', 'egg');
SAVEPOINT s;
SELECT * FROM binds.create_all('auth');
ROLLBACK TO s;
ROLLBACK;
SELECT * FROM hen;
-- A drop that is undone by its savepoint is not done at the commit.
BEGIN;
SAVEPOINT s;
SELECT count(*) FROM binds.drop_all('auth');
ROLLBACK TO s;
COMMIT;
SELECT * FROM hen;
-- Created and dropped in one transaction.
BEGIN;
SELECT count(*) FROM binds.drop_all('auth');
COMMIT;
\! $TABLES
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
SELECT count(*) FROM binds.drop_all('auth');
COMMIT;
\! $TABLES
-- A user's view is not dropped, and then nothing is.
SELECT count(*) FROM binds.create_all('auth');
CREATE VIEW eggs AS SELECT * FROM egg;
SELECT * FROM binds.drop_all('auth');
DROP VIEW eggs;
SELECT count(*) FROM egg;

SELECT count(*) FROM binds.drop_all('auth');

-- What the engine cannot hold.
SELECT binds.define('CREATE TABLE x (t text PRIMARY KEY)', 'auth');
SELECT binds.define('CREATE TABLE x (id serial PRIMARY KEY, n integer, CHECK (id > n))', 'auth');
SELECT binds.define('CREATE TABLE x (n numeric)', 'auth');
SELECT binds.define('CREATE TABLE x (c char(300))', 'auth');
SELECT binds.define('CREATE TABLE x (a integer, b serial, PRIMARY KEY (a, b))', 'auth');
SELECT binds.define('CREATE TABLE x (a integer UNIQUE); CREATE UNIQUE INDEX x_part ON x (a) WHERE a > 0', 'auth');
SELECT binds.define('CREATE TABLE x (a integer); CREATE INDEX x_part ON x (a) WHERE a > 0', 'auth');
SELECT count(*) FROM binds.drop_all('auth');

-- A read-only bind, and one that is not managed.
SELECT binds.alter('auth', options => '{"read_only": true}');
SELECT * FROM binds.create_all('auth');
SELECT binds.alter('auth', options => '{"read_only": false, "managed": false}');
SELECT DISTINCT action FROM binds.create_all('auth');
SELECT binds.alter('auth', options => '{"managed": true}');
-- Two keys may name one database.
SELECT binds.add('again', :'url', '{"schema": "again"}');
SELECT binds.define('CREATE TABLE nokey (x integer)', 'again');
SELECT bind_key, relation, action FROM binds.create_all() WHERE model = 'nokey';
SELECT bind_key, action FROM binds.drop_all() WHERE model = 'nokey';
\! $TABLES
