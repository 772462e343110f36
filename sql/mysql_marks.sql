\i test/setup.psql
\setenv DATABASE :DBNAME
-- Marks on tables that a transaction has made on a server, whose DDL does not roll back.
\set VERBOSITY terse
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "auth"}');
SELECT binds.define('CREATE TABLE hen (id integer PRIMARY KEY);'
	'CREATE TABLE egg (id integer PRIMARY KEY, hen integer REFERENCES hen); COMMENT ON TABLE egg IS ''round''', 'auth');
SELECT system_identifier AS cluster, oid AS database FROM pg_control_system(), pg_database WHERE datname = current_database() \gset
\setenv OURS `echo :cluster :database`
\set marked 'SELECT table_name, table_comment REGEXP "^binds [0-9a-f]{32} [0-9]+ [0-9]+( |$)" AS marked, regexp_replace(table_comment, "binds [0-9a-f ]*", "binds ") FROM information_schema.tables WHERE table_schema = "users" ORDER BY 1'
\setenv MARKED :marked
\setenv TABLES 'SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = "users" ORDER BY 1'
-- A mark is 128 random bits and where they are from, and the first table bears it for those
-- after it; it goes at the commit, its record when the server is looked at again.
BEGIN;
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "$MARKED"
COMMIT;
\! $MY users -e "$TABLES"
SELECT bind_key, length(id) FROM binds.ddl_mark;
SELECT model, action FROM binds.drop_all('auth');
SELECT count(*) FROM binds.ddl_mark;
BEGIN;
SAVEPOINT a;
SELECT count(*) FROM binds.create_all('auth');
ROLLBACK TO a;
COMMIT;
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.ddl_mark;

-- The record is not there: an aborted transaction has left the table, which is made anew,
-- if it is empty.
\! $MY users -e "CREATE TABLE hen (broken integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "SHOW COLUMNS FROM hen" | cut -f 1
SELECT count(*) FROM binds.drop_all('auth');
-- A table with rows is never dropped because of a mark.
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; INSERT INTO hen VALUES (1), (2), (3)"
SELECT model, action FROM binds.create_all('auth');
SELECT count(*) FROM auth.hen;
-- But drop_all drops the tables of models, whatever they hold: said once, while it can
-- still be undone.
BEGIN;
SELECT model, action FROM binds.drop_all('auth');
ROLLBACK;
\! $MY users -e "SELECT count(*) FROM hen"
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e "SHOW TABLES"
SELECT count(*) FROM binds.ddl_mark;
-- Another table that the mark names is no model's, so it stays, and nothing is said.
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"gone\"'; CREATE TABLE gone (id integer); INSERT INTO gone VALUES (1)"
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e "SHOW TABLES; DROP TABLE gone"
-- Where the bind is not managed nothing is dropped, and nothing said of it.
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; INSERT INTO hen VALUES (1)"
SELECT binds.alter('auth', options => '{"managed": false}');
SELECT model, action FROM binds.drop_all('auth');
SELECT binds.alter('auth', options => '{"managed": null}');
\! $MY users -e "DROP TABLE hen"
-- Nor is one that got rows before the transaction that made it was aborted.
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "INSERT INTO hen VALUES (7)"
ROLLBACK;
\! $MY users -e "SELECT * FROM hen; $MARKED"
\! $MY users -e "DROP TABLE hen"
-- The record is there: it has committed, and could not tell the server.
INSERT INTO binds.ddl_mark VALUES ('00112233445566778899aabbccddeeff', 'auth', 'somewhere');
\! $MY users -e "CREATE TABLE egg (id integer PRIMARY KEY, hen integer) COMMENT 'binds 00112233445566778899aabbccddeeff $OURS \"hen\"'; CREATE TABLE hen (id integer PRIMARY KEY)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.drop_all('auth');

