\i test/setup.psql
-- A table of a model that a table which is no model refers to is not dropped, and then
-- nothing is.
\set url :sqlite 'refs.db'
SELECT binds.add('b', :'url', '{"schema": "b"}');
SELECT binds.define('CREATE TABLE hen (id integer PRIMARY KEY);'
	'CREATE TABLE egg (id integer PRIMARY KEY, hen integer REFERENCES hen, next integer REFERENCES egg)', 'b');
SELECT count(*) FROM binds.create_all('b');
SELECT binds.execute('b', 'CREATE TABLE other (id integer, a REFERENCES HEN (id))');
SELECT * FROM binds.drop_all('b');
SELECT count(*) FROM b.hen, b.egg;
SELECT binds.query('b', 'SELECT name FROM sqlite_schema WHERE type = ''table'' ORDER BY 1');
-- One that goes in the same call, or refers to itself, is no obstacle.
SELECT binds.execute('b', 'DROP TABLE other');
SELECT model, action FROM binds.drop_all('b');
SELECT binds.query('b', 'SELECT name FROM sqlite_schema WHERE type = ''table'' ORDER BY 1');
