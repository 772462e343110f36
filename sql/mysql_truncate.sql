\i test/setup.psql
\set url :mysql 'users'
SELECT binds.add('b', :'url');
SET client_min_messages = warning;
CREATE ROLE regress_binds_user;
CREATE USER MAPPING FOR regress_binds_user SERVER b OPTIONS (user 'app', password 'secret');
RESET client_min_messages;
\set SHOW_CONTEXT never
\i test/truncate.psql
DROP OWNED BY regress_binds_user;
DROP ROLE regress_binds_user;
-- What refers to it has no relation here.
\! $MY users -e 'CREATE TABLE theirs (id integer, FOREIGN KEY (id) REFERENCES grandchild (id))'
TRUNCATE grandchild;
TRUNCATE grandchild CASCADE;
SELECT * FROM counts;
