\i test/setup.psql
-- Plain DDL on a table of the default bind is PostgreSQL's, and its model follows.
\pset format unaligned
\t on
\set VERBOSITY default
CREATE VIEW there AS SELECT model, local_schema, local_name, relation::text FROM binds.models WHERE bind_key IS NULL ORDER BY model;
SELECT binds.define('CREATE TABLE page (id serial PRIMARY KEY, title text, n varchar(9)); CREATE TABLE child (id int PRIMARY KEY, page int CONSTRAINT child_page REFERENCES page); CREATE INDEX page_title ON page (title)');
SELECT count(*) FROM binds.create_all(NULL);
INSERT INTO page (title, n) VALUES ('one', '7');

-- Columns, constraints, indexes, comments; whatever the setting is.
SET binds.bind_key = '';
ALTER TABLE page ADD COLUMN made date DEFAULT '2026-01-01', ADD COLUMN IF NOT EXISTS title text, ALTER title SET NOT NULL;
RESET binds.bind_key;
ALTER TABLE page ADD CHECK (made > '2000-01-01'), ADD CONSTRAINT once UNIQUE (title), ADD COLUMN up int REFERENCES page;
ALTER TABLE page ALTER n TYPE int USING length(n);
ALTER TABLE page RENAME COLUMN made TO born;
ALTER TABLE page ADD COLUMN made int;
ALTER TABLE page RENAME CONSTRAINT once TO only_once;
CREATE INDEX ON page (born);
CREATE INDEX IF NOT EXISTS page_title ON page (title);
CREATE INDEX CONCURRENTLY page_late ON page (n);
ALTER INDEX page_title RENAME TO page_of;
DROP INDEX CONCURRENTLY page_late;
COMMENT ON TABLE page IS 'a page';
COMMENT ON COLUMN page.born IS 'when';
ALTER TABLE page ALTER id TYPE bigint, ALTER born DROP DEFAULT, SET (fillfactor = 50), OWNER TO CURRENT_USER;
SELECT * FROM page;
SELECT column_name, data_type, column_default IS NOT NULL AS d, is_nullable FROM information_schema.columns WHERE table_schema = 'binds_metadata' AND table_name = 'page' ORDER BY ordinal_position;
SELECT bind_key, model, kind, note FROM binds.diff();
SELECT * FROM binds.upgrade(NULL, '{"drop": true, "lossy": true}');

-- What a rollback takes back; what fails; what goes by CASCADE.
BEGIN;
ALTER TABLE page DROP COLUMN born;
ROLLBACK;
ALTER TABLE page ADD COLUMN title int;
ALTER TABLE page DROP CONSTRAINT page_pkey;
ALTER TABLE page DROP CONSTRAINT page_pkey CASCADE;
SELECT bind_key, model, kind, note FROM binds.diff();
ALTER TABLE page ADD PRIMARY KEY (id);
ALTER TABLE child ADD CONSTRAINT child_page FOREIGN KEY (page) REFERENCES page;
SELECT bind_key, model, kind, note FROM binds.diff();

-- Names and schemas.
CREATE SCHEMA other;
ALTER TABLE page RENAME TO sheet;
ALTER TABLE sheet SET SCHEMA other;
SELECT * FROM there;
SELECT model, action FROM binds.create_all(NULL);
ALTER TABLE other.sheet RENAME COLUMN title TO head;
ALTER SCHEMA other RENAME TO another;
SELECT bind_key, model, kind, note FROM binds.diff();
BEGIN;
ALTER TABLE another.sheet RENAME TO leaf;
SELECT * FROM there;
ROLLBACK;
SELECT * FROM there;

-- Names that binds.define has given, and nobody the tables: they come to be right.
SELECT binds.define('ALTER TABLE child ADD COLUMN note text; ALTER TABLE child RENAME TO kid');
ALTER TABLE child ADD COLUMN note text;
ALTER TABLE child RENAME TO kid;
SELECT bind_key, model, kind, note FROM binds.diff();
SELECT action FROM binds.upgrade(NULL);
SELECT * FROM there;

-- A model that cannot follow is told; the table is as it was asked for.
CREATE TABLE plain (id int PRIMARY KEY);
ALTER TABLE kid ADD COLUMN plain int REFERENCES plain;
SELECT bind_key, model, kind FROM binds.diff();
ALTER TABLE kid DROP COLUMN plain;
SELECT bind_key, model, kind FROM binds.diff();
CREATE ROLE regress_default;
ALTER TABLE kid OWNER TO regress_default;
SET ROLE regress_default;
ALTER TABLE kid ADD COLUMN theirs int;
SET client_min_messages = error;
ALTER TABLE kid DROP COLUMN theirs;
RESET client_min_messages;
ALTER TABLE another.sheet ADD COLUMN theirs int;
RESET ROLE;
ALTER TABLE kid OWNER TO CURRENT_USER;
DROP ROLE regress_default;
SELECT bind_key, model, kind FROM binds.diff();

-- A new table of a model's name is no change of the model.
SELECT binds.define('CREATE TABLE late (id int PRIMARY KEY, k int REFERENCES kid)');
CREATE TABLE late (id int PRIMARY KEY, k int REFERENCES kid, UNIQUE (k));
SELECT bind_key, model, kind FROM binds.diff();
DROP TABLE late;
SELECT * FROM there;

-- DROP TABLE takes the model away, and what inherits from it by CASCADE, or is in a schema.
SELECT binds.define('CREATE TABLE base (id int PRIMARY KEY); CREATE TABLE heir (n int) INHERITS (base); CREATE TABLE another.more (id int PRIMARY KEY); CREATE TABLE waits (id int PRIMARY KEY, m int REFERENCES another.more)');
SELECT count(*) FROM binds.create_all(NULL) WHERE model <> 'waits';
DROP TABLE waits;
SELECT binds.define('CREATE TABLE waits (id int PRIMARY KEY, m int CONSTRAINT waits_m REFERENCES another.more)');
DROP TABLE base;
DROP TABLE base CASCADE;
DROP TABLE IF EXISTS kid, nowhere, plain;
SELECT * FROM there;
DROP TABLE another.more;
DROP SCHEMA another CASCADE;
SELECT * FROM there;
SELECT bind_key, model, kind FROM binds.diff();
SELECT model, action FROM binds.drop_all(NULL);
