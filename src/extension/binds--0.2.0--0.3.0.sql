\echo Use "ALTER EXTENSION binds UPDATE TO '0.3.0'" to load this file. \quit

-- What of others depends on objects that are replaced stops the update, before it begins.
DO LANGUAGE plpgsql $update$
DECLARE
	dependents text;
BEGIN
	SELECT pg_catalog.string_agg(DISTINCT pg_catalog.pg_describe_object(o.classid, o.objid, o.objsubid), ', ')
	INTO dependents
	FROM pg_catalog.pg_depend d
	LEFT JOIN pg_catalog.pg_rewrite r
		ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
		AND r.oid OPERATOR(pg_catalog.=) d.objid
	CROSS JOIN LATERAL (SELECT
		CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_catalog.pg_class'::pg_catalog.regclass END AS classid,
		coalesce(r.ev_class, d.objid) AS objid,
		CASE WHEN r.oid IS NULL THEN d.objsubid ELSE 0 END AS objsubid) o
	WHERE d.deptype OPERATOR(pg_catalog.=) 'n'
		AND (d.refclassid, d.refobjid) IN (
			SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, c.oid
			FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) 'binds.model'::pg_catalog.regclass
			UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid
			FROM pg_catalog.pg_type t WHERE t.oid OPERATOR(pg_catalog.=) ANY
				('{binds.model,binds.model[]}'::pg_catalog.regtype[])
			UNION ALL SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid
			FROM pg_catalog.pg_proc p WHERE p.oid OPERATOR(pg_catalog.=) ANY
				('{binds.create_all(text[]),binds.drop_all(text[]),binds.reflect(text[]),"binds.reflect(text[], jsonb)",binds.ddl(text[])}'::pg_catalog.regprocedure[]))
		AND NOT EXISTS (
			SELECT FROM pg_catalog.pg_depend e
			WHERE e.classid OPERATOR(pg_catalog.=) o.classid AND e.objid OPERATOR(pg_catalog.=) o.objid
				AND e.deptype OPERATOR(pg_catalog.=) 'e'
				AND e.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
				AND e.refobjid OPERATOR(pg_catalog.=) (SELECT x.oid FROM pg_catalog.pg_extension x
					WHERE x.extname OPERATOR(pg_catalog.=) 'binds'));
	IF dependents IS NOT NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'dependent_objects_still_exist',
			MESSAGE = 'cannot update extension "binds" because other objects depend on what is made anew',
			DETAIL = 'On table binds.model, or on the functions that take a list of bind keys, depend: '
				OPERATOR(pg_catalog.||) dependents OPERATOR(pg_catalog.||) '.',
			HINT = 'Drop them, use ALTER EXTENSION binds UPDATE, and make them anew.';
	END IF;
END $update$;

-- Models are registered by triggers of their templates, no longer by rows of a table.
CREATE FUNCTION binds.model_template() RETURNS trigger
	AS 'MODULE_PATHNAME', 'binds_model_template_trigger' LANGUAGE C
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.model_template() IS 'trigger that makes a table of a metadata schema a model; its arguments are schema and name of the local relation, and the place in the order of definition';

CREATE FUNCTION binds.model_rows(OUT bind_key text, OUT model text, OUT local_schema text, OUT local_name text,
								 OUT "position" bigint, OUT template regclass) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_model_rows_sql' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.model_rows() IS 'rows of the view binds.model';

CREATE OR REPLACE VIEW binds.models AS
	SELECT m.bind_key, m.model, m.template, r.oid::regclass AS relation,
		   m.local_schema, m.local_name
	FROM binds.model_rows() m
	LEFT JOIN pg_catalog.pg_namespace rn
		ON rn.nspname OPERATOR(pg_catalog.=) m.local_schema::name
	LEFT JOIN pg_catalog.pg_class r
		ON r.relnamespace OPERATOR(pg_catalog.=) rn.oid
		AND r.relname OPERATOR(pg_catalog.=) m.local_name::name
	ORDER BY m.bind_key NULLS FIRST, m.position;
ALTER EXTENSION binds DROP TABLE binds.model;
ALTER TABLE binds.model RENAME TO model_before;

