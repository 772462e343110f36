\i test/setup.psql
-- A value that is added to an enum is one of the engine's tables, too.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_enum.psql

-- A rollback takes it back on SQLite.
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE shirt (id int PRIMARY KEY, s size);
BEGIN;
INSERT INTO shirt VALUES (1, 's');
ALTER TYPE size ADD VALUE 'l';
ROLLBACK;
SELECT count(*) FROM shirt;
\! sqlite3 $D/p.db "SELECT sql FROM sqlite_schema WHERE name = 'shirt'"
