\i test/setup.psql
-- Tables without transactions, whose triggers change the session for some rows only: no error could undo those that
-- went together, so rows go one by one, and what is stored is what was sent.
\set url :mysql 'users'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
\! for e in MyISAM MEMORY InnoDB; do printf '%s\n' "CREATE TABLE k_$e (id int PRIMARY KEY, at timestamp NULL, t varchar(20)) ENGINE=$e;" "DELIMITER /" "CREATE TRIGGER tr_$e BEFORE INSERT ON k_$e FOR EACH ROW IF MOD(NEW.id, 100) = 7 THEN SET time_zone = '+05:00', NAMES latin1; END IF/" | $MY users; done
SELECT binds.add('b', :'url', '{"schema": "b"}') \g /dev/null
SET client_min_messages = error;
SELECT model FROM binds.reflect('b') ORDER BY 1;
CREATE FUNCTION wrong(tab regclass) RETURNS TABLE (rows bigint, wrong bigint) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT count(*), count(*) FILTER (WHERE at <> ''2024-01-01 12:00+00'' OR t <> ''é'') FROM %s', tab);
END $$;
CREATE FUNCTION statements() RETURNS bigint LANGUAGE sql AS $$
	SELECT (q ->> 'Value')::bigint FROM binds.query('b', 'SHOW SESSION STATUS LIKE ''Com_insert''') q
$$;
INSERT INTO b."k_MyISAM" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(1, 20) g;
INSERT INTO b."k_MyISAM" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(101, 120) g;
SELECT * FROM wrong('b."k_MyISAM"');
COPY b."k_MEMORY" FROM stdin;
6	2024-01-01 12:00+00	é
7	2024-01-01 12:00+00	é
8	2024-01-01 12:00+00	é
\.
SELECT * FROM wrong('b."k_MEMORY"');
-- also when what is known of the table is forgotten; and when the trigger has done nothing yet
\c
SET client_min_messages = error;
SET TimeZone = 'UTC';
INSERT INTO b."k_MyISAM" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(201, 203) g;
ALTER FOREIGN TABLE b."k_MyISAM" ALTER t SET STATISTICS 1;
INSERT INTO b."k_MyISAM" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(204, 220) g;
SELECT * FROM wrong('b."k_MyISAM"');
-- Rows of a table with transactions go together, and an error undoes them.
INSERT INTO b."k_InnoDB" VALUES (1, '2024-01-01 12:00+00', 'é');
SELECT statements() AS before \gset
INSERT INTO b."k_InnoDB" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(11, 60) g;
SELECT statements() - :before AS statements;
\set VERBOSITY sqlstate
INSERT INTO b."k_InnoDB" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(101, 120) g;
\set VERBOSITY default
SELECT * FROM wrong('b."k_InnoDB"');
-- What goes to the server in one statement is one row, though the table has been written to before without any trouble.
SELECT statements() AS before \gset
INSERT INTO b."k_MyISAM" SELECT g, '2024-01-01 12:00+00', 'é' FROM generate_series(308, 312) g;
SELECT statements() - :before AS statements;
