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
-- rows that come unchanged from a foreign table: what the trigger has given cannot be told from what is to be ignored
CREATE FOREIGN TABLE source (id bigint, c varchar(20), n bigint, x bigint) SERVER d OPTIONS (table_name 't');
INSERT INTO d.t OVERRIDING USER VALUE SELECT * FROM source WHERE id = (SELECT min(id) FROM source);
INSERT INTO d.t OVERRIDING USER VALUE SELECT id + 0, c, n, 3000 FROM source WHERE id = (SELECT min(id) FROM source) RETURNING id;
-- without a trigger it is refused before anything is read
DROP TRIGGER give ON d.t;
UPDATE d.t SET c = DEFAULT WHERE false;
