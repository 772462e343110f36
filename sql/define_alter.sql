-- Models that change: binds.define alters templates, and no table that is there.
\i test/setup.psql
\set VERBOSITY default
SET client_min_messages = notice;
\set url :sqlite 'auth.db'
SELECT binds.add('auth', :'url', '{"schema": "a"}');
\set url :sqlite 'meta.db'
SELECT binds.add('meta', :'url', '{"schema": "m"}');
\i test/define_alter.psql
