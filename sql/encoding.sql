\i test/setup.psql
\set url :sqlite 'e.db'
\set odd 'INSERT INTO "tür" (id, n) VALUES (4, char(321))'
\i test/encoding.psql
