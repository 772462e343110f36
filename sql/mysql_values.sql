\i test/setup.psql

-- Tables that others made: what MySQL keeps in other forms than ours is read and
-- written exactly, or refused.
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\! $MY users -e "SET sql_mode = ''; CREATE TABLE odd (id int unsigned PRIMARY KEY AUTO_INCREMENT, t tinyint, ti tinyint(1), bu bigint unsigned, de decimal(10,0), d2 decimal(12,4), fl float, dt datetime, dt3 datetime(3), ts timestamp NULL, da date, ti2 time, y year, bi bit(1), c char(5), v varchar(5) CHARACTER SET latin1, tx text, tt tinytext, bl tinyblob, u16 binary(16), u32 char(32), js json, e enum('x','y y','it''s'), epoch datetime(6), g int AS (t * 2) STORED) DEFAULT CHARSET utf8mb4"
\! $MY users -e "SET sql_mode = 'NO_ZERO_IN_DATE'; INSERT INTO odd (id, t, ti, bu, de, d2, fl, dt, dt3, ts, da, ti2, y, bi, c, v, tx, tt, bl, u16, u32, js, e, epoch) VALUES (1, -5, 1, 18446744073709551615, 77, 1.5, 0.1, '2024-02-29 12:34:56', '2024-02-29 12:34:56.789', NULL, '2024-02-29', '-12:00:00', 2024, b'1', 'ab', 'ä', 'tx', 'tt', x'00ff', unhex('11111111222233334444555555555555'), '11111111222233334444555555555555', '{\"a\": 1.5}', 'y y', '1970-01-03 00:00:03'), (2, 5, 2, 9223372036854775807, -77, NULL, 1e30, '0000-00-00 00:00:00', NULL, NULL, '0000-00-00', '100:00:00', 1901, b'0', '', '', '', '', '', NULL, 'not a uuid', NULL, 'x', '1969-12-31 23:00:00'); SET sql_mode = ''; INSERT INTO odd (id, e, da) VALUES (3, 'none', '2024-01-01')"
CREATE FOREIGN TABLE odd (id bigint OPTIONS (key 'true', generated 'by default', type 'int unsigned'), t smallint OPTIONS (type 'tinyint'), ti boolean OPTIONS (type 'tinyint(1)'), bu bigint OPTIONS (type 'bigint unsigned'), de numeric(10,0) OPTIONS (type 'decimal(10,0)'), d2 numeric(12,6) OPTIONS (type 'decimal(12,4)'), fl double precision OPTIONS (type 'float'), dt timestamp OPTIONS (type 'datetime'), dt3 timestamp OPTIONS (type 'datetime(3)'), ts timestamptz OPTIONS (type 'timestamp'), da date, ti2 time OPTIONS (type 'time'), y integer OPTIONS (type 'year'), bi boolean OPTIONS (type 'bit(1)'), c char(5) OPTIONS (type 'char(5)', collation 'utf8mb4_general_ci'), v varchar(5) OPTIONS (type 'varchar(5)', collation 'latin1_swedish_ci'), tx text OPTIONS (type 'text', collation 'utf8mb4_general_ci'), tt text OPTIONS (type 'tinytext', collation 'utf8mb4_general_ci'), bl bytea OPTIONS (type 'tinyblob'), u16 uuid OPTIONS (type 'binary(16)'), u32 uuid OPTIONS (type 'char(32)', collation 'utf8mb4_general_ci'), js jsonb OPTIONS (type 'json'), e text OPTIONS (type 'enum(''x'',''y y'',''it''''s'')', collation 'utf8mb4_general_ci'), epoch interval OPTIONS (type 'datetime(6)'), g integer OPTIONS (computed 'true')) SERVER my;

-- what fits is read
SELECT id, t, ti, de, d2, fl, dt, dt3, ts, da, y, bi, c, v, tx, tt, bl, u16, u32, js, e, epoch, g FROM odd WHERE id = 1;
SELECT id, bu, de, fl, y, bi, c, v, tx, tt, bl, epoch FROM odd WHERE id = 2;

-- what does not fit names table, column and value
SELECT bu FROM odd WHERE id = 1;
SELECT ti FROM odd WHERE id = 2;
SELECT dt FROM odd WHERE id = 2;
SELECT da FROM odd WHERE id = 2;
SELECT ti2 FROM odd WHERE id = 1;
SELECT ti2 FROM odd WHERE id = 2;
SELECT u32 FROM odd WHERE id = 2;

-- or is NULL where the column says so
ALTER FOREIGN TABLE odd ALTER COLUMN bu OPTIONS (ADD invalid_values 'null'), ALTER COLUMN da OPTIONS (ADD invalid_values 'null'), ALTER COLUMN u32 OPTIONS (ADD invalid_values 'null'), ALTER COLUMN ti2 OPTIONS (ADD invalid_values 'null');
SELECT id, bu, da, u32, e FROM odd ORDER BY id;
-- the filter sees what the query sees
SELECT id FROM odd WHERE da IS NULL ORDER BY id;

-- what would be kept differently is refused before it is sent
UPDATE odd SET d2 = 1.23456 WHERE id = 1;
UPDATE odd SET fl = 0.1 WHERE id = 1;
UPDATE odd SET dt = '2024-01-01 00:00:00.5' WHERE id = 1;
UPDATE odd SET dt3 = '2024-01-01 00:00:00.0005' WHERE id = 1;
UPDATE odd SET tt = repeat('ä', 128) WHERE id = 1;
UPDATE odd SET bl = decode(repeat('00', 256), 'hex') WHERE id = 1;
UPDATE odd SET v = 'ABCDEF' WHERE id = 1;
UPDATE odd SET epoch = '1 mon' WHERE id = 1;
UPDATE odd SET epoch = '1 day 25:00:00' WHERE id = 1;
UPDATE odd SET g = 3 WHERE id = 1;
INSERT INTO odd (g) VALUES (1);
-- or by the engine
\set VERBOSITY sqlstate
UPDATE odd SET t = 300 WHERE id = 1;
UPDATE odd SET bu = -1 WHERE id = 1;
UPDATE odd SET e = 'z' WHERE id = 1;
UPDATE odd SET v = 'Ω' WHERE id = 1;
UPDATE odd SET ts = '2200-01-01' WHERE id = 1;
\set VERBOSITY default

-- what fits is written, and read again after the engine has computed
UPDATE odd SET t = 60, de = 12.0, d2 = 1.25, fl = 0.25, dt = '2024-03-04 05:06:07', dt3 = '2024-03-04 05:06:07.008', ts = '2024-03-04 05:06:07+00', ti2 = '23:59:59', y = 2000, bi = false, c = 'xyz', v = 'é', tx = '🙂', tt = repeat('ä', 127), bl = '\x01', u16 = 'aaaaaaaa-0000-0000-0000-000000000001', u32 = 'AAAAAAAA-0000-0000-0000-000000000001', js = '{"b": [1, 2]}', e = 'it''s', epoch = '-3 days -01:00:00' WHERE id = 1
	RETURNING t, g, de, d2, fl, dt, dt3, y, bi, c, v, tx, length(tt), bl, u16, u32, js, e, epoch;
\! $MY users -N -e "SELECT t, de, d2, fl, dt, dt3, ti2, y, hex(bi), c, v, tx, hex(bl), hex(u16), u32, js, e, epoch, g FROM odd WHERE id = 1"
UPDATE odd SET g = DEFAULT WHERE id = 1 RETURNING id, g;
INSERT INTO odd (t, c, g) VALUES (6, 'new', DEFAULT) RETURNING id, g;
INSERT INTO odd (t, c) VALUES (7, 'new') RETURNING id, t, g, c, e;

-- a trigger of the engine changes what comes back
\! $MY users -e "CREATE TRIGGER trg BEFORE INSERT ON odd FOR EACH ROW SET NEW.tx = CONCAT(NEW.tx, ' by trigger')"
INSERT INTO odd (tx) VALUES ('text') RETURNING id, tx;
-- but only the key is asked for where only the key is wanted
CREATE FOREIGN TABLE brief (id bigint OPTIONS (key 'true', generated 'by default'), tx text) SERVER my OPTIONS (table_name 'odd');
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO brief (tx) VALUES ('text') RETURNING id;
EXPLAIN (VERBOSE, COSTS OFF) INSERT INTO brief (tx) VALUES ('text') RETURNING id, tx;

-- text keys in a collation that takes different texts for equal: each row is itself
\! $MY users -e "CREATE TABLE ci (k varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, v int) DEFAULT CHARSET utf8mb4; CREATE TABLE loose (k varchar(20) COLLATE utf8mb4_general_ci, v int); INSERT INTO loose VALUES ('a', 1), ('A', 2), ('a ', 3), ('á', 4)"
CREATE FOREIGN TABLE ci (k varchar(20) OPTIONS (key 'true', type 'varchar(20)', collation 'utf8mb4_general_ci'), v integer) SERVER my;
CREATE FOREIGN TABLE loose (k varchar(20) OPTIONS (key 'true', type 'varchar(20)', collation 'utf8mb4_general_ci'), v integer) SERVER my;
UPDATE loose SET v = v * 10 WHERE k = 'a' RETURNING *;
DELETE FROM loose WHERE k = 'A' RETURNING *;
SELECT * FROM loose ORDER BY v;
INSERT INTO ci VALUES ('x', 1);
\set VERBOSITY sqlstate
INSERT INTO ci VALUES ('X', 2);
\set VERBOSITY default
INSERT INTO ci VALUES ('X', 2), ('y', 3) ON CONFLICT DO NOTHING RETURNING k;
SELECT * FROM ci ORDER BY k;

-- The server does not say which row of a batch it refused: no values are shown rather
-- than those of another row.
CREATE FUNCTION shows_parameters(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE context text;
BEGIN
	EXECUTE statement;
EXCEPTION WHEN unique_violation THEN
	GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
	RETURN context LIKE '%parameters: %';
END $$;
SELECT shows_parameters($$INSERT INTO ci SELECT 'k' || i % 6, i FROM generate_series(1, 10) i$$);
SELECT shows_parameters($$INSERT INTO ci VALUES ('x', 5)$$);
