\i test/setup.psql
SET client_min_messages = warning;
\set bind NULL
CREATE TABLE there (id int PRIMARY KEY, e varchar(9) UNIQUE, CHECK (id > 0));
ALTER TABLE there ADD CONSTRAINT qq UNIQUE (id), ADD CONSTRAINT b UNIQUE (e);
\i test/keys_twice.psql
DROP VIEW keys;
SELECT count(*) FROM binds.drop_all(NULL);
SELECT binds.forget(NULL, 'made');
DROP TABLE there;
\set url :sqlite 'twice.db'
\! sqlite3 $D/twice.db "CREATE TABLE there (id INTEGER PRIMARY KEY, e VARCHAR(9) UNIQUE); CREATE UNIQUE INDEX b ON there (e); CREATE UNIQUE INDEX qq ON there (id)" && chmod 666 $D/twice.db
SELECT binds.add('lite', :'url');
\set bind '''lite'''
\i test/keys_twice.psql
