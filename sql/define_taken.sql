\i test/setup.psql
-- A model whose relation cannot be made, as somebody else's has the name, would let create_all of the bind fail
-- for everybody: who cannot take that away does not define it.
\set url :sqlite 'there.db'
SELECT binds.add('there', :'url');
SELECT binds.define('CREATE TABLE good (id integer PRIMARY KEY)', 'there');
CREATE TABLE taken (id integer PRIMARY KEY);
CREATE ROLE regress_binds_other;
GRANT USAGE ON FOREIGN SERVER there TO regress_binds_other;
GRANT USAGE, CREATE ON SCHEMA public, binds_metadata_there TO regress_binds_other;
SET ROLE regress_binds_other;
SELECT binds.define('CREATE TABLE public.taken (id integer PRIMARY KEY)', 'there');
SELECT binds.define('CREATE TABLE public.others (id integer PRIMARY KEY)', 'there');
RESET ROLE;
SELECT model, action FROM binds.create_all('there');
-- The owner can.
SELECT binds.define('CREATE TABLE taken (id integer PRIMARY KEY)', 'there');
DROP TABLE taken;
SELECT model, action FROM binds.create_all('there');
DROP FOREIGN TABLE others;
DROP TABLE binds_metadata_there.others;
DROP OWNED BY regress_binds_other;
DROP ROLE regress_binds_other;
