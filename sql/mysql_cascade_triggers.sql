\i test/setup.psql
-- Triggers that a foreign key sets off (MySQL 9.7, if it is told to) may move keys in the middle of a statement: the
-- row that was meant is changed, or it is an error.  What is a comment to older servers and MariaDB tells MySQL.
\! $MY users -e "SET @x = 1 /*!90700 , GLOBAL enable_cascade_triggers = ON */"
\! $MY users -e "CREATE TABLE top (id int NOT NULL PRIMARY KEY); CREATE TABLE oth (id int NOT NULL PRIMARY KEY); CREATE TABLE mid (id int PRIMARY KEY, pid int, FOREIGN KEY (pid) REFERENCES top (id) ON UPDATE CASCADE ON DELETE SET NULL); CREATE TABLE low (pid int NOT NULL PRIMARY KEY, n int, v int, FOREIGN KEY (pid) REFERENCES oth (id) ON UPDATE CASCADE); INSERT INTO top VALUES (1); INSERT INTO oth VALUES (1), (2), (3); INSERT INTO mid VALUES (1, 1); INSERT INTO low VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0); CREATE TRIGGER mu AFTER UPDATE ON mid FOR EACH ROW UPDATE oth SET id = id - 1 ORDER BY id"
\set url :mysql 'users'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
SELECT count(*) FROM binds.reflect('s');
CREATE FUNCTION s.outcome(change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE changed int[];
BEGIN
  BEGIN
    EXECUTE format('WITH p AS (%s RETURNING id) UPDATE s.low SET v = 1 FROM p WHERE pid = 2', change);
    changed := ARRAY(SELECT n FROM s.low WHERE v = 1);
    RAISE EXCEPTION 'undone';
  EXCEPTION
    WHEN raise_exception THEN
      RETURN CASE WHEN changed = '{2}' THEN 'right' ELSE 'changed ' || changed::text END;
    WHEN triggered_data_change_violation THEN
      RETURN 'right';
  END;
END $$;
SELECT s.outcome('UPDATE s.top SET id = id + 10');
SELECT s.outcome('DELETE FROM s.top');
\! $MY users -e "SET @x = 1 /*!90700 , GLOBAL enable_cascade_triggers = OFF */"
