\i test/setup.psql
-- Tables that others made, SQLAlchemy among them, become foreign tables.
\set url :sqlite 'r.db'
\setenv DB `echo sqlite3 $D/r.db`
\! $DB "CREATE TABLE all_types (id INTEGER NOT NULL, c_int INTEGER, c_big BIGINT, c_small SMALLINT, c_num NUMERIC, c_num_10_2 NUMERIC(10, 2), c_num_30_5 NUMERIC(30, 5), c_float FLOAT, c_str VARCHAR(50), c_strn VARCHAR, c_text TEXT, c_text_n TEXT(2000), c_char CHAR(5), c_bool BOOLEAN, c_date DATE, c_dt DATETIME, c_ts TIMESTAMP, c_time TIME, c_bin BLOB, c_json JSON, c_double DOUBLE, c_uuid CHAR(32), c_none, c_string STRING, PRIMARY KEY (id))"
\! $DB "INSERT INTO all_types VALUES (1, 7, 4611686018427387904, 3, 12.5, 12.3, 1234567890123456768, 1.5, 'héllo-longer', 'x', 'x', 'x', 'abc', 1, '2024-02-29', '2024-02-29 01:02:03.000045', '2024-02-29 01:02:03', '01:02:03.000004', x'00ff', '{\"a\": [1, null]}', 0.1, '12345678123456781234567812345678', 5, '007')"
\! $DB "CREATE TABLE parent (a INT, b TEXT, PRIMARY KEY (a, b), UNIQUE (b))"
\! $DB "CREATE TABLE child (id INTEGER NOT NULL, p1 INTEGER, p2 TEXT, self_id INTEGER, PRIMARY KEY (id), CONSTRAINT fk_named FOREIGN KEY (p1, p2) REFERENCES parent ON DELETE CASCADE ON UPDATE SET NULL, FOREIGN KEY (self_id) REFERENCES child (id))"
\! $DB "CREATE TABLE wr (k TEXT, l INT, v TEXT, PRIMARY KEY (k, l)) WITHOUT ROWID"
\! $DB "CREATE TABLE nokey (a INT, b TEXT, rowid TEXT)"
\! $DB "CREATE TABLE nocase (email TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, \"Mixed Name\" TEXT)"
\! $DB "CREATE TABLE descending (id INTEGER PRIMARY KEY DESC, x TEXT)"
\! $DB "CREATE TABLE auto (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)"
\! $DB "CREATE TABLE bigkey (id BIGINT NOT NULL PRIMARY KEY, x TEXT)"
\! $DB "CREATE TABLE defaults (id INTEGER PRIMARY KEY, s VARCHAR(10) DEFAULT 'it''s', n INTEGER DEFAULT 42, neg INT DEFAULT -1, q NUMERIC(5, 2) DEFAULT 1.50, ts DATETIME DEFAULT CURRENT_TIMESTAMP, tz TIMESTAMPTZ DEFAULT (CURRENT_TIMESTAMP), b BOOLEAN DEFAULT 1, b0 BOOLEAN DEFAULT (0), j JSON DEFAULT '{}', bad INT DEFAULT 'abc', evil TEXT DEFAULT (hex(randomblob(3))), d DATE DEFAULT '2024-13-45', d2 DATE DEFAULT '2024-12-31', nul TEXT DEFAULT NULL, t TEXT DEFAULT 5)"
\! $DB "CREATE TABLE computed (side INT, area INT GENERATED ALWAYS AS (side * side), area_s INT GENERATED ALWAYS AS (side * side) STORED)"
\! $DB "CREATE TABLE indexed (id INTEGER NOT NULL, email VARCHAR(120) NOT NULL, a INTEGER, b INTEGER, c VARCHAR(5), PRIMARY KEY (id), UNIQUE (a, b), CONSTRAINT uq_named UNIQUE (b, c), UNIQUE (email))"
\! $DB "CREATE INDEX ix_func ON indexed (lower(email)); CREATE INDEX ix_multi ON indexed (a, b DESC); CREATE INDEX ix_partial ON indexed (a) WHERE b > 5; CREATE UNIQUE INDEX ix_uq ON indexed (b)"
\! $DB "CREATE VIRTUAL TABLE ft USING fts5(x); CREATE VIEW vw AS SELECT a, b FROM nokey; CREATE VIEW broken AS SELECT * FROM nope"
\! $DB "CREATE TABLE \"we\"\"ird 'name\" (\"co\"\"l\" INT NOT NULL PRIMARY KEY, \"user\" TEXT)"
\! $DB "CREATE TABLE strict_one (id INTEGER PRIMARY KEY, n INT, t TEXT) STRICT"
\! $DB "CREATE TABLE links (a INT CONSTRAINT nn NOT NULL REFERENCES Child (ID), b INT CONSTRAINT \"b \"\"key\"\"\" REFERENCES child DEFERRABLE INITIALLY DEFERRED, c INT /* REFERENCES x (y) */ DEFAULT 'REFERENCES' REFERENCES child NOT DEFERRABLE INITIALLY DEFERRED, d INT, CHECK (a > 0), CONSTRAINT twice FOREIGN KEY (d) REFERENCES child (id) DEFERRABLE INITIALLY IMMEDIATE, CONSTRAINT twice FOREIGN KEY (c) REFERENCES auto ON UPDATE CASCADE)"
\! $DB "CREATE TABLE dangling (a INT REFERENCES nowhere (x))"
\! chmod 666 $D/r.db
CREATE SCHEMA r;
SELECT binds.add('r', :'url', '{"schema": "r"}');
SELECT model, relation, action FROM binds.reflect('r');
SET search_path = r, public;
\d r.*
SET timezone = 'Europe/Berlin';
SET datestyle = 'ISO';
\x on
SELECT * FROM all_types;
\x off
-- what create_all would make of them elsewhere
SELECT statement FROM binds.ddl('r');

