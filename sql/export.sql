-- A script that registers binds and models elsewhere.
\i test/setup.psql
\set VERBOSITY default
\set url :sqlite 'one.db'
SELECT binds.add('one', :'url', '{"schema": "other schema", "journal_mode": "delete"}');
\set url :sqlite 'it''s "two".db'
SELECT binds.add('it''s', :'url');

CREATE SCHEMA shop;
CREATE TYPE shop.mood AS ENUM ('sad', 'it''s ok', '');
CREATE DOMAIN shop.short AS varchar(5) COLLATE "C" DEFAULT 'x''y' NOT NULL CONSTRAINT certain CHECK (VALUE <> 'no') CHECK (length(VALUE) > 0);
CREATE DOMAIN shop.feeling AS shop.mood;
SELECT binds.define($$
CREATE TABLE page (id serial PRIMARY KEY, title varchar(80) COLLATE "C" NOT NULL CONSTRAINT "a title" UNIQUE, at timestamptz DEFAULT now(),
	twice integer GENERATED ALWAYS AS (length(title) * 2) STORED, EXCLUDE USING hash (title WITH =));
CREATE INDEX page_title ON page (lower(title)) WHERE title <> '$define$';
COMMENT ON TABLE page IS 'it''s a page';
COMMENT ON COLUMN page.title IS 'what stands above';
CREATE TABLE tag (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 3) PRIMARY KEY, page integer NOT NULL DEFAULT 1);
ALTER TABLE tag ADD CONSTRAINT tag_page FOREIGN KEY (page) REFERENCES page ON DELETE CASCADE DEFERRABLE;
CREATE TABLE part (weight numeric(8,2) CHECK (weight > 0)) INHERITS (page);
$$);
SELECT binds.define($$
CREATE TABLE "person's ""name" (id integer PRIMARY KEY, first shop.short, mood shop.feeling, moods shop.mood[], boss integer REFERENCES "person's ""name");
CREATE TABLE shop.b (id integer PRIMARY KEY, a integer);
CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES shop.b, x integer, y text, UNIQUE (x, y));
ALTER TABLE shop.b ADD CONSTRAINT back FOREIGN KEY (a) REFERENCES a;
$$, 'one');
SELECT binds.define($$
CREATE TABLE child (more text) INHERITS (page);
CREATE TABLE alone (id bigserial PRIMARY KEY, r int4range);
$$, 'it''s');

\pset tuples_only on
\pset format unaligned
SELECT replace(binds.export(), :'dir', 'DIR');
SELECT replace(binds.export('one'), :'dir', 'DIR') = replace(binds.export(ARRAY['one']), :'dir', 'DIR');
SELECT binds.export(ARRAY[]::text[]);
SELECT binds.export('nope');

-- The name of a type cannot end the line of its comment; texts are written for any setting.
BEGIN;
CREATE TYPE shop."x
create role regress_binds_pwned; --" AS (a integer);
SELECT binds.define($$CREATE TABLE odd (a shop."x
create role regress_binds_pwned; --", b text DEFAULT '\')$$, NULL);
SET LOCAL standard_conforming_strings = off;
SET LOCAL escape_string_warning = off;
SELECT line FROM regexp_split_to_table(binds.export(NULL), E'\n') line WHERE line ~ 'pwned|DEFAULT.*text';
ROLLBACK;

-- What models need besides types is told: wherever it stands, once, and not what extensions or models bring.
BEGIN;
CREATE COLLATION shop."my coll" (provider = libc, locale = 'C');
CREATE COLLATION shop.of_domain FROM "C";
CREATE FUNCTION shop.one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION shop.good(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION shop.of_index(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE OPERATOR shop.=== (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text);
CREATE OPERATOR CLASS shop.ops FOR TYPE text USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 bttextcmp(text, text);
CREATE TEXT SEARCH CONFIGURATION shop.words (COPY = simple);
CREATE SEQUENCE shop.numbers;
CREATE TYPE shop.size AS ENUM ('s', 'l');
CREATE DOMAIN shop.tall AS text COLLATE shop.of_domain CHECK (shop.good(VALUE));
SELECT binds.define($$
CREATE TABLE needy (id serial PRIMARY KEY, a text COLLATE shop."my coll" UNIQUE, b integer DEFAULT shop.one() + shop.one(), c shop.tall,
	n integer DEFAULT nextval('shop.numbers'), v tsvector GENERATED ALWAYS AS (to_tsvector('shop.words', a)) STORED,
	CHECK (a OPERATOR(shop.===) 'x'), CHECK (id::text::shop.size = 's'));
CREATE INDEX ON needy (shop.of_index(a)); CREATE INDEX ON needy (a shop.ops); CREATE TABLE second (a text COLLATE shop."my coll");
$$, NULL);
SELECT line FROM regexp_split_to_table(binds.export(NULL), E'\n') line WHERE line ~ '^(--|CREATE DOMAIN shop.tall|CREATE TYPE shop.size)';
ROLLBACK;

-- What it makes elsewhere gives the same script, and the same tables.
\o :dir/script.sql
SELECT binds.export();
\o :dir/ddl
SELECT * FROM binds.ddl();
SELECT bind_key, model, local_schema, local_name FROM binds.model;
\o
DROP DATABASE IF EXISTS regress_binds_again;
CREATE DATABASE regress_binds_again TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';
\! psql -Xq -d regress_binds_again -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION binds' -v ON_ERROR_STOP=1 -f $D/script.sql -o /dev/null 2>&1 | grep -v 'merging'
\! psql -XqAt -d regress_binds_again -c 'SELECT binds.export()' | cmp - $D/script.sql && echo same script
\! psql -XqAt -d regress_binds_again -c 'SELECT * FROM binds.ddl()' -c 'SELECT bind_key, model, local_schema, local_name FROM binds.model' | cmp - $D/ddl && echo same tables
\! psql -XqAt -d regress_binds_again -c 'SELECT model, action FROM binds.create_all()'
DROP DATABASE regress_binds_again;
