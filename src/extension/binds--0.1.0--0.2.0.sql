\echo Use "ALTER EXTENSION binds UPDATE TO '0.2.0'" to load this file. \quit

-- What has become of the transactions that make tables in engines whose DDL does not roll
-- back.  Written by create_all itself; no dump carries it.
CREATE TABLE binds.ddl_mark (
	id text NOT NULL,
	bind_key text NOT NULL
);
COMMENT ON TABLE binds.ddl_mark IS 'marks of tables that create_all has made on a server, a row for each transaction that has committed; a mark goes when the table has its own comment';
COMMENT ON COLUMN binds.ddl_mark.id IS 'the random part of the mark';
COMMENT ON COLUMN binds.ddl_mark.bind_key IS 'key of the bind on which the tables were made';
REVOKE ALL ON binds.ddl_mark FROM PUBLIC;
