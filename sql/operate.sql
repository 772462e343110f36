\i test/setup.psql
-- Versions, ping, and the connections of this session, with SQLite files.  What an engine
-- says of itself differs: only that it looks like a version is shown.
\pset null '(null)'
\set a_url :sqlite 'a.db'
\set link_url :sqlite 'link.db'
\set gone_url :sqlite 'gone.db'
\set ping 'bind_key, ok, ms >= 0 AS timed, server_version ~ ''^[0-9]+[.][0-9]'' AS version, split_part(error, '': '', 1) AS error'
\set connection 'bind_key, role, opened <= clock_timestamp() AS opened, in_transaction, server_version ~ ''^3[.][0-9]+'' AS version, session'
SELECT component, version ~ '^[0-9]+[.][0-9]' AS version FROM binds.version() WHERE component !~ '^lib' ORDER BY component COLLATE "C";
SELECT count(*) FROM binds.version() WHERE component IN ('libmariadb', 'libmysqlclient') AND version ~ '^[0-9]+[.][0-9]';
-- The library's is that of the extension, PostgreSQL's what it says itself.
SELECT v.version = e.extversion AS same FROM binds.version() v, pg_extension e WHERE v.component = 'binds' AND e.extname = 'binds';
SELECT version = current_setting('server_version') AS same FROM binds.version() WHERE component = 'PostgreSQL';
SELECT b.server_version = v.version AS same FROM binds.version() v, binds.ping(NULL::text) b WHERE v.component = 'PostgreSQL';

-- engine: the row of the view.
SELECT * FROM binds.engine(NULL);
SELECT binds.add('a', :'a_url', '{"schema": "public", "fetch_size": 10}');
SELECT (e.*) = (v.*) AS same FROM binds.engine('a') e, binds.engines v WHERE v.bind_key = 'a';
SELECT bind_key, dialect, options, schema FROM binds.engine('a');
SELECT * FROM binds.engine('nope');
SELECT * FROM binds.engine('__all__');
SELECT * FROM binds.engine('');

-- A file that is not there yet: it is not, and is not made.
SELECT :ping FROM binds.ping();
SELECT error ~ 'unable to open database file' AS why FROM binds.ping('a');
\! ls $D
SELECT * FROM binds.connections;
SELECT binds.disconnect(), binds.disconnect('a'), binds.disconnect(NULL);
-- ... nor is a folder.
\set deep_url :sqlite 'no/such/deep.db'
SELECT binds.add('deep', :'deep_url');
SELECT :ping FROM binds.ping('deep');
\! ls $D
SELECT binds.remove('deep');

-- When it is there, ping opens it.
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'a');
SELECT model, action FROM binds.create_all('a');
INSERT INTO t SELECT i, i FROM generate_series(1, 3000) i;
SELECT :connection FROM binds.connections;
SELECT binds.disconnect('a');
SELECT :connection FROM binds.connections;
SELECT :ping FROM binds.ping('a');
SELECT :connection FROM binds.connections;
SELECT p.server_version = v.version AND p.server_version = c.server_version AS same
	FROM binds.ping('a') p, binds.version() v, binds.connections c WHERE v.component = 'SQLite';

-- Rows come in the order given, each bind once; a bind that fails takes none with it.
SELECT binds.add('gone', :'gone_url');
SELECT :ping FROM binds.ping(ARRAY['gone', NULL, 'a', 'gone']);
SELECT :ping FROM binds.ping('__all__');
SELECT :ping FROM binds.ping(NULL::text);
SELECT :ping FROM binds.ping(ARRAY[]::text[]);
SELECT :ping FROM binds.ping(NULL::text[]);
-- All keys are checked first.
SELECT binds.disconnect();
SELECT :ping FROM binds.ping(ARRAY['a', 'nope']);
SELECT :ping FROM binds.ping('nope');
SELECT binds.disconnect('nope');
SELECT binds.disconnect('');
SELECT count(*) FROM binds.connections;
-- A file that is no database, and one that is a folder.
\! echo 'This is no database, but a text that is longer than the header of one, which has a hundred bytes: so it has to be told.' >$D/gone.db && chmod 666 $D/gone.db
SELECT ok, error IS NOT NULL AS why FROM binds.ping('gone');
\! rm $D/gone.db && mkdir $D/gone.db
SELECT ok, error IS NOT NULL AS why FROM binds.ping('gone');
\! rmdir $D/gone.db

