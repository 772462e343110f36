\i test/setup.psql
-- An error shows the values of a statement to nobody who may not read what they come from.
\set url :mysql 'users'
SELECT binds.add('a', :'url');
SELECT binds.define('CREATE TABLE mc (secret varchar(20), x integer)', 'a');
SELECT model, action FROM binds.create_all();
INSERT INTO mc VALUES ('TOP''SECRET', 1);
CREATE TABLE vault (s text);
INSERT INTO vault VALUES ('TOP''SECRET');
CREATE VIEW jv AS SELECT (SELECT sum(x) FROM mc WHERE mc.secret = v.s) n FROM vault v;
CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT n::bigint FROM jv';
CREATE ROLE regress_eve;
GRANT SELECT ON jv TO regress_eve;
SELECT n FROM jv;
SET SESSION AUTHORIZATION regress_eve;
SELECT n FROM jv;
RESET SESSION AUTHORIZATION;

-- somebody keeps all others from the table
\! ($MY users -e "LOCK TABLES mc WRITE; DO sleep(20)" >/dev/null 2>&1 &)
\! n=0; until [ -n "$($MY -e "SELECT id FROM information_schema.processlist WHERE info = 'DO sleep(20)'")" ] || [ $n = 100 ]; do n=$((n + 1)); sleep 0.1; done
SET lock_timeout = '1s';
SELECT n FROM jv;
SET SESSION AUTHORIZATION regress_eve;
SELECT n FROM jv;
SELECT peek();
RESET SESSION AUTHORIZATION;
GRANT pg_read_all_stats TO regress_eve;
SET SESSION AUTHORIZATION regress_eve;
SELECT n FROM jv;
RESET SESSION AUTHORIZATION;
RESET lock_timeout;
\! for id in $($MY -e "SELECT id FROM information_schema.processlist WHERE info = 'DO sleep(20)'"); do $MY -e "KILL $id"; done
SELECT n FROM jv;
DROP OWNED BY regress_eve;
DROP ROLE regress_eve;
