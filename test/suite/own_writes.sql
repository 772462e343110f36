-- Statements that read the table which they change: they see it as it was before.
SELECT suite.tables($$
CREATE TABLE h (id integer PRIMARY KEY, k integer, a integer);
CREATE TABLE other (id integer PRIMARY KEY, k integer);
$$);
SELECT suite.fill('INSERT INTO h SELECT i, i % 5, i FROM generate_series(1, 30) i');
SELECT suite.fill('INSERT INTO other SELECT i, i % 7 FROM generate_series(1, 30) i');
CREATE TABLE v AS SELECT x FROM generate_series(0, 5) x;
ANALYZE v;
CREATE TABLE statements (s text);
INSERT INTO statements VALUES
	('UPDATE h SET a = (SELECT max(a) + 1 FROM h h2 WHERE h2.k = h.k)'),
	('UPDATE h SET k = k + 1 FROM v WHERE h.k = v.x AND x < 4'),
	('UPDATE h SET a = a + x FROM v WHERE h.id = v.x'),
	('UPDATE h SET id = id + 1000 FROM generate_series(1, 30) g WHERE h.id = g'),
	('UPDATE h SET id = h.id + 1 FROM v WHERE h.id = v.x + 25'),
	('UPDATE h SET a = h2.a FROM h h2 WHERE h2.id = h.id + 1'),
	('UPDATE h SET a = a + s.n FROM (SELECT k, count(*) AS n FROM h GROUP BY k) s WHERE s.k = h.k'),
	('UPDATE h SET a = a + 1 WHERE id IN (SELECT id + 1 FROM h)'),
	('UPDATE h SET id = id + 1000 WHERE id + 1000 NOT IN (SELECT id FROM h)'),
	('UPDATE h SET a = (SELECT count(*) FROM other o WHERE o.k = h.k)'),
	('UPDATE h SET a = x.id FROM v, LATERAL (SELECT id FROM h h2 WHERE h2.k = v.x ORDER BY a DESC LIMIT 1) x WHERE h.id = v.x'),
	('INSERT INTO h SELECT id + 100 + x, k + 1, a FROM h JOIN v ON h.k = v.x'),
	('INSERT INTO h SELECT 100 + x, x + 1, (SELECT count(*) FROM h h2 WHERE h2.k = x) FROM v'),
	('INSERT INTO h SELECT 100 + x, x + 1, (SELECT count(*) FROM h h2 WHERE h2.k = x) FROM v RETURNING a'),
	('DELETE FROM h WHERE EXISTS (SELECT 1 FROM h h2 WHERE h2.k = h.k AND h2.id > h.id)'),
	('DELETE FROM h WHERE (SELECT count(*) FROM h h2 WHERE h2.k = h.k) > 3'),
	('DELETE FROM h USING h h2 WHERE h2.k = h.k AND h2.id = h.id + 5'),
	('DELETE FROM h WHERE id = (SELECT max(id) FROM h)'),
	('WITH d AS (DELETE FROM h WHERE k = 1 RETURNING *) INSERT INTO h SELECT id + 500, k, (SELECT count(*) FROM h h2 WHERE h2.k = d.k) FROM d RETURNING *'),
	('WITH i AS (INSERT INTO h VALUES (900, 1, 1) RETURNING *) SELECT count(*) FROM h, i WHERE h.k = i.k'),
	('WITH u AS (UPDATE h SET k = 9 WHERE k = 1 RETURNING *) SELECT (SELECT count(*) FROM h WHERE h.k = v.x) AS n FROM v LEFT JOIN u ON u.id = v.x');
SELECT suite.same_change(s, 'h') FROM statements;
-- the same by nested loops
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_material = off;
SET enable_memoize = off;
SELECT suite.same_change(s, 'h') FROM statements;
