\i test/setup.psql
-- Names that none of several binds has: what they have instead is said, of each; and of the default bind only where it
-- was asked for.
\setenv A `echo sqlite3 $D/a.db`
\setenv B `echo sqlite3 $D/b.db`
\! $A "CREATE TABLE t (id integer PRIMARY KEY); CREATE VIEW vv AS SELECT * FROM t"
\! $B "CREATE TABLE u (id integer PRIMARY KEY); CREATE TABLE T (id integer PRIMARY KEY)"
\! chmod 666 $D/a.db $D/b.db
\set url :sqlite 'a.db'
SELECT binds.add('s1', :'url', '{"schema": "s1"}');
\set url :sqlite 'b.db'
SELECT binds.add('s2', :'url', '{"schema": "s2"}');
CREATE TABLE "Here" (id integer PRIMARY KEY);
SELECT * FROM binds.reflect(ARRAY['s1', 's2'], '{"only": ["vv"]}');
SELECT * FROM binds.reflect(ARRAY['s1', 's2'], '{"only": ["U"]}');
SELECT * FROM binds.reflect(ARRAY['s1', 's2'], '{"only": ["U", "vv", "t", "nope"]}');
SELECT * FROM binds.reflect(ARRAY['s1', 's2'], '{"only": ["nope"]}');
SELECT * FROM binds.reflect(ARRAY['s1', NULL], '{"only": ["nope"]}');
SELECT * FROM binds.reflect(ARRAY[NULL, 's1'], '{"only": ["vv", "here"]}');
SELECT * FROM binds.reflect(NULL::text, '{"only": ["here"]}');
-- One bind alone says the same.
SELECT * FROM binds.reflect('s1', '{"only": ["vv"]}');
SELECT * FROM binds.reflect('s2', '{"only": ["U"]}');
SELECT * FROM binds.reflect('s2', '{"only": ["nope"]}');
-- Nothing is said of a name that one of them has.
SELECT bind_key, model FROM binds.reflect(ARRAY['s1', 's2'], '{"only": ["t", "T"]}') ORDER BY 1, 2;
