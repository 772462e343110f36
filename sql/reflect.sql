\i test/setup.psql
\set VERBOSITY default
\pset null '(null)'
\setenv META `echo sqlite3 -list -nullvalue NULL $D/meta.db`
\set url :sqlite 'meta.db'
SELECT binds.add('meta', :'url', '{"schema": "m"}');
-- A file that was never made has nothing to reflect, and is not made by it.
SELECT * FROM binds.reflect('meta');
\! ls $D

-- Tables that another made: every kind of key, default, index and type.
\! $META < test/reflect_sqlite.sql; chmod 666 $D/meta.db
SET search_path = m, public;
SELECT * FROM binds.reflect('meta');
\d author
\d book
\d tagged
\d "Odd ""name"
\d loose
\d computed
SELECT model, template FROM binds.models;
-- A constraint is carried over only if the engine guarantees it; templates have them as
-- the engine declares them.
SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
WHERE conrelid = 'binds_metadata_meta.book'::regclass AND contype <> 'n' ORDER BY conname;
\d binds_metadata_meta.loose
SELECT tables FROM binds.metadatas WHERE bind_key = 'meta';
-- They can be queried and written at once.
SELECT id, name, active, born, score, data, note, expr, uid, anything FROM author ORDER BY id;
SELECT b.title, a.name FROM book b JOIN author a ON a.id = b.author_id;
INSERT INTO author (name) VALUES ('new') RETURNING id, active, born;
INSERT INTO book VALUES ('x', 'second', 99);
SELECT * FROM loose;
UPDATE loose SET v = 'b' WHERE code IS NULL;
INSERT INTO computed (a) VALUES (4) RETURNING *;
SELECT id FROM author WHERE name IN ('ANN', 'Ann');
-- What the metadata has is left alone.
SELECT * FROM binds.reflect('meta');
\! $META 'CREATE TABLE late (x integer REFERENCES author (id))'
SELECT * FROM binds.reflect();
\d binds_metadata_meta.late
-- A relation in the place stops that table only.
\! $META 'CREATE TABLE taken (x integer); CREATE TABLE free (x integer)'
SET binds.bind_key = '';	-- this database, though the schema is a bind's
CREATE TABLE m.taken (y integer);
SELECT * FROM binds.reflect('meta');
DROP TABLE m.taken;
SELECT * FROM binds.reflect('meta');
-- A reflected table is a model: it is dropped and created like others.
SELECT model, action FROM binds.drop_all('meta');
\! $META "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1)"
SELECT model, action FROM binds.create_all('meta');
\! $META "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1)"
\d book
-- forget takes the model and its relation, the table stays and can be reflected again.
SELECT binds.forget('meta', 'late');
\! $META "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1)"
SELECT model, action FROM binds.reflect('meta');

-- The default bind: the tables of the current schema become models as they are.
CREATE SCHEMA here;
SET search_path = here;
CREATE TABLE shop (id serial PRIMARY KEY, name varchar(20) UNIQUE DEFAULT 'x', at timestamptz DEFAULT now(), CHECK (id > 0));
CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY (START 7) PRIMARY KEY, shop integer REFERENCES shop ON DELETE CASCADE);
CREATE INDEX item_shop ON item (shop) WHERE shop > 5;
ALTER TABLE shop ADD COLUMN best bigint CONSTRAINT best REFERENCES item;
COMMENT ON TABLE shop IS 'sells';
CREATE TABLE parted (a integer) PARTITION BY LIST (a);
CREATE TABLE part PARTITION OF parted DEFAULT;
CREATE TEMP TABLE temporary (a integer);
SELECT * FROM binds.reflect(NULL);
\d binds_metadata.shop
\d binds_metadata.item
SELECT * FROM binds.reflect(NULL);
SELECT model, action FROM binds.drop_all(NULL);
SELECT model, relation, action FROM binds.create_all(NULL);
\d item

-- Who may not define may not reflect.
CREATE ROLE regress_binds_other;
SET ROLE regress_binds_other;
SELECT * FROM binds.reflect('meta');
RESET ROLE;
DROP ROLE regress_binds_other;
