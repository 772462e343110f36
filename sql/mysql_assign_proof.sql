\i test/setup.psql
\set SHOW_CONTEXT never
\set url :mysql 'users'
\i test/assign_proof.psql

-- Rows are written as the owner of the table, who needs an account, and tables made by the account of who calls.
SELECT * FROM binds.assign('owned', 'there');
\echo :SQLSTATE
SELECT count(*), binds.get_bind('owned') IS NULL AS here FROM owned;
\! $MY users -N -e "SHOW TABLES LIKE 'owned'"
CREATE USER MAPPING FOR regress_binds_owner SERVER there OPTIONS (user 'few', password 'secret');
\! $MY -e "CREATE USER few@'127.0.0.1' IDENTIFIED BY 'secret', few@localhost IDENTIFIED BY 'secret'; GRANT SELECT, INSERT ON users.* TO few@'127.0.0.1', few@localhost"
SET ROLE regress_binds_owner;
\set VERBOSITY sqlstate
SELECT * FROM binds.assign('public.owned', 'there');
\set VERBOSITY default
RESET ROLE;
SELECT count(*), binds.get_bind('owned') IS NULL AS here FROM owned;
SELECT * FROM binds.assign('owned', 'there');
SELECT * FROM owned;
\! $MY -e "DROP USER few@'127.0.0.1', few@localhost"
DROP OWNED BY regress_binds_owner;
DROP ROLE regress_binds_owner;
