\i test/setup.psql
\set VERBOSITY terse
\set url :sqlite 'there.db'
SELECT binds.add('there', :'url');
\set VERBOSITY default
\set SHOW_CONTEXT never
\i test/assign_references.psql
-- Between engines: rows of a file that somebody wrote without foreign keys.
\set url :sqlite 'other.db'
SELECT binds.add('other', :'url');
\! sqlite3 $D/other.db 'CREATE TABLE loose (id integer PRIMARY KEY, up integer CONSTRAINT loose_up REFERENCES loose (id)); INSERT INTO loose VALUES (1, 2), (2, 1), (3, 30)' && chmod 666 $D/other.db
SELECT model FROM binds.reflect('other');
SELECT * FROM binds.assign('loose', 'there');
\! sqlite3 $D/other.db 'UPDATE loose SET up = 3 WHERE id = 3'
SELECT * FROM binds.assign('loose', 'there');
SELECT * FROM loose ORDER BY id;
