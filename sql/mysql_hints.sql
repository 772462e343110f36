\i test/setup.psql
-- Errors that a newcomer meets say which way leads out; what the servers and client libraries say is worded
-- differently by each.
\o /dev/null
SELECT binds.add('socket', 'mysql://app:secret@localhost/users?unix_socket=/nonexistent/my.sock');
SELECT binds.add('port', 'mysql://app:secret@127.0.0.1:1/users');
SELECT binds.add('host', 'mysql://app:secret@no-such-host.invalid/users');
SELECT binds.add('login', format('mysql://app:wrong@127.0.0.1:%s/users', :'my_port'));
SELECT binds.add('database', format('mysql://app:secret@127.0.0.1:%s/nowhere', :'my_port'));
SELECT binds.add('m', format('mysql://app:secret@127.0.0.1:%s/users', :'my_port'));
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY)', 'm');
SELECT binds.create_all('m');
\o
CREATE FUNCTION hint_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE hint text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ' ' || hint;
END $$;
SELECT k, hint_of(format('SELECT binds.reflect(%L)', k)) FROM unnest('{socket,port,host,login,database}'::text[]) k;
-- The engine has not, or no more, what a foreign table stands for.
\! $MY users -e 'DROP TABLE t'
SELECT hint_of('SELECT * FROM t');
SELECT hint_of('INSERT INTO t VALUES (1)');
SELECT model, action FROM binds.create_all('m');
SELECT hint_of('INSERT INTO t VALUES (1)');
-- It has the table, but not a column of it.
\! $MY users -e 'CREATE TABLE u (id int PRIMARY KEY, old varchar(9)); INSERT INTO u VALUES (1, 1)'
CREATE FOREIGN TABLE u (id integer OPTIONS (key 'true'), name text) SERVER m;
SELECT hint_of('SELECT * FROM u');
SELECT hint_of('INSERT INTO u (id, name) VALUES (2, ''y'')');
SELECT hint_of('UPDATE u SET name = ''y''');
ALTER FOREIGN TABLE u ALTER COLUMN name OPTIONS (ADD column_name 'old');
SELECT * FROM u;
\! $MY users -e 'ALTER TABLE u CHANGE old new varchar(9)'
SELECT hint_of('SELECT * FROM u');
ALTER FOREIGN TABLE u ALTER COLUMN name OPTIONS (SET column_name 'new');
SELECT * FROM u;
