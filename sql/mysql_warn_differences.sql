-- What binds.create_all says of tables that are there: all that a model says is compared.
\i test/setup.psql
\a
\t
\set url :mysql 'users'
SELECT binds.add('my', :'url', '{"schema": "far"}');
\set key '\'my\''
\set VERBOSITY default
\i test/warn_differences.psql
-- A table that is altered beneath it; one WARNING for each table.
\! $MY users -e 'CREATE INDEX theirs ON w (b); DROP INDEX w_d ON w; ALTER TABLE p DEFAULT CHARSET latin1'
SELECT model, action FROM binds.create_all('my');
-- An account that may not make temporary tables makes others, and is told why they are not compared.
\set VERBOSITY terse
\! $MY -e "CREATE USER less@'127.0.0.1' IDENTIFIED BY 'secret'; GRANT SELECT, INSERT, CREATE, ALTER, DROP, INDEX, REFERENCES, LOCK TABLES ON users.* TO less@'127.0.0.1'"
SELECT binds.alter('my', regexp_replace(:'url', '//[^@]*@[^:/]*', '//less:secret@127.0.0.1'));
SELECT binds.define('CREATE TABLE more (id int PRIMARY KEY)', 'my');
SELECT model, action FROM binds.create_all('my');
SELECT kind FROM binds.diff('my');
\! $MY -e "DROP USER less@'127.0.0.1'"
