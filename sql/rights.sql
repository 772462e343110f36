\i test/setup.psql
\set VERBOSITY terse
\set SHOW_CONTEXT never
\set url :sqlite 'one.db'
SELECT current_user AS me \gset
CREATE ROLE regress_m LOGIN;
CREATE ROLE regress_n;
SELECT binds.add('b', :'url', '{"schema": "b"}');
CREATE TABLE secret (id integer PRIMARY KEY);
SELECT binds.execute('b', 'CREATE TABLE secret (id integer)');
-- Who may define models on a bind, but not use its server, gets no foreign table by
-- having a superuser make it: not when he defines it,
GRANT USAGE, CREATE ON SCHEMA public, b, binds_metadata_b TO regress_m;
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE public.evil (id integer)', 'b');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
-- and not later, when the right is gone, or that on the schema of the relation.
GRANT USAGE ON FOREIGN SERVER b TO regress_m;
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE public.evil (id integer)', 'b');
RESET ROLE;
REVOKE USAGE ON FOREIGN SERVER b FROM regress_m;
SELECT * FROM binds.create_all();
\echo :LAST_ERROR_SQLSTATE
GRANT USAGE ON FOREIGN SERVER b TO regress_m;
REVOKE CREATE ON SCHEMA public FROM regress_m;
SELECT * FROM binds.create_all('b');
GRANT CREATE ON SCHEMA public TO regress_m;
SELECT * FROM binds.create_all('b');
SELECT relowner::regrole FROM pg_class WHERE oid = 'public.evil'::regclass;
-- Who has no rights of the owner does not make relations for him.
DROP FOREIGN TABLE evil;
GRANT USAGE, CREATE ON SCHEMA binds_metadata_b TO regress_n;
GRANT USAGE ON FOREIGN SERVER b TO regress_n;
SET ROLE regress_n;
SELECT * FROM binds.create_all('b');
RESET ROLE;
SELECT binds.forget('b', 'evil');

-- A metadata schema that was somebody's before the bind was there is not the bind's.
GRANT CREATE ON DATABASE regress_binds TO regress_m;
SET ROLE regress_m;
CREATE SCHEMA binds_metadata_corp;
CREATE SCHEMA binds_metadata_hand;
RESET ROLE;
\set url :sqlite 'corp.db'
SELECT binds.add('corp', :'url');
SELECT count(*) FROM pg_foreign_server WHERE srvname = 'corp';
\set VERBOSITY default
CREATE SERVER hand FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
GRANT USAGE ON FOREIGN SERVER hand TO regress_m;
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE b.x (id integer)', 'hand');
RESET ROLE;
SELECT binds.define('CREATE TABLE b.x (id integer)', 'hand');
SELECT * FROM binds.reflect('hand');
ALTER SCHEMA binds_metadata_hand OWNER TO CURRENT_USER;
SELECT binds.define('CREATE TABLE b.x (id integer)', 'hand');
SELECT binds.remove('hand', true);
-- The schema of a bind that was made without binds.add belongs to the owner of its server.
CREATE SERVER hand FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
ALTER SERVER hand OWNER TO regress_m;
SELECT binds.define('CREATE TABLE b.x (id integer)', 'hand');
SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'binds_metadata_hand';
SELECT binds.remove('hand', true);
\set VERBOSITY terse

-- On the default bind as well the owner must be allowed to have his table there, as the
-- owner of the metadata, too.
CREATE SCHEMA trusted;
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE trusted.evil (id integer)', NULL);
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA trusted TO regress_m;
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE trusted.evil (id integer)', NULL);
RESET ROLE;
SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'binds_metadata';
REVOKE CREATE ON SCHEMA trusted FROM regress_m;
SELECT * FROM binds.create_all();
SELECT * FROM binds.create_all(NULL);
SELECT binds.forget(NULL, 'evil');

