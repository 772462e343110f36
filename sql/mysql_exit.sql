\i test/setup.psql
-- A session that ends in the middle of create_all, its connections gone or not: nothing of
-- it stays in PostgreSQL, and the next create_all finds what it has left in the engine.
\set a_url :mysql 'users'
SELECT binds.add('a', :'a_url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text); CREATE TABLE u (id integer PRIMARY KEY, t integer REFERENCES t)', 'a');
CREATE FUNCTION orphans(gone integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE tries integer := 0;
BEGIN
	WHILE tries < 600 AND EXISTS (SELECT FROM pg_stat_activity WHERE pid = gone) LOOP
		PERFORM pg_sleep(0.1), pg_stat_clear_snapshot();
		tries := tries + 1;
	END LOOP;
	RETURN count(*) FROM pg_locks l
		WHERE locktype <> 'advisory' AND pid IS NOT NULL AND pid <> pg_backend_pid()
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
END $$;

-- the connections are gone
SELECT pg_backend_pid() AS pid \gset
BEGIN;
SELECT model, action FROM binds.create_all();
\! test/kill_connections
\c -
SELECT orphans(:pid);
SELECT pg_backend_pid() AS pid \gset
SET lock_timeout = '10s';
SELECT model, action FROM binds.create_all();
SELECT count(*) FROM t, u;
SELECT count(*) FROM binds.drop_all();

-- they are there
BEGIN;
SELECT model, action FROM binds.create_all();
\c -
SELECT orphans(:pid);
SELECT pg_backend_pid() AS pid \gset
SELECT model, action FROM binds.create_all();
\! $MY users -e "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = 'users' ORDER BY 1"
SELECT count(*) FROM binds.drop_all();

-- it is terminated while it makes them, at any moment
\! for after in 10 20 40 60 80 100 150 200; do (sleep 0.$after; psql -XAtq -d regress_binds -c "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE '%create\_all%' AND pid <> pg_backend_pid()" >/dev/null 2>&1) & psql -XAtq -d regress_binds -c "SET client_min_messages = error; SELECT count(*) FROM binds.create_all(), pg_sleep(0.3)" >/dev/null 2>&1; wait; done
SELECT orphans(0);
SELECT count(*) FROM binds.create_all();
SELECT count(*) FROM t, u;
SELECT count(*) FROM binds.drop_all();
