\i test/setup.psql

-- The extension is there, with one wrapper per dialect.
SELECT fdwname FROM pg_foreign_data_wrapper ORDER BY 1;

-- DROP EXTENSION leaves nothing behind.
DROP EXTENSION binds;
SELECT count(*) FROM pg_namespace WHERE nspname = 'binds';
CREATE EXTENSION binds;

-- Settings: pushdown is on, and the prefix is reserved.
SHOW binds.pushdown;
SET binds.pushdwon = off;