CREATE VIEW binds.model AS
	SELECT m.bind_key, m.model, m.local_schema, m.local_name, m.position FROM binds.model_rows() m;
COMMENT ON VIEW binds.model IS 'which models there are, and where their local relations go';
COMMENT ON COLUMN binds.model.bind_key IS 'key of the bind, NULL for the default bind';
COMMENT ON COLUMN binds.model.model IS 'name of the table in its engine, and of the template in the metadata schema';
COMMENT ON COLUMN binds.model.local_schema IS 'schema of the local relation';
COMMENT ON COLUMN binds.model.local_name IS 'name of the local relation';
COMMENT ON COLUMN binds.model.position IS 'order of definition';
GRANT SELECT ON binds.model TO PUBLIC;

-- In earlier versions binds.model was a table, and a dump has its rows.
CREATE FUNCTION binds.model_restore() RETURNS trigger
	AS 'MODULE_PATHNAME', 'binds_model_restore' LANGUAGE C
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.model_restore() IS 'registers the models that a dump of an earlier version has as rows of binds.model';
REVOKE ALL ON FUNCTION binds.model_restore() FROM PUBLIC;

CREATE TRIGGER restore INSTEAD OF INSERT ON binds.model
	FOR EACH ROW EXECUTE FUNCTION binds.model_restore();
COMMENT ON TRIGGER restore ON binds.model IS 'takes the rows of a dump of an earlier version';

CREATE FUNCTION binds.check_trigger() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'binds_check_trigger' LANGUAGE C
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.check_trigger() IS 'refuses that a table is made a model by who does not own it';
REVOKE ALL ON FUNCTION binds.check_trigger() FROM PUBLIC;

CREATE EVENT TRIGGER binds_check_trigger ON ddl_command_end WHEN TAG IN ('CREATE TRIGGER')
	EXECUTE FUNCTION binds.check_trigger();
COMMENT ON EVENT TRIGGER binds_check_trigger IS 'keeps who may make triggers on a model from saying where its relation goes';

COMMENT ON FUNCTION binds.sql_drop() IS 'forgets models whose server was dropped';
COMMENT ON EVENT TRIGGER binds_sql_drop IS 'forgets models whose server was dropped';

COMMENT ON VIEW binds.models IS 'every model with its template and its local relation';
COMMENT ON COLUMN binds.models.bind_key IS 'key of the bind, NULL for the default bind';
COMMENT ON COLUMN binds.models.model IS 'name of the table in its engine';
COMMENT ON COLUMN binds.models.template IS 'the table that holds the definition';
COMMENT ON COLUMN binds.models.relation IS 'the local relation, NULL if it is not there';
COMMENT ON COLUMN binds.models.local_schema IS 'schema of the local relation';
COMMENT ON COLUMN binds.models.local_name IS 'name of the local relation';
GRANT SELECT ON binds.models TO PUBLIC;


-- Those whose template is there; the others were no models any more.
INSERT INTO binds.model
	SELECT m.bind_key, m.model, m.local_schema, m.local_name, m.position
	FROM binds.model_before m
	JOIN pg_catalog.pg_namespace n
		ON n.nspname OPERATOR(pg_catalog.=) ('binds_metadata' OPERATOR(pg_catalog.||)
			coalesce('_' OPERATOR(pg_catalog.||) m.bind_key, ''))::name
	JOIN pg_catalog.pg_class t
		ON t.relnamespace OPERATOR(pg_catalog.=) n.oid
		AND t.relname OPERATOR(pg_catalog.=) m.model::name
	WHERE t.relkind OPERATOR(pg_catalog.=) 'r'
	ORDER BY m.position;
DROP TABLE binds.model_before;

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

-- The argument of the list forms is called bind_key, as that of the others.
DROP FUNCTION binds.create_all(text[]);
DROP FUNCTION binds.drop_all(text[]);
DROP FUNCTION binds.reflect(text[]);
DROP FUNCTION binds.reflect(text[], jsonb);
DROP FUNCTION binds.ddl(text[]);

