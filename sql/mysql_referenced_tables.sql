\i test/setup.psql
-- A foreign key to what cannot be referred to is refused for the true reason, whatever the
-- server says of it: there is no such table, or it is none that has foreign keys.
\set url :mysql 'users'
SELECT binds.add('m', :'url') \g /dev/null
\! printf '%s\n' 'CREATE TABLE other (id int PRIMARY KEY) ENGINE=MyISAM;' 'CREATE TABLE `it'"'"'s a ``name``` (id int PRIMARY KEY) ENGINE=MyISAM;' 'CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2;' 'CREATE TABLE inno (id int PRIMARY KEY);' | $MY users
CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE h text;
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS h = PG_EXCEPTION_HINT;
	RETURN format('%s %s', SQLSTATE, h);
END $$;
\pset format unaligned
CREATE FUNCTION refer(referred text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE said text;
BEGIN
	PERFORM binds.define(format('CREATE TABLE %I (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, r int REFERENCES %1$I)', referred), 'm');
	said := refused('SELECT binds.create_all(''m'')');
	IF said = 'done' THEN
		PERFORM binds.drop_all('m');
	END IF;
	PERFORM binds.forget('m', 'c'), binds.forget('m', referred);
	RETURN said;
END $$;
SELECT r, refer(r) FROM unnest('{other,it''s a `name`,parts,inno}'::text[]) r;
\! $MY users -e 'SHOW TABLES'
