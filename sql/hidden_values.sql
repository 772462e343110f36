\i test/setup.psql
-- What is sent to an engine, and who may see its values in the log: they come from tables and
-- functions that whoever asks may have no rights to.
\set url :sqlite 'a.db'
SELECT binds.add('a', :'url', '{"echo": true, "log_min_duration": 0}');
CREATE FOREIGN TABLE mc (secret text, x integer) SERVER a;
SELECT binds.execute('a', 'CREATE TABLE mc (secret text, x integer)');
INSERT INTO mc VALUES ('TOP''SECRET', 1);
CREATE TABLE vault (s text);
INSERT INTO vault VALUES ('TOP''SECRET');
CREATE VIEW jv AS SELECT (SELECT sum(x) FROM mc WHERE mc.secret = v.s) n FROM vault v;
CREATE ROLE regress_eve;
GRANT SELECT ON jv TO regress_eve;
GRANT UPDATE (x) ON mc TO regress_eve;
CREATE USER MAPPING FOR regress_eve SERVER a;

-- log: who may see all sees it, with quotes that are part of a value doubled
\! echo "SET client_min_messages = log; SELECT n FROM jv;" | test/masked
\! echo "SET SESSION AUTHORIZATION regress_eve; SET client_min_messages = log; SELECT n FROM jv; UPDATE mc SET x = 2;" | test/masked
-- also if a function has the rights of who may
CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT n::bigint FROM jv';
\! echo "SET SESSION AUTHORIZATION regress_eve; SET client_min_messages = log; SELECT peek();" | test/masked

DROP OWNED BY regress_eve;
DROP ROLE regress_eve;
