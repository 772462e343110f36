-- SQLite generates keys of 64 bits, whatever the column's type is.  One that the type
-- cannot hold is refused as a sequence at its end is (2200H), and its row is undone.
\i test/setup.psql

\set url :sqlite 'key_range.db'
SELECT binds.add('keys', :'url');
SELECT binds.define('CREATE TABLE small (id smallserial PRIMARY KEY, v text)', 'keys');
SELECT binds.define('CREATE TABLE middle (id serial PRIMARY KEY, v text)', 'keys');
SELECT binds.define('CREATE TABLE ident (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)', 'keys');
SELECT binds.define('CREATE TABLE large (id bigserial PRIMARY KEY, v text)', 'keys');
SELECT model FROM binds.create_all('keys') ORDER BY 1;
CREATE TABLE local (id smallserial PRIMARY KEY, v text);
SELECT setval('local_id_seq', 32766);

-- as a local table does
\set VERBOSITY sqlstate
INSERT INTO local (v) VALUES ('last') RETURNING id;
INSERT INTO local (v) VALUES ('beyond');
SELECT * FROM local;

INSERT INTO small VALUES (32766, 'given');
INSERT INTO small (v) VALUES ('last') RETURNING id;
INSERT INTO small (v) VALUES ('beyond');
INSERT INTO small (v) VALUES ('beyond') RETURNING id;
INSERT INTO small (v) VALUES ('beyond') RETURNING v;
INSERT INTO small VALUES (DEFAULT, 'beyond');
INSERT INTO small VALUES (1, 'given'), (DEFAULT, 'beyond');
INSERT INTO small (v) VALUES ('beyond') ON CONFLICT DO NOTHING;
INSERT INTO small (v) SELECT 'beyond' FROM generate_series(1, 3);
COPY small (v) FROM stdin;
beyond
\.
PREPARE p AS INSERT INTO small (v) VALUES ($1);
EXECUTE p('beyond');
SELECT * FROM small ORDER BY id;

INSERT INTO middle VALUES (2147483647 - 2, 'given');
INSERT INTO middle (v) VALUES ('last but one'), ('last');
INSERT INTO middle (v) VALUES ('beyond');
INSERT INTO middle (v) VALUES ('beyond') RETURNING *;
-- the first of many fit
DELETE FROM middle WHERE v = 'last';
INSERT INTO middle (v) SELECT 'many' FROM generate_series(1, 500);
COPY middle (v) FROM stdin;
beyond
beyond
\.
SELECT * FROM middle ORDER BY id;

INSERT INTO ident OVERRIDING SYSTEM VALUE VALUES (2147483647, 'given');
INSERT INTO ident (v) VALUES ('beyond');
INSERT INTO ident OVERRIDING USER VALUE VALUES (5, 'beyond');
SELECT * FROM ident;

INSERT INTO large VALUES (2147483647, 'given');
INSERT INTO large (v) VALUES ('generated') RETURNING id;

-- the row goes with its subtransaction, and the transaction goes on
BEGIN;
INSERT INTO small VALUES (7, 'before');
SAVEPOINT s;
INSERT INTO small (v) VALUES ('beyond');
ROLLBACK TO s;
INSERT INTO small VALUES (8, 'after');
COMMIT;
SELECT * FROM small ORDER BY id;

-- what it says
\set VERBOSITY default
INSERT INTO small (v) VALUES ('beyond');

-- The largest of 64 bits is the last one, where SQLite would go on with random keys; other large keys are
-- as good as small ones.
\set VERBOSITY sqlstate
INSERT INTO large VALUES (9223372036854775804, 'given');
INSERT INTO large (v) VALUES ('next') RETURNING id;
INSERT INTO large (v) SELECT 'next' FROM generate_series(1, 2);
SELECT max(id) FROM large;
INSERT INTO large (v) VALUES ('beyond');
INSERT INTO large (v) VALUES ('beyond') RETURNING id;
INSERT INTO large VALUES (DEFAULT, 'beyond');
INSERT INTO large VALUES (5, 'given'), (DEFAULT, 'beyond');
INSERT INTO large (v) VALUES ('beyond') ON CONFLICT DO NOTHING;
INSERT INTO large (v) SELECT 'beyond' FROM generate_series(1, 3);
COPY large (v) FROM stdin;
beyond
\.
INSERT INTO large VALUES (6, 'given');
INSERT INTO large VALUES (9223372036854775000, 'given') RETURNING id;
-- some of many fit
DELETE FROM large WHERE id > 9223372036854775800;
INSERT INTO large VALUES (9223372036854775805, 'given');
INSERT INTO large (v) SELECT 'many' FROM generate_series(1, 3);
INSERT INTO large (v) VALUES ('next'), ('last');
SELECT count(*), max(id) FROM large;
\set VERBOSITY default
INSERT INTO large (v) VALUES ('beyond');
