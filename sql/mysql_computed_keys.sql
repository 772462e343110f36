\i test/setup.psql
-- What is computed from, or checks, a key that MySQL generates.
\set VERBOSITY default
\set b_url :mysql 'users'
SELECT binds.add('b', :'b_url');
\i test/computed_keys.psql
