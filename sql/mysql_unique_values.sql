\i test/setup.psql
-- An engine keeps unique what it stores.  A key is refused where equal values may be stored
-- as different texts: PostgreSQL would take no second one, the engine would.  Of numbers
-- there is but a NOTICE.
\set url :sqlite 'k.db'
SELECT binds.add('lite', :'url', '{"schema": "lite"}');
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "my"}');
CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TYPE pair AS (a int, b text);
CREATE TYPE weight AS (a int, b numeric);
CREATE FUNCTION try(bind text, type text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.define(format('CREATE TABLE k (v %s, PRIMARY KEY (v))', type), bind);
	PERFORM binds.forget(bind, 'k');
	RETURN 'kept';
EXCEPTION WHEN feature_not_supported THEN RETURN SQLERRM; END $$;
SELECT type, try('lite', type) FROM unnest(ARRAY['numeric', 'numeric(20,2)', 'numeric(10,2)', 'interval', 'jsonb', 'text', 'text COLLATE public.blind', 'inet', 'macaddr', 'bit(3)', 'int[]', 'numeric(5,2)[]', 'float8[]', 'interval[]', 'char(3)[]', 'text[] COLLATE public.blind', 'int4range', 'numrange', 'tstzmultirange', 'nummultirange', 'public.pair', 'public.weight', 'public.pair[]']) AS type;
SELECT type, try('my', type) FROM unnest(ARRAY['numeric(20,2)', 'interval', 'varchar(20)', 'varchar(20) COLLATE public.blind', 'float8', 'char(3)']) AS type;
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY, a int, v interval, UNIQUE (a, v))', 'lite');
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY, v numeric); CREATE UNIQUE INDEX ON k (v)', 'lite');
SELECT binds.forget('lite', 'k');
-- An index that keeps nothing unique is made, and values that are equal are equal in queries.
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY, v numeric); CREATE INDEX ON k (v)', 'lite');
SELECT action FROM binds.create_all('lite');
INSERT INTO lite.k VALUES (1, 1.0), (2, 1.00);
SELECT id FROM lite.k WHERE v = 1 ORDER BY id;
-- Tables that others made are reflected with such keys, for they are the engine's.
\! sqlite3 $D/k.db "CREATE TABLE theirs (k NUMERIC PRIMARY KEY NOT NULL, i INTERVAL UNIQUE, v)"
SELECT model FROM binds.reflect('lite');
INSERT INTO lite.theirs VALUES (1.5, '1 day', 'x');
SELECT * FROM lite.theirs;
