\i test/setup.psql
-- Texts in columns of times of the engine: one is stored only if it is read back as it was written, which a point
-- without digits is not.
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE clock (id int AUTO_INCREMENT PRIMARY KEY, t0 time, t2 time(2), d0 datetime, d2 datetime(2))"
SELECT binds.add('b', :'url');
CREATE FOREIGN TABLE clock (id int, t0 text, t2 text, d0 text, d2 text) SERVER b;
CREATE FUNCTION try(col text, v text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	back text;
BEGIN
	EXECUTE format('INSERT INTO clock (%I) VALUES (%L)', col, v);
	EXECUTE format('SELECT %I FROM clock WHERE id = (SELECT max(id) FROM clock)', col) INTO back;
	RETURN CASE WHEN back = v THEN 'same' ELSE 'read ' || back END;
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$;
SELECT v, try('t0', v) AS t0, try('t2', v) AS t2 FROM unnest(ARRAY['00:00:00', '00:00:00.', '00:00:00.5', '00:00:00.50', '00:00:00..', '12:30:00.', '-12:30:00.', '-12:30:00', '-100:00:00.25', '.', '']) AS v;
SELECT v, try('d0', v) AS d0, try('d2', v) AS d2 FROM unnest(ARRAY['2024-01-02 03:04:05', '2024-01-02 03:04:05.', '2024-01-02 03:04:05.5', '2024-01-02 03:04:05.50', '2024-01-02.', '2024-01-02']) AS v;
