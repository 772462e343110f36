\i test/setup.psql
-- Text after a statement that is given to execute or query.
\pset format unaligned
\t on
\! sqlite3 $D/x.db "CREATE VIEW one AS SELECT 1 AS n" && chmod 666 $D/x.db
\set url :sqlite 'x.db'
SELECT binds.add('x', :'url');

-- Text after a statement is refused, and looking at it can be cancelled like all else.
\! for i in $(seq 26); do [ $i = 1 ] && f=one || f=l$((i-1)); echo "CREATE VIEW l$i AS SELECT n||n AS n FROM $f;"; done | sqlite3 $D/x.db
SELECT binds.query('x', 'SELECT 1 AS n; -- no more');
\set VERBOSITY sqlstate
SELECT binds.query('x', 'SELECT 1 AS n; SELECT 2');
SELECT binds.query('x', 'SELECT 1 AS n; this is nothing');
SELECT binds.query('x', 'SELECT 1 AS n; ATTACH ''y.db'' AS y');
SELECT binds.query('x', 'SELECT 1 AS n; PRAGMA cache_size = 100000');
\set VERBOSITY terse
SET statement_timeout = '300ms';
DO $$
DECLARE began timestamptz := clock_timestamp();
BEGIN
	PERFORM binds.query('x', 'SELECT 1 AS n; SELECT * FROM l26');
EXCEPTION WHEN query_canceled THEN
	RAISE NOTICE '%', CASE WHEN clock_timestamp() - began < '1.5 s' THEN 'in time'
		ELSE 'after ' || (clock_timestamp() - began) END;
END $$;
RESET statement_timeout;
\! for i in $(seq 26); do echo "DROP VIEW l$i;"; done | sqlite3 $D/x.db
