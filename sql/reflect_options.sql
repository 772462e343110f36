\i test/setup.psql
\pset null NULL
SET datestyle = 'ISO';
\set url :sqlite 'o.db'
\setenv DB `echo sqlite3 $D/o.db`
\! $DB "CREATE TABLE t (id integer PRIMARY KEY, v varchar(20) NOT NULL DEFAULT 'abc', n decimal(5), b boolean DEFAULT 1, k char(3) UNIQUE, d datetime)"
\! $DB "INSERT INTO t VALUES (1, 'thirty characters, or even more of them', 12.34, 't', 'abcdef', 'yesterday')"
\! $DB "CREATE TABLE other (id integer PRIMARY KEY); CREATE TABLE geo (id integer PRIMARY KEY, a POINT, b LINESTRING, c GEOMETRY, d MULTIPOLYGON); INSERT INTO geo VALUES (1, x'4750', x'00', x'47', NULL)"
\! chmod 666 $D/o.db
SELECT binds.add('o', :'url', '{"schema": "o"}');
-- Options that there are not, and values that are none, are refused, all names at once.
SELECT * FROM binds.reflect('o', '{"nope": 1, "tables": [], "only": ["t"]}');
SELECT * FROM binds.reflect('o', '{"only": 5}');
SELECT * FROM binds.reflect('o', '{"only": [1]}');
SELECT * FROM binds.reflect('o', '{"tinyint1": "integer"}');
SELECT * FROM binds.reflect('o', '{"text_limits": ["ignored"]}');
SELECT * FROM binds.reflect('o', '[]');
SELECT * FROM binds.reflect('o', '{"only": ["t", "missing"]}');
SELECT * FROM binds.reflect('o', '{"as_text": ["t.d", "d", "t.missing", "nosuch", "other.d", "T.d"]}');
SELECT * FROM binds.reflect(NULL, '{"only": ["missing"]}');
SELECT count(*) FROM binds.models;
-- Tables by name; without options as ever, in all forms.
SELECT model FROM binds.reflect('o', '{"only": []}');
SELECT model FROM binds.reflect(ARRAY['o'], '{"except": ["t", "geo"], "only": null}');
SELECT model FROM binds.reflect('o', '{"only": ["geo"]}');
-- What is not there cannot be left out: said once, when none of the binds has it.
CREATE TABLE here (id integer PRIMARY KEY);
SELECT model FROM binds.reflect(ARRAY[NULL, 'o'], '{"except": ["t", "other", "here", "missing", "O", "missing"], "as_text": ["geo.a", "d"]}');
-- So is what is asked for: it may be in any of them.
BEGIN;
SELECT bind_key, model FROM binds.reflect(ARRAY[NULL, 'o'], '{"only": ["here", "other"]}');
SELECT bind_key, model FROM binds.reflect(ARRAY[NULL, 'o'], '{"only": ["here", "missing"]}');
ROLLBACK;
DROP TABLE here;
SELECT model FROM binds.reflect('o', '{"except": ["t"]}');
SELECT model FROM binds.reflect(NULL, '{}');
SELECT model FROM binds.reflect(NULL);
-- Geometries are bytes.
SELECT * FROM o.geo;
INSERT INTO o.geo VALUES (2, '\x0001', NULL, '', '\xff') RETURNING *;
SELECT id FROM o.geo WHERE a = '\x0001';
-- So are those with more dimensions, and the rarer shapes; what only begins like one is not.
\! $DB "CREATE TABLE shapes (a POINTZ, b POINTM, c pointzm, d POINT ZM, e 'POINT  Z', f LINESTRINGZ, g POLYGON M, h MULTIPOINT Z, i GEOMETRYCOLLECTIONZM, j GEOMCOLLECTION, k POLYHEDRALSURFACE Z, l TIN, m TRIANGLE, n GEOMETRY Z, o POINTZ(4), p POINTER, q TINT, r POINT X)"
\! $DB "INSERT INTO shapes (a, c, l) VALUES (x'4750', x'00', x'47')"
SELECT model FROM binds.reflect('o', '{"only": ["shapes"]}');
SELECT string_agg(format('%s %s', attname, atttypid::regtype), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'o.shapes'::regclass AND attnum > 0;
INSERT INTO o.shapes (b, l, m) VALUES ('\x4750', '\x31', '') RETURNING b, l, m;
SELECT a, c, l FROM o.shapes WHERE l IN ('\x47', '\x31') ORDER BY l;
-- A column whose values are not what it declares: lengths and digits ignored, or read as text.
SELECT model FROM binds.reflect('o', '{"only": ["t"], "text_limits": "ignored", "as_text": ["t.b", "d"]}');
SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attfdwoptions FROM pg_attribute a WHERE a.attrelid = 'o.t'::regclass AND a.attnum > 0 ORDER BY a.attnum;
SELECT * FROM o.t;
SELECT id FROM o.t WHERE k = 'abcdef' AND b = 't' AND n = 12.34;
INSERT INTO o.t (id, n, k) VALUES (2, 12345.678, 'longer than three') RETURNING *;
SET binds.pushdown = off;
SELECT id FROM o.t WHERE k = 'abcdef' AND b = 't' AND n = 12.34;
RESET binds.pushdown;
-- Without them the error says the way out.
CREATE SCHEMA plain;
IMPORT FOREIGN SCHEMA main LIMIT TO (t) FROM SERVER o INTO plain;
SELECT v FROM plain.t;
SELECT n FROM plain.t WHERE id = 1;
SELECT b FROM plain.t;
ALTER FOREIGN TABLE plain.t ALTER COLUMN v TYPE text, ALTER COLUMN b TYPE text;
SELECT v, b FROM plain.t WHERE b = 't';
-- IMPORT FOREIGN SCHEMA takes the same; what is not there is an error.
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA main LIMIT TO (t) FROM SERVER o INTO i OPTIONS (text_limits 'ignored', as_text 'b, d');
SELECT * FROM i.t WHERE id = 1;
IMPORT FOREIGN SCHEMA main FROM SERVER o INTO i OPTIONS (only 't', nope 'x');
IMPORT FOREIGN SCHEMA main FROM SERVER o INTO i OPTIONS (as_text 'b, nosuch, t.d');
-- Names there are written as identifiers are: the hint says how to keep capitals.
\! sqlite3 $D/o.db 'CREATE TABLE "Caps" (id INTEGER PRIMARY KEY, "Bad" INT)'
IMPORT FOREIGN SCHEMA main LIMIT TO ("Caps") FROM SERVER o INTO i OPTIONS (as_text 'Bad');
IMPORT FOREIGN SCHEMA main LIMIT TO ("Caps") FROM SERVER o INTO i OPTIONS (as_text '"Bad", "Caps.Bad"');
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'i."Caps"'::regclass AND attnum > 0;
IMPORT FOREIGN SCHEMA nowhere FROM SERVER o INTO i;
IMPORT FOREIGN SCHEMA main LIMIT TO (t, missing) FROM SERVER o INTO i;
-- A folder that is not there is an error, and so is one that may not be entered; a file that
-- is not there yet has no tables, and one that is not going to be made is an error.
\set url :sqlite 'none/x.db'
SELECT binds.add('lost', :'url') IS NOT NULL;
\set VERBOSITY sqlstate
SELECT * FROM binds.reflect('lost');
\set VERBOSITY default
\set url :sqlite 'new.db'
SELECT binds.add('new', :'url') IS NOT NULL;
SELECT * FROM binds.reflect('new');
SELECT * FROM binds.reflect('new', '{"only": ["t"]}');
SELECT binds.alter('new', options => '{"managed": false}');
SELECT * FROM binds.reflect('new');
\set VERBOSITY sqlstate
SELECT binds.alter('new', options => '{"managed": null, "read_only": true}');
SELECT * FROM binds.reflect('new');
\set url sqlite:///file: :dir /new.db?mode=ro&uri=true
SELECT binds.alter('new', :'url', '{"read_only": null}');
SELECT * FROM binds.reflect('new');
\set url sqlite:///file: :dir /new.db?mode=rw&uri=true
SELECT binds.alter('new', :'url');
SELECT * FROM binds.reflect('new');
\set url sqlite:///file: :dir /new.db?mode=rwc&uri=true
SELECT binds.alter('new', :'url');
SELECT * FROM binds.reflect('new');
\! ls $D
-- What may not be looked at is no empty database, neither to reflect nor to drop_all.
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY)', 'new');
\! mkdir $D/shut && sqlite3 $D/shut/x.db 'CREATE TABLE t (id INTEGER PRIMARY KEY)' && chmod 000 $D/shut
\set url :sqlite 'shut/x.db'
SELECT binds.alter('new', :'url');
SELECT * FROM binds.reflect('new');
SELECT * FROM binds.drop_all('new');
SELECT * FROM binds.create_all('new');
CREATE SCHEMA shut;
IMPORT FOREIGN SCHEMA main FROM SERVER new INTO shut;
\set url :sqlite 'shut/none/x.db'
SELECT binds.alter('new', :'url');
SELECT * FROM binds.reflect('new');
\! chmod 777 $D/shut; chmod 666 $D/shut/x.db
SELECT * FROM binds.reflect('new');
\set url :sqlite 'shut/x.db'
SELECT binds.alter('new', :'url');
SELECT model, action FROM binds.drop_all('new');
