\i test/setup.psql
\set SHOW_CONTEXT never
\set url :mysql 'users'
\set other :mysql 'other'
\i test/assign_checks.psql
-- Between engines.
\set url :sqlite 'file.db'
SELECT binds.add('file', :'url');
CREATE TABLE fresh (t text CONSTRAINT fresh_alone CHECK (t !~ '%$'));
INSERT INTO fresh VALUES ('a');
SELECT * FROM binds.assign('fresh', 'file');
SELECT * FROM binds.assign('fresh', 'there');
SELECT * FROM binds.assign('fresh', 'file');
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'fresh'::regclass AND contype = 'c';
SELECT * FROM binds.diff('file');
SELECT * FROM binds.assign('fresh', NULL);
SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'fresh'::regclass AND contype = 'c';
