\i test/setup.psql
-- What hangs on a table that is assigned may have owners who could not make it there again.
\pset format unaligned
\t on
\set url :sqlite 'o.db'
SELECT binds.add('lite', :'url');
CREATE ROLE regress_binds_viewer;
REVOKE CREATE ON SCHEMA public FROM public;
CREATE TABLE t (id int PRIMARY KEY, v text);
INSERT INTO t VALUES (1, 'a'), (2, NULL);
GRANT SELECT ON t TO regress_binds_viewer;
CREATE VIEW shown WITH (security_barrier) AS SELECT id, v FROM t WHERE v IS NOT NULL;
CREATE VIEW above AS SELECT count(*) AS n FROM shown;
CREATE FUNCTION counted() RETURNS bigint LEAKPROOF SECURITY DEFINER BEGIN ATOMIC SELECT count(*) FROM t; END;
ALTER VIEW shown OWNER TO regress_binds_viewer;
ALTER FUNCTION counted() OWNER TO regress_binds_viewer;
CREATE FUNCTION owners() RETURNS TABLE (name text, owner text) BEGIN ATOMIC
	SELECT relname, relowner::regrole::text FROM pg_class WHERE relname IN ('t', 'shown', 'above') AND relnamespace = 'public'::regnamespace AND relowner::regrole::text ~ '^regress_binds'
	UNION ALL SELECT proname, proowner::regrole::text || ' ' || proleakproof FROM pg_proc WHERE proname = 'counted' ORDER BY 1;
END;
SELECT rows FROM binds.assign('t', 'lite');
SELECT * FROM owners();
SELECT *, counted() FROM shown, above;
SELECT rows FROM binds.assign('t', NULL);
SELECT * FROM owners();
SELECT *, counted() FROM shown, above;
-- It is who assigns that has the rights of all owners.
CREATE ROLE regress_binds_mover;
GRANT USAGE, CREATE ON SCHEMA public, binds_metadata, binds_metadata_lite TO regress_binds_mover;
GRANT USAGE ON FOREIGN SERVER lite TO regress_binds_mover;
CREATE TABLE u (id int PRIMARY KEY);
CREATE VIEW theirs AS SELECT id FROM u;
ALTER VIEW theirs OWNER TO regress_binds_viewer;
ALTER TABLE u OWNER TO regress_binds_mover;
SET ROLE regress_binds_mover;
SELECT rows FROM binds.assign('u', 'lite');
RESET ROLE;
GRANT regress_binds_viewer TO regress_binds_mover;
SET ROLE regress_binds_mover;
SELECT rows FROM binds.assign('u', 'lite');
RESET ROLE;
SELECT binds.get_bind('u');
DROP TABLE t, u CASCADE;
DROP OWNED BY regress_binds_viewer, regress_binds_mover;
DROP ROLE regress_binds_viewer, regress_binds_mover;
