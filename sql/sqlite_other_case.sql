\i test/setup.psql
-- A table gets its own name in other case, which SQLite takes for the same.
\pset format unaligned
\t on
\set url :sqlite 'o.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/alike.psql
SET client_min_messages = warning;
CALL twice('CREATE TABLE z (id int PRIMARY KEY, s text, i int); CREATE TABLE y (id int PRIMARY KEY, z int REFERENCES z); INSERT INTO z VALUES (1, NULL); INSERT INTO y VALUES (1, 1)', :key);
SELECT format('SELECT %L, alike(%1$L)', s) FROM unnest(ARRAY['ALTER TABLE z RENAME TO "Z"', 'ALTER TABLE "Z" RENAME id TO "ID"', 'INSERT INTO "Z" VALUES (5, ''x'', 1)', 'ALTER TABLE "Z" RENAME "ID" TO id', 'ALTER TABLE "Z" RENAME TO z']) s \gexec
SELECT same('z', 'y'), alike('INSERT INTO y VALUES (2, 2)');
SELECT * FROM binds.diff(:key);
\! sqlite3 $D/o.db "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1"
