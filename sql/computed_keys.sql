\i test/setup.psql
-- What is computed from, or checks, a key that SQLite generates.
\set VERBOSITY default
\set b_url :sqlite 'b.db'
SELECT binds.add('b', :'b_url');
\i test/computed_keys.psql
-- A check that PostgreSQL alone keeps is one of those.
SET binds.bind_key = 'b';
CREATE TABLE c (id serial PRIMARY KEY, v integer, CHECK (id::text !~ '^[3-9]'));
INSERT INTO c (v) VALUES (1), (2);
INSERT INTO c (v) VALUES (3);
INSERT INTO c (v) SELECT 3 FROM generate_series(1, 2);
SELECT * FROM c ORDER BY id;
-- The row after -1 has the key 0.
CREATE TABLE neg (id serial PRIMARY KEY, v integer, CHECK (id::text <> '0'));
INSERT INTO neg VALUES (-1, 1);
INSERT INTO neg (v) VALUES (2);
SELECT * FROM neg;