-- Rows are found by their key, or by the rowid under a name that is free.
INSERT INTO nokey VALUES (1, 'a', 'r'), (1, 'a', 'r');
UPDATE nokey SET b = 'c' WHERE a = 1 AND binds.get_bind('nokey') = 'r';
EXPLAIN (VERBOSE, COSTS OFF) DELETE FROM nokey WHERE a < 0;
SELECT * FROM nokey;
INSERT INTO wr VALUES ('a', 1, 'x'), ('a', 2, 'y');
UPDATE wr SET k = 'b' WHERE l = 1 RETURNING *;
DELETE FROM wr WHERE l = 2 RETURNING *;
INSERT INTO parent VALUES (1, 'x'), (2, NULL), (2, NULL);
UPDATE parent SET a = a + 1 WHERE b IS NULL RETURNING *;
INSERT INTO nocase VALUES ('Ann@x');
INSERT INTO nocase VALUES ('ANN@X');
UPDATE nocase SET "Mixed Name" = 'm' WHERE email = 'ann@x';
UPDATE nocase SET "Mixed Name" = 'M' WHERE email = 'Ann@x' RETURNING *;
-- Generated keys and columns come back.
INSERT INTO auto (x) VALUES ('a'), ('b') RETURNING *;
INSERT INTO computed (side) VALUES (3) RETURNING *;
UPDATE computed SET side = 4 RETURNING *;
INSERT INTO computed (area) VALUES (3);
INSERT INTO bigkey (x) VALUES ('no key');
-- Literals are evaluated here, other defaults by SQLite, whose current time is in UTC.
INSERT INTO defaults (id) VALUES (1) RETURNING s, n, neg, q, b, b0, j, length(evil) AS evil, d2, nul, t;
INSERT INTO defaults (id) VALUES (2) RETURNING abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - ts)) < 300 AS ts, abs(extract(epoch FROM now() - tz)) < 300 AS tz;
SELECT bad FROM defaults;
INSERT INTO child (self_id) VALUES (1) RETURNING *;
INSERT INTO child (p1, p2) VALUES (77, 'x');
INSERT INTO "we""ird 'name" VALUES (1, 'q') RETURNING *;
INSERT INTO strict_one VALUES (1, 2, 'x') RETURNING *;
-- IMPORT FOREIGN SCHEMA brings views as well; one that is broken is left out.
CREATE SCHEMA imported;
IMPORT FOREIGN SCHEMA main LIMIT TO (vw, broken, nocase) FROM SERVER r INTO imported;
\d imported.*
SELECT * FROM imported.vw;
UPDATE imported.vw SET b = 'x';

-- A default that is no value of its column is left to the engine, which keeps any.
\set url :sqlite 'defaults.db'
\! sqlite3 $D/defaults.db "CREATE TABLE d (id integer PRIMARY KEY, a varchar(3) DEFAULT 'too long', b numeric(3,1) DEFAULT 12345.6, c smallint DEFAULT 99999, e date DEFAULT 'no date', f varchar(3) DEFAULT 'ok')"; chmod a+rw $D/defaults.db
SELECT binds.add('defaults', :'url');
SELECT model, action FROM binds.reflect('defaults');
SELECT tables FROM binds.metadatas WHERE bind_key = 'defaults';
INSERT INTO d (id) VALUES (1) RETURNING id, f;
SELECT a FROM d;
SELECT action FROM binds.drop_all('defaults');
