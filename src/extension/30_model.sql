-- Models.  A model is a table in a metadata schema that bears the trigger binds_model.  Its
-- arguments say where the local relation goes, by name, since OIDs do not survive a dump:
-- so a dump without data carries the models.

CREATE FUNCTION binds.model_template() RETURNS trigger
	AS 'MODULE_PATHNAME', 'binds_model_template_trigger' LANGUAGE C
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.model_template() IS 'trigger that makes a table of a metadata schema a model; its arguments are schema and name of the local relation, and the place in the order of definition';

CREATE FUNCTION binds.model_rows(OUT bind_key text, OUT model text, OUT local_schema text, OUT local_name text,
								 OUT "position" bigint, OUT template regclass) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'binds_model_rows_sql' LANGUAGE C STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.model_rows() IS 'rows of the view binds.model';

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

CREATE FUNCTION binds.sql_drop() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'binds_sql_drop' LANGUAGE C
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.sql_drop() IS 'forgets models whose server was dropped';
REVOKE ALL ON FUNCTION binds.sql_drop() FROM PUBLIC;

CREATE EVENT TRIGGER binds_sql_drop ON sql_drop EXECUTE FUNCTION binds.sql_drop();
COMMENT ON EVENT TRIGGER binds_sql_drop IS 'forgets models whose server was dropped';

-- No fixed search_path here: names in the statement are of the caller's.
CREATE FUNCTION binds.check_plain() RETURNS event_trigger
	AS 'MODULE_PATHNAME', 'binds_check_plain' LANGUAGE C;
COMMENT ON FUNCTION binds.check_plain() IS 'refuses DDL that concerns a bind if it began before the library was loaded';
REVOKE ALL ON FUNCTION binds.check_plain() FROM PUBLIC;

CREATE EVENT TRIGGER binds_check_plain ON ddl_command_start
	WHEN TAG IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'ALTER FOREIGN TABLE', 'DROP TABLE', 'CREATE INDEX', 'ALTER INDEX', 'DROP INDEX', 'COMMENT', 'ALTER SCHEMA', 'DROP SCHEMA', 'DROP OWNED', 'ALTER TYPE')
	EXECUTE FUNCTION binds.check_plain();
COMMENT ON EVENT TRIGGER binds_check_plain IS 'keeps the first statement of a session from making a table here that belongs on a bind';

-- No fixed search_path here: types, functions and the source of LIKE are those of
-- the caller's path.  The function itself looks nothing up by path.
CREATE FUNCTION binds.define(ddl text) RETURNS SETOF regclass
	AS 'MODULE_PATHNAME', 'binds_define_default' LANGUAGE C STRICT VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.define(text) IS 'registers models from CREATE TABLE, CREATE INDEX and COMMENT ON, and changes or removes them by ALTER TABLE, DROP TABLE and their like, no table that is there; a table with INHERITS on the bind of its parent, any other on the default bind';

CREATE FUNCTION binds.define(ddl text, bind_key text) RETURNS SETOF regclass
	AS 'MODULE_PATHNAME', 'binds_define_bind' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION binds.define(text, text) IS 'registers and changes models of a bind (NULL: the default bind)';

CREATE FUNCTION binds.forget(bind_key text, model text) RETURNS void
	AS 'MODULE_PATHNAME', 'binds_forget' LANGUAGE C VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.forget(text, text) IS 'removes a model from the metadata, with its local foreign table; the table in the engine stays';

CREATE FUNCTION binds.get_bind(relation regclass) RETURNS text
	AS 'MODULE_PATHNAME', 'binds_get_bind' LANGUAGE C STRICT STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION binds.get_bind(regclass) IS 'key of the bind whose engine executes a query on this relation, NULL for the default bind';

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
