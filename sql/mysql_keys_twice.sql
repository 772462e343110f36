\i test/setup.psql
SET client_min_messages = warning;
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE there (id int PRIMARY KEY, e varchar(9) COLLATE utf8mb4_bin, UNIQUE KEY qq (id), UNIQUE KEY a (e), UNIQUE KEY b (e))"
SELECT binds.add('my', :'url');
\set bind '''my'''
\i test/keys_twice.psql
-- They are there after forget and reflect, too, with their names.
SELECT binds.forget('my', 'made');
SELECT action FROM binds.reflect('my') WHERE model = 'made';
TABLE keys;
SELECT conname FROM pg_constraint WHERE conrelid = 'binds_metadata_my.made'::regclass AND contype IN ('p', 'u') ORDER BY 1;
SELECT kind, note FROM binds.diff('my') WHERE model = 'made';
