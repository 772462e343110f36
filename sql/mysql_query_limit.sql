\i test/setup.psql
-- A relation over a statement with a function that gives another value each time: WHERE is
-- checked again here, so the engine must not stop after as many rows as LIMIT says.
\set url :mysql 'users'
SELECT binds.add('b', :'url');
SELECT binds.define('CREATE TABLE m (id integer PRIMARY KEY)', 'b');
SELECT action FROM binds.create_all('b');
INSERT INTO m SELECT generate_series(1, 3000);
CREATE FOREIGN TABLE r (id integer, u integer) SERVER b OPTIONS (query 'SELECT id, microsecond(sysdate(6)) % 2 AS u FROM m');
SELECT count(*), min(u), max(u) FROM (SELECT * FROM r WHERE u = 1 LIMIT 100) AS s;
SELECT count(*), min(u), max(u) FROM (SELECT * FROM r WHERE u = 1 ORDER BY id LIMIT 100) AS s;
SELECT count(*) FROM (SELECT * FROM r LIMIT 100 OFFSET 2950) AS s;
