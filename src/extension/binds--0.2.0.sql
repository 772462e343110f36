\echo Use "CREATE EXTENSION binds" to load this file. \quit

CREATE SCHEMA binds;
COMMENT ON SCHEMA binds IS 'multiple databases with binds: functions and views';
GRANT USAGE ON SCHEMA binds TO PUBLIC;
-- One wrapper object per dialect: a validator sees options and a catalog, but not
-- the server, so the wrapper has to tell the dialect.

CREATE FUNCTION binds.sqlite_handler() RETURNS fdw_handler
	AS 'MODULE_PATHNAME', 'binds_sqlite_handler' LANGUAGE C STRICT;
COMMENT ON FUNCTION binds.sqlite_handler() IS 'handler of the foreign-data wrapper binds_sqlite';

CREATE FUNCTION binds.sqlite_validator(text[], oid) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_sqlite_validator' LANGUAGE C STRICT;
COMMENT ON FUNCTION binds.sqlite_validator(text[], oid) IS 'checks options of binds_sqlite';

CREATE FOREIGN DATA WRAPPER binds_sqlite
	HANDLER binds.sqlite_handler VALIDATOR binds.sqlite_validator;
COMMENT ON FOREIGN DATA WRAPPER binds_sqlite IS 'SQLite files as binds';

CREATE FUNCTION binds.mysql_handler() RETURNS fdw_handler
	AS 'MODULE_PATHNAME', 'binds_mysql_handler' LANGUAGE C STRICT;
COMMENT ON FUNCTION binds.mysql_handler() IS 'handler of the foreign-data wrapper binds_mysql';

CREATE FUNCTION binds.mysql_validator(text[], oid) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_mysql_validator' LANGUAGE C STRICT;
COMMENT ON FUNCTION binds.mysql_validator(text[], oid) IS 'checks options of binds_mysql';

CREATE FOREIGN DATA WRAPPER binds_mysql
	HANDLER binds.mysql_handler VALIDATOR binds.mysql_validator;
COMMENT ON FOREIGN DATA WRAPPER binds_mysql IS 'MySQL and MariaDB servers as binds';
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
-- Tables of models.  Each function comes in three forms: every bind, one bind (NULL: the
-- default bind), a list of binds.

CREATE FUNCTION binds.create_all() RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_create_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.create_all() IS 'creates the tables of models that are not there, and their local relations: action created, attached (the engine had the table), exists, or unmanaged; of every bind';

CREATE FUNCTION binds.create_all(bind_key text) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_create_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.create_all(text) IS 'creates the tables of models that are not there, and their local relations: action created, attached (the engine had the table), exists, or unmanaged; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.create_all(bind_keys text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_create_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.create_all(text[]) IS 'creates the tables of models that are not there, and their local relations: action created, attached (the engine had the table), exists, or unmanaged; of the binds in the list, in that order';

CREATE FUNCTION binds.drop_all() RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all() IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of every bind';

CREATE FUNCTION binds.drop_all(bind_key text) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text) IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of one bind (NULL: the default bind)';

CREATE FUNCTION binds.drop_all(bind_keys text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text[]) IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of the binds in the list, in that order';

-- No fixed search_path here: the current schema is where the relations go.
CREATE FUNCTION binds.reflect() RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect() IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of every bind';

CREATE FUNCTION binds.reflect(bind_key text) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text) IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.reflect(bind_keys text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text[]) IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of the binds in the list, in that order';

CREATE FUNCTION binds.reflect(bind_key text, options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text, jsonb) IS 'the same of one bind, with the options only, except, views, as_text, tinyint1, text_limits, temporal';

CREATE FUNCTION binds.reflect(bind_keys text[], options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text[], jsonb) IS 'the same of the binds in the list, with the options only, except, views, as_text, tinyint1, text_limits, temporal';

CREATE FUNCTION binds.ddl() RETURNS TABLE (bind_key text, statement text)
	AS 'MODULE_PATHNAME', 'binds_ddl' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ddl() IS 'what create_all would execute on an empty engine; connects to nothing; of every bind';

CREATE FUNCTION binds.ddl(bind_key text) RETURNS TABLE (bind_key text, statement text)
	AS 'MODULE_PATHNAME', 'binds_ddl' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ddl(text) IS 'what create_all would execute on an empty engine; connects to nothing; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.ddl(bind_keys text[]) RETURNS TABLE (bind_key text, statement text)
	AS 'MODULE_PATHNAME', 'binds_ddl' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ddl(text[]) IS 'what create_all would execute on an empty engine; connects to nothing; of the binds in the list, in that order';

