\i test/setup.psql
-- MySQL's names have 64 characters, PostgreSQL's 63 bytes.  A foreign key to a longer name is
-- not one to what has that name when it is cut: it is left out, like the table itself; other
-- names may be others here.
\set VERBOSITY terse
\setenv A `printf 'a%.0s' $(seq 63)`
\setenv B `printf 'a%.0s' $(seq 62)`
\setenv U `printf 'ä%.0s' $(seq 31)`
\! $MY users -e "CREATE TABLE $A (id int PRIMARY KEY); CREATE TABLE ${A}1 (id int PRIMARY KEY)"
\! $MY users -e "CREATE TABLE $U (id int PRIMARY KEY); CREATE TABLE ${U}ü (id int PRIMARY KEY)"
\! $MY users -e "CREATE TABLE fk (x int, y int, z int, u int, FOREIGN KEY (x) REFERENCES ${A}1 (id), FOREIGN KEY (y) REFERENCES $A (id), FOREIGN KEY (z) REFERENCES ${U}ü (id), FOREIGN KEY (u) REFERENCES $U (id))"
\! $MY users -e "CREATE TABLE lc (id int PRIMARY KEY, $A int, ${A}1 int, UNIQUE (${A}1))"
\! $MY users -e "CREATE TABLE i (id int PRIMARY KEY, a int, b int, e enum('x', 'y'), CONSTRAINT ${A}1 FOREIGN KEY (a) REFERENCES i (id), CONSTRAINT ${A}2 FOREIGN KEY (b) REFERENCES i (id)); CREATE INDEX ${A}3 ON i (e); CREATE UNIQUE INDEX ${A}4 ON i (e, a); CREATE UNIQUE INDEX ${A}5 ON i (e, b)"
\! $MY users -e "CREATE TABLE e ($A enum('x', 'y'), ${B}2 enum('x', 'z'))"
\! $MY users -e "CREATE VIEW v AS SELECT 1 AS ${A}1, 2 AS b; CREATE VIEW ${A}5 AS SELECT 1 AS a; CREATE VIEW w AS SELECT 1 AS $A"
\set url :mysql 'users'
SELECT binds.add('n', :'url', '{"schema": "n"}');
SELECT model, action FROM binds.reflect('n', '{"views": true}');
SELECT conrelid::regclass, confrelid::regclass, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 3;
SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'binds_metadata_n' AND tablename = 'i' ORDER BY 2;
SELECT attname, atttypid::regtype, (SELECT string_agg(enumlabel, ' ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = atttypid) AS labels FROM pg_attribute WHERE attrelid = 'n.e'::regclass AND attnum > 0;
