-- INSERT, UPDATE, DELETE, TRUNCATE: result, count and the table afterwards.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL DEFAULT 7, b varchar(10) UNIQUE, c text DEFAULT 'dflt', n numeric(8,2), ts timestamp DEFAULT '2024-01-01', CHECK (a < 1000));
CREATE TABLE ck (x integer, y varchar(10), z text, PRIMARY KEY (x, y));
CREATE TABLE nokey (a integer, b text);
CREATE TABLE textkey (k varchar(20) PRIMARY KEY, v integer);
$$);
SELECT suite.fill($$INSERT INTO t SELECT i, i * 2, 'b' || i, CASE WHEN i % 3 = 0 THEN NULL ELSE 'c' || i END, i * 1.5, timestamp '2024-05-05' + i * interval '1 min' FROM generate_series(1, 30) i$$);
SELECT suite.fill($$INSERT INTO ck SELECT i % 3, 'y' || i, 'z' FROM generate_series(1, 12) i$$);
SELECT suite.fill($$INSERT INTO textkey VALUES ('a', 1), ('A', 2), ('ä', 3), ('', 4), ('a b', 5), ('''', 6)$$);
CREATE TABLE src (i integer, s text);
INSERT INTO src SELECT i, 's' || i FROM generate_series(1, 50) i;
SELECT suite.same_change(s, 't') FROM unnest(ARRAY[
	'INSERT INTO t VALUES (100, 1, ''n'', ''x'', 1.25, ''2024-02-29'')', 'INSERT INTO t (id) VALUES (100)', 'INSERT INTO t (id, c) VALUES (100, DEFAULT), (101, NULL), (102, '''')', 'INSERT INTO t (id, b) VALUES (100, ''u'') RETURNING *', 'INSERT INTO t (id, b) VALUES (100, ''u''), (101, ''w'') RETURNING id, a + 1, c || ''!''', 'INSERT INTO t (id, a) SELECT i + 100, i FROM src', 'INSERT INTO t (id, a) SELECT id + 100, a FROM t WHERE id < 5 RETURNING id',
	'INSERT INTO t (id) VALUES (1)', 'INSERT INTO t (id, b) VALUES (100, ''b1'')', 'INSERT INTO t (id, a) VALUES (100, NULL)', 'INSERT INTO t (id, a) VALUES (100, 1000)', 'INSERT INTO t (id, b) VALUES (100, ''12345678901'')', 'INSERT INTO t (id, n) VALUES (100, 1234567.5)', 'INSERT INTO t (id, n) VALUES (100, 1.005)', 'INSERT INTO t (id) VALUES (NULL)', 'INSERT INTO t (id, a) SELECT i + 100, CASE WHEN i = 40 THEN 2000 ELSE i END FROM src',
	'INSERT INTO t (id, b) VALUES (1, ''q''), (100, ''b2''), (101, ''ok'') ON CONFLICT DO NOTHING', 'INSERT INTO t (id, b) VALUES (1, ''q''), (101, ''ok'') ON CONFLICT DO NOTHING RETURNING id', 'INSERT INTO t (id, a) VALUES (100, NULL) ON CONFLICT DO NOTHING', 'INSERT INTO t (id, a) VALUES (100, 5000) ON CONFLICT DO NOTHING', 'INSERT INTO t (id, a) SELECT i, i FROM src ON CONFLICT DO NOTHING',
	'UPDATE t SET a = a + 1', 'UPDATE t SET a = a + 1 WHERE id <= 3 RETURNING *', 'UPDATE t SET c = NULL, n = n * 2 WHERE b = ''b4''', 'UPDATE t SET a = a WHERE id = 4', 'UPDATE t SET a = 1 WHERE id = 999', 'UPDATE t SET a = 5000 WHERE id = 3', 'UPDATE t SET a = NULL WHERE id = 3', 'UPDATE t SET b = ''b1'' WHERE id = 2', 'UPDATE t SET id = id + 1000', 'UPDATE t SET id = 500 WHERE id = 5 RETURNING id, b', 'UPDATE t SET id = 1 WHERE id = 2', 'UPDATE t SET c = s FROM src WHERE src.i = t.id RETURNING t.id, t.c, src.s', 'UPDATE t SET (a, c) = (SELECT i, s FROM src WHERE src.i = t.id)', 'UPDATE t SET c = DEFAULT, a = DEFAULT WHERE id = 9', 'UPDATE t SET ts = ts + interval ''1 month'' WHERE a > 20', 'UPDATE t SET n = 1234567 WHERE id = 1',
	'UPDATE t SET a = a + 1 FROM (VALUES (1), (1), (2), (1)) v (i) WHERE t.id = v.i RETURNING t.id, t.a', 'UPDATE t SET a = a + 1 FROM src WHERE t.id < 5', 'UPDATE t SET a = x.a + 1 FROM t x WHERE x.id = 3 AND t.id > 25', 'DELETE FROM t USING src WHERE t.id < 5 RETURNING t.id',
	'DELETE FROM t WHERE id = 3', 'DELETE FROM t', 'DELETE FROM t WHERE a > 20 RETURNING *', 'DELETE FROM t USING src WHERE src.i = t.id AND src.i > 25 RETURNING t.id, src.s', 'DELETE FROM t WHERE id = 12345', 'DELETE FROM t WHERE id IN (SELECT id FROM t WHERE a < 10)', 'TRUNCATE t',
	'WITH d AS (DELETE FROM t WHERE id < 4 RETURNING *) SELECT id, b FROM d', 'WITH d AS (DELETE FROM t WHERE id < 4 RETURNING *) INSERT INTO t (id, a, b) SELECT id + 600, a, b || ''x'' FROM d RETURNING id, a, b', 'WITH u AS (UPDATE t SET a = 0 RETURNING id) SELECT count(*) FROM u', 'WITH i AS (INSERT INTO t (id) VALUES (700) RETURNING id) UPDATE t SET a = 3 FROM i WHERE t.id = 1 RETURNING t.id, i.id']) s;
