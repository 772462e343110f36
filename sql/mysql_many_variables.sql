\i test/setup.psql
-- A procedure of the server that sets more variables of the session than are set back one
-- by one: the next transaction has them all as they were.
\set VERBOSITY sqlstate
\set url :mysql 'users'
SELECT binds.add('b', :'url');
CREATE FUNCTION look() RETURNS TABLE (name text, value text) LANGUAGE sql AS $$
	SELECT r ->> 'Variable_name', r ->> 'Value' FROM binds.query('b', 'SHOW SESSION VARIABLES') r
	WHERE r ->> 'Variable_name' NOT IN ('timestamp', 'insert_id', 'last_insert_id', 'identity', 'pseudo_thread_id',
		'rand_seed1', 'rand_seed2', 'error_count', 'warning_count', 'in_transaction', 'last_gtid', 'statement_id')
$$;
CREATE TABLE before AS SELECT * FROM look();
-- numbers and switches of the server's own, whose other values do no harm here
SELECT string_agg(format('SET SESSION %s = %s', name, other), '; ' ORDER BY name) AS sets, count(*) > 55 AS many
FROM (SELECT name, CASE value WHEN 'ON' THEN '0' WHEN 'OFF' THEN '1' ELSE (value::numeric + 1024)::text END AS other
	FROM before WHERE value ~ '^(ON|OFF|\d{2,9})$' AND name !~ '^(sql_log|autocommit|session_|debug|pseudo|gtid|wsrep|resultset|server|check_constraint|big_tables|.*read_only|skip_|binlog|in_trans|timestamp|.*_timeout|.*trace.*)') s
\gset
SELECT :'many' AS many;
\setenv SETS :sets
\! { printf 'DELIMITER /\nCREATE PROCEDURE many()\nBEGIN\n\tDECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;\n'; echo "$SETS; END/"; } | $MY users
SELECT binds.execute('b', 'CALL many()');
SELECT l.name, b.value, l.value FROM look() l JOIN before b USING (name) WHERE l.value <> b.value ORDER BY 1;
-- and so does the next statement of the same transaction
BEGIN;
SELECT binds.execute('b', 'CALL many()');
SELECT l.name, b.value, l.value FROM look() l JOIN before b USING (name) WHERE l.value <> b.value ORDER BY 1;
COMMIT;
