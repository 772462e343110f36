-- Joins within a bind, over binds and with local tables; every way a query can hold a table.
SELECT suite.tables($$
CREATE TABLE p (id integer PRIMARY KEY, name varchar(20), grp integer);
CREATE TABLE c (id integer PRIMARY KEY, pid integer, amount numeric(10,2), at timestamp);
CREATE TABLE ck (a integer, b varchar(10), v text, PRIMARY KEY (a, b));
$$);
SELECT suite.fill($$INSERT INTO p SELECT i, 'p' || i, CASE WHEN i % 4 = 0 THEN NULL ELSE i % 4 END FROM generate_series(1, 40) i$$);
SELECT suite.fill($$INSERT INTO c SELECT i, CASE WHEN i % 9 = 0 THEN NULL ELSE i * 7 % 50 END, i * 1.25, timestamp '2024-01-01' + i * interval '5 h' FROM generate_series(1, 100) i$$);
SELECT suite.fill($$INSERT INTO ck SELECT i % 5, 'k' || i, 'v' || i FROM generate_series(1, 30) i$$);
CREATE TABLE loc (id integer PRIMARY KEY, pid integer, w text);
INSERT INTO loc SELECT i, i * 3, 'w' || i FROM generate_series(1, 20) i;
ANALYZE loc;
CREATE FUNCTION suite.each_join(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE s text;
BEGIN
	FOREACH s IN ARRAY ARRAY['', 'enable_hashjoin,enable_mergejoin', 'enable_hashjoin,enable_nestloop', 'enable_nestloop,enable_mergejoin', 'enable_material,enable_memoize,enable_hashjoin,enable_mergejoin'] LOOP
		PERFORM set_config(n, 'off', true) FROM unnest(string_to_array(s, ',')) n WHERE n <> '';
		RETURN NEXT suite.same(query);
		PERFORM set_config(n, 'on', true) FROM unnest(string_to_array(s, ',')) n WHERE n <> '';
	END LOOP;
END $$;
SELECT suite.each_join(q) FROM unnest(ARRAY[
	'SELECT p.name, c.amount FROM p JOIN c ON c.pid = p.id', 'SELECT p.name, c.id FROM p LEFT JOIN c ON c.pid = p.id AND c.amount > 50', 'SELECT p.name, c.id FROM p RIGHT JOIN c ON c.pid = p.id WHERE p.name IS NULL', 'SELECT p.id, c.id FROM p FULL JOIN c ON c.pid = p.id', 'SELECT * FROM p, c WHERE c.pid = p.id AND p.grp = 2 AND c.amount < 60',
	'SELECT l.w, p.name FROM loc l JOIN p ON p.id = l.pid', 'SELECT l.w, p.name, c.id FROM loc l LEFT JOIN p ON p.id = l.pid LEFT JOIN c ON c.id = l.id', 'SELECT p.id FROM p WHERE EXISTS (SELECT 1 FROM c WHERE c.pid = p.id AND c.amount > 90)', 'SELECT p.id FROM p WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.pid = p.id)', 'SELECT p.id FROM p WHERE id IN (SELECT pid FROM c)', 'SELECT p.id FROM p WHERE grp NOT IN (SELECT pid FROM c WHERE pid IS NOT NULL)',
	'SELECT a.id, b.id FROM p a JOIN p b ON a.grp = b.grp AND a.id < b.id', 'SELECT a.id FROM p a CROSS JOIN (SELECT 1 FROM c LIMIT 2) x', 'SELECT p.id, x.s FROM p, LATERAL (SELECT sum(amount) s FROM c WHERE c.pid = p.id) x', 'SELECT p.id, (SELECT count(*) FROM c WHERE c.pid = p.id) FROM p', 'SELECT k.v, l.w FROM loc l JOIN ck k ON k.a = l.id AND k.b = ''k'' || l.id', 'SELECT p, c FROM p JOIN c ON c.pid = p.id WHERE p.id = 7', 'SELECT p.grp, count(*), sum(c.amount), max(c.at) FROM p JOIN c ON c.pid = p.id GROUP BY p.grp HAVING count(*) > 3',
	'WITH x AS MATERIALIZED (SELECT * FROM p WHERE grp = 1) SELECT x.id, y.id FROM x JOIN x y ON x.id = y.id + 4', 'WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT r.id + p.grp FROM r JOIN p ON p.id = r.id WHERE p.grp IS NOT NULL AND r.id < 30) SELECT * FROM r', 'SELECT id FROM p INTERSECT SELECT pid FROM c', 'SELECT id FROM p EXCEPT SELECT pid FROM c', 'SELECT p.id FROM p WHERE id = (SELECT max(pid) FROM c WHERE pid <= 40)']) q;
-- statements that hold tables in other ways
SELECT suite.fill('DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT p.id, p.name, c.amount FROM p JOIN c ON c.pid = p.id WHERE c.amount > 10');
SELECT suite.same('SELECT * FROM v WHERE id < 20');
SELECT suite.same('SELECT tableoid::regclass::text LIKE ''%p'' AS x, id FROM p');
SELECT suite.same('SELECT p.*, p FROM p WHERE id < 3');
SELECT suite.same('SELECT count(*) FROM p');
SELECT suite.same('SELECT 1 FROM p');
SELECT suite.same('SELECT NULL FROM p WHERE id > 38');
SELECT suite.same('SELECT row_to_json(p) FROM p WHERE id < 4');
SELECT suite.same('SELECT name FROM p ORDER BY id FOR UPDATE');
SELECT suite.same('SELECT p.name FROM p JOIN loc ON loc.pid = p.id FOR SHARE OF p');
-- two cursors at once on one bind, both to their end, one backward
CREATE FUNCTION suite.cursors() RETURNS text LANGUAGE plpgsql AS $$
DECLARE a CURSOR FOR SELECT id FROM p ORDER BY id; b CURSOR FOR SELECT id FROM c ORDER BY id DESC; i int; j int; s bigint := 0;
BEGIN
	PERFORM set_config('search_path', 'eng, public', true);
	OPEN a; OPEN b;
	LOOP
		FETCH a INTO i; FETCH b INTO j; EXIT WHEN i IS NULL AND j IS NULL;
		s := s + coalesce(i, 0) * 1000 + coalesce(j, 0);
		IF i = 3 THEN UPDATE p SET name = 'x' WHERE id = 39; END IF;
	END LOOP;
	RETURN suite.line(s = 820 * 1000 + 5050, 'two cursors step by step with a write between [' || s || ']');
END $$;
SELECT suite.cursors();
-- partitions: routed, moved, pruned
SELECT suite.tables($$
CREATE TABLE part1 (id integer NOT NULL, v text, PRIMARY KEY (id));
CREATE TABLE part2 (id integer NOT NULL, v text, PRIMARY KEY (id));
$$);
CREATE TABLE twin.pt (id integer NOT NULL, v text) PARTITION BY RANGE (id);
CREATE TABLE eng.pt (id integer NOT NULL, v text) PARTITION BY RANGE (id);
SELECT suite.fill('ALTER TABLE pt ATTACH PARTITION part1 FOR VALUES FROM (0) TO (10)');
SELECT suite.fill('ALTER TABLE pt ATTACH PARTITION part2 FOR VALUES FROM (10) TO (20)');
SELECT suite.fill('INSERT INTO pt SELECT i, ''r'' || i FROM generate_series(0, 19) i');
SELECT suite.same('SELECT * FROM pt');
SELECT suite.same('SELECT * FROM part1');
SELECT suite.same('SELECT * FROM pt WHERE id = 12');
SELECT suite.same('SELECT * FROM pt ORDER BY id DESC LIMIT 3', true);
SELECT suite.same_change('UPDATE pt SET v = ''new'' WHERE id IN (3, 13)', 'pt');
SELECT suite.same_change('DELETE FROM pt WHERE id > 7 RETURNING *', 'pt');
SELECT suite.same_change('INSERT INTO pt VALUES (25, ''none'')', 'pt');
SELECT suite.same_change('INSERT INTO part1 VALUES (15, ''wrong partition'')', 'pt');
SELECT suite.same_change('TRUNCATE pt', 'pt');
-- inheritance
SELECT suite.tables($$
CREATE TABLE base (id integer PRIMARY KEY, a text);
CREATE TABLE kid (b integer, PRIMARY KEY (id)) INHERITS (base);
$$);
SELECT suite.fill('INSERT INTO base VALUES (1, ''base''), (2, NULL)');
SELECT suite.fill('INSERT INTO kid VALUES (11, ''kid'', 5), (12, ''kid2'', NULL)');
SELECT suite.same('SELECT * FROM base');
SELECT suite.same('SELECT * FROM ONLY base');
SELECT suite.same('SELECT id FROM base ORDER BY id DESC LIMIT 2', true);
SELECT suite.same_change('UPDATE base SET a = ''all''', 'base');
SELECT suite.same_change('UPDATE base SET a = a || id RETURNING id, a', 'base');
SELECT suite.same_change('DELETE FROM base WHERE id IN (1, 12)', 'base');
