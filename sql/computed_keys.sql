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
