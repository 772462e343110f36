\i test/setup.psql

-- add makes no file and opens nothing: neither of the two is there.
SELECT binds.add('meta', 'sqlite:////nowhere/meta.db');
SELECT binds.add('auth', 'mysql+pymysql://app:s%40cret@127.0.0.1:1/users?charset=utf8mb4',
	'{"pool_recycle": 3600, "echo": "false", "connect_args": {"connect_timeout": 5}, "schema": "authentication"}');
-- The default bind comes first, then the binds in the order of registration; the
-- password is masked.
SELECT * FROM binds.engines;
-- A bind is a foreign server; user and password are in the caller's user mapping.
SELECT srvname, fdwname, srvoptions FROM pg_foreign_server s
	JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw ORDER BY 1;
SELECT srvname, usename = current_user AS own, umoptions FROM pg_user_mappings;
-- The metadata schemas are there, and the local schema that was new.
SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace
WHERE nspname ~ '^(binds|auth)' ORDER BY 1;

-- Keys: used, used by a server of another wrapper, and what is none.
SELECT binds.add('auth', 'sqlite:////nowhere/auth.db');
CREATE FOREIGN DATA WRAPPER other;
CREATE SERVER foreigner FOREIGN DATA WRAPPER other;
SELECT binds.add('foreigner', 'sqlite:////nowhere/auth.db');
SELECT binds.add(NULL, 'sqlite:////nowhere/auth.db');
SELECT binds.add('', 'sqlite:////nowhere/auth.db');
SELECT binds.add('__all__', 'sqlite:////nowhere/auth.db');
SELECT binds.add(repeat('k', 46), 'sqlite:////nowhere/auth.db');
SELECT binds.add(repeat('ä', 22), 'sqlite:////nowhere/auth.db');
SELECT binds.remove(repeat('ä', 22));
SELECT binds.add('x', NULL);

-- The dialect is one that is known; the error lists those.
SELECT binds.add('x', 'oracle://scott:tiger@localhost/test');
SELECT binds.add('x', 'postgres://scott:tiger@localhost/test');

-- One error for all unknown options, with the valid ones.
SELECT binds.add('x', 'mysql://localhost/test', '{"ecko": true, "pool_recicle": 5, "echo": true}');
SELECT binds.add('x', 'sqlite:////nowhere/x.db', '{"two_phase": "off"}');
SELECT binds.add('x', 'mysql://localhost/test', '[1]');
-- What only a Python process can have: the reason, and the way to get the effect.
SELECT binds.add('x', 'mysql://localhost/test', '{"pool_size": 5, "max_overflow": 10, "pool_timeout": 30}');
SELECT binds.add('x', 'mysql://localhost/test', '{"creator": "f", "poolclass": "NullPool", "json_serializer": "g"}');
SELECT binds.add('x', 'mysql://localhost/test', '{"execution_options": {"schema_translate_map": null, "stream_results": true}}');
SELECT binds.add('x', 'mysql://localhost/test', '{"execution_options": {"stream_results": false}}');
SELECT binds.add('x', 'mysql://localhost/test', '{"isolation_level": "AUTOCOMMIT"}');
-- What SQLAlchemy calls by another name.
SELECT binds.add('mapped', 'mysql://localhost/test', '{"execution_options": {"yield_per": 50,
	"stream_results": true, "isolation_level": "read_committed"}, "insertmanyvalues_page_size": 20}');
SELECT options FROM binds.engines WHERE bind_key = 'mapped';
SELECT binds.add('x', 'mysql://localhost/test', '{"batch_size": 1, "insertmanyvalues_page_size": 20}');
SELECT binds.remove('mapped');

