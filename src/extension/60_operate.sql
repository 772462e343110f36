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

-- What is counted over all sessions, in shared memory (shared_preload_libraries).

CREATE FUNCTION binds.stat_rows(OUT bind_key text, OUT calls bigint, OUT rows bigint, OUT bytes bigint, OUT total_time double precision,
								OUT errors bigint, OUT reconnects bigint, OUT open_branches integer, OUT stats_reset timestamptz)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_stat_rows' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.stat_rows() IS 'rows of the view binds.stat';

CREATE VIEW binds.stat AS
	SELECT s.bind_key, s.calls, s.rows, s.bytes, s.total_time, s.errors, s.reconnects, s.open_branches, s.stats_reset
	FROM binds.stat_rows() s;
COMMENT ON VIEW binds.stat IS 'what the binds of this database have done, over all sessions; all is NULL of a bind for which binds.stat_max leaves no room';
COMMENT ON COLUMN binds.stat.bind_key IS 'key of the bind; what binds on one file do on one connection is that of the bind that opened it';
COMMENT ON COLUMN binds.stat.calls IS 'statements that its engine was sent, those that begin and end transactions included; an INSERT of many rows is one';
COMMENT ON COLUMN binds.stat.rows IS 'rows that the engine has sent';
COMMENT ON COLUMN binds.stat.bytes IS 'bytes of the values in these rows; a number has 8';
COMMENT ON COLUMN binds.stat.total_time IS 'milliseconds that the engine was waited for; of fast rows, one in 32 is timed for all';
COMMENT ON COLUMN binds.stat.errors IS 'errors that it raised, also where it could not be reached';
COMMENT ON COLUMN binds.stat.reconnects IS 'connections that were lost and have been opened again';
COMMENT ON COLUMN binds.stat.open_branches IS 'transactions that are open in the engine now';
COMMENT ON COLUMN binds.stat.stats_reset IS 'since when it is counted, NULL: it was not used yet';
GRANT SELECT ON binds.stat TO PUBLIC;

CREATE FUNCTION binds.stat_reset() RETURNS void
	AS 'MODULE_PATHNAME', 'binds_stat_reset_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.stat_reset() IS 'sets the counters of the view binds.stat to zero, but for open branches; of every bind of this database';
REVOKE EXECUTE ON FUNCTION binds.stat_reset() FROM PUBLIC;

CREATE FUNCTION binds.stat_reset(bind_key text) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_stat_reset_bind' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.stat_reset(text) IS 'sets the counters of the view binds.stat to zero, but for open branches; of one bind (NULL: the default bind, which has none)';
REVOKE EXECUTE ON FUNCTION binds.stat_reset(text) FROM PUBLIC;

CREATE FUNCTION binds.progress_rows(OUT pid integer, OUT datname name, OUT command text, OUT bind_key text, OUT phase text, OUT relation text,
									OUT done bigint, OUT total bigint, OUT started timestamptz) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_progress_view' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.progress_rows() IS 'rows of the view binds.progress';

CREATE VIEW binds.progress AS
	SELECT p.pid, p.datname, p.command, p.bind_key, p.phase, p.relation, p.done, p.total, p.started
	FROM binds.progress_rows() p;
COMMENT ON VIEW binds.progress IS 'long commands that sessions are running: create_all, drop_all, reflect, assign, upgrade, and ANALYZE of a foreign table';
COMMENT ON COLUMN binds.progress.pid IS 'process of the session; its role is in pg_stat_activity; what follows is shown to that role, superusers and members of pg_read_all_stats';
COMMENT ON COLUMN binds.progress.datname IS 'database that it is connected to';
COMMENT ON COLUMN binds.progress.command IS 'what it runs';
COMMENT ON COLUMN binds.progress.bind_key IS 'key of the bind that it works on now, NULL: the default bind, or several; NULL for a session of another database';
COMMENT ON COLUMN binds.progress.phase IS 'what it does now';
COMMENT ON COLUMN binds.progress.relation IS 'table, or model, that it works on now; NULL for a session of another database';
COMMENT ON COLUMN binds.progress.done IS 'how much of the phase is done: tables, differences or rows';
COMMENT ON COLUMN binds.progress.total IS 'how much there is to do in this phase, NULL: it is not known';
COMMENT ON COLUMN binds.progress.started IS 'when the command began';
GRANT SELECT ON binds.progress TO PUBLIC;
