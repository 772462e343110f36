\i test/setup.psql
-- How much of a file is kept in memory is not the file's to say.
\pset format unaligned
\t on
\! sqlite3 $D/x.db "PRAGMA default_cache_size = 100000; CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t SELECT value, printf('%.*c', 2000, 'x') FROM generate_series(1, 1200); CREATE VIEW one AS SELECT 1 AS n" && chmod 666 $D/x.db
\set url :sqlite 'x.db'
SELECT binds.add('x', :'url');

-- The cache is ours to size, not the file's; also after the schema was read again.
SELECT binds.query('x', 'PRAGMA cache_size');
\! sqlite3 $D/x.db "CREATE TABLE more (id integer)"
SELECT binds.query('x', 'SELECT count(*) AS n FROM more');
SELECT binds.query('x', 'PRAGMA cache_size');
SELECT binds.query('x', 'PRAGMA cache_size = 100000');
