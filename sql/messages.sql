\i test/setup.psql
-- Messages that say what is wrong, and the way out.
\set VERBOSITY default
\set url :sqlite 'no folder/x.db'
SELECT binds.add('nofolder', :'url');
\set url :sqlite 'folder'
\! mkdir -m 755 $D/folder
SELECT binds.add('folder', :'url');
\set url :sqlite 'absent.db?mode=ro&uri=true'
SELECT binds.add('readonly', replace(:'url', 'sqlite:///', 'sqlite:///file:'));
\set url :sqlite 'absent.db'
SELECT binds.add('unmanaged', :'url', '{"managed": false}');
SELECT binds.add('absent', :'url');

-- reflect of a file or a folder that is not there: 58P01, with the reason. A file that is still to come has no tables.
\set QUIET on
\pset format unaligned
\pset tuples_only on
SELECT binds.reflect('readonly');
SELECT binds.reflect('unmanaged');
\set VERBOSITY sqlstate
SELECT binds.reflect('nofolder');
SELECT binds.reflect('readonly');
SELECT binds.reflect('unmanaged');
\set VERBOSITY default
SELECT binds.reflect('absent');

-- The path and what the system says of it are for who may see files of the server, and for the owner of the bind.
CREATE ROLE "app r";
CREATE ROLE owner;
GRANT pg_read_server_files TO owner;
CREATE FUNCTION said(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE d text; h text; BEGIN EXECUTE statement; RETURN 'fine'; EXCEPTION WHEN OTHERS THEN
GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT; RETURN concat_ws(' | ', SQLSTATE, SQLERRM, d, h); END $$;
CREATE FOREIGN TABLE f (a int) SERVER nofolder;
GRANT SELECT ON f TO "app r", owner;
SELECT replace(said('SELECT * FROM f'), :'dir', 'DIR');
SELECT replace(said('SELECT binds.reflect(''folder'')'), :'dir', 'DIR');
SELECT replace(said('SELECT binds.reflect(''nofolder'')'), :'dir', 'DIR');
GRANT CREATE, USAGE ON SCHEMA binds_metadata_nofolder, public TO "app r";
GRANT USAGE ON FOREIGN SERVER nofolder TO "app r";
SET ROLE "app r";
SELECT said('SELECT binds.reflect(''nofolder'')');
SELECT replace(said('SELECT * FROM f'), :'dir', 'DIR');
RESET ROLE;
GRANT owner TO "app r";
SET ROLE "app r";
SELECT replace(said('SELECT * FROM f'), :'dir', 'DIR');
RESET ROLE;
REVOKE owner FROM "app r";
-- What is in a file is no secret of the system's.
\! echo 'this is no database, but long enough to be one, with a hundred bytes or so: .........................' > $D/bad.db; chmod 644 $D/bad.db
\set url :sqlite 'bad.db'
SELECT binds.add('bad', :'url');
CREATE FOREIGN TABLE b (a int) SERVER bad;
GRANT SELECT ON b TO "app r";
SET ROLE "app r";
SELECT said('SELECT * FROM b');
RESET ROLE;

-- forget names models.
SELECT binds.define('CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (a int) INHERITS (parent)', 'absent');
SELECT binds.forget('absent', 'parent');
SELECT binds.define('CREATE TABLE page (id int PRIMARY KEY); CREATE TABLE sub (a int) INHERITS (page)');
SELECT binds.define('CREATE TABLE note (a int) INHERITS (page)', 'absent');
SELECT binds.forget(NULL, 'page');
SELECT binds.forget('absent', 'note'), binds.forget(NULL, 'sub'), binds.forget(NULL, 'page'), binds.forget('absent', 'child'), binds.forget('absent', 'parent');

-- A generated column is inherited, its key is not.
SELECT binds.define('CREATE TABLE base (id serial PRIMARY KEY, a int); CREATE TABLE derived (b int) INHERITS (base)', 'absent');
SELECT binds.define('CREATE TABLE base (id serial PRIMARY KEY, a int); CREATE TABLE derived (b int, PRIMARY KEY (id)) INHERITS (base)', 'absent');
SELECT binds.define('CREATE TABLE own (id serial, a int)', 'absent');

-- An index over an expression that the engine does not have: a generated column does it.
SELECT binds.define('CREATE TABLE i (id int PRIMARY KEY, v text); CREATE INDEX i_lower ON i (lower(v))', 'absent');
SELECT binds.define('CREATE UNIQUE INDEX i_one ON i (lower(v))', 'absent');
SELECT binds.define('CREATE TABLE g (id int PRIMARY KEY, v text, low text GENERATED ALWAYS AS (lower(v)) STORED); CREATE UNIQUE INDEX g_low ON g (low)', 'absent');
SELECT model, action FROM binds.create_all('absent');
INSERT INTO g VALUES (1, 'Ann');
\set VERBOSITY sqlstate
INSERT INTO g VALUES (2, 'aNN');
DROP OWNED BY "app r", owner;
DROP ROLE "app r", owner;
