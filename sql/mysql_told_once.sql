\i test/setup.psql
-- What MySQL has not of a model is told once.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/told_once.psql

-- So is what it has in part.
SELECT binds.alter('my', options => '{"deferrable": "immediate"}');
SELECT 'now: a foreign key, a comment that is cut';
SELECT binds.define(format('CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p DEFERRABLE); COMMENT ON COLUMN c.p IS %L', repeat('c', 1100)), 'my');
SELECT 'now: nothing';
SELECT binds.define('ALTER TABLE c ADD x int', 'my');
SELECT 'now: another comment, and another key';
SELECT binds.define(format('COMMENT ON COLUMN c.p IS %L', repeat('d', 1100)), 'my');
SELECT binds.define('ALTER TABLE c ADD FOREIGN KEY (x) REFERENCES p DEFERRABLE', 'my');
