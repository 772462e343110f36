\i test/setup.psql
-- More of plain DDL: the setting, tables that are there, binds that are not managed or gone.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set url :mysql 'other'
SELECT binds.add('second', :'url');
\set key '''my'''
\set other '''second'''
\! $MY users -e "CREATE TABLE was_there (id INT PRIMARY KEY, v LONGTEXT); INSERT INTO was_there VALUES (1, 'one')"
\i test/plain_more.psql
-- The server's table has its comment, and that of each column.
SET binds.bind_key = 'my';
COMMENT ON TABLE told IS 'it''s "told" \ too';
\! $MY users -N -e "SELECT table_comment FROM information_schema.tables WHERE table_schema = 'users' AND table_name = 'told'; SELECT column_name, column_comment FROM information_schema.columns WHERE table_schema = 'users' AND table_name = 'told' ORDER BY ordinal_position"
