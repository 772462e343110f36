\i test/setup.psql
-- As many parameters as the statement has, also on the default bind.
\set VERBOSITY sqlstate
SELECT binds.query(NULL, 'SELECT 1', 5);
SELECT binds.query(NULL, 'SELECT $1::integer AS a', 5, 6);
SELECT binds.query(NULL, 'SELECT $1::integer AS a');
SELECT binds.execute(NULL, 'CREATE TABLE c AS SELECT 1 AS a', 5);
SELECT binds.execute(NULL, 'VACUUM', 5);
SELECT * FROM binds.query_record(NULL, 'SELECT 1', 5) AS t(a integer);
\set VERBOSITY default
SELECT binds.query(NULL, 'SELECT 1', 5);
SELECT binds.query(NULL, 'SELECT $2::integer AS a', 5, 6);
SELECT * FROM binds.query_record(NULL, 'SELECT a FROM (SELECT $1::integer AS a) AS s WHERE a IN (SELECT $2::integer)', 5, 5) AS t(a integer);
SELECT binds.execute(NULL, 'CREATE TABLE c AS SELECT $1::integer AS a', 5);
SELECT binds.execute(NULL, 'INSERT INTO c SELECT a + $1 FROM c WHERE a = $2', 5, 5);
SELECT * FROM c;
-- What rules make of a statement has no parameter: nobody can tell.
CREATE RULE nothing AS ON DELETE TO c DO INSTEAD NOTHING;
SELECT binds.execute(NULL, 'DELETE FROM c WHERE a = $1', 5);
SELECT binds.execute(NULL, 'UPDATE c SET a = 1');