-- A table speaks for another, whose transaction was aborted: both are made anew, names in
-- quotes included; but not while one holds rows.
SELECT binds.define('CREATE TABLE "o""d d" (id integer PRIMARY KEY)', 'auth');
\! $MY users -e "CREATE TABLE hen (broken integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"egg\" \"o\"\"d d\"'; CREATE TABLE egg (broken integer); CREATE TABLE \`o\"d d\` (broken integer)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "SHOW COLUMNS FROM hen; SHOW COLUMNS FROM egg; SHOW COLUMNS FROM \`o\"d d\`" | cut -f 1
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.drop_all('auth');
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"egg\" \"o\"\"d d\"'; CREATE TABLE egg (id integer PRIMARY KEY, hen integer); CREATE TABLE \`o\"d d\` (broken integer); INSERT INTO egg VALUES (1, 1)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "SHOW COLUMNS FROM \`o\"d d\`; $MARKED" | cut -f 1,2,3 | sed "s/int(11)/int/"
SELECT count(*) FROM auth.egg;
SELECT binds.forget('auth', 'o"d d');
-- taken away, it speaks for nobody
\! $MY users -e "ALTER TABLE hen COMMENT ''; DELETE FROM egg"
SELECT model, action FROM binds.create_all('auth');
SELECT count(*) FROM binds.drop_all('auth');
\! $MY users -e "DROP TABLE \`o\"d d\`"
-- What was there before the table that names it is somebody else's.
\! $MY users -e "CREATE TABLE egg (id integer PRIMARY KEY, hen integer)"; sleep 1.5
\! $MY users -e "CREATE TABLE hen (broken integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"egg\"'"
SELECT model, action FROM binds.create_all('auth');
SELECT count(*) FROM binds.drop_all('auth');
-- An abort leaves alone what has got rows, with the mark; and what has got another comment.
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "SET foreign_key_checks = 0; INSERT INTO egg VALUES (1, 1)"
ROLLBACK;
\! $MY users -e "$MARKED"
\! $MY users -e "DELETE FROM egg"
SELECT model, action FROM binds.create_all('auth');
SELECT count(*) FROM binds.drop_all('auth');
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "ALTER TABLE egg COMMENT 'mine'"
ROLLBACK;
\! $MY users -e "SET foreign_key_checks = 0; $MARKED; DROP TABLE egg"
-- A comment that the engine keeps in other letters is not another's.
SELECT binds.define('COMMENT ON TABLE egg IS ''an 🥚''', 'auth');
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
ROLLBACK;
\! $MY users -e "$TABLES"
SELECT binds.define('COMMENT ON TABLE egg IS ''round''', 'auth');
-- What the table speaks for goes as well where it is no model's any more.
\! $MY users -e "CREATE TABLE hen (broken integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"gone\"'; CREATE TABLE gone (id integer)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.drop_all('auth');
\! $MY users -e "CREATE TABLE hen (broken integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"gone\"'; CREATE TABLE gone (id integer); INSERT INTO gone VALUES (1)"
-- (servers have other words for it)
\! psql -Xq -d $DATABASE -c "SELECT model, action FROM binds.create_all('auth')" 2>&1 | grep -oE '^(WARNING:.*|ERROR)' | sort
\! $MY users -e "$MARKED; DROP TABLE gone; ALTER TABLE hen COMMENT ''"
SELECT count(*) FROM binds.drop_all('auth');
-- All foreign keys between tables that go are cut before the first of them goes, be they of
-- a model that is gone, or of another client.
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY, egg integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; CREATE TABLE egg (id integer PRIMARY KEY, hen integer, FOREIGN KEY (hen) REFERENCES hen (id), egg integer, FOREIGN KEY (egg) REFERENCES egg (id)) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS \"gone\"'; CREATE TABLE gone (id integer PRIMARY KEY, egg integer, FOREIGN KEY (egg) REFERENCES egg (id)); ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg (id), ADD FOREIGN KEY (egg) REFERENCES gone (id)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.drop_all('auth');
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "ALTER TABLE hen ADD FOREIGN KEY (id) REFERENCES egg (id)"
SET client_min_messages = error;
ROLLBACK;
RESET client_min_messages;
\! $MY users -e "$MARKED"
-- dropped before, or now: that depends on the second in which the other client came
SELECT count(*) FROM binds.drop_all('auth');
\! $MY users -e "$TABLES"
-- What a table refers to that stays, because it holds rows or is another's, stays as well, with its keys.
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY, egg integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; CREATE TABLE egg (id integer PRIMARY KEY, hen integer, FOREIGN KEY (hen) REFERENCES hen (id)) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg (id); INSERT INTO hen VALUES (1, NULL)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "SELECT count(*) FROM information_schema.referential_constraints WHERE constraint_schema = 'users'"
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY, egg integer) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; CREATE TABLE egg (id integer PRIMARY KEY, hen integer, FOREIGN KEY (hen) REFERENCES hen (id)) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS'; CREATE TABLE others (hen integer, CONSTRAINT own_name FOREIGN KEY (hen) REFERENCES hen (id)); ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg (id)"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "SELECT count(*) FROM information_schema.referential_constraints WHERE constraint_schema = 'users'"
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e "DROP TABLE others"
SELECT model, action FROM binds.create_all('auth');
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.drop_all('auth');

-- More names than a comment can hold: another table bears the next mark.
SELECT count(*) FROM (SELECT binds.define(format('CREATE TABLE a_very_long_name_of_a_table_that_fills_its_comment_%s (id integer PRIMARY KEY)', i), 'auth')
	FROM generate_series(101, 150) i) d;
BEGIN;
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "SELECT count(*), sum(table_comment LIKE 'binds %'), max(length(table_comment)) > 1900 FROM information_schema.tables WHERE table_schema = 'users'"
ROLLBACK;
\! $MY users -e "$TABLES"
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e "SELECT count(*), sum(table_comment LIKE 'binds %') FROM information_schema.tables WHERE table_schema = 'users'"
SELECT count(*) FROM binds.drop_all('auth');
SELECT count(binds.forget('auth', model)) FROM binds.models WHERE model LIKE 'a_very%';

-- What looks like a mark and is none is a comment.
\! $MY users -e "CREATE TABLE hen (id integer PRIMARY KEY) COMMENT 'binds 0123456789abcdef0123456789abcdef $OURS '; CREATE TABLE egg (id integer PRIMARY KEY, hen integer) COMMENT 'binds 1 2 18446744073709551615'"
SELECT model, action FROM binds.create_all('auth');
SELECT model, action FROM binds.drop_all('auth');

-- Of another cluster's mark nobody here can tell what it means: the table is left alone
-- until somebody takes it away.
\! $MY users -e "CREATE TABLE egg (id integer PRIMARY KEY, hen integer) COMMENT 'binds 0123456789abcdef0123456789abcdef 1 2'"
\set VERBOSITY default
SELECT model, action FROM binds.create_all('auth');
SELECT model, action FROM binds.drop_all('auth');
\set VERBOSITY terse
\! $MY users -e "ALTER TABLE egg COMMENT=''"
SELECT model, action FROM binds.create_all('auth');
SELECT model, action FROM binds.drop_all('auth');
-- It may speak for a table, too.
\! $MY users -e "CREATE TABLE other (id integer) COMMENT 'binds 0123456789abcdef0123456789abcdef 1 2 \"egg\"'; CREATE TABLE egg (id integer PRIMARY KEY, hen integer)"
\set VERBOSITY default
SELECT model, action FROM binds.create_all('auth');
\set VERBOSITY terse
\! $MY users -e "DROP TABLE other, egg"

-- A table that others refer to is not dropped, and nothing is.
SELECT count(*) FROM binds.create_all('auth');
\! $MY users -e 'CREATE TABLE other (id integer, CONSTRAINT clutch FOREIGN KEY (id) REFERENCES hen (id))'
\set VERBOSITY default
SELECT * FROM binds.drop_all('auth');
\set VERBOSITY terse
\! $MY users -e 'SHOW TABLES'
SELECT count(*) FROM auth.hen;
\! $MY users -e 'DROP TABLE other'
SELECT model, action FROM binds.drop_all('auth');
\! $MY users -e 'SHOW TABLES'
-- If it gets that foreign key later the drop fails after the commit: a warning names it.
SELECT count(*) FROM binds.create_all('auth');
BEGIN;
SELECT count(*) FROM binds.drop_all('auth');
\! $MY users -e 'CREATE TABLE other (id integer, FOREIGN KEY (id) REFERENCES hen (id))'
COMMIT;
\! $MY users -e 'SHOW TABLES'
