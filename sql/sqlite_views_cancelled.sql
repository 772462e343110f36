\i test/setup.psql
-- What views of SQLite keep is asked before the first query: however long SQLite takes to read them, it stops on request.
\set url :sqlite 'v.db'
\setenv DB `echo sqlite3 $D/v.db`
-- Each of these has the one before four times.  The last view only has a table of its own by the name of one of them.
\! (echo "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x'); CREATE VIEW d0 AS SELECT id, a FROM t UNION SELECT id, a FROM t;"; for i in `seq 40`; do p=$((i-1)); echo "CREATE VIEW d$i AS SELECT x.id, y.a FROM d$p x JOIN d$p y UNION ALL SELECT x.id, y.a FROM d$p x JOIN d$p y;"; done; echo "CREATE VIEW e AS WITH d40 AS (SELECT id, a FROM t UNION SELECT id, a FROM t) SELECT id, a FROM d40;") | $DB
\! chmod 666 $D/v.db
SELECT binds.add('v', :'url');
CREATE FOREIGN TABLE e (id bigint, a text) SERVER v OPTIONS (table_name 'e');
SET statement_timeout = '200ms';
SELECT * FROM e WHERE id = 1;
