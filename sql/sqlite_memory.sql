\i test/setup.psql
-- How much memory SQLite gets, however many files there are.
\pset format unaligned
\t on
\! sqlite3 $D/x.db "CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t SELECT value, printf('%.*c', 2000, 'x') FROM generate_series(1, 1200); CREATE VIEW one AS SELECT 1 AS n" && chmod 666 $D/x.db

-- What is kept of files that were read before is no statement's: 150 files, each with more
-- than a cache holds, one after the other in one session, and all of them in one statement.
\! for i in $(seq 150); do cp $D/x.db $D/f$i.db; done; chmod 666 $D/f*.db
\o /dev/null
SELECT binds.add('f' || i, :'sqlite' || 'f' || i || '.db') FROM generate_series(1, 150) i;
\o
DO $$
DECLARE length bigint := 0;
BEGIN
	FOR i IN 1 .. 150 LOOP
		EXECUTE format('CREATE FOREIGN TABLE t%s (id integer, v text) SERVER f%s OPTIONS (table_name ''t'')', i, i);
		EXECUTE format('SELECT $1 + sum(length(v)) FROM t%s', i) INTO length USING length;
	END LOOP;
	RAISE NOTICE '%', length;
END $$;
SELECT sum(length(v)) FROM t1;
SELECT format('SELECT sum(length(v)) FROM (%s) t', string_agg('SELECT v FROM t' || i || ' WHERE v <> repeat(''y'', id)', ' UNION ALL ')) AS all FROM generate_series(1, 150) i \gset
:all;
-- A statement that takes too much is refused, the next one is not.
\set VERBOSITY sqlstate
SELECT string_agg('hex(zeroblob(450000)) AS c' || i, ', ') AS many FROM generate_series(1, 400) i \gset
SELECT binds.query('f1', 'SELECT ' || :'many');
SELECT sum(length(v)) FROM t1;
\! rm $D/f*.db
