\i test/setup.psql
-- A unique index compares by the collation that it names, not by that of the column.  The engine tells all texts apart
-- that differ, so that has to be what the index does.
\set url :sqlite 'u.db'
SELECT binds.add('lite', :'url', '{"schema": "lite"}');
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "my"}');
CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY, c varchar(20), b varchar(20) COLLATE public.blind, d varchar(20))', bind) FROM unnest(ARRAY['lite', 'my']) AS bind;
-- refused, also where others are in the index, or an expression
SELECT binds.define('CREATE UNIQUE INDEX ON k (c COLLATE public.blind)', 'lite');
SELECT binds.define('CREATE UNIQUE INDEX ON k (d, c COLLATE public.blind)', 'my');
SELECT binds.define('CREATE UNIQUE INDEX ON k ((c COLLATE public.blind)) WHERE d IS NULL', 'lite');
SELECT binds.define('CREATE UNIQUE INDEX ON k (b)', 'my');
SELECT binds.define('CREATE UNIQUE INDEX ux ON k ((c || d) COLLATE public.blind)', 'lite');
SELECT binds.define('CREATE UNIQUE INDEX ux ON k (coalesce(b, d))', 'lite');
SELECT binds.define('ALTER TABLE k ADD UNIQUE (b)', 'my');
-- not where nothing is kept unique, nor where the collation is deterministic, whatever the column's
SELECT binds.define('CREATE INDEX ON k (c COLLATE public.blind)', bind) IS NOT NULL AS made FROM unnest(ARRAY['lite', 'my']) AS bind;
SELECT binds.define('CREATE UNIQUE INDEX ON k (c COLLATE "C")', bind) IS NOT NULL AS made FROM unnest(ARRAY['lite', 'my']) AS bind;
SELECT binds.define('CREATE UNIQUE INDEX ON k (b COLLATE "C")', bind) IS NOT NULL AS made FROM unnest(ARRAY['lite', 'my']) AS bind;
SELECT bind_key, action FROM binds.create_all(ARRAY['lite', 'my']);
-- as a local table has it
CREATE TABLE local (id int PRIMARY KEY, c varchar(20), b varchar(20) COLLATE blind, d varchar(20));
CREATE UNIQUE INDEX ON local (c COLLATE "C");
CREATE UNIQUE INDEX ON local (b COLLATE "C");
\set VERBOSITY sqlstate
INSERT INTO local VALUES (1, 'x', 'y'), (2, 'X', 'Y');
INSERT INTO lite.k VALUES (1, 'x', 'y'), (2, 'X', 'Y');
INSERT INTO my.k VALUES (1, 'x', 'y'), (2, 'X', 'Y');
INSERT INTO local VALUES (3, 'x', 'z');
INSERT INTO lite.k VALUES (3, 'x', 'z');
INSERT INTO my.k VALUES (3, 'x', 'z');
INSERT INTO local VALUES (4, 'z', 'y');
INSERT INTO lite.k VALUES (4, 'z', 'y');
INSERT INTO my.k VALUES (4, 'z', 'y');
\set VERBOSITY default
SELECT action FROM binds.drop_all(ARRAY['lite', 'my']);
