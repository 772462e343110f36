-- Binds: a bind is a foreign server of one of the wrappers.  These functions run
-- CREATE, ALTER and DROP SERVER and the like, with the rights of the caller.

CREATE FUNCTION binds.add(bind_key text, url text, options jsonb DEFAULT '{}') RETURNS text
	AS 'MODULE_PATHNAME', 'binds_add' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.add(text, text, jsonb) IS 'registers a database under a bind key; connects to nothing';

CREATE FUNCTION binds.configure(config jsonb) RETURNS SETOF text
	AS 'MODULE_PATHNAME', 'binds_configure' LANGUAGE C STRICT VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.configure(jsonb) IS 'adds and alters binds from {"key": "url", "key": {"url": ..., "option": ...}}; returns the keys of those that it changed';

CREATE FUNCTION binds.alter(bind_key text, url text DEFAULT NULL, options jsonb DEFAULT NULL) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_alter' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.alter(text, text, jsonb) IS 'changes URL or options of a bind; a JSON null brings an option back to its default';

CREATE FUNCTION binds.grant(bind_key text, role text, "user" text, password text DEFAULT NULL) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_grant' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.grant(text, text, text, text) IS 'gives a role, or public, an account of the server of a bind: CREATE or ALTER USER MAPPING';

CREATE FUNCTION binds.remove(bind_key text, cascade boolean DEFAULT false) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_remove' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.remove(text, boolean) IS 'forgets a bind; with cascade also its models and foreign tables; never touches the database behind it';

CREATE FUNCTION binds.parse_url(url text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'binds_parse_url' LANGUAGE C STRICT STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.parse_url(text) IS 'parts of a database URL, with the password masked';

CREATE FUNCTION binds.engine_rows(OUT bind_key text, OUT url text, OUT dialect text,
								  OUT options jsonb, OUT schema text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_engine_rows' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.engine_rows() IS 'rows of the view binds.engines';

CREATE VIEW binds.engines AS
	SELECT e.bind_key, e.url, e.dialect, e.options, e.schema FROM binds.engine_rows() e;
COMMENT ON VIEW binds.engines IS 'every engine: the host database (bind_key NULL), then the binds in the order of their registration';
COMMENT ON COLUMN binds.engines.bind_key IS 'key of the bind, NULL for the default bind';
COMMENT ON COLUMN binds.engines.url IS 'URL, with the password masked';
COMMENT ON COLUMN binds.engines.dialect IS 'language of the engine';
COMMENT ON COLUMN binds.engines.options IS 'options that are set for this bind or for its wrapper';
COMMENT ON COLUMN binds.engines.schema IS 'schema of local relations, NULL: the current one at define';
GRANT SELECT ON binds.engines TO PUBLIC;
