\i test/setup.psql
-- A server shows six digits of the default of a FLOAT.  A row gets all, whoever gives the default.
\pset null NULL
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "far"}');
-- Of a model: the engine keeps the default, also where it makes the table anew.
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY, f real DEFAULT 1234567, g real DEFAULT 1.5, h real DEFAULT 1e-20, j real NOT NULL DEFAULT -1.23456789e20, k real DEFAULT 1000000.1, z real DEFAULT 0, d double precision DEFAULT 1.234567890123456e+100)', 'my');
SELECT line FROM binds.ddl('my'), regexp_split_to_table(statement, E'\n') AS line WHERE line ~ 'FLOAT';
SELECT action FROM binds.create_all('my');
\set told 'SELECT id, f = 1234567 AS f, g = 1.5 AS g, h = 1e-20::real AS h, j = -1.23456789e20::real AS j, k = 1000000.1::real AS k, z = 0 AS z, d = 1.234567890123456e+100 AS d FROM far.k ORDER BY id'
INSERT INTO far.k (id) VALUES (1);
\! $MY users -e "INSERT INTO k (id) VALUES (2); ALTER TABLE k COMMENT = 'made anew', FORCE; INSERT INTO k (id) VALUES (3); ALTER TABLE k COMMENT = ''"
:told;
SELECT count(*) FROM binds.diff('my');
-- reflect finds the same model.
SELECT binds.forget('my', 'k');
SELECT action FROM binds.reflect('my');
INSERT INTO far.k (id) VALUES (4);
:told;
SELECT count(*) FROM binds.diff('my');
SELECT attname, pg_get_expr(adbin, adrelid) AS expr FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attrelid = 'far.k'::regclass AND attnum > 1 ORDER BY attnum;
-- A default that differs in the seventh digit is another one; a new column's rows get it whole.
SET client_min_messages = warning;
SELECT binds.define('ALTER TABLE far.k ALTER f SET DEFAULT 1234571, ADD n real NOT NULL DEFAULT 16777217, ADD m real DEFAULT 16777215', 'my');
RESET client_min_messages;
SELECT kind, action FROM binds.upgrade('my') WHERE kind !~ 'local';
\! $MY users -e "INSERT INTO k (id) VALUES (5)"
INSERT INTO far.k (id) VALUES (6);
SELECT id, f::float8, n::float8, m::float8 FROM far.k WHERE id > 3 ORDER BY id;
-- Of tables of others: the server is asked what the default is; where it does not tell (NOT NULL, and no row) the default is the engine's.
\! $MY users -e "CREATE TABLE g (id int PRIMARY KEY, f float DEFAULT 16777216, e float DEFAULT 123456.7, i float DEFAULT 0.10000001, x float DEFAULT (1e0 + 1), h float NOT NULL DEFAULT 2.5, n float NOT NULL DEFAULT 1234567); CREATE TABLE filled (id int PRIMARY KEY, n float NOT NULL DEFAULT 1234567, d double DEFAULT 1e30); INSERT INTO filled (id) VALUES (1)"
SELECT model, action FROM binds.reflect('my');
SELECT attrelid::regclass AS of, attname, pg_get_expr(adbin, adrelid) AS expr, 'default=engine' = ANY (attfdwoptions) AS engine
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attrelid IN ('far.g'::regclass, 'far.filled'::regclass) AND attnum > 1 ORDER BY attrelid::regclass::text, attnum;
-- (the model has the default of the engine where it is one of few digits)
SELECT attname, pg_get_expr(adbin, adrelid) AS expr FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attrelid = 'binds_metadata_my.g'::regclass AND attname IN ('h', 'n') ORDER BY attnum;
\! $MY users -e "INSERT INTO g (id) VALUES (1)"
INSERT INTO far.g (id) VALUES (2);
SELECT id, f::float8, e::float8, i::float8, x, h, n::float8 FROM far.g ORDER BY id;
-- Who may not read a table has the default from the engine, too.
\! $MY -e "CREATE USER teller@'127.0.0.1' IDENTIFIED BY 'secret'; CREATE USER teller@localhost IDENTIFIED BY 'secret'; GRANT INSERT ON users.g TO teller@'127.0.0.1', teller@localhost"
SELECT regexp_replace(:'url', '//[^@]*@', '//teller:secret@') AS teller \gset
SELECT binds.add('teller', :'teller', '{"schema": "seen"}');
SET client_min_messages = warning;
SELECT model, action FROM binds.reflect('teller');
RESET client_min_messages;
INSERT INTO seen.g (id) VALUES (3);
SELECT id, f::float8, e::float8, i::float8, x, h, n::float8 FROM far.g WHERE id = 3;
\! $MY -e "DROP USER teller@'127.0.0.1', teller@localhost"
