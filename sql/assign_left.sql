\i test/setup.psql
-- What assign leaves behind it says, before or while it does; and what it does not leave behind.
\set VERBOSITY default
\set url :sqlite 'there.db'
SELECT binds.add('there', :'url');

-- How the table is stored.
CREATE TYPE pair AS (a integer, b text);
CREATE UNLOGGED TABLE ul (i integer);
CREATE TABLE typed OF pair;
CREATE TABLE stored (id integer PRIMARY KEY WITH (fillfactor = 55), a text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
ALTER TABLE stored REPLICA IDENTITY FULL;
ALTER TABLE stored CLUSTER ON stored_pkey;
CREATE TABLE plain (id integer PRIMARY KEY, a text);
SELECT binds.assign('{ul,typed,stored,plain}'::regclass[], 'there');
SELECT binds.assign('{ul,typed,stored,plain}'::regclass[], NULL);

-- FORCE ROW LEVEL SECURITY is refused, also where row security is not enabled.
CREATE TABLE forced (id integer PRIMARY KEY);
ALTER TABLE forced FORCE ROW LEVEL SECURITY;
SELECT binds.assign('forced', 'there');
ALTER TABLE forced NO FORCE ROW LEVEL SECURITY;
SELECT binds.assign('forced', 'there');

-- The target of a statistics object comes along.
CREATE TABLE counted (v text, n integer);
CREATE STATISTICS st (dependencies, mcv) ON v, n FROM counted;
ALTER STATISTICS st SET STATISTICS 50;
SELECT binds.assign('counted', 'there');
SELECT stxstattarget FROM pg_statistic_ext WHERE stxname = 'st';
SELECT binds.assign('counted', NULL);
SELECT stxstattarget FROM pg_statistic_ext WHERE stxname = 'st';

-- A trigger of TRUNCATE is in the list where a foreign table has none (before PostgreSQL 16), else it comes along.
CREATE TABLE tg (id integer PRIMARY KEY);
CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER z AFTER TRUNCATE ON tg EXECUTE FUNCTION told();
CREATE FUNCTION refused() RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
	PERFORM binds.assign('tg', 'there');
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN SQLSTATE || ' ' || detail;
END $$;
SELECT refused() IS NOT DISTINCT FROM CASE WHEN current_setting('server_version_num')::integer < 160000
	THEN '0A000 "tg": trigger "z", which is one of TRUNCATE' END AS right;
SELECT tgname FROM pg_trigger WHERE tgrelid = 'tg'::regclass;

-- A table of the file that has the name may be what a call that was killed has left.
\! sqlite3 $D/there.db 'CREATE TABLE tk (id INTEGER PRIMARY KEY)'
CREATE TABLE tk (id integer PRIMARY KEY);
SELECT binds.assign('tk', 'there');
SELECT binds.execute('there', 'DROP TABLE tk');
SELECT binds.assign('tk', 'there');

-- A column without options is not altered, whatever PostgreSQL keeps with those.
CREATE TABLE narrow (id integer PRIMARY KEY);
CREATE TABLE wide (id integer PRIMARY KEY, a integer, b text, c text, d text);
CREATE TABLE altered (relation text);
CREATE FUNCTION notes() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.altered SELECT object_identity FROM pg_event_trigger_ddl_commands(); END $$;
CREATE EVENT TRIGGER notes ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'ALTER FOREIGN TABLE') EXECUTE FUNCTION notes();
SELECT * FROM binds.assign(ARRAY['narrow', 'wide']::regclass[], 'there');
DROP EVENT TRIGGER notes;
SELECT count(*) > 0 AS any, count(*) FILTER (WHERE relation ~ 'narrow') = count(*) FILTER (WHERE relation ~ 'wide') AS same FROM altered;
