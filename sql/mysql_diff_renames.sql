\i test/setup.psql
\pset format unaligned
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/renames.psql
\! $MY users -e 'ALTER TABLE `item` RENAME COLUMN `the name` TO `label`'
SELECT statement FROM binds.diff('my') WHERE kind ~ 'local' \gexec
SELECT kind FROM binds.diff('my');
SELECT * FROM item;
