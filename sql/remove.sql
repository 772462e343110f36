\i test/setup.psql
\set url1 :sqlite 'one.db'
\set url2 :sqlite 'two.db'
SELECT binds.add('one', :'url1');
SELECT binds.add('two', :'url2');
CREATE TYPE mood AS ENUM ('sad', 'ok');
SELECT binds.define('CREATE TABLE parent (id integer PRIMARY KEY, m mood)', 'one');
SELECT binds.define('CREATE TABLE other (id integer PRIMARY KEY, parent integer REFERENCES parent)', 'one');
SELECT binds.define('CREATE TABLE child (extra text) INHERITS (parent)', 'two');
SELECT * FROM binds.create_all();
INSERT INTO parent VALUES (1, 'ok');
INSERT INTO child VALUES (2, 'sad', 'x');
SELECT tableoid::regclass, * FROM parent ORDER BY id;

-- Not while it has models; and never a view of a user.
SELECT binds.remove('one');
CREATE VIEW seen AS SELECT * FROM parent;
SELECT binds.remove('one', true);
SELECT count(*) FROM binds.models;
DROP VIEW seen;

-- With cascade in a transaction that has written to it: what is written stays.
BEGIN;
INSERT INTO parent VALUES (3, 'ok');
SELECT binds.remove('one', true);
COMMIT;
\! sqlite3 $D/one.db 'SELECT * FROM parent ORDER BY id'
-- The child on another bind goes on without its parent.
SELECT bind_key, model, relation FROM binds.models;
SELECT * FROM child;
SELECT nspname FROM pg_namespace WHERE nspname ~ '^binds' ORDER BY 1;
SELECT bind_key FROM binds.engines;

-- DROP SERVER forgets as well, and leaves the metadata schema, which add takes over.
DROP SERVER two CASCADE;
SELECT bind_key, model FROM binds.models;
SELECT binds.add('two', :'url2');
SELECT binds.remove('two');
SELECT binds.remove('two', true);
SELECT nspname FROM pg_namespace WHERE nspname ~ '^binds' ORDER BY 1;

-- A bind without models goes without cascade, in the same transaction as well.
BEGIN;
SELECT binds.add('one', :'url1');
SELECT binds.remove('one');
COMMIT;
SELECT bind_key FROM binds.engines;