CREATE FUNCTION binds.sorted_tables(bind_key text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'binds_sorted_tables' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.sorted_tables(text) IS 'names of the tables of a bind in the order of their creation';

CREATE VIEW binds.models AS
	SELECT m.bind_key, m.model, t.oid::regclass AS template, r.oid::regclass AS relation,
		   m.local_schema, m.local_name
	FROM binds.model m
	LEFT JOIN pg_catalog.pg_namespace tn
		ON tn.nspname OPERATOR(pg_catalog.=) ('binds_metadata' OPERATOR(pg_catalog.||)
			coalesce('_' OPERATOR(pg_catalog.||) m.bind_key, ''))::name
	LEFT JOIN pg_catalog.pg_class t
		ON t.relnamespace OPERATOR(pg_catalog.=) tn.oid
		AND t.relname OPERATOR(pg_catalog.=) m.model::name
	LEFT JOIN pg_catalog.pg_namespace rn
		ON rn.nspname OPERATOR(pg_catalog.=) m.local_schema::name
	LEFT JOIN pg_catalog.pg_class r
		ON r.relnamespace OPERATOR(pg_catalog.=) rn.oid
		AND r.relname OPERATOR(pg_catalog.=) m.local_name::name
	ORDER BY m.bind_key NULLS FIRST, m.position;
COMMENT ON VIEW binds.models IS 'every model with its template and its local relation';
COMMENT ON COLUMN binds.models.bind_key IS 'key of the bind, NULL for the default bind';
COMMENT ON COLUMN binds.models.model IS 'name of the table in its engine';
COMMENT ON COLUMN binds.models.template IS 'the table that holds the definition';
COMMENT ON COLUMN binds.models.relation IS 'the local relation, NULL if it is not there';
COMMENT ON COLUMN binds.models.local_schema IS 'schema of the local relation';
COMMENT ON COLUMN binds.models.local_name IS 'name of the local relation';
GRANT SELECT ON binds.models TO PUBLIC;

CREATE VIEW binds.metadatas AS
	SELECT e.bind_key,
		   'binds_metadata' OPERATOR(pg_catalog.||)
			coalesce('_' OPERATOR(pg_catalog.||) e.bind_key, '') AS metadata_schema,
		   binds.sorted_tables(e.bind_key) AS tables
	FROM binds.engines e;
COMMENT ON VIEW binds.metadatas IS 'every bind with its tables in the order of creation';
COMMENT ON COLUMN binds.metadatas.bind_key IS 'key of the bind, NULL for the default bind';
COMMENT ON COLUMN binds.metadatas.metadata_schema IS 'schema of the templates';
COMMENT ON COLUMN binds.metadatas.tables IS 'names of the tables, in the order of creation';
GRANT SELECT ON binds.metadatas TO PUBLIC;

-- What has become of the transactions that make tables in engines whose DDL does not roll
-- back.  Written by create_all itself; no dump carries it.
CREATE TABLE binds.ddl_mark (
	id text NOT NULL,
	bind_key text NOT NULL,
	place text NOT NULL
);
COMMENT ON TABLE binds.ddl_mark IS 'marks of tables that create_all has made on a server, a row for each transaction that has committed; a mark goes when the table has its own comment';
COMMENT ON COLUMN binds.ddl_mark.id IS 'the random part of the mark';
COMMENT ON COLUMN binds.ddl_mark.bind_key IS 'key of the bind on which the tables were made';
COMMENT ON COLUMN binds.ddl_mark.place IS 'the role that has made them, and the database where';
REVOKE ALL ON binds.ddl_mark FROM PUBLIC;

CREATE FUNCTION binds.attach(relation regclass) RETURNS TABLE (column_name text, option text, value text)
	AS 'MODULE_PATHNAME', 'binds_attach' LANGUAGE C STRICT VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.attach(regclass) IS 'sets the options of a foreign table to what its engine says of the table, so that planning does not ask it any more; a row for each option that changed, NULL for a column: of the table, NULL for a value: dropped';
-- Statements in an engine's own SQL.  No fixed search_path: a statement for the default
-- bind is the caller's, and uses the caller's path.  Granted to nobody.

CREATE FUNCTION binds.execute(bind_key text, statement text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'binds_execute' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.execute(text, text) IS 'executes a statement in the SQL of the engine, in the transaction of the session; returns the number of rows';
REVOKE ALL ON FUNCTION binds.execute(text, text) FROM PUBLIC;

CREATE FUNCTION binds.query(bind_key text, statement text) RETURNS SETOF jsonb
	AS 'MODULE_PATHNAME', 'binds_query' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.query(text, text) IS 'executes a statement in the SQL of the engine and returns its rows, each as a JSON object';
REVOKE ALL ON FUNCTION binds.query(text, text) FROM PUBLIC;
