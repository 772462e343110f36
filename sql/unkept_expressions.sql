\i test/setup.psql
-- A check or index that SQLite does not get is told, each with its reason.
\set VERBOSITY default
\set url :sqlite 'a.db'
SELECT binds.add('a', :'url');
SELECT binds.define($$CREATE TABLE c (id int PRIMARY KEY,
	d date CHECK (d > '2020-01-01'),
	t timestamptz CHECK (t > '2020-01-01 00:00+00'),
	s timestamp CHECK (s > '2020-01-01'),
	u uuid CHECK (u <> '00000000-0000-0000-0000-000000000000'),
	n numeric(30,2) CHECK (n > 0),
	e text CHECK (e <> ''))$$, 'a');
SELECT binds.define($$CREATE INDEX early ON c (id) WHERE t < '2000-01-01 00:00+00'$$, 'a');
SELECT binds.define($$CREATE UNIQUE INDEX one ON c (id) WHERE t < '2000-01-01 00:00+00'$$, 'a');
SELECT statement FROM binds.ddl('a');
-- PostgreSQL keeps all of them.
SELECT model, action FROM binds.create_all('a');
INSERT INTO c VALUES (1, '2021-01-01', '2021-01-01', '2021-01-01', '00000000-0000-0000-0000-000000000001', 1, 'e');
\set VERBOSITY terse
INSERT INTO c (id, t) VALUES (2, '2019-01-01');
INSERT INTO c (id, s) VALUES (2, '2019-01-01');
INSERT INTO c (id, u) VALUES (2, '00000000-0000-0000-0000-000000000000');
UPDATE c SET n = -1;
\! sqlite3 $D/a.db "INSERT INTO c (id, e) VALUES (3, '')" 2>&1 | grep -o 'constraint failed'
