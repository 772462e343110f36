\i test/setup.psql
-- What create_all makes of models in SQLite, and what it refuses.
\set url :sqlite 'd.db'
\setenv DB `echo sqlite3 $D/d.db`
SELECT binds.add('d', :'url');
\pset format unaligned
\pset tuples_only on
-- keys of every kind; a generated key is the rowid, whatever its type
SELECT binds.define($$
CREATE TABLE small (id smallserial PRIMARY KEY, v text);
CREATE TABLE big (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text UNIQUE);
CREATE TABLE plain (id bigint PRIMARY KEY, v varchar(10) NOT NULL);
CREATE TABLE pair (a integer, b text, n integer DEFAULT 7 CHECK (n > 0), PRIMARY KEY (a, b));
CREATE TABLE keyless (a integer, b text);
CREATE TABLE refs (id serial PRIMARY KEY, a integer, b text,
	s smallint REFERENCES small (id) ON DELETE SET NULL ON UPDATE CASCADE,
	p bigint REFERENCES plain (id) ON DELETE RESTRICT,
	self integer REFERENCES refs (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (a, b) REFERENCES pair (a, b) ON DELETE CASCADE);
CREATE INDEX refs_a ON refs (a, b DESC);
CREATE INDEX refs_part ON refs (p) WHERE a > 5;
CREATE INDEX refs_expr ON refs ((a + 1));
CREATE UNIQUE INDEX refs_u ON refs (a) WHERE p IS NULL;
COMMENT ON TABLE refs IS 'not kept by SQLite';
CREATE TABLE checks (id serial PRIMARY KEY, n numeric(5,2) CHECK (n > 0.5), f float8 CHECK (f < 0.1),
	t text CHECK (t <> '' AND length(t) < 5), ts timestamp CHECK (ts > '2020-01-01'), c char(3) CHECK (c = 'a'),
	l text CHECK (l LIKE 'a%'), i integer CHECK (i BETWEEN 1 AND 5), m text CHECK (m IN ('x', 'y')),
	CHECK (n IS NOT NULL OR f IS NOT NULL));
CREATE TABLE defaults (id serial PRIMARY KEY, i integer DEFAULT -1, n numeric(4,1) DEFAULT 1.5, t text DEFAULT 'it''s',
	b boolean DEFAULT true, by bytea DEFAULT '\x00ff', d date DEFAULT '2024-01-02', tz timestamptz DEFAULT now(),
	ts timestamp DEFAULT now(), f float8 DEFAULT 0.1, e text DEFAULT lower('X'), r float8 DEFAULT random(), c char(4) DEFAULT 'ab');
$$, 'd');
SELECT statement || ';' FROM binds.ddl('d');
SELECT model, action FROM binds.create_all('d');
\! $DB "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite%' ORDER BY 1; PRAGMA integrity_check; PRAGMA foreign_key_check"
-- generated keys, omitted and given
INSERT INTO small (v) VALUES ('a'), ('b') RETURNING id;
INSERT INTO small VALUES (7, 'c') RETURNING id;
INSERT INTO small (v) VALUES ('d') RETURNING id;
INSERT INTO big VALUES (1, 'x');
INSERT INTO big (v) VALUES ('x') RETURNING id;
-- a key beyond the type is an error when it is made here
\! $DB "INSERT INTO small VALUES (40000, 'far')"
INSERT INTO small (v) VALUES ('farther') RETURNING id;
SELECT * FROM small WHERE id < 10 ORDER BY id;
-- checks that SQLite cannot say are kept here; all of them hold
INSERT INTO checks (n, f, t, ts, c, l, i, m) VALUES (1, 0, 'ab', '2024-01-01', 'a', 'abc', 3, 'x');
INSERT INTO checks (n) VALUES (0.5);
INSERT INTO checks (f) VALUES (0.1);
INSERT INTO checks (f, t) VALUES (0, '');
INSERT INTO checks (f, ts) VALUES (0, '2019-12-31');
INSERT INTO checks (f, l) VALUES (0, 'b');
INSERT INTO checks (t) VALUES ('x');
UPDATE checks SET i = 6;
\! $DB "INSERT INTO checks (i) VALUES (9)" 2>&1 | grep -o 'CHECK.*failed'
-- another program gets the same defaults where SQLite can say them
\! $DB "INSERT INTO defaults (id) VALUES (100)"
SELECT i, n, t, b, by, d, abs(extract(epoch FROM now() - tz)) < 3600 AS tz, ts, f, e, r, c FROM defaults;
-- actions of foreign keys, and a deferred one
INSERT INTO plain VALUES (1, 'p');
INSERT INTO pair VALUES (1, 'x');
INSERT INTO refs (a, b, s, p) VALUES (1, 'x', 7, 1) RETURNING id;
DELETE FROM plain;
DELETE FROM small WHERE id = 7;
SELECT id, s FROM refs;
DELETE FROM pair;
SELECT count(*) FROM refs;
BEGIN;
INSERT INTO refs (id, self) VALUES (10, 11);
INSERT INTO refs (id, self) VALUES (11, 10);
COMMIT;
INSERT INTO refs (id, self) VALUES (12, 13);
-- dropping goes the other way round; a reference from a table of others prevents it
\! $DB "CREATE TABLE theirs (p INTEGER REFERENCES plain (id)); INSERT INTO theirs VALUES (1)"
INSERT INTO plain VALUES (1, 'p') ON CONFLICT DO NOTHING;
SELECT model, action FROM binds.drop_all('d');
\! $DB "DROP TABLE theirs"
SELECT model, action FROM binds.drop_all('d');
\! $DB "SELECT name FROM sqlite_schema"

-- A cycle of foreign keys, with rows in it.
\set url :sqlite 'c.db'
\setenv DB `echo sqlite3 $D/c.db`
SELECT binds.add('c', :'url');
SELECT binds.define($$
CREATE TABLE node (id integer PRIMARY KEY, fav integer);
CREATE TABLE edge (id integer PRIMARY KEY, node_id integer REFERENCES node (id));
ALTER TABLE node ADD CONSTRAINT fav FOREIGN KEY (fav) REFERENCES edge (id) DEFERRABLE INITIALLY DEFERRED;
$$, 'c');
SELECT statement || ';' FROM binds.ddl('c');
SELECT model, action FROM binds.create_all('c');
BEGIN;
INSERT INTO node VALUES (1, 1);
INSERT INTO edge VALUES (1, 1);
COMMIT;
SELECT model, action FROM binds.drop_all('c');
\! $DB "SELECT name FROM sqlite_schema"
-- creating and dropping follow the transaction
BEGIN;
SELECT model, action FROM binds.create_all('c');
INSERT INTO node VALUES (1, NULL);
SAVEPOINT a;
SELECT model, action FROM binds.drop_all('c');
ROLLBACK TO a;
SELECT * FROM node;
ROLLBACK;
\! $DB "SELECT name FROM sqlite_schema"

-- What SQLite cannot hold is refused when it is defined.
\set VERBOSITY default
SELECT binds.define('CREATE TABLE x (a serial, b integer, PRIMARY KEY (a, b))', 'c');
SELECT binds.define('CREATE TABLE x (a serial, b integer PRIMARY KEY)', 'c');
SELECT binds.define('CREATE TABLE x (a money)', 'c');
SELECT binds.define('CREATE TABLE x (a inet, b money)', 'c');
SELECT binds.define('CREATE TABLE x (a integer, "A" integer)', 'c');
SELECT binds.define('CREATE TABLE sqlite_x (a integer)', 'c');
SELECT binds.define('CREATE TABLE x (a integer); CREATE INDEX "SQLite_x" ON x (a)', 'c');
SELECT binds.define('CREATE TABLE x ()', 'c');
SELECT binds.define('CREATE TABLE "Node" (a integer)', 'c');
SELECT binds.define('CREATE TABLE x (a integer UNIQUE DEFERRABLE)', 'c');
SELECT count(*) FROM binds.models WHERE bind_key = 'c';
