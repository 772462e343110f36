\i test/setup.psql
-- Which permissions a file has that a bind makes, and what SQLite makes beside it.
\set base :sqlite
-- A bind on a file of its own, with options, that create_all makes and an INSERT opens.
CREATE FUNCTION make(name text, url text, options jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.add(name, url, options);
	PERFORM binds.define(format('CREATE TABLE %I (id integer PRIMARY KEY)', 't_' || name), name);
	RETURN (SELECT action FROM binds.create_all(name));
END $$;
-- Not given, as before: SQLite's own, less what PostgreSQL's umask takes.
SELECT make('none', :'base' || 'none.db', '{}');
-- Each of those that can be given, whatever the umask is.
SELECT make(substr(mode, 2), :'base' || substr(mode, 2) || '.db', jsonb_build_object('file_mode', mode))
	FROM unnest(ARRAY['0600', '0640', '0644', '0660', '0664']) mode;
INSERT INTO t_none VALUES (1);
INSERT INTO t_600 VALUES (1);
INSERT INTO t_640 VALUES (1);
INSERT INTO t_644 VALUES (1);
INSERT INTO t_660 VALUES (1);
INSERT INTO t_664 VALUES (1);
-- -wal and -shm have the same
\! cd $D && stat -c '%a %n' *.db *-wal *-shm
-- A file beside it in another journal mode, while a transaction writes.
SELECT make('journal', :'base' || 'journal.db', '{"file_mode": "0660", "journal_mode": "delete"}');
BEGIN;
INSERT INTO t_journal VALUES (1);
\! cd $D && stat -c '%a %n' journal.db*
COMMIT;
-- The first write makes one as well, and so does a URI, with what is escaped in it.
SELECT binds.add('write', :'base' || 'write.db', '{"file_mode": "0640"}');
SELECT binds.define('CREATE TABLE t_write (id integer PRIMARY KEY)', 'write');
SELECT action FROM binds.create_all('write');
\! rm $D/write.db*
SELECT binds.disconnect('write') >= 0 AS closed;
SELECT binds.execute('write', 'CREATE TABLE t_write (id integer PRIMARY KEY)');
INSERT INTO t_write VALUES (1);
\! cd $D && stat -c '%a %n' write.db*
SELECT make('uri', replace(:'base', 'sqlite:///', 'sqlite:///file:') || 'u%2520ri.db?mode=rwc&uri=true', '{"file_mode": "0664"}');
\! cd $D && stat -c '%a %n' u*ri.db
-- ... but not with mode=rw: no file is made
\set VERBOSITY sqlstate
SELECT make('rw', replace(:'base', 'sqlite:///', 'sqlite:///file:') || 'rw.db?mode=rw&uri=true', '{"file_mode": "0664"}');
SELECT make('rw', :'base' || 'rw.db', '{"file_mode": "0664", "connect_args": {"mode": "rw"}}');
\set VERBOSITY default
\! test -e $D/rw.db || echo none
-- Through a link it is the file itself.
\! ln -s $D/target.db $D/link.db
SELECT make('link', :'base' || 'link.db', '{"file_mode": "0660"}');
\! cd $D && stat -c '%a %n' target.db
-- Reading makes none, nor does ping.
SELECT binds.add('read', :'base' || 'read.db', '{"file_mode": "0660"}');
SELECT ok FROM binds.ping('read');
CREATE FOREIGN TABLE nothing (id integer) SERVER read;
\set VERBOSITY sqlstate
SELECT * FROM nothing;
\set VERBOSITY default
\! test -e $D/read.db || echo none

-- A file that is there keeps its own.
\! sqlite3 $D/there.db 'CREATE TABLE t_there (id integer PRIMARY KEY)' && chmod 666 $D/there.db
SELECT make('there', :'base' || 'there.db', '{"file_mode": "0600"}');
INSERT INTO t_there VALUES (1);
\! cd $D && stat -c '%a %n' there.db
-- A folder that is not there is what SQLite says.
\set VERBOSITY sqlstate
SELECT make('deep', :'base' || 'no/deep.db', '{"file_mode": "0600"}');
\set VERBOSITY default
-- The umask of the session is what it was.
SELECT make('after', :'base' || 'after.db', '{}');
\! cd $D && stat -c '%a %n' after.db

-- What can be given, for a bind and for all; a number is none of it.
SELECT binds.add('x', :'base' || 'x.db', '{"file_mode": "0777"}');
CREATE FUNCTION refused(mode jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM binds.alter('none', options => jsonb_build_object('file_mode', mode));
	RETURN 'taken';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
END $$;
SELECT mode, refused(mode) FROM unnest(ARRAY['"0777"', '"0666"', '"600"', '"00600"', '"0400"', '"0000"', '"4600"', '"06_0"', '"0680"',
	'"0600 "', '""', '"rw"', '"-600"', '384', '600', 'true', '[]', '"0660"', 'null']::jsonb[]) mode;
SELECT bind_key, options FROM binds.engines WHERE bind_key IN ('none', '640', 'journal') ORDER BY 1;
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (ADD file_mode '1777');
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (ADD file_mode '0640');
SELECT make('all', :'base' || 'all.db', '{}');
SELECT make('own', :'base' || 'own.db', '{"file_mode": "0660"}');
\! cd $D && stat -c '%a %n' all.db own.db
\set VERBOSITY terse
SELECT binds.add('my', 'mysql://h/db', '{"file_mode": "0600"}');
ALTER FOREIGN DATA WRAPPER binds_mysql OPTIONS (ADD file_mode '0600');
