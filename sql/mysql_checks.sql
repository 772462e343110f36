\i test/setup.psql
-- A CHECK that is a value: MySQL takes comparisons only.
\set url :mysql 'users'
SELECT binds.add('my', :'url');
CREATE SCHEMA near;
CREATE SCHEMA far;
CREATE TABLE near.c (id integer PRIMARY KEY, a integer, b boolean, CONSTRAINT c_case CHECK (CASE WHEN a > 1 THEN b ELSE true END), CONSTRAINT c_coalesce CHECK (coalesce(b, a < 5)),
	CONSTRAINT c_column CHECK (b), CONSTRAINT c_not CHECK (NOT b OR a < 9), CONSTRAINT c_constant CHECK (1 < 2), CONSTRAINT c_null CHECK (NULL), CONSTRAINT c_is CHECK ((CASE WHEN a = 7 THEN b END) IS NOT false));
SELECT binds.define('CREATE TABLE far.c (id integer PRIMARY KEY, a integer, b boolean, CONSTRAINT c_case CHECK (CASE WHEN a > 1 THEN b ELSE true END), CONSTRAINT c_coalesce CHECK (coalesce(b, a < 5)),
	CONSTRAINT c_column CHECK (b), CONSTRAINT c_not CHECK (NOT b OR a < 9), CONSTRAINT c_constant CHECK (1 < 2), CONSTRAINT c_null CHECK (NULL), CONSTRAINT c_is CHECK ((CASE WHEN a = 7 THEN b END) IS NOT false))', 'my');
SELECT unnest(regexp_matches(statement, 'CHECK.*', 'gn')) FROM binds.ddl('my');
SELECT model, action FROM binds.create_all('my');
SELECT count(*) FROM binds.diff('my');
-- What others write there is held to them as PostgreSQL holds its own rows.
CREATE FUNCTION fits(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN true;
EXCEPTION WHEN check_violation THEN RETURN false;
END $$;
SELECT a, b, fits(format('INSERT INTO near.c VALUES (%s, %L, %L)', id, a, b)) AS near,
	fits(format('SELECT binds.execute(''my'', ''INSERT INTO c VALUES (%s, %s, %s)'')', id, coalesce(a::text, 'NULL'), coalesce(b::int::text, 'NULL'))) AS there
FROM (SELECT row_number() OVER (), * FROM unnest(ARRAY[NULL, 0, 4, 7, 9]) a, unnest(ARRAY[NULL, true, false]) b) rows (id, a, b) ORDER BY id;
SELECT count(*) FROM (TABLE near.c EXCEPT TABLE far.c) differ;
