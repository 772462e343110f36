\i test/setup.psql
-- drop_all with cascade on MySQL: views on the relations go, and come back with a rollback.
\set VERBOSITY terse
\set url :mysql 'users'
SELECT binds.add('my', :'url');
SELECT binds.define('CREATE TABLE t (id serial PRIMARY KEY)', 'my');
SELECT action FROM binds.create_all('my');
INSERT INTO t VALUES (1);
CREATE VIEW one AS SELECT * FROM t;
CREATE VIEW two AS SELECT * FROM one;
SELECT * FROM binds.drop_all('my');
SELECT * FROM binds.drop_all('my', false);
SELECT count(*) FROM two;
BEGIN;
SELECT * FROM binds.drop_all('my', true);
SELECT to_regclass('t'), to_regclass('one'), to_regclass('two');
ROLLBACK;
SELECT * FROM two;
SELECT * FROM binds.drop_all(ARRAY['my'], cascade => true);
SELECT to_regclass('t'), to_regclass('one'), to_regclass('two');
\! $MY users -e 'SHOW TABLES'
SELECT * FROM binds.drop_all('my', true);
