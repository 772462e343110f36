\i test/setup.psql
-- Functions in the models of others run with the rights of those, whoever asks.
\set url :sqlite 'one.db'
SELECT binds.add('one', :'url');
CREATE ROLE regress_modeler;
GRANT USAGE ON FOREIGN SERVER one TO regress_modeler;
GRANT CREATE ON DATABASE regress_binds TO regress_modeler;
GRANT USAGE, CREATE ON SCHEMA public, binds_metadata_one TO regress_modeler;
SET ROLE regress_modeler;
CREATE FUNCTION runs_as(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql
	AS $$ BEGIN ASSERT current_user = 'regress_modeler', current_user; RETURN n; END $$;
SELECT binds.define('CREATE TABLE a (id integer PRIMARY KEY, n integer DEFAULT runs_as(1) CHECK (n <> runs_as(2)))', 'one');
SELECT binds.define('CREATE INDEX ON a (n) WHERE n > runs_as(3)', 'one');
SELECT binds.define('CREATE TABLE b (id integer PRIMARY KEY, n integer DEFAULT runs_as(1) CHECK (n <> runs_as(2)),'
	' EXCLUDE USING btree ((id + runs_as(4)) WITH =))', NULL);
SELECT binds.define('CREATE INDEX ON b ((n + runs_as(5))) WHERE n > runs_as(6)', NULL);
RESET ROLE;
SELECT metadata_schema, tables FROM binds.metadatas ORDER BY 1;
SELECT * FROM binds.ddl();
SELECT bind_key, model, action FROM binds.create_all();
SELECT relname, relowner::regrole FROM pg_class WHERE relname IN ('a', 'b', 'b_n_idx', 'b_expr_excl')
	AND relnamespace = 'public'::regnamespace ORDER BY 1;
SELECT binds.define('COMMENT ON TABLE a IS ''seen''', 'one');
SELECT bind_key, model, action FROM binds.drop_all();
-- So do those in tables that reflect takes over.
SET ROLE regress_modeler;
CREATE TABLE c (id integer PRIMARY KEY, n integer DEFAULT runs_as(1) CHECK (n <> runs_as(2)),
	EXCLUDE USING btree ((id + runs_as(4)) WITH =));
CREATE INDEX ON c ((n + runs_as(5))) WHERE n > runs_as(6);
RESET ROLE;
SELECT bind_key, model, action FROM binds.reflect(NULL::text);
SELECT relowner::regrole FROM pg_class WHERE oid = 'binds_metadata.c'::regclass;
-- Who is neither owner nor superuser takes over only what is his own.
CREATE ROLE regress_other;
CREATE TABLE own (id integer PRIMARY KEY);
ALTER TABLE own OWNER TO regress_other;
GRANT USAGE, CREATE ON SCHEMA binds_metadata TO regress_other;
CREATE TABLE d (id integer PRIMARY KEY);
SET ROLE regress_other;
SELECT bind_key, model, action FROM binds.reflect(NULL::text);
RESET ROLE;
DROP OWNED BY regress_other CASCADE;
DROP ROLE regress_other;
DROP OWNED BY regress_modeler CASCADE;
DROP ROLE regress_modeler;
