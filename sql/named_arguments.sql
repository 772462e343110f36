\i test/setup.psql
-- All forms take their keys by the name bind_key, so that a call can be written one way.
\set a_url :sqlite 'a.db'
SELECT binds.add('a', :'a_url', '{"schema": "public"}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY)', bind_key => 'a');
SELECT * FROM binds.ddl(bind_key => 'a');
SELECT * FROM binds.ddl(bind_key => ARRAY['a', NULL]);
SELECT * FROM binds.create_all(bind_key => 'a');
SELECT * FROM binds.create_all(bind_key => ARRAY['a', NULL]);
SELECT * FROM binds.reflect(bind_key => 'a');
SELECT * FROM binds.reflect(bind_key => ARRAY['a', NULL]);
SELECT * FROM binds.reflect(bind_key => 'a', options => '{"views": true}');
SELECT * FROM binds.reflect(bind_key => ARRAY['a'], options => '{"views": true}');
SELECT bind_key, ok FROM binds.ping(bind_key => 'a');
SELECT bind_key, ok FROM binds.ping(bind_key => ARRAY['a', NULL]);
SELECT * FROM binds.drop_all(bind_key => ARRAY['a', NULL]);
SELECT * FROM binds.drop_all(bind_key => 'a');
-- Whatever takes one bind or several calls it so.
SELECT p.proname, string_agg(DISTINCT p.proargnames[1], ', ') FROM pg_proc p WHERE p.pronamespace = 'binds'::regnamespace
	AND (p.proargtypes[0] = 'text[]'::regtype AND p.prorettype <> 'void'::regtype
		OR EXISTS (SELECT FROM pg_proc q WHERE q.pronamespace = p.pronamespace AND q.proname = p.proname AND q.pronargs = 0) AND p.pronargs > 0)
	GROUP BY p.proname ORDER BY p.proname;
-- Nothing is left of another name.
SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'binds'::regnamespace AND 'bind_keys' = ANY (p.proargnames);
-- Those that take several binds are what the HINT about "__all__" says.
CREATE FUNCTION hint() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	PERFORM binds.engine('__all__');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;
SELECT DISTINCT p.proname FROM pg_proc p WHERE p.pronamespace = 'binds'::regnamespace AND p.proargtypes[0] = 'text[]'::regtype
	AND p.prorettype <> 'void'::regtype AND hint() !~ ('\m' || p.proname || '\M');
