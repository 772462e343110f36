\i test/setup.psql
\set SHOW_CONTEXT never
\set url :sqlite 'there.db'
\i test/assign_proof.psql
SELECT * FROM binds.assign('owned', 'there');
DROP OWNED BY regress_binds_owner;
DROP ROLE regress_binds_owner;
