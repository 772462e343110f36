\echo Use "CREATE EXTENSION binds" to load this file. \quit

CREATE SCHEMA binds;
COMMENT ON SCHEMA binds IS 'multiple databases with binds: functions and views';
GRANT USAGE ON SCHEMA binds TO PUBLIC;
