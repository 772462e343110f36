\i test/setup.psql
-- A value that is added to an enum is one of the engine's tables, too.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/plain_enum.psql
-- A label that MySQL does not keep as it is.
CREATE TYPE labelled AS ENUM ('a');
SET binds.bind_key = 'my';
CREATE TABLE l (id int PRIMARY KEY, m labelled);
ALTER TYPE labelled ADD VALUE 'b ';
ALTER TYPE labelled ADD VALUE '';
SELECT enum_range(NULL::labelled);
SELECT binds.diff('my');
