-- Data-modifying WITH, and triggers and functions that write what the statement reads.
SELECT suite.tables($$
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text);
CREATE TABLE u (id integer PRIMARY KEY, t integer);
$$);
SELECT suite.fill($$INSERT INTO t SELECT i, i, 'b' || i FROM generate_series(1, 10) i$$);
SELECT suite.fill($$INSERT INTO u SELECT i, i % 3 FROM generate_series(1, 10) i$$);
SELECT suite.same_change(s, 't') FROM unnest(ARRAY[
	'WITH i AS (INSERT INTO t VALUES (100, 1, ''n'') RETURNING id) SELECT (SELECT count(*) FROM i), count(*) FROM t',
	'WITH i AS (INSERT INTO t VALUES (100, 1, ''n'') RETURNING id) SELECT count(*), (SELECT count(*) FROM i) FROM t',
	'WITH d AS (DELETE FROM t WHERE id < 4 RETURNING *) SELECT count(*), (SELECT count(*) FROM d) FROM t',
	'WITH d AS (DELETE FROM t WHERE id < 4 RETURNING *) SELECT (SELECT count(*) FROM d), count(*) FROM t',
	'WITH d AS (UPDATE t SET a = 0 RETURNING *) SELECT (SELECT sum(a) FROM d), sum(a) FROM t',
	'WITH d AS (UPDATE t SET a = 0 RETURNING *) SELECT d.id, t.a, d.a FROM t JOIN d ON t.id = d.id',
	'WITH d AS (UPDATE t SET a = 0 WHERE id = 1 RETURNING *), e AS (DELETE FROM t WHERE id = 5 RETURNING *) SELECT (SELECT count(*) FROM e), (SELECT count(*) FROM d)',
	'WITH d AS (DELETE FROM t WHERE a > 8) SELECT count(*) /* returning */ FROM t',
	'INSERT INTO t SELECT id + 100, a, b FROM t RETURNING id',
	'INSERT INTO t SELECT id + 100, a, (SELECT count(*) FROM t)::text FROM t RETURNING id, b',
	'DELETE FROM t WHERE a > (SELECT avg(a) FROM t) RETURNING id',
	'DELETE FROM t WHERE id IN (SELECT t FROM u) RETURNING id',
	'UPDATE t SET b = (SELECT string_agg(u.id::text, '','' ORDER BY u.id) FROM u WHERE u.t = t.id) WHERE EXISTS (SELECT 1 FROM u WHERE u.t = t.id) RETURNING *',
	'UPDATE t SET id = t.id + 1 FROM (VALUES (10), (11), (10)) v (i) WHERE t.id = v.i RETURNING t.id',
	'WITH i AS (INSERT INTO t SELECT id + 50, a, b FROM t RETURNING id) INSERT INTO t SELECT id + 500, 0, (SELECT count(*) FROM i)::text FROM t RETURNING id, b']) s;
-- a row trigger that changes other rows of the table
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE t SET b = ''touched'' WHERE id = NEW.a + 1; RETURN NEW; END';
SELECT suite.fill('CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.touch()');
SELECT suite.same_change(s, 't') FROM unnest(ARRAY['INSERT INTO t VALUES (100, 1, ''x''), (101, 2, ''y'')', 'INSERT INTO t SELECT id + 100, id, b FROM t RETURNING id']) s;
-- a function that writes and reads, called for each row of a scan
CREATE FUNCTION public.addup(i integer) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN INSERT INTO u VALUES (1000 + i, i); RETURN (SELECT count(*) FROM u); END';
SELECT suite.same_change(s, 'u') FROM unnest(ARRAY['SELECT id, addup(id) FROM t WHERE id < 5 /* returning */', 'UPDATE t SET a = addup(id) WHERE id < 4 RETURNING a', 'SELECT t.id, u.id, addup(t.id) FROM t JOIN u ON u.id = t.id WHERE t.id < 4 /* returning */', 'INSERT INTO u SELECT id + 100, addup(id) FROM t WHERE id < 4 RETURNING *']) s;
-- a trigger with an exception block: only what it did itself is undone
CREATE FUNCTION public.guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN BEGIN INSERT INTO u VALUES (2000 + NEW.id, 0); INSERT INTO u VALUES (1, 0); EXCEPTION WHEN unique_violation THEN NEW.b := NEW.b || ''!''; END; RETURN NEW; END';
SELECT suite.fill('DROP TRIGGER tr ON t; CREATE TRIGGER tr BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION public.guard()');
SELECT suite.same_change(s, '(SELECT id, a, b FROM t UNION ALL SELECT id, t, NULL FROM u) x') FROM unnest(ARRAY['INSERT INTO t VALUES (100, 1, ''x''), (101, 2, ''y'') RETURNING *', 'UPDATE t SET a = a + 1 WHERE id < 5 RETURNING *', 'WITH d AS (DELETE FROM u WHERE id = 1) UPDATE t SET a = a + 1 WHERE id < 5 RETURNING *']) s;
