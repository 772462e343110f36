\i test/setup.psql
-- Conditions beyond what SQLite takes (arguments of a function, nesting) are checked here, as those of a table here.
\set url :sqlite 'd.db'
\i test/deep_conditions.psql
-- Many arguments.
SELECT n, try.* FROM unnest('{2, 100, 101, 127, 128, 1000}'::int[]) n, try('coalesce(v' || repeat(', v + 1', n - 2) || ', 0) > 90');
SELECT n, try.* FROM unnest('{2, 128, 1000}'::int[]) n, try('greatest(v' || repeat(', v + 1', n - 1) || ') > 90');
-- Writes, and a check of a model.
SELECT 'UPDATE t SET v = 0 WHERE v' || repeat(' + 1', 150) || ' > 240' \gexec
SELECT count(*) FROM t WHERE v = 0;
SELECT binds.define('CREATE TABLE c (id integer PRIMARY KEY, v integer, CHECK (coalesce(v' || repeat(', id', 127) || ') > 0), CHECK (v' || repeat(' + 1', 150) || ' > 0))', 'd') \g /dev/null
SELECT action FROM binds.create_all('d') WHERE model = 'c';
INSERT INTO c VALUES (1, 1);
INSERT INTO c VALUES (-1, NULL);