-- Values.
SELECT binds.add('x', 'mysql://localhost/test', '{"echo": "perhaps"}');
SELECT binds.add('x', 'mysql://localhost/test', '{"echo": {"a": 1}}');
SELECT binds.add('x', 'mysql://localhost/test', '{"pool_recycle": -2}');
SELECT binds.add('x', 'mysql://localhost/test', '{"fetch_size": 0}');
SELECT binds.add('x', 'mysql://localhost/test', '{"batch_size": "many"}');
SELECT binds.add('x', 'mysql://localhost/test', '{"lock_timeout": 0}');
SELECT binds.add('x', 'mysql://localhost/test', '{"isolation_level": "CHAOS"}');
SELECT binds.add('x', 'mysql://localhost/test', '{"schema": ""}');
SELECT binds.add('x', 'sqlite:////nowhere/x.db', '{"journal_mode": "off"}');
SELECT binds.add('x', 'mysql://localhost/test', '{"connect_args": "a"}');
SELECT binds.add('x', 'mysql://localhost/test', '{"connect_args": [1]}');
-- Connection arguments are those of the dialect, in URL and option alike.
SELECT binds.add('x', 'mysql://localhost/test', '{"connect_args": {"ssl_ca": "ca.pem"}}');
SELECT binds.add('x', 'mysql://localhost/test?connect_timeout=soon');
SELECT binds.add('x', 'mysql://localhost/test?charset=latin1');
SELECT binds.add('x', 'mysql://localhost/test?ssl_mode=perhaps');
SELECT binds.add('x', 'mysql://localhost/test?connect_timeout=1&connect_timeout=2');

-- A SQLite bind is a file; where it is.
SELECT binds.add('x', 'sqlite://');
SELECT binds.add('x', 'sqlite:///');
SELECT binds.add('x', 'sqlite:///:memory:');
SELECT binds.add('x', 'sqlite:///file::memory:?cache=shared&uri=true');
SELECT binds.add('x', 'sqlite:///file:x.db?mode=memory&uri=true');
SELECT binds.add('x', 'sqlite://foo.db');
SELECT binds.add('x', 'sqlite://host/foo.db');
SELECT binds.add('x', 'sqlite://me:secret@/foo.db');
SELECT binds.add('x', 'sqlite:///../postgresql.conf');
SELECT binds.add('x', 'sqlite:///a/../../b.db');
SELECT binds.add('x', 'sqlite:////tmp/');
SELECT binds.add('x', 'sqlite:///file:x.db?mode=ro');
SELECT binds.add('x', 'sqlite:///x.db?mode=ro');
SELECT binds.add('x', 'sqlite:///x.db?uri=true');
SELECT binds.add('x', 'sqlite:///file:x.db?mode=wild&uri=true');
SELECT binds.add('x', 'sqlite:///file:x.db%3Fvfs=unix-none?uri=true');
SELECT binds.add('x', 'sqlite:///file://host/x.db?uri=true');
SELECT binds.add('x', 'sqlite:///file:x.db?nolock=1&vfs=unix-none&uri=true');
SELECT binds.add('x', 'sqlite:///file:%252e%252e/x.db?uri=true');
SELECT binds.add('uri', 'sqlite:///file:///nowhere/x.db?mode=ro&immutable=1&uri=true');
SELECT binds.add('below', 'sqlite:///sub/folder/x.db');
SELECT bind_key, url FROM binds.engines WHERE bind_key IN ('uri', 'below') ORDER BY 1;

-- alter: options one by one, null brings back the default; the URL; the password.
SELECT binds.alter('auth', options => '{"echo": true, "pool_recycle": null}');
SELECT options FROM binds.engines WHERE bind_key = 'auth';
SELECT binds.alter('auth', 'mysql://127.0.0.1:2/users');
SELECT url FROM binds.engines WHERE bind_key = 'auth';
SELECT binds.alter('auth', 'mysql://app:other@127.0.0.1:2/users');
SELECT umoptions FROM pg_user_mappings WHERE srvname = 'auth';
-- ... which does not go to another user.
SELECT binds.alter('auth', 'mysql://boss@127.0.0.1:2/users');
SELECT umoptions FROM pg_user_mappings WHERE srvname = 'auth';
SELECT binds.alter('auth', 'sqlite:////nowhere/auth.db');
SELECT binds.alter('auth', options => '{"ecko": true}');
SELECT binds.alter('nope', options => '{"echo": true}');
SELECT binds.alter('foreigner', options => '{"echo": true}');
SELECT binds.alter(NULL, options => '{"echo": true}');
SELECT binds.alter(NULL, 'sqlite:////nowhere/host.db');

