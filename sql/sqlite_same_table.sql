\i test/setup.psql
-- Two binds may name one file, by two paths: a foreign table of each is one table of the
-- engine, whoever changes it.
\pset format unaligned
\t on
\set VERBOSITY terse
\! sqlite3 $D/a.db "CREATE TABLE t (id integer PRIMARY KEY, n integer); INSERT INTO t VALUES (1, 1), (2, 2)" && chmod 666 $D/a.db && cp -p $D/a.db $D/c.db && ln -s a.db $D/b.db
\set a_url :sqlite 'a.db'
\set b_url :sqlite 'b.db'
\set c_url :sqlite 'c.db'
SELECT binds.add('a', :'a_url');
SELECT binds.add('b', :'b_url');
SELECT binds.add('c', :'c_url');
CREATE FOREIGN TABLE wa (id integer OPTIONS (key 'true'), n integer) SERVER a OPTIONS (table_name 't');
CREATE FOREIGN TABLE wb (id integer OPTIONS (key 'true'), n integer) SERVER b OPTIONS (table_name 'T');
CREATE FOREIGN TABLE wc (id integer OPTIONS (key 'true'), n integer) SERVER c OPTIONS (table_name 't');
CREATE FUNCTION hundred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('UPDATE %I SET n = 100 WHERE id = $1', TG_ARGV[0]) USING old.id;
	RETURN coalesce(new, old);
END $$;

-- What a trigger has written is not overwritten: 27000, as with a local table.
CREATE TRIGGER tr BEFORE UPDATE OR DELETE ON wa FOR EACH ROW EXECUTE FUNCTION hundred('wb');
UPDATE wa SET n = n + 1;
\echo :SQLSTATE
DELETE FROM wa WHERE id = 1;
\echo :SQLSTATE
SELECT * FROM wb ORDER BY id;
-- Another file's table of the same name is another table.
DROP TRIGGER tr ON wa;
CREATE TRIGGER tr BEFORE UPDATE ON wa FOR EACH ROW EXECUTE FUNCTION hundred('wc');
UPDATE wa SET n = n + 1;
SELECT * FROM wb ORDER BY id;
SELECT * FROM wc ORDER BY id;
DROP TRIGGER tr ON wa;

-- A statement sees the rows as they were when it began, through whichever table it reads.
WITH u AS (UPDATE wa SET n = n + 1000 RETURNING id)
	SELECT (SELECT count(*) FROM u), id, n FROM wb ORDER BY id;
INSERT INTO wa SELECT id + 10, n FROM wb;
SELECT * FROM wa ORDER BY id;
