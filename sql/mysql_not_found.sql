\i test/setup.psql
-- A row of MySQL that was just read, and that its key does not find again, is an error,
-- unless something explains it: never "UPDATE 0".
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE bar (k varchar(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY, v int) ENGINE = InnoDB; INSERT INTO bar VALUES ('¦', 0)"
-- EUC_JP has one character for U+00A6 and U+FFE4: what is read as the one is written as the other
CREATE DATABASE regress_binds_euc TEMPLATE template0 ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C';
\c regress_binds_euc
CREATE EXTENSION binds;
SELECT binds.add('m', :'url');
CREATE FOREIGN TABLE bar (k text, v integer) SERVER m;
DO $$ BEGIN UPDATE bar SET v = 1; EXCEPTION WHEN fdw_error THEN RAISE NOTICE '% %', SQLSTATE, SQLERRM; END $$;
UPDATE bar SET v = 1;
UPDATE bar SET v = 1 RETURNING v;
DELETE FROM bar;
SELECT v FROM bar;
-- a trigger cannot be the reason, a foreign key of the table can
\! $MY users -e "CREATE TRIGGER tr AFTER UPDATE ON bar FOR EACH ROW SET @a = 1"
UPDATE bar SET v = 1;
\! $MY users -e "ALTER TABLE bar ADD up varchar(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, ADD FOREIGN KEY (up) REFERENCES bar (k) ON DELETE CASCADE"
UPDATE bar SET v = 1 RETURNING v;
\c regress_binds
DROP DATABASE regress_binds_euc;
-- a foreign key removes a row that was read
\! $MY users -e "CREATE TABLE tree (k int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES tree (k) ON DELETE CASCADE); INSERT INTO tree VALUES (1, NULL), (2, 1); CREATE TABLE loose (k int PRIMARY KEY, v int) ENGINE = MyISAM; INSERT INTO loose VALUES (1, 0), (2, 0), (3, 0)"
SELECT binds.add('m', :'url');
CREATE FOREIGN TABLE tree (k integer, up integer) SERVER m;
CREATE FOREIGN TABLE loose (k integer, v integer) SERVER m;
DELETE FROM tree RETURNING k;
-- another session does where nothing is locked, between the scan and the change
\getenv my MY
SELECT set_config('test.my', :'my', false) IS NOT NULL;
CREATE FUNCTION others_remove(n integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', format('%s users -e "DELETE FROM loose WHERE k = %s" >/dev/null </dev/null', current_setting('test.my'), n));
	RETURN n;
END $$;
SET client_min_messages = error;
UPDATE loose SET v = others_remove(k + 1) WHERE k < 3 RETURNING *;
DELETE FROM loose WHERE others_remove(4 - k) IS NOT NULL RETURNING *;
RESET client_min_messages;
\! $MY users -e "SELECT * FROM loose"
