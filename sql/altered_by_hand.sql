\i test/setup.psql
-- What others have done to a template or a relation by hand is seen.
\pset format unaligned
\t on
\set VERBOSITY terse
\set url :sqlite 'h.db'
SELECT binds.add('lite', :'url');
-- A template with a type that the engine has not is refused, as define does.
SELECT binds.define('CREATE TABLE h (id int PRIMARY KEY)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
ALTER TABLE binds_metadata_lite.h ADD m money;
SELECT * FROM binds.diff('lite');
SELECT * FROM binds.upgrade('lite');
SELECT * FROM binds.create_all('lite');
ALTER TABLE binds_metadata_lite.h DROP m;
SELECT * FROM binds.diff('lite');
-- A constraint that gets another name has it here, too.
SET binds.bind_key = 'lite';
CREATE TABLE c (id int PRIMARY KEY, v int CONSTRAINT old CHECK (v > 0));
RESET binds.bind_key;
ALTER TABLE c RENAME CONSTRAINT old TO new;
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'c'::regclass AND contype = 'c';
INSERT INTO c VALUES (1, -1);
\! sqlite3 $D/h.db "SELECT sql FROM sqlite_schema WHERE name = 'c'"
SELECT * FROM binds.diff('lite');
ALTER TABLE c ADD CONSTRAINT old CHECK (v < 9);
INSERT INTO c VALUES (1, 9);
INSERT INTO c VALUES (1, 8);
SELECT * FROM binds.diff('lite');
