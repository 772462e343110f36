\i test/setup.psql
-- An index or key over a type that PostgreSQL cannot index is left out, not its table.
SELECT binds.add('s', :'sqlite' || 's.db') \g /dev/null
SELECT binds.execute('s', 'CREATE TABLE a (k INTEGER PRIMARY KEY, j JSON, n integer)');
SELECT binds.execute('s', 'CREATE INDEX aj ON a (j)');
SELECT binds.execute('s', 'CREATE INDEX an ON a (n)');
SELECT binds.execute('s', 'CREATE UNIQUE INDEX anj ON a (n, j)');
SELECT binds.execute('s', 'CREATE TABLE u (k INTEGER PRIMARY KEY, j JSON UNIQUE, UNIQUE (k, j))');
SELECT binds.execute('s', 'CREATE TABLE p (j JSON PRIMARY KEY, v text)');
SELECT binds.execute('s', 'CREATE TABLE w (j JSON NOT NULL, v text NOT NULL, PRIMARY KEY (j, v)) WITHOUT ROWID');
SELECT model, action FROM binds.reflect('s') ORDER BY model;
SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text LIKE 'binds_metadata%' ORDER BY indexrelid::regclass::text;
INSERT INTO a VALUES (1, '{"a": 1}', 2) RETURNING *;
INSERT INTO u VALUES (1, '[]') RETURNING *;
INSERT INTO u VALUES (2, '[]');
INSERT INTO p VALUES ('{}', 'x') RETURNING *;
UPDATE p SET v = 'y' RETURNING *;
UPDATE a SET n = 3 RETURNING *;
SELECT * FROM w;
