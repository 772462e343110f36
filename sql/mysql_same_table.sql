\i test/setup.psql
-- A foreign table that names the database of its bind, and one that does not, are over one
-- table of the engine; one over the table of that name in another database is not.
\pset format unaligned
\t on
\set VERBOSITY terse
\! $MY users -e "CREATE TABLE t (id integer PRIMARY KEY, n integer) ENGINE=InnoDB; INSERT INTO t VALUES (1, 1), (2, 2); CREATE TABLE other.t LIKE t; INSERT INTO other.t SELECT * FROM t"
\set a_url :mysql 'users'
SELECT binds.add('a', :'a_url');
CREATE FOREIGN TABLE wa (id integer OPTIONS (key 'true'), n integer) SERVER a OPTIONS (table_name 't');
CREATE FOREIGN TABLE wb (id integer OPTIONS (key 'true'), n integer) SERVER a OPTIONS (table_name 't', schema_name 'users');
CREATE FOREIGN TABLE wc (id integer OPTIONS (key 'true'), n integer) SERVER a OPTIONS (table_name 't', schema_name 'other');
CREATE FUNCTION hundred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('UPDATE %I SET n = 100 WHERE id = $1', TG_ARGV[0]) USING old.id;
	RETURN new;
END $$;

-- What a trigger has written is not overwritten: 27000, as with a local table.
CREATE TRIGGER tr BEFORE UPDATE ON wa FOR EACH ROW EXECUTE FUNCTION hundred('wb');
UPDATE wa SET n = n + 1;
\echo :SQLSTATE
SELECT * FROM wb ORDER BY id;
-- What it has written to the other table is no reason to refuse anything.
DROP TRIGGER tr ON wa;
CREATE TRIGGER tr BEFORE UPDATE ON wa FOR EACH ROW EXECUTE FUNCTION hundred('wc');
UPDATE wa SET n = n + 1;
SELECT * FROM wb ORDER BY id;
SELECT * FROM wc ORDER BY id;
