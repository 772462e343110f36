-- Models.  binds.model is the only configuration table, and says everything by name,
-- since OIDs do not survive a dump.  It is written by the functions only, which
-- check rights first.

CREATE TABLE binds.model (
	bind_key text,
	model text NOT NULL,
	local_schema text NOT NULL,
	local_name text NOT NULL,
	position bigint NOT NULL,
	CONSTRAINT model_key UNIQUE NULLS NOT DISTINCT (bind_key, model)
);
COMMENT ON TABLE binds.model IS 'which models there are, and where their local relations go; written by the functions of binds';
COMMENT ON COLUMN binds.model.bind_key IS 'key of the bind, NULL for the default bind';
COMMENT ON COLUMN binds.model.model IS 'name of the table in its engine, and of the template in the metadata schema';
COMMENT ON COLUMN binds.model.local_schema IS 'schema of the local relation';
COMMENT ON COLUMN binds.model.local_name IS 'name of the local relation';
COMMENT ON COLUMN binds.model.position IS 'order of definition';
REVOKE ALL ON binds.model FROM PUBLIC;
GRANT SELECT ON binds.model TO PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('binds.model', '');

CREATE FUNCTION binds.sql_drop() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'binds_sql_drop' LANGUAGE C
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.sql_drop() IS 'forgets models whose template or server was dropped';
REVOKE ALL ON FUNCTION binds.sql_drop() FROM PUBLIC;

CREATE EVENT TRIGGER binds_sql_drop ON sql_drop EXECUTE FUNCTION binds.sql_drop();
COMMENT ON EVENT TRIGGER binds_sql_drop IS 'keeps binds.model true when a template or a server is dropped';

-- No fixed search_path here: types, functions and the source of LIKE are those of
-- the caller's path.  The function itself looks nothing up by path.
CREATE FUNCTION binds.define(ddl text) RETURNS SETOF regclass
	AS 'MODULE_PATHNAME', 'binds_define_default' LANGUAGE C STRICT VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.define(text) IS 'registers models from CREATE TABLE, CREATE INDEX, COMMENT ON and ALTER TABLE ... ADD CONSTRAINT; a table with INHERITS on the bind of its parent, any other on the default bind';

CREATE FUNCTION binds.define(ddl text, bind_key text) RETURNS SETOF regclass
	AS 'MODULE_PATHNAME', 'binds_define_bind' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.define(text, text) IS 'registers models of a bind (NULL: the default bind)';

CREATE FUNCTION binds.forget(bind_key text, model text) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_forget' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.forget(text, text) IS 'removes a model from the metadata, with its local foreign table; the table in the engine stays';

CREATE FUNCTION binds.get_bind(relation regclass) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_get_bind' LANGUAGE C STRICT STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.get_bind(regclass) IS 'key of the bind whose engine executes a query on this relation, NULL for the default bind';
