\i test/setup.psql
\set url :sqlite 'b.db'
SELECT binds.add('b', :'url');
SET client_min_messages = warning;
CREATE ROLE regress_binds_user;
RESET client_min_messages;
\set SHOW_CONTEXT never
\i test/truncate.psql
DROP OWNED BY regress_binds_user;
DROP ROLE regress_binds_user;
-- What refers to it has no relation here.
\! sqlite3 $D/b.db 'CREATE TABLE theirs (id integer REFERENCES grandchild (id))'
TRUNCATE grandchild;
TRUNCATE grandchild CASCADE;
SELECT * FROM counts;
-- A trigger of the file changes something else: nothing is done behind the back of foreign keys.
\! sqlite3 $D/b.db "CREATE TABLE log (id integer REFERENCES parent (id)); CREATE TRIGGER told AFTER DELETE ON egg BEGIN INSERT INTO log VALUES (77); END"
TRUNCATE hen, egg;
SELECT * FROM counts;
