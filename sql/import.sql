\i test/setup.psql

-- IMPORT FOREIGN SCHEMA: what others made can be read at once, and changed by its key.
\setenv F `echo $D/i.db`
\! sqlite3 $F "CREATE TABLE a (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, price NUMERIC(8,2) DEFAULT 1.5); CREATE TABLE \"b c\" (k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID; CREATE TABLE nokey (x INT, y REAL); CREATE VIEW va AS SELECT name FROM a; INSERT INTO a VALUES (1, 'one', 1.5), (2, 'two', NULL); INSERT INTO nokey VALUES (1, 2.5), (1, 2.5)"
\! chmod a+rw $F
\set url :sqlite 'i.db'
SELECT binds.add('lite', :'url');
CREATE SCHEMA one;
CREATE SCHEMA two;
CREATE SCHEMA three;
IMPORT FOREIGN SCHEMA main FROM SERVER lite INTO one;
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS nn, a.attfdwoptions
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'one'::regnamespace ORDER BY 1, a.attnum;
SELECT c.relname, t.ftoptions FROM pg_foreign_table t JOIN pg_class c ON c.oid = t.ftrelid WHERE c.relnamespace = 'one'::regnamespace ORDER BY 1;
SELECT * FROM one.a ORDER BY id;
UPDATE one.a SET price = 2.25 WHERE id = 2 RETURNING *;
UPDATE one.nokey SET y = x RETURNING *;
UPDATE one.va SET name = 'z';

-- a choice of tables, and the options
IMPORT FOREIGN SCHEMA main LIMIT TO (a) FROM SERVER lite INTO two OPTIONS (import_default 'true', import_not_null 'false');
SELECT attname, attnotnull, pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = 'two.a'::regclass AND attnum > 0 ORDER BY attnum;
IMPORT FOREIGN SCHEMA main EXCEPT (a, nokey) FROM SERVER lite INTO three OPTIONS (import_views 'false');
SELECT relname FROM pg_class WHERE relnamespace = 'three'::regnamespace AND relkind = 'f' ORDER BY 1;
IMPORT FOREIGN SCHEMA main FROM SERVER lite INTO three OPTIONS (view 'no');
-- SQLite folds the case of names, PostgreSQL does not: no table is left out silently
IMPORT FOREIGN SCHEMA main LIMIT TO ("A", nokey) FROM SERVER lite INTO three;
SELECT * FROM binds.reflect('lite', '{"only": ["NoKey"]}');

-- ANALYZE counts the rows and knows their values
INSERT INTO one.nokey SELECT i % 10, i FROM generate_series(1, 998) i;
SELECT reltuples FROM pg_class WHERE oid = 'one.nokey'::regclass;
ANALYZE one.nokey;
SELECT reltuples, relpages > 0 AS pages FROM pg_class WHERE oid = 'one.nokey'::regclass;
SELECT attname, n_distinct FROM pg_stats WHERE schemaname = 'one' AND tablename = 'nokey' ORDER BY 1;
ANALYZE one.va;
-- also while a cursor of the same bind is open
BEGIN;
DECLARE c CURSOR FOR SELECT x FROM one.nokey;
FETCH 1 FROM c;
ANALYZE one.a;
MOVE FORWARD ALL FROM c;
COMMIT;
