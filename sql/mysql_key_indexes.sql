\i test/setup.psql
-- Indexes and keys over columns of foreign keys come and go, though InnoDB lets none go that a
-- foreign key needs.
\pset format unaligned
\t on
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/key_indexes.psql
\! $MY users -Ne "SELECT table_name, index_name, group_concat(column_name ORDER BY seq_in_index) FROM information_schema.statistics WHERE table_schema = 'users' AND index_name <> 'PRIMARY' GROUP BY 1, 2 ORDER BY 1, 2"
-- One of upgrade, too, which has a statement for each.
SELECT binds.define('CREATE INDEX c_one ON c (p); CREATE INDEX c_two ON c (p, id)', 'my');
SELECT kind, action FROM binds.upgrade('my') WHERE kind !~ 'local';
SELECT binds.define('DROP INDEX c_one; DROP INDEX c_two', 'my');
SELECT kind, action FROM binds.upgrade('my', '{"drop": true}') WHERE kind !~ 'local';
SELECT * FROM binds.diff('my');
-- The server changes no type of a foreign key's column.
CREATE FUNCTION told(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN feature_not_supported OR invalid_foreign_key THEN
	RETURN 'refused';
END $$;
SELECT told('ALTER TABLE c ALTER p TYPE bigint'), told('ALTER TABLE p ALTER id TYPE bigint');
SELECT * FROM binds.diff('my');
