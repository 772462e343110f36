\i test/setup.psql
-- What create_all makes on MySQL and MariaDB, and what it refuses.
\set users :mysql 'users'
SELECT binds.add('my', :'users', '{"schema": "my"}');
CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy, very');
CREATE DOMAIN posint AS int CHECK (VALUE > 0);
\pset format unaligned
\pset tuples_only on
SELECT binds.define($$
CREATE TABLE parent (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(30) NOT NULL UNIQUE, UNIQUE (code, id));
CREATE TABLE every (i2 smallint, i4 integer, i8 bigint, n numeric(12,4), f4 real, f8 double precision, b boolean DEFAULT true,
	c char(7) DEFAULT 'c', v varchar(50) DEFAULT 'it''s \ "v"', vv varchar(20000), t text DEFAULT 'a ''text'' \ é', y bytea DEFAULT '\x00ff', d date DEFAULT '2024-02-29', tm time, t3 time(3),
	ts timestamp DEFAULT '2024-01-01 00:00:00.5', tz timestamptz DEFAULT now(), tz0 timestamptz(0), i interval, u uuid, j json DEFAULT '{"a": 1}', jb jsonb, m mood DEFAULT 'it''s ok', p posint,
	parent integer REFERENCES parent ON DELETE CASCADE ON UPDATE SET NULL, seq bigserial UNIQUE,
	CHECK (n > 0 AND i4 <> 2), CHECK (v LIKE 'a%' OR length(v) < 20), CHECK (length(v) < 30), CONSTRAINT local_only CHECK (upper(v) <> 'X'), PRIMARY KEY (i8, v));
CREATE INDEX ON every (d, i4 DESC);
CREATE INDEX ON every (t);
CREATE INDEX part ON every (i4) WHERE b;
COMMENT ON TABLE every IS 'it''s \ a table';
COMMENT ON COLUMN every.v IS 'a ''column''';
$$, 'my');
SELECT statement FROM binds.ddl('my');
SELECT model, action FROM binds.create_all('my');
-- the engine keeps what it is given, the defaults of both sides too
INSERT INTO my.parent (code) VALUES ('p1') RETURNING *;
INSERT INTO my.every (i8, n, i4, parent) VALUES (1, 1.5, 3, 1) RETURNING seq;
SELECT (tz IS NOT NULL) AS now, b, c, v, t, y, d, ts, j, m FROM my.every;
\! $MY users -e "INSERT INTO every (i8, n, i4) VALUES (2, 1.5, 3)"
SELECT count(*), count(DISTINCT (b, c, v, t, y, d, ts, j::text, m)), max(tz) - min(tz) < interval '1 h' AS same_zone FROM my.every;
-- and checks what it was told
\! $MY users -e "INSERT INTO every (i8, n, i4) VALUES (3, -1, 3)" 2>&1 | grep -o "every_[a-z0-9_]*check" | head -1
\! $MY users -e "INSERT INTO every (i8, n, i4, j) VALUES (3, 1, 3, '{')" 2>&1 | grep -c ERROR
\! $MY users -e "INSERT INTO every (i8, n, i4, parent) VALUES (3, 1, 3, 77)" 2>&1 | grep -c "foreign key constraint fails"
-- text in this table is what its bytes are
INSERT INTO my.every (i8, v, n, i4) VALUES (9, 'a', 1, 1), (9, 'A', 1, 1), (9, 'a ', 1, 1), (9, 'á', 1, 1);
SELECT count(*) FROM my.every WHERE i8 = 9 AND v = 'a';
SELECT quote_literal(v) FROM my.every WHERE i8 = 9 ORDER BY v COLLATE "C";
SELECT model, action FROM binds.drop_all('my');
SELECT binds.forget('my', 'every'), binds.forget('my', 'parent');