-- Nothing is begun by it: others can write, and what they commit is seen.
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT :ping FROM binds.ping('a');
SELECT in_transaction FROM binds.connections;
\! sqlite3 $D/a.db "INSERT INTO t VALUES (10001, 'other')"
SELECT v FROM t WHERE id = 10001;
SELECT in_transaction FROM binds.connections;
SELECT binds.disconnect('a');
ROLLBACK;
-- In a read-only transaction, too.
BEGIN READ ONLY;
SELECT :ping FROM binds.ping('a');
SELECT binds.disconnect('a');
COMMIT;

-- A transaction that has written keeps its connection; nothing of it is lost by asking.
BEGIN;
INSERT INTO t VALUES (10002, 'mine');
SELECT :connection FROM binds.connections;
SELECT :ping FROM binds.ping(ARRAY['a', 'gone']);
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
SELECT binds.disconnect();
ROLLBACK TO s;
INSERT INTO t VALUES (10003, 'undone');
SELECT :ping FROM binds.ping(ARRAY['a', 'gone']);
ROLLBACK TO s;
SELECT binds.disconnect(NULL), binds.disconnect('gone');
COMMIT;
SELECT id FROM t WHERE id > 10001;
-- What was begun after a savepoint, and rolled back, is open still.
BEGIN;
SAVEPOINT s;
INSERT INTO t VALUES (10004, 'undone');
ROLLBACK TO s;
SELECT binds.disconnect('a');
ROLLBACK;
SELECT binds.disconnect('a');
-- In a function, whose exception block is a subtransaction.
CREATE FUNCTION try(key text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN binds.disconnect(key);
EXCEPTION WHEN active_sql_transaction THEN
	RETURN sqlstate;
END $$;
BEGIN;
SELECT count(*) FROM t;
SELECT try('a');
INSERT INTO t VALUES (10004, 'kept');
SELECT try('a');
COMMIT;
SELECT try('a');
SELECT v FROM t WHERE id = 10004;

-- An open cursor: pinging does not disturb it, and its connection stays.
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM t ORDER BY id;
FETCH 2 FROM c;
SELECT :connection FROM binds.connections;
SELECT :ping FROM binds.ping('a');
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
FETCH 2 FROM c;
CLOSE c;
SELECT binds.disconnect('a');
SELECT count(*) FROM t;
COMMIT;
-- So it does not go away under the statement that asks.
SELECT id, binds.disconnect('a') FROM t WHERE id < 3;
SELECT id, (SELECT ok FROM binds.ping('a')) AS ok FROM t WHERE id < 3 ORDER BY id;

-- Two binds on one file have one connection, that of the one that opened it.
\! ln -s a.db $D/link.db
SELECT binds.add('link', :'link_url', '{"schema": "link"}');
SELECT model, action FROM binds.reflect('link');
SELECT binds.disconnect();
SELECT :ping FROM binds.ping(ARRAY['link', 'a']);
SELECT bind_key FROM binds.connections;
SELECT binds.disconnect('a'), binds.disconnect('link');
SELECT ok FROM binds.ping('a');
SELECT binds.disconnect('link'), binds.disconnect('a');
BEGIN;
INSERT INTO link.t VALUES (10005, 'link');
SAVEPOINT s;
SELECT binds.disconnect('a');
ROLLBACK TO s;
SELECT binds.disconnect('link');
ROLLBACK;
SELECT count(*) FROM t WHERE id = 10005;
SELECT binds.disconnect('__all__');

-- A file that another one has replaced: it is the new one that is asked.
SELECT ok FROM binds.ping('a');
\! sqlite3 $D/a.db "VACUUM INTO '$D/new.db'" && chmod 666 $D/new.db && mv $D/new.db $D/a.db && rm -f $D/a.db-wal $D/a.db-shm
SELECT :ping FROM binds.ping('a');
SELECT count(*) FROM binds.connections;
SELECT count(*) FROM t;
-- One that is gone is not made by asking.
\! mkdir $D/away && mv $D/a.db* $D/away
SELECT :ping FROM binds.ping('a');
\! ls $D
\! mv $D/away/a.db* $D && rmdir $D/away
SELECT :ping FROM binds.ping('a');

-- Roles.  Whoever may not use the server is told so by the row; all see their session.
CREATE ROLE regress_operate;
SET ROLE regress_operate;
SELECT :ping FROM binds.ping(ARRAY['a', NULL]);
SELECT bind_key, dialect FROM binds.engine('a');
SELECT count(*) FROM binds.version();
SELECT :connection FROM binds.connections;
SELECT binds.disconnect('a');
RESET ROLE;
GRANT USAGE ON FOREIGN SERVER a TO regress_operate;
SET ROLE regress_operate;
SELECT :ping FROM binds.ping('a');
-- All roles share the connection to a file.
SELECT :connection FROM binds.connections;
RESET ROLE;
SELECT :ping FROM binds.ping('a');
SELECT count(*) FROM binds.connections;
-- The owner of the server may, with the rights that he has on files.
REVOKE USAGE ON FOREIGN SERVER a FROM regress_operate;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_sqlite TO regress_operate;
GRANT pg_read_server_files TO regress_operate;
ALTER SERVER a OWNER TO regress_operate;
SET ROLE regress_operate;
SELECT :ping FROM binds.ping('a');
RESET ROLE;
REVOKE pg_read_server_files FROM regress_operate;
SELECT :ping FROM binds.ping('a');
ALTER SERVER a OWNER TO CURRENT_USER;
REVOKE ALL ON FOREIGN SERVER a FROM regress_operate;
REVOKE ALL ON FOREIGN DATA WRAPPER binds_sqlite FROM regress_operate;

-- A changed bind: its old connection is its own until the end of the transaction.
SELECT ok FROM binds.ping('a');
BEGIN;
SELECT binds.alter('a', :'gone_url');
SELECT :ping FROM binds.ping('a');
SELECT bind_key FROM binds.connections;
SELECT binds.disconnect('a');
ROLLBACK;
-- A dropped one has none after it; until then its connection has no key.
SELECT ok FROM binds.ping('a');
BEGIN;
SELECT binds.remove('a', true);
SELECT bind_key, in_transaction FROM binds.connections;
SELECT binds.disconnect();
ROLLBACK;
SELECT ok FROM binds.ping('a');

-- Others keep the file locked: that is an answer, but a timeout of the caller's is none.
SELECT binds.alter('a', options => '{"lock_timeout": 100}');
SELECT binds.disconnect();
\! sqlite3 $D/a.db 'PRAGMA journal_mode=delete' && chmod 666 $D/a.db
\! (echo 'BEGIN EXCLUSIVE; SELECT 1;'; sleep 4) | sqlite3 $D/a.db >/dev/null & sleep 0.5
SELECT ok, error IS NOT NULL AS why FROM binds.ping('a');
SELECT binds.alter('a', options => '{"lock_timeout": 60000}');
SET statement_timeout = 300;
\set VERBOSITY sqlstate
SELECT ok FROM binds.ping('a');
\set VERBOSITY default
RESET statement_timeout;
-- Then it is waited for.
SELECT ok FROM binds.ping('a');
DROP ROLE regress_operate;
