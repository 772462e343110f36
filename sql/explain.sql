\i test/setup.psql
-- EXPLAIN of tables on SQLite.
\set b_url :sqlite 'b.db'
SELECT binds.add('b', :'b_url');
\set slow 'WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3000000) SELECT count(*) AS a FROM r'
\i test/explain.psql
