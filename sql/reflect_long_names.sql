\i test/setup.psql
-- PostgreSQL cuts names to 63 bytes.  A foreign key to a longer name is not one to what has
-- that name when it is cut: it is left out, like the table itself, and so is one that names a
-- longer column; other names may be others here.
\set url :sqlite 'n.db'
\setenv DB `echo sqlite3 $D/n.db`
\setenv A `printf 'a%.0s' $(seq 63)`
\setenv U `printf 'ä%.0s' $(seq 31)`
\! $DB "CREATE TABLE $A (id INTEGER PRIMARY KEY, k INT UNIQUE); CREATE TABLE ${A}1 (id INTEGER PRIMARY KEY)"
\! $DB "CREATE TABLE $U (id INTEGER PRIMARY KEY); CREATE TABLE ${U}ü (id INTEGER PRIMARY KEY)"
\! $DB "CREATE TABLE fk (x INT REFERENCES ${A}1 (id), y INT REFERENCES $A (id), z INT REFERENCES ${U}ü, u INT REFERENCES $U)"
\! $DB "CREATE TABLE c (id INTEGER PRIMARY KEY, $A INT UNIQUE); CREATE TABLE fk2 (x INT REFERENCES c (${A}1), y INT REFERENCES c ($A))"
\! $DB "CREATE TABLE lc (id INTEGER PRIMARY KEY, $A INT, ${A}1 INT UNIQUE)"
\! $DB "CREATE TABLE i (a INT CONSTRAINT ${A}1 REFERENCES c (id), b INT CONSTRAINT ${A}2 REFERENCES c (id)); CREATE INDEX ${A}3 ON i (a); CREATE INDEX ${A}4 ON i (b)"
\! $DB "CREATE VIEW v AS SELECT 1 AS ${A}1, 2 AS b; CREATE VIEW ${A}5 AS SELECT 1 AS a; CREATE VIEW w AS SELECT 1 AS $A"
\! chmod 666 $D/n.db
SELECT binds.add('n', :'url', '{"schema": "n"}');
SELECT model, action FROM binds.reflect('n', '{"views": true}');
\set keys 'SELECT conrelid::regclass, conname, confrelid::regclass, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = ''f'' ORDER BY 1, 4'
:keys;
SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'binds_metadata_n' AND tablename = 'i' ORDER BY 2;
-- Nothing is made for them later.
SELECT model, action FROM binds.create_all('n');
SELECT count(*) FROM binds.models WHERE model LIKE 'aaa%';
-- Nor is the table that is asked for the one that has its name when it is cut.
SELECT repeat('a', 63) AS a, repeat('a', 63) || '6' AS b \gset
\! $DB "CREATE TABLE ${A}6 (id INTEGER PRIMARY KEY); DROP TABLE fk; DROP TABLE $A; DROP VIEW ${A}5; DROP TABLE ${A}1"
SELECT binds.forget('n', 'fk'), binds.forget('n', :'a');
SELECT model FROM binds.reflect('n', format('{"only": ["%s"]}', :'a')::jsonb);
SELECT model FROM binds.reflect('n', format('{"only": ["%s"]}', :'b')::jsonb);
