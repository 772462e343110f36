-- Several binds written in one transaction: what keeps one of them from committing is
-- found before any of them does, so that nothing stays anywhere.
\i test/setup.psql

\set url :sqlite 'together_one.db'
SELECT binds.add('one', :'url');
\set url :sqlite 'together_two.db'
SELECT binds.add('two', :'url');
SELECT binds.define('CREATE TABLE first (id integer PRIMARY KEY)', 'one');
SELECT binds.define('CREATE TABLE parent (id integer PRIMARY KEY)', 'two');
SELECT binds.define('CREATE TABLE child (id integer PRIMARY KEY, parent integer
	REFERENCES parent DEFERRABLE INITIALLY DEFERRED)', 'two');
SELECT model FROM binds.create_all('one') ORDER BY 1;
SELECT model FROM binds.create_all('two') ORDER BY 1;
CREATE TABLE here (id integer);
CREATE VIEW everywhere AS
	SELECT (SELECT count(*) FROM first) AS first, (SELECT count(*) FROM parent) AS parent,
		(SELECT count(*) FROM child) AS child, (SELECT count(*) FROM here) AS here;

-- a deferred foreign key that is violated at the end, on the bind that was written last
BEGIN;
INSERT INTO here VALUES (1);
INSERT INTO first VALUES (1);
INSERT INTO child VALUES (1, 1);
\set VERBOSITY sqlstate
COMMIT;
\set VERBOSITY terse
SELECT * FROM everywhere;

-- or on the one that was written first, which is then asked by its COMMIT
BEGIN;
INSERT INTO child VALUES (1, 1);
INSERT INTO first VALUES (1);
INSERT INTO here VALUES (1);
\set VERBOSITY sqlstate
COMMIT;
\set VERBOSITY terse
SELECT * FROM everywhere;

-- a procedure goes on after it
CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO first VALUES (2);
	INSERT INTO child VALUES (2, 2);
	COMMIT;
END $$;
\set VERBOSITY sqlstate
CALL commits();
\set VERBOSITY terse
SELECT * FROM everywhere;

-- a savepoint takes the violation back; the session goes on
BEGIN;
INSERT INTO first VALUES (1);
SAVEPOINT s;
INSERT INTO child VALUES (1, 1);
ROLLBACK TO s;
COMMIT;
BEGIN;
INSERT INTO first VALUES (2);
INSERT INTO child VALUES (1, 1);
INSERT INTO parent VALUES (1);
INSERT INTO here VALUES (1);
COMMIT;
SELECT * FROM everywhere;

-- more rows than the cache holds
BEGIN;
INSERT INTO first SELECT g FROM generate_series(10, 20000) g;
INSERT INTO parent SELECT g FROM generate_series(10, 20000) g;
INSERT INTO child SELECT g, g + 1 FROM generate_series(10, 20000) g;
\set VERBOSITY sqlstate
COMMIT;
\set VERBOSITY terse
SELECT * FROM everywhere;
