\i test/setup.psql
\pset format unaligned
\set key NULL::text
\i test/renames.psql
SELECT statement FROM binds.diff(NULL::text) \gexec
SELECT kind, statement FROM binds.diff(NULL::text);
SELECT statement FROM binds.diff(NULL::text) \gexec
SELECT count(*) FROM binds.diff(NULL::text);
SELECT * FROM item;
-- a new column of the old name is another one, and has to wait until all tables have the new one
SELECT binds.define('ALTER TABLE item ADD COLUMN "the name" text', NULL);
SELECT binds.define('ALTER TABLE item RENAME COLUMN price TO title', NULL);
SELECT binds.define('ALTER TABLE item RENAME COLUMN price TO cost; ALTER TABLE item RENAME COLUMN cost TO price', NULL);
SELECT * FROM binds.upgrade(NULL);
SELECT binds.define('ALTER TABLE item ADD COLUMN "the name" text', NULL);
SELECT kind, statement FROM binds.diff(NULL::text);
DROP TABLE item;

\set url :sqlite 'r.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/renames.psql
SELECT binds.execute('lite', statement) FROM binds.diff('lite') WHERE kind !~ 'local';
SELECT statement FROM binds.diff('lite') WHERE kind ~ 'local' \gexec
SELECT kind FROM binds.diff('lite');
SELECT * FROM item;
-- one that is dropped has had none
SELECT binds.define('ALTER TABLE item RENAME COLUMN label TO other; ALTER TABLE item DROP COLUMN other; ALTER TABLE item ADD COLUMN other varchar(40)', 'lite');
SELECT kind FROM binds.diff('lite');
SELECT binds.define('ALTER TABLE item DROP COLUMN other; ALTER TABLE item ADD COLUMN label varchar(40)', 'lite');
SELECT kind FROM binds.diff('lite');
SELECT binds.define('ALTER TABLE item RENAME COLUMN label TO "the name"', 'lite');
SELECT kind, statement FROM binds.diff('lite');
