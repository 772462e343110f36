\i test/setup.psql
-- Each value that the engine cannot keep is an error before it is sent, whose DETAIL says why and whose HINT says what to do.
\set url :mysql 'users'
SELECT binds.add('w', :'url');
\! $MY users -e "CREATE TABLE w (id int PRIMARY KEY, v varchar(3), bl tinyblob, bi binary(4), ye year, en enum('a', 'b'), st set('a', 'b'), ts datetime, n decimal(4, 1), f float, i int, tm time, da date, c char(4) CHARACTER SET latin1, z date); INSERT INTO w (id, i, tm) VALUES (1, 5, '-10:00:00'); SET sql_mode = ''; UPDATE w SET z = 0, ts = 0, en = 'nothing', bl = x'ff', v = 'abc'"
CREATE FOREIGN TABLE w (id bigint OPTIONS (key 'true'), v text, bl bytea, bi bytea, ye integer, en text, st text, ts timestamp, n numeric, f float8, i text, tm interval, da timestamp, c text) SERVER w;
CREATE FOREIGN TABLE r (id bigint OPTIONS (key 'true'), v varchar(2), bl text, i boolean, tm time, z date, ts timestamp) SERVER w OPTIONS (table_name 'w');
CREATE FUNCTION ways(statement text, OUT code text, OUT detail text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
EXCEPTION WHEN others THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	-- servers spell types with and without a width
	detail := regexp_replace(detail, '(year|int)\(\d+\)', '\1');
END $$;
\x on
SELECT c AS column, v AS value, (ways(format('INSERT INTO w (id, %I) VALUES (2, %L)', c, v))).* FROM (VALUES ('v', 'abcd'), ('bl', repeat('x', 256)), ('bi', '\x00'), ('ye', '1800'), ('en', '1'), ('st', 'b,a'), ('ts', '2024-01-01 00:00:00.5'), ('n', '1.25'), ('n', '12345'), ('n', 'NaN'), ('f', '0.1'), ('f', 'Infinity'), ('i', 'x'), ('i', '05'), ('tm', '1 day'), ('tm', '900 hours'), ('da', '2024-01-01 10:00'), ('ts', 'infinity'), ('c', 'a ')) v (c, v);
SELECT c AS column, (ways(format('SELECT %I FROM r WHERE id = 1', c))).* FROM unnest('{v,bl,i,tm,z,ts}'::text[]) c;
\x off
SELECT count(*) FROM w;
