\i test/setup.psql
-- upgrade of a renamed model where something else of its table is left: it is found.
\set url :mysql 'users'
\i test/renamed_kept.psql
