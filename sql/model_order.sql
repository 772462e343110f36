\i test/setup.psql
-- Models are made after those that they refer to, and dropped before, in whatever order they were defined.
\set url :sqlite 'order.db'
SELECT binds.add('o', :'url') \g /dev/null
SELECT binds.define('CREATE TABLE c (a int, b int); CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE q (a int PRIMARY KEY); ALTER TABLE c ADD FOREIGN KEY (a) REFERENCES p; ALTER TABLE c ADD FOREIGN KEY (b) REFERENCES q', 'o') \g /dev/null
SELECT binds.sorted_tables('o');
SELECT count(binds.forget('o', m)) FROM unnest('{c,p,q}'::text[]) m;
-- Graphs without cycles: edges are pairs of child and parent among n models, which are defined in the order of their numbers.
CREATE FUNCTION edges(seed int, n int, dense int) RETURNS TABLE (child int, parent int) LANGUAGE sql IMMUTABLE AS $$
  SELECT c, p FROM generate_series(1, n) c, generate_series(1, n) p
  WHERE c <> p AND abs(hashint4(seed * 10007 + c * 101 + p)) % 100 < dense
    AND hashint4(seed + c * 7) < hashint4(seed + p * 7) $$;
CREATE FUNCTION wrong(seed int, n int, dense int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE found text[]; result text;
BEGIN
  PERFORM binds.define(string_agg(format('CREATE TABLE t%s (id int PRIMARY KEY%s)', c, (SELECT string_agg(format(', f%s int', parent), '' ORDER BY parent) FROM edges(seed, n, dense) WHERE child = c)), ';' ORDER BY c), 'o') FROM generate_series(1, n) c;
  PERFORM binds.define(format('ALTER TABLE t%s ADD FOREIGN KEY (f%s) REFERENCES t%2$s', child, parent), 'o') FROM edges(seed, n, dense);
  found := binds.sorted_tables('o');
  IF (SELECT array_agg(f ORDER BY f COLLATE "C") FROM unnest(found) f) IS DISTINCT FROM (SELECT array_agg('t' || g ORDER BY ('t' || g) COLLATE "C") FROM generate_series(1, n) g) THEN
    result := 'not all: ' || found::text;
  ELSE
    SELECT format('t%s before t%s in %s', child, parent, found) INTO result FROM edges(seed, n, dense)
      WHERE array_position(found, 't' || child) < array_position(found, 't' || parent) LIMIT 1;
  END IF;
  PERFORM binds.create_all('o');
  PERFORM binds.drop_all('o');
  IF (SELECT count(*) FROM binds.query('o', 'SELECT 1 FROM sqlite_schema')) > 0 THEN
    result := concat_ws('; ', result, 'not all are dropped');
  END IF;
  PERFORM binds.forget('o', m) FROM unnest(found) WITH ORDINALITY u (m, i) ORDER BY i DESC;
  RETURN result;
EXCEPTION WHEN OTHERS THEN RETURN SQLERRM;
END $$;
SET client_min_messages = warning;
SELECT count(*), count(wrong(seed, 2 + seed % 9, 10 + seed % 5 * 15)) AS wrong FROM generate_series(1, 60) seed;
