-- Texts longer than 64 KB, a blob of 20 MB, rows of many sizes: nothing is cut.
SELECT suite.tables($$
CREATE TABLE big (id integer PRIMARY KEY, x text, y bytea);
$$);
SELECT suite.fill($$INSERT INTO big VALUES (1, repeat('ä€🙂', 30000), NULL),
	(2, repeat('x', 65535), ''), (3, repeat('x', 65536), '\x00'), (4, repeat(E'''\\\n', 30000), '\x275c00')$$);
SELECT suite.fill($$INSERT INTO big SELECT 5, NULL, decode(repeat('00ff275c', 5 * 1024 * 1024), 'hex')$$);
SELECT suite.fill($$INSERT INTO big SELECT i, repeat(chr(65 + i % 26), i * 7), NULL FROM generate_series(6, 2000) i$$);
SELECT suite.same('SELECT id, length(x), md5(x), length(y), md5(y) FROM big');
SELECT suite.same('SELECT id FROM big WHERE x = repeat(''x'', 65536)');
SELECT suite.same('SELECT id FROM big WHERE x = repeat(''x'', 65535) || ''y''');
SELECT suite.same($$SELECT id FROM big WHERE y = '\x275c00'$$);
SELECT suite.same('SELECT a.id FROM big a JOIN big b ON a.x = b.x AND a.id <> b.id');
SELECT suite.same_change('UPDATE big SET x = x || x WHERE id < 5', '(SELECT id, md5(x), md5(y) FROM big) q');
SELECT suite.same_change('INSERT INTO big SELECT id + 5000, x, y FROM big RETURNING id, md5(x)', '(SELECT id, md5(x), md5(y) FROM big) q');
SELECT suite.same_change('DELETE FROM big WHERE length(x) > 60000', '(SELECT id, md5(x) FROM big) q');
