\i test/setup.psql
-- A check that has no name in a file of others is told by the name that PostgreSQL would give it.
\pset format unaligned
\t on
SET client_min_messages = warning;
\i test/unnamed_checks.psql
CREATE SCHEMA near;
\set url :sqlite 'checks.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set columns '(id int, a int CHECK (a > 0), b int CHECK (  b > 0 AND b IS NOT NULL /* b */ ), c int CONSTRAINT cc CHECK (c > 0), d int CHECK ("d" > 0) CHECK ((d < 20)), "e e" int CHECK ("e e" < 70), g int CONSTRAINT "g > 3" CHECK (g > 3), f int CHECK (f IS NOT NULL), CHECK (c < 50), CHECK (c < d), CHECK (d + b > 2), CHECK (length(''a'' || "e e") < 4), CHECK (g<>4))'
\setenv COLUMNS :columns
\! sqlite3 $D/checks.db "CREATE TABLE checked $COLUMNS"; chmod 666 $D/checks.db
CREATE TABLE near.checked :columns;
SELECT model FROM binds.reflect('lite');
SELECT row_values, refused('far.checked', row_values) AS far, refused('near.checked', row_values) AS near FROM (VALUES
	('(1, 1, 1, 1, 2, 1, 5, 1)'), ('(1, 0, 1, 1, 2, 1, 5, 1)'), ('(1, 1, 0, 1, 3, 1, 5, 1)'), ('(1, 1, 1, 0, 2, 1, 5, 1)'), ('(1, 1, 3, NULL, 0, 1, 5, 1)'), ('(1, 1, 1, 1, 20, 1, 5, 1)'),
	('(1, 1, 1, 1, 2, 70, 5, 1)'), ('(1, 1, 1, 50, NULL, 1, 5, 1)'), ('(1, 1, 1, 3, 2, 1, 5, 1)'), ('(1, 1, 1, NULL, 1, 1, 5, 1)'), ('(1, 1, 1, 1, 2, -99, 5, 1)'),
	('(1, 1, 1, 1, 2, 1, 5, NULL)'), ('(1, 1, 1, 1, 2, 1, 4, 1)'), ('(1, 1, 1, 1, 2, 1, 3, 1)')) v(row_values);
-- The relation and its columns may have other names here.
CREATE FOREIGN TABLE other (id int, one int OPTIONS (column_name 'a'), b int, c int, f int) SERVER lite OPTIONS (table_name 'CHECKED');
SELECT refused('other', '(1, 0, 1, 1, 1)'), refused('other', '(1, 1, 1, 50, 1)');
