\i test/setup.psql
-- A role without a user mapping is told so, with the bind and the statement that helps.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE t (id INT PRIMARY KEY)"
SELECT binds.add('m', :'url');
SELECT model FROM binds.reflect('m');
CREATE ROLE "A reader";
GRANT SELECT ON t TO "A reader";
SET ROLE "A reader";
SELECT * FROM t;
\set VERBOSITY sqlstate
SELECT * FROM t;
\set VERBOSITY default
RESET ROLE;
-- A view reads as its owner.
CREATE VIEW v AS SELECT * FROM t;
GRANT SELECT ON v TO "A reader";
SET ROLE "A reader";
SELECT count(*) FROM v;
RESET ROLE;
DROP VIEW v;
REVOKE ALL ON t FROM "A reader";
DROP ROLE "A reader";
