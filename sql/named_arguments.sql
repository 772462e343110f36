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
-- Nothing is left of another name.
SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'binds'::regnamespace AND 'bind_keys' = ANY (p.proargnames);
