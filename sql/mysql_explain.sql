\i test/setup.psql
-- EXPLAIN of tables on MySQL.
\set b_url :mysql 'users'
SELECT binds.add('b', :'b_url');
\set slow 'SELECT sleep(0.1) AS a'
\i test/explain.psql
