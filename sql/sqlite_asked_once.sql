\i test/setup.psql
-- What SQLite says of a foreign table written by hand is asked once per session, so what
-- others make of the table is not noticed before ALTER FOREIGN TABLE, or by another session.
\set url :sqlite 'once.db'
\setenv DB `echo sqlite3 $D/once.db`
\! $DB "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')"; chmod 666 $D/once.db
SELECT binds.add('s', :'url');
CREATE FOREIGN TABLE t (id int, v text COLLATE "C") SERVER s;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM t WHERE v < 'b';
\! $DB "DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO t VALUES (1, 5)"
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM t WHERE v < 'b';
PREPARE p AS SELECT id FROM t WHERE v < 'b';
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE p;
ALTER FOREIGN TABLE t ALTER v SET STATISTICS 1;
EXPLAIN (VERBOSE, COSTS OFF) EXECUTE p;
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM t WHERE v < 'b';
\! $DB "DROP TABLE t; CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'a')"
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM t WHERE v < 'b';
\c -
EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM t WHERE v < 'b';
