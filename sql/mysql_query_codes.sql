\i test/setup.psql
-- What binds.query_record and relations over statements of MySQL refuse, and by which SQLSTATE; which conditions they send.
\set url :mysql 'users'
SELECT binds.add('b', :'url');
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY, name text, n numeric(10,2), d date)', 'b');
SELECT action FROM binds.create_all('b');
INSERT INTO t VALUES (1, 'one', 1.5, '2024-02-29'), (2, 'two', 2.25, '2024-03-01');
\i test/codes.psql
-- Numbers and dates are sent, texts are not; with libmysqlclient, which cannot ask what the columns are, nothing is.
CREATE FUNCTION asks() RETURNS boolean LANGUAGE sql AS $$ SELECT NOT EXISTS (SELECT FROM binds.version() WHERE component LIKE '%mysqlclient%') $$;
SELECT c, gets(c) = (asks() AND c !~ 'name') AS right FROM unnest(ARRAY['id = 1', 'n = 1.5', 'n > 1', 'd = ''2024-02-29''', 'd > ''2024-01-01''', 'name = ''one''']) c;
SELECT id FROM q WHERE n = 2.25 AND d > '2024-02-29' AND name = 'two';
-- A BIT is a number, read as one where the library tells what it is, and by "+ 0" anywhere.
\! $MY users -e "CREATE TABLE bits (id int PRIMARY KEY, b bit(10), f bit(1)); INSERT INTO bits VALUES (1, 5, 1), (2, 1023, 0), (3, NULL, NULL)"
CREATE FOREIGN TABLE bits (id int, b bigint, f boolean) SERVER b OPTIONS (query 'SELECT id, b + 0 AS b, f + 0 AS f FROM bits');
SELECT * FROM bits ORDER BY id;
SELECT id FROM bits WHERE b = 1023 OR f;
CREATE FOREIGN TABLE bare (b bigint) SERVER b OPTIONS (query 'SELECT b FROM bits WHERE id = 2');
SELECT CASE WHEN asks() THEN code('DO $x$ BEGIN ASSERT (SELECT b FROM bare) = 1023; END $x$') ELSE 'none' END;