SELECT suite.same_change(s, 'ck') FROM unnest(ARRAY['UPDATE ck SET z = y WHERE x = 1', 'UPDATE ck SET x = x + 10', 'UPDATE ck SET y = y || ''q'' WHERE x = 0 RETURNING *', 'DELETE FROM ck WHERE y IN (''y1'', ''y2'')', 'INSERT INTO ck VALUES (1, ''y1'', ''dup'')', 'INSERT INTO ck VALUES (1, ''Y1'', ''case''), (1, ''y1 '', ''blank'')', 'DELETE FROM ck WHERE x = 2 RETURNING x, y']) s;
SELECT suite.same_change(s, 'textkey') FROM unnest(ARRAY['UPDATE textkey SET v = v * 10', 'UPDATE textkey SET v = 0 WHERE k = ''a''', 'DELETE FROM textkey WHERE k = ''A''', 'INSERT INTO textkey VALUES (''a '', 7), (''á'', 8), (''Ä'', 9)', 'INSERT INTO textkey VALUES (''ä'', 7)', 'UPDATE textkey SET k = k || ''!'' RETURNING k', 'DELETE FROM textkey WHERE k = ''''']) s;
SELECT suite.same_change(s, 'nokey') FROM unnest(ARRAY['INSERT INTO nokey VALUES (1, ''a''), (1, ''a''), (NULL, NULL)', 'INSERT INTO nokey DEFAULT VALUES', 'INSERT INTO nokey DEFAULT VALUES RETURNING *', 'INSERT INTO nokey (b) SELECT s FROM src', 'TRUNCATE nokey']) s;
-- a row without identity can be changed where the engine has one
SELECT CASE WHEN suite.is('sqlite') THEN suite.same_change('WITH i AS (INSERT INTO nokey VALUES (5, ''n'')) UPDATE nokey SET a = 1', 'nokey') ELSE suite.fails('UPDATE nokey SET a = 1', '55000') END;
SELECT CASE WHEN suite.is('sqlite') THEN suite.line(true, 'rowid') ELSE suite.fails('DELETE FROM nokey', '55000') END;
-- triggers and views with CHECK OPTION
SELECT suite.fill($$CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF TG_OP = ''DELETE'' THEN RETURN CASE WHEN OLD.id = 2 THEN NULL ELSE OLD END; END IF; NEW.c := TG_OP || coalesce(NEW.c, ''-''); RETURN CASE WHEN NEW.id = 3 THEN NULL ELSE NEW END; END'$$);
SELECT suite.fill('CREATE TRIGGER b BEFORE INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION trg()');
SELECT suite.same_change(s, 't') FROM unnest(ARRAY['INSERT INTO t (id, b) VALUES (100, ''q''), (101, ''r'')', 'INSERT INTO t (id) VALUES (100) RETURNING *', 'UPDATE t SET a = 1 WHERE id < 6', 'UPDATE t SET a = 1 WHERE id < 6 RETURNING id, c', 'DELETE FROM t WHERE id < 5', 'DELETE FROM t WHERE id < 5 RETURNING id']) s;
SELECT suite.fill('DROP TRIGGER b ON t; CREATE TABLE log (op text, o text, n text)');
SELECT suite.fill($$CREATE FUNCTION alog() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (TG_OP, OLD::text, NEW::text); RETURN NULL; END'$$);
SELECT suite.fill('CREATE TRIGGER a AFTER INSERT OR UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION alog()');
SELECT suite.same_change(s, 'log') FROM unnest(ARRAY['INSERT INTO t (id, b) VALUES (100, ''q''), (101, ''r'')', 'UPDATE t SET a = a + 1 WHERE id < 4', 'DELETE FROM t WHERE id < 4']) s;
SELECT suite.fill('DROP TRIGGER a ON t');
SELECT suite.fill('CREATE VIEW small AS SELECT * FROM t WHERE a < 50 WITH CHECK OPTION');
SELECT suite.same_change(s, 't') FROM unnest(ARRAY['INSERT INTO small (id, a) VALUES (100, 10)', 'INSERT INTO small (id, a) VALUES (100, 60)', 'INSERT INTO small (id, a) SELECT i + 100, i FROM src', 'UPDATE small SET a = 60 WHERE id = 1', 'UPDATE small SET a = 40 WHERE id = 1 RETURNING id, a', 'DELETE FROM small WHERE id < 3']) s;
-- more rows than a batch holds, and rows of different size
SELECT suite.same_change('INSERT INTO nokey SELECT i, repeat(chr(97 + i % 26), i % 300) FROM generate_series(1, 3500) i', 'nokey');
