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
