\i test/setup.psql
-- Columns that several tables lose by one statement go together, or stay: the server cannot
-- bring one back, so what it refuses of one is known before another has lost anything.
\pset format unaligned
\t on
SET client_min_messages = warning;
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"lock_timeout": 1000}');

-- Partitions of a table of this server: what others have given the second one needs the column.
CREATE TABLE parent (id int, c int, d int) PARTITION BY LIST (id);
CREATE TABLE c1 PARTITION OF parent FOR VALUES IN (1);
CREATE TABLE c2 PARTITION OF parent FOR VALUES IN (2);
CREATE TABLE c3 PARTITION OF parent FOR VALUES IN (3);
ALTER TABLE c1 ADD PRIMARY KEY (id);
ALTER TABLE c2 ADD PRIMARY KEY (id);
ALTER TABLE c3 ADD PRIMARY KEY (id);
INSERT INTO parent VALUES (1, 11, 111), (2, 22, 222);
SELECT rows FROM binds.assign('c1', 'my');
SELECT rows FROM binds.assign('c2', 'my');
SELECT rows FROM binds.assign('c3', 'my');
\set lost 'SELECT refused(''ALTER TABLE parent DROP COLUMN c''); SELECT string_agg(c::text, '','' ORDER BY c) FROM parent;'
\! $MY users -e 'ALTER TABLE c2 ADD g int GENERATED ALWAYS AS (c + 1) VIRTUAL'
\echo generated column
:lost
\! $MY users -e 'ALTER TABLE c2 DROP g, ADD CONSTRAINT both_ck CHECK (c < d)'
\echo check
:lost
\! $MY users -e 'ALTER TABLE c2 DROP CONSTRAINT both_ck, ADD UNIQUE KEY both_uk (c, d)'
\echo unique key
:lost
\! $MY users -e 'ALTER TABLE c2 DROP KEY both_uk; CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (22); ALTER TABLE c2 ADD CONSTRAINT c2_other FOREIGN KEY (c) REFERENCES other (id)'
\echo foreign key
:lost
\! $MY users -e 'ALTER TABLE c2 DROP FOREIGN KEY c2_other; ALTER TABLE c2 DROP KEY c2_other; DROP TABLE other; ALTER TABLE c2 ADD UNIQUE KEY c_uk (c); CREATE TABLE refers (c int, CONSTRAINT refers_c FOREIGN KEY (c) REFERENCES c2 (c))'
\echo is referred to
:lost
\! $MY users -e 'DROP TABLE refers; ALTER TABLE c2 DROP KEY c_uk, DROP PRIMARY KEY; ALTER TABLE c2 PARTITION BY HASH (c) PARTITIONS 2'
\echo partitions
:lost
\! $MY users -e 'ALTER TABLE c2 REMOVE PARTITIONING; ALTER TABLE c2 ADD PRIMARY KEY (id)'
-- What the error says.
\! $MY users -e 'ALTER TABLE c3 ADD CONSTRAINT c3_c FOREIGN KEY (c) REFERENCES c1 (id)'
ALTER TABLE parent DROP COLUMN c;
\! $MY users -e 'ALTER TABLE c3 DROP FOREIGN KEY c3_c; ALTER TABLE c3 DROP KEY c3_c'
-- Somebody uses the second table.
\! ($MY users -e 'BEGIN; SELECT count(*) FROM c2; SELECT sleep(60)' > /dev/null 2>&1 &) ; until $MY -e 'SHOW PROCESSLIST' | grep -q 'sleep(60)'; do sleep 0.2; done
\echo in use
:lost
\! $MY -e "KILL $($MY -e 'SHOW PROCESSLIST' | awk '/sleep\(60\)/ {print $1}')"
-- Nothing keeps any: all lose it.
ALTER TABLE parent DROP COLUMN c;
SELECT * FROM parent ORDER BY id;
SELECT model, kind FROM binds.diff('my');

-- What the server does not tell before: the warning says which table has lost what.
\! $MY users -e 'ALTER TABLE c2 ADD e enum("😀", "😁"), ADD f int, ADD CONSTRAINT both_ck CHECK (d < f)'
SELECT refused('ALTER TABLE parent DROP COLUMN d') <> 'not refused';
\! $MY -e 'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "users" AND table_name IN ("c1", "c2") ORDER BY 1, ordinal_position'
DROP TABLE parent;

-- binds.upgrade, of several tables and columns.
SELECT binds.define('CREATE TABLE u1 (id int PRIMARY KEY, a int, b int); CREATE TABLE u2 (id int PRIMARY KEY, a int, b int)', 'my');
SELECT count(*) FROM binds.create_all('my');
SELECT binds.define('ALTER TABLE u1 DROP a, DROP b; ALTER TABLE u2 DROP a, DROP b', 'my');
\! ($MY users -e 'BEGIN; SELECT count(*) FROM u2; SELECT sleep(60)' > /dev/null 2>&1 &) ; until $MY -e 'SHOW PROCESSLIST' | grep -q 'sleep(60)'; do sleep 0.2; done
SELECT refused($$SELECT * FROM binds.upgrade('my', '{"drop": true}')$$);
\! $MY -e "KILL $($MY -e 'SHOW PROCESSLIST' | awk '/sleep\(60\)/ {print $1}')"
SELECT model, kind FROM binds.diff('my') WHERE kind !~ 'local';
SELECT model, kind, action FROM binds.upgrade('my', '{"drop": true}') WHERE kind !~ 'local';
