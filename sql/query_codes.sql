\i test/setup.psql
-- What binds.query_record and relations over statements of SQLite refuse, and by which SQLSTATE; which conditions they send.
\set url :sqlite 'b.db'
SELECT binds.add('b', :'url');
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY, name text, n numeric(10,2), d date)', 'b');
SELECT action FROM binds.create_all('b');
INSERT INTO t VALUES (1, 'one', 1.5, '2024-02-29'), (2, 'two', 2.25, '2024-03-01');
\i test/codes.psql
-- Numbers and texts are sent, dates are not.
SELECT c, gets(c) FROM unnest(ARRAY['id = 1', 'n = 1.5', 'n > 1', 'd = ''2024-02-29''', 'd > ''2024-01-01''', 'name = ''one''']) c;
SELECT id FROM q WHERE n = 2.25 AND d > '2024-02-29' AND name = 'two';
