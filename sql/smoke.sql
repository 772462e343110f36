\i test/setup.psql

-- The extension is there, with one wrapper per dialect.
SELECT fdwname FROM pg_foreign_data_wrapper ORDER BY 1;

-- Every object of it has a comment, but the types of its relations.
SELECT pg_describe_object(classid, objid, 0) FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'binds')
	AND classid <> 'pg_type'::regclass
	AND obj_description(objid, classid::regclass::name) IS NULL;

-- DROP EXTENSION leaves nothing behind.
DROP EXTENSION binds;
SELECT count(*) FROM pg_namespace WHERE nspname = 'binds';
CREATE EXTENSION binds;

-- Settings: pushdown is on, and the prefix is reserved.
SHOW binds.pushdown;
SET binds.pushdwon = off;
