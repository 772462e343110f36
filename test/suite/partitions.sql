-- COPY, tuple routing into partitions of a bind, moves between partitions, inheritance.
SELECT suite.tables($$
CREATE TABLE t (id integer NOT NULL PRIMARY KEY, k varchar(10) NOT NULL, x text, CHECK (id < 100000));
CREATE TABLE p1 (id integer NOT NULL, k varchar(10) NOT NULL, x text, PRIMARY KEY (id, k));
CREATE TABLE p2 (x text, k varchar(10) NOT NULL, id integer NOT NULL, PRIMARY KEY (id, k));
CREATE TABLE kid (id integer NOT NULL PRIMARY KEY, k varchar(10), extra integer);
$$);
-- the same tree on both sides; p3 is local on both
SELECT suite.fill('CREATE TABLE p (id integer NOT NULL, k varchar(10) NOT NULL, x text) PARTITION BY LIST (k)');
SELECT suite.fill('ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (''a'')');
SELECT suite.fill('ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (''b'')');
SELECT suite.fill('CREATE TABLE p3 PARTITION OF p FOR VALUES IN (''c'')');
SELECT suite.fill('INSERT INTO p SELECT i, chr(97 + i % 3), ''x'' || i FROM generate_series(1, 3000) i');
SELECT suite.same('SELECT tableoid::regclass::text ~ ''p[123]'', * FROM p WHERE id % 100 < 5');
SELECT suite.same('SELECT k, count(*), sum(id) FROM p GROUP BY k');
SELECT suite.same('SELECT * FROM p WHERE k = ''b'' AND id < 50');
SELECT suite.same_change(s, '(SELECT * FROM p WHERE id % 50 = 1 OR id > 3000) q') FROM unnest(ARRAY[
	'INSERT INTO p VALUES (4001, ''a'', ''new''), (4002, ''b'', NULL), (4003, ''c'', ''loc'') RETURNING *',
	'INSERT INTO p VALUES (4001, ''z'', ''none'')', 'INSERT INTO p VALUES (3, ''a'', ''dup'')', 'INSERT INTO p VALUES (3, ''a'', ''dup''), (4005, ''b'', ''ok'') ON CONFLICT DO NOTHING',
	'UPDATE p SET x = x || ''!'' WHERE id % 50 = 1 RETURNING id, k, x', 'UPDATE p SET id = id + 5000 WHERE k = ''b''', 'DELETE FROM p WHERE id % 50 = 1 RETURNING *', 'DELETE FROM p',
	'UPDATE p SET k = ''b'' WHERE k = ''c''', 'UPDATE p SET k = ''a'' WHERE k = ''c'' AND id < 100 RETURNING *', 'TRUNCATE p', 'INSERT INTO p1 VALUES (4001, ''b'', ''wrong'')', 'UPDATE p1 SET k = ''b'' WHERE id = 3', 'INSERT INTO p1 VALUES (4001, ''a'', ''right'')']) s;
