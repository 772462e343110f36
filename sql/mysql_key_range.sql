-- A key that is left to MySQL behind the largest one is refused as by a sequence at its end (2200H), and its row is undone.
\i test/setup.psql
\set url :mysql 'users'
\set SHOW_CONTEXT never
SELECT binds.add('keys', :'url') \g /dev/null
SELECT binds.define('CREATE TABLE small (id smallserial PRIMARY KEY, v text, n smallint)', 'keys') \g /dev/null
SELECT binds.define('CREATE TABLE middle (id serial PRIMARY KEY, v text)', 'keys') \g /dev/null
SELECT binds.define('CREATE TABLE large (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text)', 'keys') \g /dev/null
SELECT model FROM binds.create_all('keys') ORDER BY 1;
INSERT INTO small VALUES (32766, 'given');
INSERT INTO small (v) VALUES ('last') RETURNING id;
INSERT INTO small (v) VALUES ('beyond');
INSERT INTO small (v) VALUES ('beyond') RETURNING id;
INSERT INTO small (v) SELECT 'beyond' FROM generate_series(1, 3);
INSERT INTO middle VALUES (2147483647 - 2, 'given');
INSERT INTO middle (v) VALUES ('last but one'), ('last');
INSERT INTO middle (v) VALUES ('beyond');
INSERT INTO large OVERRIDING SYSTEM VALUE VALUES (9223372036854775806, 'given');
\set VERBOSITY sqlstate
COPY small (v) FROM stdin;
beyond
\.
COPY small FROM stdin WITH (FORMAT csv);
32767,given,
\.
INSERT INTO large (v) VALUES ('last'), ('beyond');
INSERT INTO large OVERRIDING USER VALUE VALUES (5, 'last'), (6, 'beyond');
\set VERBOSITY default
DO $$
DECLARE s text; t text; c text;
BEGIN
	INSERT INTO small (v) VALUES ('beyond');
EXCEPTION WHEN sequence_generator_limit_exceeded THEN
	GET STACKED DIAGNOSTICS s = SCHEMA_NAME, t = TABLE_NAME, c = COLUMN_NAME;
	RAISE NOTICE '% % %', s, t, c;
END $$;
-- A key that was given is a duplicate, and a number that a column has no room for is what it was.
INSERT INTO small VALUES (32767, 'given');
INSERT INTO middle VALUES (5, 'given'), (2147483647, 'given');
\set VERBOSITY sqlstate
\! $MY users -e "ALTER TABLE small MODIFY n tinyint"
INSERT INTO small (id, n) VALUES (1, 300);
INSERT INTO small (n) VALUES (300);
-- Where a trigger may have been at work nothing is said that is not known.
\! $MY users -e "CREATE TRIGGER tr BEFORE INSERT ON middle FOR EACH ROW SET NEW.id = 2147483647"
INSERT INTO middle (v) VALUES ('beyond');
SELECT * FROM small ORDER BY id;
SELECT * FROM middle ORDER BY id;
SELECT count(*) FROM large;
