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