-- configure: what is new, what differs, and nothing the second time.
SELECT binds.configure('{"meta": "sqlite:////nowhere/meta.db", "more": "sqlite:///more.db",
	"auth": {"url": "mysql://app:secret@localhost/users", "pool_recycle": 1800}}');
SELECT * FROM binds.engines;
SELECT binds.configure('{"meta": "sqlite:////nowhere/meta.db", "more": "sqlite:///more.db",
	"auth": {"url": "mysql://app:secret@localhost/users", "pool_recycle": 1800}}');
SELECT binds.configure('{"auth": {"url": "mysql://app:changed@localhost/users", "pool_recycle": 1800}}');
-- All or nothing; the error says which bind.
SELECT binds.configure('{"new1": "sqlite:///new1.db", "new2": {"url": "mysql://u:p@h/d", "ecko": 1}}');
SELECT binds.configure('{"new1": {"echo": true}}');
SELECT binds.configure('{"new1": 5}');
SELECT binds.configure('[]');
SELECT count(*) FROM binds.engines WHERE bind_key ~ '^new';

-- Defaults for all binds of a wrapper, which a bind overrides.
ALTER FOREIGN DATA WRAPPER binds_mysql OPTIONS (pool_recycle '100', echo 'on');
SELECT options FROM binds.engines WHERE bind_key = 'auth';
ALTER FOREIGN DATA WRAPPER binds_mysql OPTIONS (DROP pool_recycle, DROP echo);
ALTER FOREIGN DATA WRAPPER binds_mysql OPTIONS (pool_size '5');

-- CREATE SERVER and its like work on their own, with the same checks.
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql;
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'sqlite:///x.db');
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'mysql://u:p@localhost/d');
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'mysql://localhost/d?password=secret');
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql
	OPTIONS (url 'mysql://localhost/d', connect_args '{"passwd": "secret"}');
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'mysql://localhost/d', user 'u');
CREATE SERVER by_hand FOREIGN DATA WRAPPER binds_mysql OPTIONS (url 'mysql://localhost/d');
CREATE USER MAPPING FOR CURRENT_USER SERVER by_hand OPTIONS (host 'x');
CREATE USER MAPPING FOR CURRENT_USER SERVER meta OPTIONS (user 'x');
CREATE FOREIGN TABLE bad (a int) SERVER by_hand OPTIONS (tabel 'x');
CREATE FOREIGN TABLE bad (a int OPTIONS (generated 'sometimes')) SERVER by_hand;
CREATE FOREIGN TABLE bad (a int OPTIONS (key 'x')) SERVER by_hand;
CREATE FOREIGN TABLE bad (a int OPTIONS (colum_name 'x')) SERVER by_hand;
CREATE FOREIGN TABLE good (a int OPTIONS (column_name 'A', key 'true', generated 'by default'))
	SERVER by_hand OPTIONS (table_name 'T', schema_name 'd', fetch_size '10', read_only 'on');
SELECT bind_key, url FROM binds.engines WHERE bind_key = 'by_hand';

-- remove: not while somebody's tables hang on it, unless cascade.
SELECT binds.remove('by_hand');
CREATE VIEW good_view AS SELECT * FROM good;
SELECT binds.remove('by_hand', true);
DROP VIEW good_view;
SELECT binds.remove('by_hand', true);
SELECT binds.remove('by_hand');
SELECT binds.remove('foreigner');
SELECT binds.remove(NULL);
SELECT binds.remove('auth');
SELECT count(*) FROM pg_user_mappings;
SELECT nspname FROM pg_namespace WHERE nspname ~ '^(binds|auth)' ORDER BY 1;
-- The key is free again, and a metadata schema that was left is taken over.
CREATE SCHEMA binds_metadata_auth;
SELECT binds.add('auth', 'mysql://app:secret@localhost/users');

