\i test/setup.psql
-- A BEFORE trigger that changes other columns in each row: every set of columns has a statement, and only some are kept.
SELECT binds.add('s', :'sqlite' || 'shapes.db', '{"schema": "s"}') \g /dev/null
SELECT binds.execute('s', 'CREATE TABLE t (id integer PRIMARY KEY, t text, c0 int, c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int, c11 int)') \g /dev/null
SELECT binds.reflect('s') \g /dev/null
INSERT INTO s.t SELECT i, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(1, 5000) i;
CREATE FUNCTION flags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.c0 := NEW.c0 + (NEW.id & 1); NEW.c1 := NEW.c1 + (NEW.id >> 1 & 1); NEW.c2 := NEW.c2 + (NEW.id >> 2 & 1);
	NEW.c3 := NEW.c3 + (NEW.id >> 3 & 1); NEW.c4 := NEW.c4 + (NEW.id >> 4 & 1); NEW.c5 := NEW.c5 + (NEW.id >> 5 & 1);
	NEW.c6 := NEW.c6 + (NEW.id >> 6 & 1); NEW.c7 := NEW.c7 + (NEW.id >> 7 & 1); NEW.c8 := NEW.c8 + (NEW.id >> 8 & 1);
	NEW.c9 := NEW.c9 + (NEW.id >> 9 & 1); NEW.c10 := NEW.c10 + (NEW.id >> 10 & 1); NEW.c11 := NEW.c11 + (NEW.id >> 11 & 1);
	RETURN NEW;
END $$;
CREATE TRIGGER b BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION flags();
UPDATE s.t SET t = 'b';
SELECT count(*) FROM s.t WHERE t = 'b' AND c0 + 2 * c1 + 4 * c2 + 8 * c3 + 16 * c4 + 32 * c5 + 64 * c6 + 128 * c7 + 256 * c8 + 512 * c9 + 1024 * c10 + 2048 * c11 = id & 4095;
WITH u AS (UPDATE s.t SET t = 'c' WHERE id <= 200 RETURNING id, t, c0, c6) SELECT count(*), count(DISTINCT t), sum(c0), sum(c6) FROM u;