-- rows of a partition in an engine cannot move: an error, as of any foreign partition
SELECT suite.fails('UPDATE p SET k = ''c'' WHERE k = ''a''', '23514');
-- a partition that gets rows must not be updated later in the same statement
SELECT suite.fill('CREATE TABLE p0 PARTITION OF p FOR VALUES IN (''0'')');
SELECT suite.fill('INSERT INTO p VALUES (9001, ''0'', ''local'')');
SELECT suite.fails('UPDATE p SET k = ''a'' WHERE k IN (''0'', ''a'')', '0A000');
SELECT suite.same_change('UPDATE p SET k = ''a'' WHERE k = ''0'' RETURNING *', 'p1');
-- a partition without a key: its rows are known by their number, if the engine has one
SELECT suite.tables('CREATE TABLE p4 (k varchar(10), id integer, x text)');
SELECT suite.fill('ALTER TABLE p4 ALTER id SET NOT NULL, ALTER k SET NOT NULL');
SELECT suite.fill('ALTER TABLE p ATTACH PARTITION p4 FOR VALUES IN (''d'')');
SELECT suite.fill('INSERT INTO p VALUES (9002, ''d'', ''x''), (9002, ''d'', ''x''), (9003, ''d'', NULL)');
SELECT suite.same('SELECT * FROM p WHERE id > 9000');
SELECT CASE WHEN suite.is('sqlite') THEN suite.same_change(s, '(SELECT * FROM p WHERE id > 2900) q') ELSE suite.fails(s, '55000') END
FROM unnest(ARRAY['UPDATE p SET x = ''u'' || id WHERE id > 2990 RETURNING *', 'DELETE FROM p WHERE id > 2990 AND x IS NULL RETURNING k', 'UPDATE p SET x = v.i FROM (VALUES (''one''), (''two'')) v (i) WHERE id = 9003 AND v.i = ''two'' RETURNING *']) s;
SELECT suite.fill('DROP TABLE p0; DELETE FROM p3; INSERT INTO p3 SELECT i, ''c'', ''x'' || i FROM generate_series(2, 3000, 3) i');
-- COPY
SET search_path = eng, public;
COPY t FROM STDIN;
1	a	one
2	b	\N
3	ä	tab\tnl\n
\.
SELECT suite.check('COPY FROM', array_agg(t ORDER BY id)::text = $${"(1,a,one)","(2,b,)","(3,ä,\"tab	nl
\")"}$$) FROM t;
COPY t (id, k) FROM STDIN WITH (FORMAT csv);
4,c
5,d
\.
SELECT suite.check('COPY of some columns', count(*) = 5 AND count(x) = 2) FROM t;

DO $$ BEGIN
	EXECUTE format('COPY (SELECT i, ''k'', ''x'' || i FROM generate_series(10, 5000) i) TO %L', current_setting('data_directory') || '/binds_copy_test');
END $$;
DO $$ BEGIN
	EXECUTE format('COPY t FROM %L', current_setting('data_directory') || '/binds_copy_test');
	EXECUTE format('COPY (SELECT NULL) TO %L', current_setting('data_directory') || '/binds_copy_test');
END $$;
SELECT suite.check('COPY of many rows', count(*) = 4996) FROM t;
SELECT suite.fails($$COPY t FROM PROGRAM 'echo "1	a	dup"'$$, '23505');
SELECT suite.fails($$COPY t FROM PROGRAM 'echo "200000	a	check"'$$, '23514');
SELECT suite.fails($$COPY t FROM PROGRAM 'echo "7000	\\N	null"'$$, '23502');
SELECT suite.check('a failed COPY leaves nothing', count(*) = 4996) FROM t;
COPY p FROM STDIN;
7001	a	one
7002	b	two
7003	c	three
\.
SELECT suite.check('COPY into partitions', array_agg(tableoid::regclass::text ORDER BY id) = '{p1,p2,p3}') FROM p WHERE id BETWEEN 7000 AND 8000;
RESET search_path;
-- inheritance over the bind
SELECT suite.fill('CREATE TABLE top (id integer NOT NULL, k varchar(10))');
SELECT suite.fill('ALTER TABLE kid INHERIT top');
SELECT suite.fill('INSERT INTO top VALUES (1, ''top''), (2, ''top''); INSERT INTO kid VALUES (1, ''kid'', 10), (3, ''kid'', 30)');
SELECT suite.same('SELECT * FROM top');
SELECT suite.same('SELECT * FROM ONLY top');
SELECT suite.same_change(s, 'top') FROM unnest(ARRAY['UPDATE top SET k = k || id RETURNING *', 'UPDATE top SET id = id + 10 WHERE id = 1', 'DELETE FROM top WHERE id = 1 RETURNING k', 'DELETE FROM top WHERE k = ''kid''', 'UPDATE kid SET k = ''x'' RETURNING *', 'UPDATE ONLY top SET k = ''x''', 'TRUNCATE top']) s;