-- A model does not get at the table of somebody else by its name: neither is that table
-- dropped, nor does the model get its owner, as whom its functions would be called.
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE public.secret (id integer)', NULL);
RESET ROLE;
SELECT model, action FROM binds.create_all(NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT binds.define('CREATE TABLE mine (id integer)', NULL);
SELECT model, action FROM binds.create_all(NULL);
\set VERBOSITY default
SELECT * FROM binds.drop_all(NULL);
\set VERBOSITY terse
SELECT to_regclass('secret'), to_regclass('mine');
SELECT relowner::regrole FROM pg_class WHERE oid = 'binds_metadata.secret'::regclass;
-- Nor do its rows become rows of that table.
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE public.heir () INHERITS (secret)', NULL);
RESET ROLE;
SELECT * FROM binds.create_all(NULL);
SELECT binds.forget(NULL, 'heir');
-- Nor does a foreign key of it look into that table without the right.
SET ROLE regress_m;
SELECT binds.define('CREATE TABLE public.looker (id integer)', NULL);
SELECT binds.define('ALTER TABLE secret ADD PRIMARY KEY (id)', NULL);
SELECT binds.define('ALTER TABLE looker ADD FOREIGN KEY (id) REFERENCES secret (id)', NULL);
RESET ROLE;
SELECT * FROM binds.create_all(NULL);
SELECT binds.forget(NULL, 'looker'), binds.forget(NULL, 'secret');

-- Whatever a model calls is called as its owner, who can neither become another role nor
-- change the settings of the session that asked: here he tries wherever he can.
GRANT USAGE, CREATE ON SCHEMA trusted TO regress_m;
\c - regress_m
\set VERBOSITY terse
CREATE FUNCTION trusted.become() RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
	PERFORM set_config('search_path', 'trusted', false);
	PERFORM set_config('application_name', 'taken', false);
	BEGIN
		EXECUTE 'RESET ROLE';
	EXCEPTION WHEN OTHERS THEN NULL;
	END;
	BEGIN
		EXECUTE 'RESET SESSION AUTHORIZATION';
	EXCEPTION WHEN OTHERS THEN NULL;
	END;
	BEGIN
		EXECUTE 'ALTER ROLE regress_m SUPERUSER';
	EXCEPTION WHEN insufficient_privilege THEN NULL;
	END;
	IF current_user <> 'regress_m' THEN
		RAISE WARNING 'called as %', current_user;
	END IF;
	RETURN 7;
END $$;
CREATE FUNCTION trusted.imm(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
	AS 'BEGIN RETURN trusted.become() + $1; END';
CREATE DOMAIN trusted.odd AS integer CHECK (VALUE <> trusted.imm(1)) DEFAULT trusted.imm(2);
CREATE FUNCTION trusted.trap() RETURNS trigger LANGUAGE plpgsql
	AS 'BEGIN PERFORM trusted.become(); RETURN NEW; END';
\set body '(id integer PRIMARY KEY, x integer DEFAULT trusted.imm(3) CHECK (x < trusted.imm(4)), y integer GENERATED ALWAYS AS (trusted.imm(7)) STORED, z trusted.odd DEFAULT 3)'
SELECT binds.define('CREATE TABLE trusted.t ' || :'body', 'b');
SELECT binds.define('CREATE TABLE trusted.u ' || :'body' || '; CREATE INDEX ON u ((x + trusted.imm(5))) WHERE x > trusted.imm(6);'
	'CREATE TABLE trusted.v (EXCLUDE USING btree ((id + trusted.imm(8)) WITH =)) INHERITS (u);'
	'COMMENT ON TABLE u IS ''it''''s \ "'';', NULL);
CREATE TRIGGER trap BEFORE INSERT ON binds_metadata.u EXECUTE FUNCTION trusted.trap();
\c - :me
\set VERBOSITY terse
SELECT metadata_schema, tables FROM binds.metadatas ORDER BY 1;
SELECT count(*) FROM binds.ddl();
SELECT model, action FROM binds.create_all();
SELECT model, action FROM binds.create_all();
SELECT binds.define('COMMENT ON TABLE u IS ''seen''', NULL), binds.define('COMMENT ON TABLE t IS ''seen''', 'b');
SELECT binds.define('CREATE INDEX ON u (x)', NULL), binds.define('CREATE INDEX ON t (x)', 'b');
SELECT model, action FROM binds.drop_all();
SELECT model, action FROM binds.create_all();
SELECT current_setting('search_path'), current_setting('application_name') <> 'taken' AS kept;
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_m';
SELECT oid::regclass, relowner::regrole FROM pg_class WHERE relnamespace = 'trusted'::regnamespace AND relkind IN ('r', 'f', 'i') ORDER BY 1;
SELECT count(*) FROM binds.drop_all();
SELECT binds.forget('b', 't'), binds.forget(NULL, 'v'), binds.forget(NULL, 'u');

-- So it is in tables that reflect takes over, whose owner must be allowed to define.
\c - regress_m
\set VERBOSITY terse
SELECT format('CREATE TABLE trusted.taken %s', :'body') \gexec
CREATE INDEX ON trusted.taken ((x + trusted.imm(5))) WHERE x > trusted.imm(6);
\c - :me
\set VERBOSITY terse
CREATE TABLE trusted.others (id integer);
ALTER TABLE trusted.others OWNER TO regress_n;
SET search_path = trusted;
SELECT model, action FROM binds.reflect(NULL::text);
SELECT current_setting('search_path'), current_setting('application_name') <> 'taken' AS kept;
RESET search_path;
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_m';
SELECT relowner::regrole FROM pg_class WHERE oid = 'binds_metadata.taken'::regclass;

SET client_min_messages = warning;
SELECT binds.remove('b', true);
DROP OWNED BY regress_m, regress_n CASCADE;
DROP ROLE regress_m, regress_n;

-- Who lacks a right is told who can grant it, and how: all that it takes.
\c - :me
\set VERBOSITY default
\set SHOW_CONTEXT never
\set url :sqlite 'grants.db'
CREATE ROLE "regress the owner";
CREATE ROLE "regress the other";
CREATE SCHEMA others AUTHORIZATION "regress the owner";
SELECT binds.add('gr ant', :'url') \g /dev/null
CREATE SERVER bare FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
ALTER SERVER bare OWNER TO "regress the owner";
CREATE SERVER made FOREIGN DATA WRAPPER binds_sqlite OPTIONS (url :'url');
ALTER SERVER made OWNER TO "regress the owner";
SELECT binds.define('CREATE TABLE m (id integer)', 'made') \g /dev/null
SET ROLE "regress the other";
SELECT binds.define('CREATE TABLE x (id integer)', 'gr ant');
SELECT binds.define('CREATE TABLE x (id integer)', 'bare');
SELECT binds.define('CREATE TABLE x (id integer)', 'made');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM binds.reflect('made');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA binds_metadata_made TO "regress the other";
SET ROLE "regress the other";
SELECT * FROM binds.reflect('made');
\echo :LAST_ERROR_SQLSTATE
SELECT binds.define('CREATE TABLE others.x (id integer)', 'made');
RESET ROLE;
ALTER SCHEMA others OWNER TO CURRENT_USER;
SET ROLE "regress the other";
SELECT binds.define('CREATE TABLE others.x (id integer)', 'made');
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA others TO "regress the other";
GRANT USAGE ON FOREIGN SERVER made TO "regress the other";
SET ROLE "regress the other";
SELECT binds.define('CREATE TABLE others.x (id integer)', 'made');
RESET ROLE;
SELECT binds.remove(k, true) FROM unnest('{gr ant,bare,made}'::text[]) k;
DROP SCHEMA others;
DROP ROLE "regress the owner", "regress the other";
-- Whose bind it is reflects all binds without a right to make the metadata of the default bind, unless there is a table for it.
BEGIN;
CREATE ROLE regress_owner_of_bind;
CREATE SCHEMA empty;
GRANT pg_read_server_files, pg_write_server_files TO regress_owner_of_bind;
SELECT to_regnamespace('binds_metadata');
SELECT binds.add('hers', :'url') \g /dev/null
ALTER SERVER hers OWNER TO regress_owner_of_bind;
ALTER SCHEMA binds_metadata_hers OWNER TO regress_owner_of_bind;
ALTER SCHEMA empty OWNER TO regress_owner_of_bind;
SELECT binds.execute('hers', 'CREATE TABLE IF NOT EXISTS hers (id integer PRIMARY KEY)');
SET ROLE regress_owner_of_bind;
SET search_path = empty;
SELECT bind_key, model, relation FROM binds.reflect() WHERE model = 'hers';
CREATE TABLE here (id integer);
SAVEPOINT s;
SELECT * FROM binds.reflect();
\echo :LAST_ERROR_SQLSTATE
ROLLBACK;