-- an index over several texts is over so much of their beginnings as fits, and over no column twice; one of too many columns is not made
SELECT binds.define($$
CREATE TABLE wide (id int PRIMARY KEY, a text, b text, c text, d text, y bytea, j jsonb, i interval, k char(200), v varchar(300), w varchar(100), u uuid, n int);
CREATE INDEX wide_1 ON wide (a);
CREATE INDEX wide_3 ON wide (a, b, c, y);
CREATE INDEX wide_4 ON wide (a, b, c, d);
CREATE INDEX wide_all ON wide (a, n, b, c DESC, d, y, j, i, k, v, w, u);
CREATE INDEX wide_short ON wide (k, v, w, n);
CREATE INDEX wide_twice ON wide (a, n DESC, a, n, b);
CREATE UNIQUE INDEX wide_unique ON wide (w, n, w DESC);
$$ || 'CREATE TABLE many (id int PRIMARY KEY' || string_agg(', c' || i || ' int', '') || ');'
   || 'CREATE INDEX many_16 ON many (' || string_agg('c' || i, ', ') FILTER (WHERE i <= 16) || ');'
   || 'CREATE INDEX many_17 ON many (' || string_agg('c' || i, ', ') || ')', 'my') FROM generate_series(1, 17) i;
SELECT statement FROM binds.ddl('my') WHERE statement ~ 'CREATE .*INDEX';
SELECT model, action FROM binds.create_all('my');
SELECT model, action FROM binds.drop_all('my');
SELECT binds.forget('my', 'wide'), binds.forget('my', 'many');

-- a cycle of foreign keys, names that are the same in two tables
SELECT binds.define($$
CREATE TABLE a (id int PRIMARY KEY, b int, CONSTRAINT fk CHECK (b > 0));
CREATE TABLE b (id int PRIMARY KEY, a int CONSTRAINT link REFERENCES a, CONSTRAINT fk CHECK (a > 0));
ALTER TABLE a ADD CONSTRAINT link FOREIGN KEY (b) REFERENCES b;
$$, 'my');
SELECT model, action FROM binds.create_all('my');
SELECT model, action FROM binds.drop_all('my');

-- refused, with the way out
\set VERBOSITY default
SELECT binds.define('CREATE TABLE x (n numeric)', 'my');
SELECT binds.define('CREATE TABLE x (n numeric(70,2))', 'my');
SELECT binds.define('CREATE TABLE x (n numeric(40,31))', 'my');
SELECT binds.define('CREATE TABLE x (n numeric(5,-2))', 'my');
SELECT binds.define('CREATE TABLE x (c char(256))', 'my');
SELECT binds.define('CREATE TABLE x (t text PRIMARY KEY)', 'my');
SELECT binds.define('CREATE TABLE x (t bytea UNIQUE)', 'my');
SELECT binds.define('CREATE TABLE x (t varchar(769) PRIMARY KEY)', 'my');
SELECT binds.define('CREATE TABLE x (t varchar(500), u varchar(500), UNIQUE (t, u))', 'my');
SELECT binds.define('CREATE TABLE x (t varchar(10000), u varchar(10000))', 'my');
SELECT binds.define('CREATE TABLE x (a int, b serial, PRIMARY KEY (a, b))', 'my');
SELECT binds.define('CREATE TABLE x (a serial PRIMARY KEY, b serial)', 'my');
SELECT binds.define('CREATE TABLE x (a int, "A" int)', 'my');
SELECT binds.define('CREATE TABLE x (a money)', 'my');
SELECT binds.define('CREATE TABLE x (a int, b money)', 'my');
SELECT binds.define('CREATE TABLE x ()', 'my');
SELECT binds.define('CREATE TABLE x (id int PRIMARY KEY, p int REFERENCES x DEFERRABLE)', 'my');
SELECT binds.define('CREATE TABLE x (id int PRIMARY KEY, p int REFERENCES x ON DELETE SET DEFAULT)', 'my');
SELECT binds.define('CREATE TABLE x (a int, b boolean); CREATE UNIQUE INDEX ON x (a) WHERE b', 'my');
SELECT binds.define('CREATE TABLE x (a text); CREATE UNIQUE INDEX ON x (lower(a))', 'my');
SELECT binds.define('CREATE TABLE x ("😀" int)', 'my');
SELECT binds.define('CREATE TABLE "x " (a int)', 'my');
SELECT model FROM binds.models;
