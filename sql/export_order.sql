\i test/setup.psql
-- A script of binds.export registers the binds in their order, and tells what is set for relations.
\set VERBOSITY default
\set url :sqlite 'a.db'
SELECT binds.add('longest', :'url'), binds.add('b', :'url'), binds.add('third', :'url'), binds.add('a', :'url', '{"schema": "s"}');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, at timestamp, "the ""day" date, v text)', 'longest');
SELECT binds.define('CREATE TABLE s.t (id integer PRIMARY KEY)', 'a');
SELECT action FROM binds.create_all('longest');
ALTER FOREIGN TABLE t OPTIONS (ADD read_only 'true', ADD fetch_size '7', ADD batch_size '8');
ALTER FOREIGN TABLE t ALTER COLUMN at OPTIONS (ADD temporal 'epoch', ADD invalid_values 'null');
ALTER FOREIGN TABLE t ALTER COLUMN "the ""day" OPTIONS (ADD invalid_values 'null');
\pset tuples_only on
\pset format unaligned
SELECT replace(binds.export(), :'dir', 'DIR');
-- It makes the same elsewhere.
SELECT binds.export() AS script \gset
SET client_min_messages = warning;
\o /dev/null
SELECT binds.remove(bind_key, true) FROM binds.engines WHERE bind_key IS NOT NULL;
DROP SCHEMA s CASCADE;
:script
\o
SELECT bind_key FROM binds.engines WHERE bind_key IS NOT NULL;
SELECT count(*) FROM binds.create_all('longest');
SELECT format('ALTER FOREIGN TABLE %s', c[1]) FROM regexp_matches(:'script', '^-- after binds.create_all: ALTER FOREIGN TABLE (.*)$', 'gn') AS c \gexec
SELECT binds.export() = :'script';
