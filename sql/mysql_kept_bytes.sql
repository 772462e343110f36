\i test/setup.psql
-- A column of bytes of MySQL keeps bytes, and the characters of a uuid; what could not be read again is refused before it is sent.
\set url :mysql 'users'
SELECT binds.add('s', :'url') \g /dev/null
SET client_min_messages = warning;
CREATE SCHEMA told;
CREATE SCHEMA hand;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE kind (type text, value text);
INSERT INTO kind VALUES ('boolean', 'true'), ('boolean', 'false'), ('smallint', '1'), ('integer', '1'), ('bigint', '1'), ('real', '1.5'), ('float8', '1.5'), ('numeric', '1.5'), ('text', 'a'), ('varchar(5)', 'a'), ('char(1)', 'a'), ('name', 'a'),
	('date', '2024-02-29'), ('time', '12:00'), ('timestamp', '2024-02-29 12:00'), ('timestamptz', '2024-02-29 12:00+00'), ('interval', '1 h'), ('json', '1'), ('jsonb', '1'), ('mood', 'sad'), ('integer[]', '{1}'), ('inet', '::1'),
	('bytea', '\x00ff'), ('uuid', '0a000000-0000-0000-0000-00000000000b');
CREATE TABLE declared (col text, declared text);
INSERT INTO declared VALUES ('b1', 'binary(1)'), ('b16', 'binary(16)'), ('b36', 'binary(36)'), ('v', 'varbinary(40)'), ('great', 'longblob');
\! $MY users -e "CREATE TABLE b (id int PRIMARY KEY, b1 binary(1), b16 binary(16), b36 binary(36), v varbinary(40), great longblob)"
-- Is it read as it was written?  Or is it an error, of the statement that writes, not of one that reads.
CREATE FUNCTION kept(side text, type text, value text, col text, declared text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE same boolean;
BEGIN
	EXECUTE format('DROP FOREIGN TABLE IF EXISTS %I.b', side);
	EXECUTE format('CREATE FOREIGN TABLE %I.b (id int OPTIONS (key ''true''), %I %s %s) SERVER s', side, col, type,
		CASE WHEN side = 'told' THEN format('OPTIONS (type %L)', declared) END);
	PERFORM binds.execute('s', 'DELETE FROM b');
	EXECUTE format('INSERT INTO %I.b VALUES (1, NULL)', side);
	BEGIN
		EXECUTE format('UPDATE %I.b SET %I = %L', side, col, value);
		EXECUTE format('INSERT INTO %I.b VALUES (2, %L)', side, value);
	EXCEPTION WHEN OTHERS THEN
		RETURN SQLSTATE;
	END;
	EXECUTE format('SELECT bool_and(%I::text = %L::%s::text) FROM %I.b', col, value, type, side) INTO same;
	RETURN CASE WHEN same THEN 'kept' ELSE 'WRONG' END;
EXCEPTION WHEN OTHERS THEN
	RETURN 'WRONG: ' || SQLSTATE;
END $$;
SELECT kept, string_agg(DISTINCT side, ' ') AS sides, string_agg(DISTINCT type COLLATE "C", ' ') AS types, string_agg(DISTINCT col COLLATE "C", ' ') AS columns
FROM (SELECT *, kept(side, type, value, col, declared) FROM kind, declared, unnest('{told,hand}'::text[]) side) k
GROUP BY kept, CASE WHEN type IN ('bytea', 'uuid') THEN type END ORDER BY 1, 3;
CREATE FOREIGN TABLE b (id int OPTIONS (key 'true'), v boolean, great text) SERVER s;
INSERT INTO b VALUES (3, true);
INSERT INTO b VALUES (3, NULL, 'a text');
INSERT INTO b VALUES (3) RETURNING *;
-- No time has more than six digits of a second, whatever the option says.
\! $MY users -e "CREATE TABLE digits (id int PRIMARY KEY, at datetime(6), t time(6), b binary(16))"
CREATE FOREIGN TABLE digits (id int OPTIONS (key 'true'), at timestamp OPTIONS (type 'datetime(40)'), t time OPTIONS (type 'time(99)')) SERVER s;
INSERT INTO digits VALUES (1, '2024-02-29 12:34:56.123456', '23:59:59.999999');
SELECT * FROM digits WHERE at = '2024-02-29 12:34:56.123456';
UPDATE digits SET at = at + '1 us' WHERE t = '23:59:59.999999' RETURNING at;
