\i test/setup.psql
-- SQLite has keys of more columns than PostgreSQL, and tables, too.  What cannot be had here
-- is left out and named; the rest of the table, and of the bind, is reflected.
\set url :sqlite 'l.db'
\setenv DB `echo sqlite3 $D/l.db`
SELECT string_agg(format('c%s INT NOT NULL', i), ', ') AS c,
	string_agg(format('c%s', i), ', ') FILTER (WHERE i <= 33) AS k33,
	string_agg(format('c%s', i), ', ') FILTER (WHERE i <= 32) AS k32,
	string_agg(format('%s', i), ', ') FILTER (WHERE i <= 40) AS v
	FROM generate_series(1, 40) i \gset
SELECT format('CREATE TABLE pk33 (%1$s, PRIMARY KEY (%2$s)); CREATE TABLE pk33w (%1$s, PRIMARY KEY (%2$s)) WITHOUT ROWID;'
	'CREATE TABLE uq33 (id INTEGER PRIMARY KEY, %1$s, UNIQUE (c1, c2), UNIQUE (%2$s));'
	'CREATE TABLE ix33 (id INTEGER PRIMARY KEY, %1$s); CREATE INDEX ix33_i ON ix33 (%2$s); CREATE UNIQUE INDEX ix33_u ON ix33 (%2$s); CREATE INDEX ix33_1 ON ix33 (c1);'
	'CREATE TABLE fk33 (id INTEGER PRIMARY KEY, %1$s, CONSTRAINT f FOREIGN KEY (%2$s) REFERENCES pk33 (%2$s), FOREIGN KEY (id) REFERENCES plain (id));'
	'CREATE TABLE ok32 (%1$s, PRIMARY KEY (%3$s)); CREATE TABLE fk32 (%1$s, FOREIGN KEY (%3$s) REFERENCES ok32);'
	'CREATE TABLE plain (id INTEGER PRIMARY KEY);', :'c', :'k33', :'k32') AS keys,
	string_agg(format('CREATE TABLE w%s (%s);', n, (SELECT string_agg('c' || i, ', ') FROM generate_series(1, n) i)), ' ')
		|| format('INSERT INTO pk33 VALUES (%1$s); INSERT INTO pk33w VALUES (%1$s); INSERT INTO plain VALUES (0); INSERT INTO uq33 VALUES (0, %1$s); INSERT INTO ix33 VALUES (0, %1$s); INSERT INTO fk33 VALUES (0, %1$s)', :'v') AS wide
	FROM unnest(ARRAY[1600, 1601]) n \gset
\setenv KEYS :keys
\setenv WIDE :wide
\! $DB "$KEYS $WIDE"
\! chmod 666 $D/l.db
SELECT binds.add('l', :'url', '{"schema": "l"}');
SELECT model, action FROM binds.reflect('l');
SELECT model, action FROM binds.reflect('l');
-- Of the keys the models have what can be had.
SELECT conrelid::regclass, conname, contype, cardinality(conkey) AS columns FROM pg_constraint
	WHERE connamespace = 'binds_metadata_l'::regnamespace AND contype <> 'n' ORDER BY 1::text, 2;
SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'binds_metadata_l' ORDER BY 1, 2;
-- All these tables can be written; a key of any length tells rows apart.
DELETE FROM l.fk33 RETURNING id, c40;
UPDATE l.pk33 SET c1 = 5, c40 = 6 RETURNING c1, c40;
UPDATE l.pk33w SET c1 = 5, c40 = 6 RETURNING c1, c40;
UPDATE l.uq33 SET c40 = 6 RETURNING id, c40;
UPDATE l.ix33 SET c40 = 6 RETURNING id, c40;
DELETE FROM l.pk33w RETURNING c1, c33;
-- The engine keeps its keys.
\set VERBOSITY sqlstate
INSERT INTO l.uq33 SELECT * FROM l.uq33;
\set VERBOSITY default
INSERT INTO l.uq33 SELECT 7, * FROM l.pk33;
-- Foreign tables have no keys of PostgreSQL's: IMPORT and tables made by hand say nothing.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main EXCEPT (w1601) FROM SERVER l INTO i;
SELECT foreign_table_name FROM information_schema.foreign_tables WHERE foreign_table_schema = 'i' ORDER BY 1;
UPDATE i.pk33 SET c34 = 7, c40 = 8 RETURNING c1, c34;
SELECT format('CREATE FOREIGN TABLE %s (%s) SERVER l', t, (SELECT string_agg(format('c%s int', i), ', ') FROM generate_series(1, 40) i))
	FROM unnest(ARRAY['pk33', 'pk33w', 'ix33', 'fk33']) t \gexec
INSERT INTO pk33w SELECT * FROM pk33;
UPDATE pk33w SET c33 = 8 RETURNING c1, c33;
SELECT count(*), count(fk33.c1) FROM pk33 JOIN ix33 USING (c3) LEFT JOIN fk33 ON pk33.c4 = fk33.c4;
-- A table that is there already is attached, and keeps its keys.
SELECT binds.forget('l', m) FROM unnest(ARRAY['ix33']) m;
SELECT binds.define('CREATE TABLE ix33 (id integer PRIMARY KEY, c1 int NOT NULL, c2 int NOT NULL)', 'l');
SELECT model, action FROM binds.create_all('l') WHERE action <> 'exists';
UPDATE l.ix33 SET c2 = 9 RETURNING *;
