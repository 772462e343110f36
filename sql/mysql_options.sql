\i test/setup.psql
-- What options of a bind do, as the log of the server shows it.
\set QUIET on
\setenv LOGGED 'SELECT command_type, convert(argument USING utf8mb4) FROM mysql.general_log WHERE user_host LIKE ''%[app]%'' AND command_type NOT IN (''Quit'') AND argument NOT LIKE ''%information_schema.engines%'' ORDER BY event_time'
\! $MY -e "SET GLOBAL log_output = 'TABLE'"
\setenv ON 'TRUNCATE mysql.general_log; SET GLOBAL general_log = on'
\setenv OFF 'SET GLOBAL general_log = off'
\set QUIET off
\set url :mysql 'users'
SELECT binds.add('my', :'url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v varchar(10))', 'my');
SELECT action FROM binds.create_all('my');
INSERT INTO t VALUES (0, 'zero');

-- a writer is an XA branch, a single reader none
\! $MY -e "$ON"
UPDATE t SET v = 'a';
SELECT v FROM t;
\! $MY -e "$OFF"; $MY -e "$LOGGED" | sed "s/XA \\([A-Z]*\\) '[^ ]*/XA \\1 .../"

-- two_phase: for servers without XA
SELECT binds.alter('my', options => '{"two_phase": "off"}');
SELECT v FROM t;
\! $MY -e "$ON"
UPDATE t SET v = 'b';
\! $MY -e "$OFF"; $MY -e "$LOGGED" | sed "s/XA \\([A-Z]*\\) '[^ ]*/XA \\1 .../"
SELECT binds.alter('my', options => '{"two_phase": null}');

-- isolation_level, of a reader as well
SELECT binds.alter('my', options => '{"isolation_level": "SERIALIZABLE"}');
SELECT v FROM t;
\! $MY -e "$ON"
UPDATE t SET v = 'c';
SELECT v FROM t;
\! $MY -e "$OFF"; $MY -e "$LOGGED" | sed "s/XA \\([A-Z]*\\) '[^ ]*/XA \\1 .../"
SELECT binds.alter('my', options => '{"isolation_level": null}');

-- pool_pre_ping and pool_recycle
SELECT binds.alter('my', options => '{"pool_pre_ping": true}');
SELECT v FROM t;
\! $MY -e "$ON"
SELECT v FROM t;
\! $MY -e "$OFF"; $MY -e "$LOGGED" | cut -f1
SELECT binds.alter('my', options => '{"pool_pre_ping": null, "pool_recycle": 0}');
SELECT v FROM t;
\! $MY -e "$ON"
SELECT v FROM t;
SELECT v FROM t;
\! $MY -e "$OFF"; $MY -e "$LOGGED" | grep -c Connect
SELECT binds.alter('my', options => '{"pool_recycle": null}');

-- batch_size, of the bind and of a table
SELECT binds.alter('my', options => '{"batch_size": 4}');
\! $MY -e "$ON"
INSERT INTO t SELECT i, 'x' FROM generate_series(1, 10) i;
ALTER FOREIGN TABLE t OPTIONS (ADD batch_size '10');
INSERT INTO t SELECT i, 'x' FROM generate_series(11, 20) i;
\! $MY -e "$OFF"; $MY -e "$LOGGED" | grep 'Query.INSERT'
SELECT count(*) FROM t;

-- echo, with and without values
SELECT binds.alter('my', options => '{"echo": true}');
\setenv SENT 'SET client_min_messages = log; SELECT v FROM t WHERE id = 3; SELECT binds.query(\'my\', \'SELECT \'\'secret\'\' AS a\');'
\! echo "$SENT" | test/masked
SELECT binds.alter('my', options => '{"hide_parameters": true}');
\! echo "$SENT" | test/masked
SELECT binds.alter('my', options => '{"echo": null, "hide_parameters": null}');

-- schema_name of a table: another database of the server
\! $MY other -e "CREATE TABLE t (id int PRIMARY KEY, v varchar(10)); INSERT INTO t VALUES (1, 'other')"
CREATE FOREIGN TABLE there (id integer OPTIONS (key 'true'), v varchar(10)) SERVER my OPTIONS (schema_name 'other', table_name 't');
UPDATE there SET v = v || '!' RETURNING *;

-- read_timeout: an engine that does not answer
SELECT binds.alter('my', options => '{"connect_args": {"read_timeout": 1}}');
\set VERBOSITY sqlstate
SELECT binds.query('my', 'SELECT sleep(5) AS s');
\set VERBOSITY default
SELECT count(*) FROM t;
\! $MY -e "SET GLOBAL log_output = 'FILE'; TRUNCATE mysql.general_log"
