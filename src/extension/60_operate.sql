-- For who operates binds.  What these show is of the session that asks, so everybody may.

CREATE FUNCTION binds.version() RETURNS TABLE (component text, version text)
	AS 'MODULE_PATHNAME', 'binds_version' LANGUAGE C STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.version() IS 'versions of the library of this extension, of PostgreSQL, and of the client libraries that are loaded';

CREATE FUNCTION binds.engine(bind_key text) RETURNS TABLE (bind_key text, url text, dialect text, options jsonb, schema text)
	AS 'MODULE_PATHNAME', 'binds_engine' LANGUAGE C STABLE PARALLEL UNSAFE ROWS 1
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.engine(text) IS 'the row of the view binds.engines of one bind (NULL: the default bind)';

CREATE FUNCTION binds.ping() RETURNS TABLE (bind_key text, ok boolean, ms double precision, server_version text, error text)
	AS 'MODULE_PATHNAME', 'binds_ping' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ping() IS 'connects as a query of the caller would and asks the engine whether it is there: a row per bind, with the error where it is not, and the time till the answer; of every bind';

CREATE FUNCTION binds.ping(bind_key text) RETURNS TABLE (bind_key text, ok boolean, ms double precision, server_version text, error text)
	AS 'MODULE_PATHNAME', 'binds_ping' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ping(text) IS 'connects as a query of the caller would and asks the engine whether it is there: a row per bind, with the error where it is not, and the time till the answer; of one bind (NULL: the default bind)';

CREATE FUNCTION binds.ping(bind_key text[]) RETURNS TABLE (bind_key text, ok boolean, ms double precision, server_version text, error text)
	AS 'MODULE_PATHNAME', 'binds_ping' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ping(text[]) IS 'connects as a query of the caller would and asks the engine whether it is there: a row per bind, with the error where it is not, and the time till the answer; of the binds in the list, in that order';

CREATE FUNCTION binds.connection_rows(OUT bind_key text, OUT role name, OUT opened timestamptz, OUT in_transaction boolean,
									  OUT server_version text, OUT session text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_connection_rows' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.connection_rows() IS 'rows of the view binds.connections';

CREATE VIEW binds.connections AS
	SELECT c.bind_key, c.role, c.opened, c.in_transaction, c.server_version, c.session
	FROM binds.connection_rows() c
	ORDER BY c.opened;
COMMENT ON VIEW binds.connections IS 'connections of this session to engines, as they were opened';
COMMENT ON COLUMN binds.connections.bind_key IS 'key of the bind that opened it (binds on one file share it), NULL if that was dropped in this transaction';
COMMENT ON COLUMN binds.connections.role IS 'role whose user mapping it was opened with, NULL for a file, which all roles share';
COMMENT ON COLUMN binds.connections.opened IS 'when it was opened';
COMMENT ON COLUMN binds.connections.in_transaction IS 'whether a transaction is open in the engine';
COMMENT ON COLUMN binds.connections.server_version IS 'version of the engine, as it says it';
COMMENT ON COLUMN binds.connections.session IS 'number of the session in the engine, NULL for a file';
GRANT SELECT ON binds.connections TO PUBLIC;

CREATE FUNCTION binds.disconnect() RETURNS bigint
	AS 'MODULE_PATHNAME', 'binds_disconnect' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.disconnect() IS 'closes the connections of this session to engines, and returns their number; an error, and none is closed, if one of them is in use; of every bind';

CREATE FUNCTION binds.disconnect(bind_key text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'binds_disconnect' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.disconnect(text) IS 'closes the connections of this session to engines, and returns their number; an error, and none is closed, if one of them is in use; of one bind (NULL: the default bind, which has none)';
