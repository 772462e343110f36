\i test/setup.psql
-- What went wrong with a file, and the way out, is said where it is known.
CREATE FUNCTION try(statement text) RETURNS TABLE (state text, what text, why text, way text)
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, what = MESSAGE_TEXT,
		why = PG_EXCEPTION_DETAIL, way = PG_EXCEPTION_HINT;
	why := regexp_replace(why, '"/[^"]*/', '".../');
	RETURN NEXT;
END $$;
\x
-- A file that cannot be opened: which one, and why.
\! mkdir $D/folder.db
\set url :sqlite 'folder.db'
SELECT binds.add('folder', :'url');
SELECT * FROM try('SELECT binds.query(''folder'', ''SELECT 1'')');
\set url :sqlite 'none.db'
SELECT binds.add('none', :'url');
CREATE FOREIGN TABLE none (a integer) SERVER none;
SELECT * FROM try('SELECT * FROM none');
SELECT * FROM try('INSERT INTO none VALUES (1)');
\set url :sqlite 'no/such/x.db'
SELECT binds.add('nodir', :'url');
CREATE FOREIGN TABLE nodir (a integer) SERVER nodir;
SELECT * FROM try('SELECT * FROM nodir');
-- A PRAGMA that is refused.
\set url :sqlite 'w.db'
SELECT binds.add('w', :'url');
SELECT binds.execute('w', 'CREATE TABLE t (id INTEGER PRIMARY KEY, d DATE, n DECIMAL(4,1), v VARCHAR(3))');
SELECT binds.execute('w', 'INSERT INTO t VALUES (1, ''2020-02-03'', 12.75, ''abcdef'')');
SELECT * FROM try('SELECT binds.execute(''w'', ''pragma foreign_keys=off'')');
SELECT * FROM try('SELECT binds.execute(''w'', ''PRAGMA writable_schema = on'')');
-- Another refusal after it is not told that it was a PRAGMA.
SELECT * FROM try('SELECT binds.query(''w'', ''SELECT load_extension(1)'')');
-- The option temporal of a column that holds ISO text.
SELECT model FROM binds.reflect('w', '{"temporal": "epoch"}');
SELECT * FROM try('SELECT d FROM t');
ALTER FOREIGN TABLE t ALTER COLUMN d OPTIONS (DROP temporal);
SELECT d FROM t;
-- Limits: what works for the table that is there, and what for one that is not.
SELECT * FROM try('SELECT v FROM t');
ALTER FOREIGN TABLE t ALTER COLUMN v TYPE text;
SELECT v FROM t;
SELECT binds.forget('w', 't');
SELECT model FROM binds.reflect('w', '{"text_limits": "ignored"}');
SELECT v, n FROM t;
