\echo Use "ALTER EXTENSION binds UPDATE TO '0.2.0'" to load this file. \quit

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

CREATE FUNCTION binds.reflect(bind_key text, options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text, jsonb) IS 'the same of one bind, with the options only, except, views, as_text, tinyint1, text_limits, temporal';

CREATE FUNCTION binds.reflect(bind_keys text[], options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text[], jsonb) IS 'the same of the binds in the list, with the options only, except, views, as_text, tinyint1, text_limits, temporal';

COMMENT ON FUNCTION binds.drop_all() IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of every bind';
COMMENT ON FUNCTION binds.drop_all(text) IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of one bind (NULL: the default bind)';
COMMENT ON FUNCTION binds.drop_all(text[]) IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of the binds in the list, in that order';
