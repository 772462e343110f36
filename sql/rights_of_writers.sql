\i test/setup.psql
-- The functions of a table in a bind (defaults, checks) are called with the rights of who
-- writes to it, as those of a local table are.
\set url :sqlite 'w.db'
CREATE ROLE regress_writer;
SELECT binds.add('w', :'url', '{"schema": "w"}');
CREATE FUNCTION who() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN current_user; END $$;
CREATE FUNCTION is_writer(v text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN current_user = 'regress_writer'; END $$;
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text DEFAULT who() CHECK (is_writer(v)))', 'w');
SELECT model, action FROM binds.create_all('w');
CREATE TABLE local (id integer PRIMARY KEY, v text DEFAULT who() CHECK (is_writer(v)));
GRANT USAGE ON SCHEMA w TO regress_writer;
GRANT SELECT, INSERT ON w.t, local TO regress_writer;
SET ROLE regress_writer;
INSERT INTO local (id) VALUES (1) RETURNING v;
INSERT INTO w.t (id) VALUES (1) RETURNING v;
RESET ROLE;
\set VERBOSITY sqlstate
INSERT INTO local (id) VALUES (2);
INSERT INTO w.t (id) VALUES (2);
DROP OWNED BY regress_writer;
DROP ROLE regress_writer;