-- Errors keep the key, never the password.
SELECT binds.add('auth', 'mysql://app:secret@localhost/users');
SELECT binds.add('auth2', 'mysql://app:secret@localhost:port/users');
SELECT binds.add('auth2', 'mysql://app:secret@localhost/users?nonsense=1');

-- Rights: USAGE on the wrapper, CREATE in the database; files are for the members of
-- pg_read_server_files, and for writing of pg_write_server_files.
CREATE ROLE regress_binds_user;
SET ROLE regress_binds_user;
SELECT binds.add('mine', 'mysql://me:secret@localhost/users');
RESET ROLE;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_mysql, binds_sqlite TO regress_binds_user;
GRANT CREATE ON DATABASE regress_binds TO regress_binds_user;
SET ROLE regress_binds_user;
SELECT binds.add('mine', 'mysql://me:secret@localhost/users');
SELECT binds.alter('mine', 'mysql://localhost/users?ssl_ca=/etc/ssl/ca.pem');
SELECT binds.add('file', 'sqlite:////nowhere/x.db');
RESET ROLE;
GRANT pg_read_server_files TO regress_binds_user;
SET ROLE regress_binds_user;
SELECT binds.alter('mine', 'mysql://localhost/users?ssl_ca=/etc/ssl/ca.pem');
SELECT binds.add('file', 'sqlite:////nowhere/x.db');
SELECT binds.add('file', 'sqlite:////nowhere/x.db', '{"read_only": true}');
SELECT binds.add('file2', 'sqlite:///file:/nowhere/x.db?mode=ro&uri=true');
-- ... and later it must not become writable by the back door.
SELECT binds.alter('file', options => '{"read_only": null}');
-- Only the owner of a bind alters and removes it; only a superuser lets others in
-- without a password.
SELECT binds.alter('meta', options => '{"echo": true}');
SELECT binds.remove('meta');
CREATE USER MAPPING FOR CURRENT_USER SERVER auth;
ALTER USER MAPPING FOR CURRENT_USER SERVER mine OPTIONS (ADD password_required 'false');
-- The user of another role is not shown; statements of the engine are granted to nobody.
SELECT bind_key, url FROM binds.engines WHERE bind_key IN ('auth', 'mine') ORDER BY 1;
SELECT binds.execute('mine', 'SELECT 1');
SELECT binds.query(NULL, 'SELECT 1');
RESET ROLE;
GRANT EXECUTE ON FUNCTION binds.query(text, text) TO regress_binds_user;
SET ROLE regress_binds_user;
SELECT binds.query('auth', 'SELECT 1');
SELECT binds.query(NULL, 'SELECT 1 AS a');
RESET ROLE;

-- A rolled back registration is gone.
BEGIN;
SELECT binds.add('gone', 'sqlite:///gone.db');
ROLLBACK;
SELECT count(*) FROM binds.engines WHERE bind_key = 'gone';

-- Event triggers see the commands, without values.
CREATE FUNCTION show_command() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE INFO '%: %', tg_event, tg_tag;
END $$;
CREATE EVENT TRIGGER show_start ON ddl_command_start EXECUTE FUNCTION show_command();
SELECT binds.add('seen', 'mysql://app:secret@localhost/users');
SELECT binds.remove('seen');
DROP EVENT TRIGGER show_start;

-- Nothing is done in a read-only transaction.
BEGIN READ ONLY;
SELECT binds.add('x', 'sqlite:///x.db');
ROLLBACK;

DROP OWNED BY regress_binds_user CASCADE;
DROP ROLE regress_binds_user;