CREATE FUNCTION binds.create_all(bind_key text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_create_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.create_all(text[]) IS 'creates the tables of models that are not there, and their local relations: action created, attached (the engine had the table), exists, or unmanaged; of the binds in the list, in that order';

CREATE FUNCTION binds.drop_all(bind_key text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text[]) IS 'drops the tables of models and their local relations, in reverse order: action dropped, absent, unmanaged, or not a table (something else has the name, and stays); of the binds in the list, in that order';

CREATE FUNCTION binds.reflect(bind_key text[]) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text[]) IS 'registers the tables of the engine that the metadata does not have, and makes their local relations; of the binds in the list, in that order';

CREATE FUNCTION binds.reflect(bind_key text[], options jsonb) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_reflect' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.reflect(text[], jsonb) IS 'the same of the binds in the list, with the options only, except, views, as_text, tinyint1, text_limits, temporal';

CREATE FUNCTION binds.ddl(bind_key text[]) RETURNS TABLE (bind_key text, statement text)
	AS 'MODULE_PATHNAME', 'binds_ddl' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.ddl(text[]) IS 'what create_all would execute on an empty engine; connects to nothing; of the binds in the list, in that order';

CREATE FUNCTION binds.drop_all(bind_key text, cascade boolean) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text, boolean) IS 'the same of one bind; with cascade what depends on the local relations, as views do, is dropped as well';

CREATE FUNCTION binds.drop_all(bind_key text[], cascade boolean) RETURNS TABLE (bind_key text, model text, relation regclass, action text)
	AS 'MODULE_PATHNAME', 'binds_drop_all' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.drop_all(text[], boolean) IS 'the same of the binds in the list; with cascade what depends on the local relations, as views do, is dropped as well';

COMMENT ON FUNCTION binds.define(text) IS 'registers models from CREATE TABLE, CREATE INDEX and COMMENT ON, and changes or removes them by ALTER TABLE, DROP TABLE and their like, no table that is there; a table with INHERITS on the bind of its parent, any other on the default bind';
COMMENT ON FUNCTION binds.define(text, text) IS 'registers and changes models of a bind (NULL: the default bind)';
CREATE FUNCTION binds.grant(bind_key text, role text, "user" text, password text DEFAULT NULL) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_grant' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.grant(text, text, text, text) IS 'gives a role, or public, an account of the server of a bind: CREATE or ALTER USER MAPPING';
-- Statements in an engine's own SQL with parameters, and with typed columns.

CREATE FUNCTION binds.execute(bind_key text, statement text, VARIADIC params "any") RETURNS bigint
	AS 'MODULE_PATHNAME', 'binds_execute' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.execute(text, text, "any") IS 'the same with parameters, which the engine is given apart from the statement';
REVOKE ALL ON FUNCTION binds.execute(text, text, "any") FROM PUBLIC;

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
-- Tables that move to another bind.  The first form is for a name in quotes, which could be
-- a regclass or an array of them; it has no fixed search_path, for the name is the caller's.

CREATE FUNCTION binds.assign(relation text, bind_key text, options jsonb DEFAULT '{}')
	RETURNS TABLE (bind_key text, model text, relation regclass, rows bigint)
	AS 'MODULE_PATHNAME', 'binds_assign_text' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.assign(text, text, jsonb) IS 'gives a table, or a model that has none yet, to a bind (NULL: the default bind), with its rows and all that can come along; options: rows, keep_source, foreign_keys, checksum';

CREATE FUNCTION binds.assign(relation regclass, bind_key text, options jsonb DEFAULT '{}')
	RETURNS TABLE (bind_key text, model text, relation regclass, rows bigint)
	AS 'MODULE_PATHNAME', 'binds_assign_one' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.assign(regclass, text, jsonb) IS 'the same of a relation';

CREATE FUNCTION binds.assign(relations regclass[], bind_key text, options jsonb DEFAULT '{}')
	RETURNS TABLE (bind_key text, model text, relation regclass, rows bigint)
	AS 'MODULE_PATHNAME', 'binds_assign_several' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.assign(regclass[], text, jsonb) IS 'the same of several, which may refer to each other';
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

