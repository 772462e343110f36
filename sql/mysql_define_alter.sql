-- Models that change: binds.define alters templates, and no table that is there.
\i test/setup.psql
\set VERBOSITY default
SET client_min_messages = notice;
\set url :mysql 'users'
SELECT binds.add('auth', :'url', '{"schema": "a"}');
\set url :mysql 'other'
SELECT binds.add('meta', :'url', '{"schema": "m"}');
\i test/define_alter.psql
