\i test/setup.psql
-- Columns of dates and times hold no numbers in MySQL: the option temporal of reflect,
-- of IMPORT FOREIGN SCHEMA and of columns is refused there.
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\! $MY -e "CREATE TABLE users.t (id int PRIMARY KEY, at datetime)"
\set VERBOSITY terse
SELECT * FROM binds.reflect('my', '{"temporal": "epoch"}');
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER my INTO i OPTIONS (temporal 'julian');
CREATE FOREIGN TABLE t (id integer, at timestamp OPTIONS (temporal 'epoch')) SERVER my;
SELECT model, relation FROM binds.reflect('my', '{"temporal": "text"}');
