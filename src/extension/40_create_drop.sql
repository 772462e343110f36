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

CREATE FUNCTION binds.create_all(bind_key text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
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

CREATE FUNCTION binds.drop_all(bind_key text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text[]) IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of the binds in the list, in that order';

CREATE FUNCTION binds.drop_all(bind_key text, cascade boolean) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text, boolean) IS 'the same of one bind; with cascade what depends on the local relations, as views do, is dropped as well';

CREATE FUNCTION binds.drop_all(bind_key text[], cascade boolean) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text[], boolean) IS 'the same of the binds in the list; with cascade what depends on the local relations, as views do, is dropped as well';

-- No fixed search_path here: the current schema is where the relations go.
CREATE FUNCTION binds.reflect() RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect() IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of every bind';

CREATE FUNCTION binds.reflect(bind_key text) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text) IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.reflect(bind_key text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text[]) IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of the binds in the list, in that order';

CREATE FUNCTION binds.reflect(bind_key text, options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text, jsonb) IS 'the same of one bind, with the options only, except, views, as_text, tinyint1, text_limits, temporal';

CREATE FUNCTION binds.reflect(bind_key text[], options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
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

CREATE FUNCTION binds.ddl(bind_key text[]) RETURNS TABLE (bind_key text, statement text)
	AS 'MODULE_PATHNAME', 'binds_ddl' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ddl(text[]) IS 'what create_all would execute on an empty engine; connects to nothing; of the binds in the list, in that order';

CREATE FUNCTION binds.sorted_tables(bind_key text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'binds_sorted_tables' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.sorted_tables(text) IS 'names of the tables of a bind in the order of their creation';

CREATE VIEW binds.models AS
	SELECT m.bind_key, m.model, m.template, r.oid::regclass AS relation,
		   m.local_schema, m.local_name
	FROM binds.model_rows() m
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

CREATE FUNCTION binds.export() RETURNS text
	AS 'MODULE_PATHNAME', 'binds_export' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.export() IS 'a script that registers binds and models elsewhere, without user mappings and rights; of every bind';

CREATE FUNCTION binds.export(bind_key text) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_export' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.export(text) IS 'a script that registers binds and models elsewhere, without user mappings and rights; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.export(bind_key text[]) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_export' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.export(text[]) IS 'a script that registers binds and models elsewhere, without user mappings and rights; of the binds in the list';

CREATE FUNCTION binds.diff() RETURNS TABLE (bind_key text, model text, kind text, statement text, note text)
	AS 'MODULE_PATHNAME', 'binds_diff' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.diff() IS 'what separates tables and local relations from what create_all makes of their models: a row for each difference, with the statement that takes it away, for the engine or (kind "... local ...", default bind) for PostgreSQL; changes nothing; of every bind';

CREATE FUNCTION binds.diff(bind_key text) RETURNS TABLE (bind_key text, model text, kind text, statement text, note text)
	AS 'MODULE_PATHNAME', 'binds_diff' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.diff(text) IS 'what separates tables and local relations from what create_all makes of their models: a row for each difference, with the statement that takes it away, for the engine or (kind "... local ...", default bind) for PostgreSQL; changes nothing; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.diff(bind_key text[]) RETURNS TABLE (bind_key text, model text, kind text, statement text, note text)
	AS 'MODULE_PATHNAME', 'binds_diff' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.diff(text[]) IS 'what separates tables and local relations from what create_all makes of their models: a row for each difference, with the statement that takes it away, for the engine or (kind "... local ...", default bind) for PostgreSQL; changes nothing; of the binds in the list, in that order';

CREATE FUNCTION binds.upgrade() RETURNS TABLE (bind_key text, model text, kind text, statement text, action text, note text)
	AS 'MODULE_PATHNAME', 'binds_upgrade' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.upgrade() IS 'what binds.diff finds, done: action done, kept (it needs an option) or left (there is no way); of every bind';

CREATE FUNCTION binds.upgrade(bind_key text) RETURNS TABLE (bind_key text, model text, kind text, statement text, action text, note text)
	AS 'MODULE_PATHNAME', 'binds_upgrade' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.upgrade(text) IS 'what binds.diff finds, done: action done, kept (it needs an option) or left (there is no way); of one bind (NULL: the default bind)';

CREATE FUNCTION binds.upgrade(bind_key text[]) RETURNS TABLE (bind_key text, model text, kind text, statement text, action text, note text)
	AS 'MODULE_PATHNAME', 'binds_upgrade' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.upgrade(text[]) IS 'what binds.diff finds, done: action done, kept (it needs an option) or left (there is no way); of the binds in the list, in that order';

CREATE FUNCTION binds.upgrade(bind_key text, options jsonb) RETURNS TABLE (bind_key text, model text, kind text, statement text, action text, note text)
	AS 'MODULE_PATHNAME', 'binds_upgrade' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.upgrade(text, jsonb) IS 'the same of one bind, with the options drop (true: what the model has not goes) and lossy (true: a type may become narrower)';

CREATE FUNCTION binds.upgrade(bind_key text[], options jsonb) RETURNS TABLE (bind_key text, model text, kind text, statement text, action text, note text)
	AS 'MODULE_PATHNAME', 'binds_upgrade' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.upgrade(text[], jsonb) IS 'the same of the binds in the list, with the options drop and lossy';
