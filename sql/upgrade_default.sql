\i test/setup.psql
-- upgrade makes of tables of the host database what the models say.
\pset format unaligned
\t on
CREATE SCHEMA far;
CREATE SCHEMA near;
CREATE TYPE mood AS ENUM ('sad', 'o''k');
SET client_min_messages = warning;
\set key NULL
\i test/upgrade.psql
