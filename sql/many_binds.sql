\i test/setup.psql
-- A session that uses very many binds keeps some of their connections only.
\set url :sqlite 'many_'
SELECT count(*) FROM (SELECT binds.add('many' || i, :'url' || i || '.db') FROM generate_series(1, 110) i) b;
SELECT count(*) FROM (SELECT binds.define(format('CREATE TABLE m%s (id integer PRIMARY KEY)', i), 'many' || i) FROM generate_series(1, 110) i) m;
BEGIN;
SELECT count(*) FROM binds.create_all();
SELECT count(*) FROM binds.connections;
COMMIT;
SELECT count(*) FROM binds.connections;
-- Those used last are kept, all work.
SELECT bind_key FROM binds.connections WHERE bind_key IN ('many1', 'many110');
INSERT INTO m1 VALUES (1);
INSERT INTO m110 VALUES (1);
SELECT bind_key FROM binds.connections WHERE bind_key IN ('many1', 'many110') ORDER BY bind_key;
SELECT count(*) FROM binds.connections;
SELECT count(*) FROM (SELECT count(*) FROM m1 UNION ALL SELECT count(*) FROM m2 UNION ALL SELECT count(*) FROM m3 UNION ALL SELECT count(*) FROM m110) t;
SELECT count(*) FROM binds.connections;
SELECT binds.disconnect();
SELECT count(*) FROM binds.drop_all();
