-- Whose models and tables are: what GRANT and OWNER TO of a relation tell its template, and what not.
\i test/setup.psql
\a
\t
\set url :sqlite 'g.db'
\set VERBOSITY default
SELECT binds.add('lite', :'url', '{"schema": "far"}');
CREATE ROLE regress_maker;
CREATE ROLE regress_other;
CREATE SCHEMA home;
GRANT USAGE ON FOREIGN SERVER lite TO regress_maker, regress_other;
GRANT USAGE, CREATE ON SCHEMA far, home, binds_metadata_lite TO regress_maker, regress_other;
GRANT pg_read_server_files, pg_write_server_files TO regress_maker, regress_other;
-- the owners of a relation and of its template, and whether a role may read them
CREATE FUNCTION owners(local regclass, template regclass, reader name) RETURNS TABLE (local_owner regrole, template_owner regrole, local_read bool, template_read bool)
	LANGUAGE sql AS $$ SELECT l.relowner::regrole, t.relowner::regrole, has_table_privilege(reader, l.oid, 'select'), has_table_privilege(reader, t.oid, 'select') FROM pg_class l, pg_class t WHERE l.oid = $1 AND t.oid = $2 $$;
SET ROLE regress_maker;
CREATE TABLE far.customer (id int PRIMARY KEY, v text);
-- REFERENCES is a right on the table that has keys, and that is the template.
GRANT REFERENCES ON far.customer TO regress_other;
SET ROLE regress_other;
CREATE TABLE far.invoice (id int PRIMARY KEY, customer int REFERENCES far.customer);
SET ROLE regress_maker;
GRANT REFERENCES ON binds_metadata_lite.customer TO regress_other;
SET ROLE regress_other;
CREATE TABLE far.invoice (id int PRIMARY KEY, customer int REFERENCES far.customer);
-- A table to which another role's refers.
SET ROLE regress_maker;
DROP TABLE far.customer;
DROP TABLE far.customer CASCADE;
SELECT model, local_name FROM (SELECT model, relation::text AS local_name FROM binds.models) m ORDER BY 1;
RESET ROLE;
DROP TABLE far.customer CASCADE;
SELECT statement FROM binds.ddl('lite');
-- A table of the default bind: PostgreSQL gives it another owner and rights, and the model has those that it had.
SELECT binds.define('CREATE TABLE home.page (id int PRIMARY KEY, v text)', NULL);
CREATE ROLE regress_reader;
SELECT model, action FROM binds.create_all(NULL);
GRANT SELECT ON home.page TO regress_reader;
ALTER TABLE home.page OWNER TO regress_other;
SELECT * FROM owners('home.page', 'binds_metadata.page', 'regress_reader');
-- So its new owner's changes are PostgreSQL's alone.
SET ROLE regress_other;
ALTER TABLE home.page ADD n int;
RESET ROLE;
SELECT model, kind, statement FROM binds.diff(NULL);
-- With the model, and the right to define, he is the owner of both.
ALTER TABLE binds_metadata.page OWNER TO regress_other;
GRANT USAGE, CREATE ON SCHEMA binds_metadata TO regress_other;
SET ROLE regress_other;
ALTER TABLE home.page DROP n;
ALTER TABLE home.page ADD m int;
RESET ROLE;
SELECT model, kind, statement FROM binds.diff(NULL);
-- The rights that it has when it is dropped the next one has.
SELECT model, action FROM binds.drop_all(NULL);
SELECT model, action FROM binds.create_all(NULL);
SELECT * FROM owners('home.page', 'binds_metadata.page', 'regress_reader');
-- The relation of a bind: likewise, and till then the model and the table stay.
SET ROLE regress_maker;
CREATE TABLE far.note (id int PRIMARY KEY);
GRANT SELECT ON far.note TO regress_other;
RESET ROLE;
ALTER TABLE far.note OWNER TO regress_other;
SELECT * FROM owners('far.note', 'binds_metadata_lite.note', 'regress_other');
DROP TABLE far.note;
ALTER TABLE binds_metadata_lite.note OWNER TO regress_other;
DROP TABLE far.note, far.invoice, home.page;
DROP OWNED BY regress_maker, regress_other;
DROP ROLE regress_maker, regress_other, regress_reader;
