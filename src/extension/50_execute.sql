-- Statements in an engine's own SQL.  No fixed search_path: a statement for the default
-- bind is the caller's, and uses the caller's path.  Granted to nobody.

CREATE FUNCTION binds.execute(bind_key text, statement text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'binds_execute' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.execute(text, text) IS 'executes a statement in the SQL of the engine, in the transaction of the session; returns the number of rows';
REVOKE ALL ON FUNCTION binds.execute(text, text) FROM PUBLIC;

CREATE FUNCTION binds.execute(bind_key text, statement text, VARIADIC params "any") RETURNS bigint
	AS 'MODULE_PATHNAME', 'binds_execute' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.execute(text, text, "any") IS 'the same with parameters, which the engine is given apart from the statement';
REVOKE ALL ON FUNCTION binds.execute(text, text, "any") FROM PUBLIC;

CREATE FUNCTION binds.query(bind_key text, statement text) RETURNS SETOF jsonb
	AS 'MODULE_PATHNAME', 'binds_query' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.query(text, text) IS 'executes a statement in the SQL of the engine and returns its rows, each as a JSON object';
REVOKE ALL ON FUNCTION binds.query(text, text) FROM PUBLIC;

CREATE FUNCTION binds.query(bind_key text, statement text, VARIADIC params "any") RETURNS SETOF jsonb
	AS 'MODULE_PATHNAME', 'binds_query' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.query(text, text, "any") IS 'the same with parameters, which the engine is given apart from the statement';
REVOKE ALL ON FUNCTION binds.query(text, text, "any") FROM PUBLIC;

CREATE FUNCTION binds.query_record(bind_key text, statement text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_query_record' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.query_record(text, text) IS 'executes a statement in the SQL of the engine and returns its rows with the columns of the column definition list';
REVOKE ALL ON FUNCTION binds.query_record(text, text) FROM PUBLIC;

CREATE FUNCTION binds.query_record(bind_key text, statement text, VARIADIC params "any") RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_query_record' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.query_record(text, text, "any") IS 'the same with parameters, which the engine is given apart from the statement';
REVOKE ALL ON FUNCTION binds.query_record(text, text, "any") FROM PUBLIC;
