\i test/setup.psql
-- What MySQL reports gets PostgreSQL's SQLSTATE, and leaves the session usable.
\set url :mysql 'users'
SELECT binds.add('e', :'url');
\! $MY users -e "CREATE TABLE parent (id int PRIMARY KEY, v varchar(10) UNIQUE); CREATE TABLE child (id int AUTO_INCREMENT PRIMARY KEY, p int, n int NOT NULL, s smallint, d date, q decimal(5,2), CONSTRAINT positive CHECK (n > 0), CONSTRAINT of_parent FOREIGN KEY (p) REFERENCES parent (id)); INSERT INTO parent VALUES (1, 'one')"
\! $MY users -e "CREATE PROCEDURE fail(code int) SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = code, MESSAGE_TEXT = 'as told'"
CREATE FUNCTION try(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.execute('e', statement);
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT try(s), s AS statement FROM unnest(ARRAY[
	'INSERT INTO parent VALUES (1, ''x'')',
	'INSERT INTO parent VALUES (2, ''one'')',
	'INSERT INTO child (p, n) VALUES (9, 1)',
	'INSERT INTO child (n) VALUES (NULL)',
	'INSERT INTO child (p) VALUES (NULL)',
	'INSERT INTO child (n) VALUES (0)',
	'INSERT INTO child (n) VALUES (''x'')',
	'INSERT INTO child (n) VALUES (3000000000)',
	'INSERT INTO child (n, s) VALUES (1, 40000)',
	'INSERT INTO child (n, q) VALUES (1, 1000)',
	'INSERT INTO child (n, d) VALUES (1, ''2023-02-29'')',
	'INSERT INTO parent VALUES (3, ''much too long'')',
	'INSERT INTO child (n) VALUES (9223372036854775807 + 1)',
	'INSERT INTO child (n) VALUES ((SELECT 1 UNION SELECT 2))',
	'INSERT INTO parent VALUES (1)',
	'INSERT INTO parent (nix) VALUES (1)',
	'INSERT INTO nix VALUES (1)',
	'DELETE FROM parent WHERE',
	'DELETE FROM parent WHERE nix()'
]) AS s;
-- errors of a server that we cannot make: a full disk, a damaged table, one that is
-- read-only, too many connections, a lock that does not come
SELECT code, try('CALL fail(' || code || ')')
	FROM unnest('{1021,1114,1032,1194,1290,1792,1040,1205,1142,45}'::int[]) code;
-- those that end the transaction of the engine end ours, even if they were swallowed
BEGIN;
SELECT binds.execute('e', 'INSERT INTO parent VALUES (5, ''five'')');
SELECT try('CALL fail(1213)');
\set VERBOSITY sqlstate
SELECT binds.query('e', 'SELECT 1');
COMMIT;
\set VERBOSITY default
\! $MY users -e 'SELECT * FROM parent'

-- The message is the server's, with bind, table, statement and values.
CREATE FOREIGN TABLE parent (id integer OPTIONS (key 'true'), v varchar(10)) SERVER e;
-- (servers write names in several ways)
CREATE FUNCTION said(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE context text;
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
	RETURN regexp_replace(SQLERRM, ' (for|at) (key|column|row) .*', ' ...') || E'\n'
		|| regexp_replace(regexp_replace(context, '\nSQL statement.*', ''), 'for key ''(parent\.)?', 'for key ''');
END $$;
\pset format unaligned
CREATE TABLE told (n int, statement text);
INSERT INTO told VALUES (1, 'INSERT INTO parent VALUES (1, ''secret'')'),
	(2, 'INSERT INTO parent VALUES (2, ''one'')'),
	(3, 'INSERT INTO parent VALUES (3, ''it''''s us'')'),
	(4, 'UPDATE parent SET v = ''one'' WHERE v = ''it''''s us'''),
	(5, 'SELECT binds.execute(''e'', ''UPDATE parent SET id = "it''''s for us" WHERE id = 3'')'),
	(6, 'SELECT binds.execute(''e'', ''INSERT INTO parent VALUES (9, "it''''s us")'')'),
	(7, 'SELECT binds.execute(''e'', ''UPDATE nix SET id = 3'')'),
	(8, 'SELECT binds.execute(''e'', ''UPDATE parent SET v = "a very secret thing"'')');
SELECT said(statement) FROM told ORDER BY n;
-- without values, where they are to be hidden
DELETE FROM parent WHERE id = 3;
SELECT binds.alter('e', options => '{"hide_parameters": true}');
SELECT said(statement) FROM told ORDER BY n;
SELECT binds.alter('e', options => '{"hide_parameters": null}');
\pset format aligned

-- A table that changed under us: another type, without a column, gone.
PREPARE q AS SELECT id, v FROM parent WHERE id > 1 ORDER BY id;
EXECUTE q;
\! $MY users -e "ALTER TABLE parent ADD w int FIRST, MODIFY v varchar(200)"
EXECUTE q;
\! $MY users -e "ALTER TABLE child DROP FOREIGN KEY of_parent; ALTER TABLE parent MODIFY id varchar(10), DROP w; INSERT INTO parent VALUES ('x', 'word')"
SELECT id FROM parent;
\! $MY users -e "DELETE FROM parent WHERE id = 'x'; ALTER TABLE parent MODIFY id int, RENAME COLUMN v TO w"
\set VERBOSITY sqlstate
EXECUTE q;
UPDATE parent SET v = 'x' WHERE id = 1;
\! $MY users -e "DROP TABLE parent"
EXECUTE q;
INSERT INTO parent VALUES (6, 'six');
\set VERBOSITY default

-- Bytes that are no text of ours.
\! $MY users -e "CREATE TABLE raw (id int PRIMARY KEY, b varbinary(10), t text); INSERT INTO raw VALUES (1, x'ff41', 'good'), (2, 'good', concat('a', char(0), 'b')), (3, 'both', 'good')"
CREATE FOREIGN TABLE raw (id integer OPTIONS (key 'true'), b text OPTIONS (type 'varbinary(10)'), t text) SERVER e;
SELECT b FROM raw;
SELECT t FROM raw;
SELECT * FROM raw WHERE id = 3;
ALTER FOREIGN TABLE raw OPTIONS (ADD invalid_values 'null');
SELECT * FROM raw ORDER BY id;