-- No fixed search_path here: names in the statement are of the caller's.
CREATE FUNCTION binds.check_plain() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'binds_check_plain' LANGUAGE C;
COMMENT ON FUNCTION binds.check_plain() IS 'refuses DDL that concerns a bind if it began before the library was loaded';
REVOKE ALL ON FUNCTION binds.check_plain() FROM PUBLIC;

CREATE EVENT TRIGGER binds_check_plain ON ddl_command_start
	WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'ALTER FOREIGN TABLE', 'DROP TABLE', 'CREATE INDEX', 'ALTER INDEX', 'DROP INDEX', 'COMMENT', 'ALTER SCHEMA', 'DROP SCHEMA', 'DROP OWNED', 'ALTER TYPE')
	EXECUTE FUNCTION binds.check_plain();
COMMENT ON EVENT TRIGGER binds_check_plain IS 'keeps the first statement of a session from making a table here that belongs on a bind';

-- What clients look for in pg_constraint and pg_index.  The columns are those of the catalogs.
CREATE FUNCTION binds.constraint_rows() RETURNS SETOF pg_catalog.pg_constraint
	AS 'MODULE_PATHNAME', 'binds_constraint_rows' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.constraint_rows() IS 'keys of models, as rows of pg_constraint of their local relations';

CREATE FUNCTION binds.index_rows() RETURNS SETOF pg_catalog.pg_index
	AS 'MODULE_PATHNAME', 'binds_index_rows' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.index_rows() IS 'indexes of models, as rows of pg_index of their local relations';

CREATE FUNCTION binds.class_rows() RETURNS SETOF pg_catalog.pg_class
	AS 'MODULE_PATHNAME', 'binds_class_rows' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.class_rows() IS 'local relations of models on binds, as rows of pg_class of ordinary tables';

CREATE FUNCTION binds.attribute_rows() RETURNS SETOF pg_catalog.pg_attribute
	AS 'MODULE_PATHNAME', 'binds_attribute_rows' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.attribute_rows() IS 'columns of local relations of models on binds, as rows of pg_attribute, with NOT NULL and identity of the models';

CREATE FUNCTION binds.default_rows() RETURNS SETOF pg_catalog.pg_attrdef
	AS 'MODULE_PATHNAME', 'binds_default_rows' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.default_rows() IS 'sequences of serial columns of models on binds, as defaults of the local relations';

CREATE FUNCTION binds.is_shown(relation oid) RETURNS boolean
	AS 'MODULE_PATHNAME', 'binds_is_shown' LANGUAGE C STRICT STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.is_shown(oid) IS 'whether a relation is that of a model on a bind';

CREATE FUNCTION binds.is_shown_template(relation oid) RETURNS boolean
	AS 'MODULE_PATHNAME', 'binds_is_shown_template' LANGUAGE C STRICT STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.is_shown_template(oid) IS 'whether a table is the template of a model on a bind that has a local relation';

-- No fixed search_path here: it decides which names are qualified.
CREATE FUNCTION binds.constraint_definition("constraint" oid) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_constraint_definition' LANGUAGE C STRICT STABLE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.constraint_definition(oid) IS 'what pg_get_constraintdef gives, with the names of relations in the place of templates';

CREATE FUNCTION binds.constraint_definition("constraint" oid, pretty boolean) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_constraint_definition' LANGUAGE C STRICT STABLE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.constraint_definition(oid, boolean) IS 'what pg_get_constraintdef gives, with the names of relations in the place of templates';

CREATE FUNCTION binds.default_expression(expression pg_node_tree, relation oid) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_default_expression' LANGUAGE C STRICT STABLE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.default_expression(pg_node_tree, oid) IS 'what pg_get_expr gives, with the sequence of a serial column called as that of an ordinary table would be';

CREATE FUNCTION binds.default_expression(expression pg_node_tree, relation oid, pretty boolean) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_default_expression' LANGUAGE C STRICT STABLE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.default_expression(pg_node_tree, oid, boolean) IS 'what pg_get_expr gives, with the sequence of a serial column called as that of an ordinary table would be';
