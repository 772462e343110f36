\i test/setup.psql
\set url :sqlite 'd.db'
\setenv DB `echo sqlite3 $D/d.db`
\! $DB "CREATE TABLE t (id integer PRIMARY KEY, c varchar(20) DEFAULT (lower('AB')), n int DEFAULT (1+2), x int)"
\! chmod 666 $D/d.db
SELECT binds.add('d', :'url', '{"schema": "d"}') \g /dev/null
SET client_min_messages = warning;
SELECT model, action FROM binds.reflect('d');
\set t d.t
\i test/default_triggers.psql
-- UPDATE: SQLite has no DEFAULT there; what a trigger gives in its place is stored.
EXECUTE effects(ARRAY[
	'UPDATE :t SET c = DEFAULT, n = DEFAULT, x = 5 WHERE id = 2', 'UPDATE :t SET c = DEFAULT, x = 7 WHERE id IN (2, 6)', 'UPDATE :t SET c = NULL, x = 1 WHERE id = 6',
	'UPDATE :t SET c = DEFAULT, x = 1 WHERE id = 2', 'UPDATE :t SET c = DEFAULT, x = 6 WHERE id = 2', 'UPDATE :t SET c = DEFAULT, x = CASE WHEN id = 2 THEN 5 ELSE 1 END WHERE id < 5',
	'UPDATE :t SET id = DEFAULT, x = 2001 WHERE id = 2']);
SELECT * FROM d.t WHERE id < 7 OR id > 2000 ORDER BY id;
-- OVERRIDING USER VALUE: the trigger sees no value of the statement's, so what is there is its own, also if it is the same,
-- wherever the rows come from.
CREATE FUNCTION copy_x() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	RAISE NOTICE 'the trigger sees %', NEW.id;
	IF NEW.x > 4000 THEN NEW.id := NEW.x; END IF;
	RETURN NEW; END $$;
CREATE TRIGGER a_copy_x BEFORE INSERT ON d.t FOR EACH ROW EXECUTE FUNCTION copy_x();
SET client_min_messages = notice;
INSERT INTO d.t (id, x) OVERRIDING USER VALUE VALUES (4001, 4001) RETURNING id, x;
INSERT INTO d.t (id, x) OVERRIDING USER VALUE VALUES (4002, 4002), (7, 4003) RETURNING id, x;
CREATE FOREIGN TABLE source (id bigint, c varchar(20), n bigint, x bigint) SERVER d OPTIONS (table_name 't');
INSERT INTO d.t OVERRIDING USER VALUE SELECT * FROM source WHERE id = 4 RETURNING id > 4003 AS made, x;
INSERT INTO d.t OVERRIDING USER VALUE SELECT id + 0, c, n, 4005 FROM source WHERE id = 4 RETURNING id, x;
ALTER FOREIGN TABLE d.t DISABLE TRIGGER ALL;
INSERT INTO d.t OVERRIDING USER VALUE SELECT * FROM source WHERE id = 4 RETURNING id = 4006 AS made, x;
ALTER FOREIGN TABLE d.t ENABLE TRIGGER ALL;
-- What a session's first statement gives cannot be told from what its trigger does.
\c -
INSERT INTO d.t (id, x) OVERRIDING USER VALUE VALUES (5001, 5001);
INSERT INTO d.t (id, x) OVERRIDING USER VALUE VALUES (6001, 5001) RETURNING id, x;
-- without a trigger it is refused before anything is read
DROP TRIGGER give ON d.t;
UPDATE d.t SET c = DEFAULT WHERE false;
