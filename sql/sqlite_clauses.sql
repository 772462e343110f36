\i test/setup.psql
-- What a clause for conflicts of a SQLite table means for its triggers.
\set VERBOSITY sqlstate
\setenv F `echo $D/o.db`
\! sqlite3 $F "CREATE TABLE logged (k TEXT PRIMARY KEY, n INT); CREATE TABLE plain (id INTEGER PRIMARY KEY, k TEXT); CREATE TABLE clause (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, k TEXT); CREATE TRIGGER p AFTER INSERT ON plain BEGIN INSERT OR IGNORE INTO logged VALUES (new.k, 1); END; CREATE TRIGGER c AFTER INSERT ON clause BEGIN INSERT OR IGNORE INTO logged VALUES (new.k, 1); END"
\! chmod 666 $F
\set url :sqlite 'o.db'
SELECT binds.add('o', :'url', '{"schema": "o"}');
SELECT model FROM binds.reflect('o');
-- A conflict in a trigger is what its statement makes of it, unless the table has a clause
-- for conflicts: then it is an error.
INSERT INTO o.plain VALUES (1, 'a'), (2, 'a');
INSERT INTO o.clause VALUES (1, 'b');
INSERT INTO o.clause VALUES (2, 'b');
INSERT INTO o.clause VALUES (1, 'c');
SELECT k FROM o.logged ORDER BY k;
