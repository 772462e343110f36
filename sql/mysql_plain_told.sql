\i test/setup.psql
-- Plain DDL on a bind is refused, and told of, as on PostgreSQL's own tables.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_told.psql
-- What PostgreSQL computes for rows is no zero, and may be NOT NULL.
SET client_min_messages = warning;
SET binds.bind_key = 'my';
CREATE TABLE computes (id int PRIMARY KEY, a int);
INSERT INTO computes VALUES (1, 5);
ALTER TABLE computes ADD b int NOT NULL GENERATED ALWAYS AS (a + 1) STORED;
SELECT * FROM computes;
SELECT kind, note FROM binds.diff();
