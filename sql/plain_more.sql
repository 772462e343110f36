\i test/setup.psql
-- More of plain DDL: the setting, tables that are there, binds that are not managed or gone.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set url :sqlite 'q.db'
SELECT binds.add('second', :'url');
\set key '''lite'''
\set other '''second'''
\! sqlite3 $D/p.db "CREATE TABLE was_there (id INTEGER NOT NULL PRIMARY KEY, v TEXT); INSERT INTO was_there VALUES (1, 'one')"; chmod 666 $D/p.db
\i test/plain_more.psql
