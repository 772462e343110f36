-- For sql/mysql_session.sql: a trigger, a function, a view and procedures of the server
-- that change all of the session that both MySQL and MariaDB let them change, that make
-- temporary tables, and that set another role.
CREATE TABLE plain (id int PRIMARY KEY, at timestamp NOT NULL, t varchar(20));
CREATE TABLE tr (id int PRIMARY KEY, at timestamp NOT NULL, t varchar(20));
CREATE TABLE fails (id int PRIMARY KEY, at timestamp NOT NULL, t varchar(20));
SET time_zone = '+00:00';
INSERT INTO plain VALUES (1, '2024-01-01 12:00:00', 'é'), (2, '2024-01-01 12:00:00', 'é'),
	(3, '2024-01-01 12:00:00', 'é');
DELIMITER /
CREATE PROCEDURE upset()
BEGIN
	SET SESSION time_zone = '+05:00', SESSION sql_select_limit = 1, SESSION sql_auto_is_null = 1,
		SESSION sql_big_selects = 0, SESSION max_join_size = 1, SESSION sql_safe_updates = 1,
		SESSION foreign_key_checks = 0, SESSION unique_checks = 0, SESSION max_sort_length = 64,
		SESSION wait_timeout = 1, SESSION net_write_timeout = 1, SESSION net_read_timeout = 1,
		SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1,
		SESSION completion_type = 1, SESSION div_precision_increment = 0,
		SESSION group_concat_max_len = 4, SESSION lc_time_names = 'de_DE',
		SESSION default_week_format = 3, SESSION timestamp = 1,
		SESSION sql_quote_show_create = 0, SESSION max_error_count = 0,
		SESSION optimizer_switch = 'index_merge=off', SESSION tmp_table_size = 2048,
		SESSION sql_notes = 0, SESSION low_priority_updates = 1,
		SESSION character_set_filesystem = 'latin1';
	SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED, READ ONLY;
	SET NAMES latin1;
END/
CREATE TRIGGER tr_insert BEFORE INSERT ON tr FOR EACH ROW CALL upset()/
CREATE TRIGGER fails_insert BEFORE INSERT ON fails FOR EACH ROW
BEGIN
	CALL upset();
	SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
END/
CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC
BEGIN
	CALL upset();
	RETURN a;
END/
CREATE VIEW v AS SELECT f(id) AS id FROM plain WHERE f(id) > 0/
CREATE PROCEDURE p()
BEGIN
	CALL upset();
	SET autocommit = 0;
END/
CREATE PROCEDURE untracked()
BEGIN
	SET SESSION session_track_system_variables = '', SESSION session_track_state_change = 0;
	SET SESSION time_zone = '+05:00', SESSION sql_select_limit = 1, SESSION timestamp = 1,
		SESSION completion_type = 1, SESSION foreign_key_checks = 0, autocommit = 0;
	SET NAMES latin1;
END/
CREATE PROCEDURE rows_of()
BEGIN
	SET autocommit = 0;
	SELECT id FROM plain ORDER BY id;
	CALL upset();
END/
CREATE PROCEDURE failing()
BEGIN
	CALL p();
	SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
END/
CREATE PROCEDURE ends() COMMIT/
CREATE PROCEDURE begins()
BEGIN
	COMMIT;
	START TRANSACTION;
END/
CREATE PROCEDURE rows_ends()
BEGIN
	SELECT 1;
	COMMIT;
	SELECT 2;
END/

-- The same, by what takes care not to be seen: it switches off how the server tells of
-- variables, and of anything, in any order, and on again, or has it tell of little.
CREATE TABLE hidden_tr (how int PRIMARY KEY)/
CREATE PROCEDURE hide(how int)
BEGIN
	IF how = 1 THEN
		SET SESSION session_track_system_variables = '';
	ELSEIF how = 2 THEN
		SET SESSION session_track_system_variables = '', SESSION session_track_state_change = 0;
	ELSEIF how = 3 THEN
		SET SESSION session_track_state_change = 0;
		SET SESSION session_track_system_variables = '';
	ELSEIF how = 4 THEN
		SET SESSION session_track_system_variables = 'group_concat_max_len';
	ELSEIF how = 5 THEN
		SET SESSION session_track_system_variables = '';
	ELSE
		SET SESSION session_track_state_change = 0;
	END IF;
	SET SESSION time_zone = '+05:00', SESSION sql_select_limit = 1, SESSION foreign_key_checks = 0;
	SET NAMES latin1;
	SET SESSION group_concat_max_len = 4, SESSION default_week_format = 3,
		SESSION lc_time_names = 'de_DE';
	IF how = 5 THEN
		SET SESSION session_track_system_variables = '*';
	END IF;
END/
CREATE FUNCTION hides(how int) RETURNS int DETERMINISTIC
BEGIN
	CALL hide(how);
	RETURN how;
END/
CREATE TRIGGER hidden_insert BEFORE INSERT ON hidden_tr FOR EACH ROW CALL hide(NEW.how)/
CREATE VIEW hidden AS SELECT how, hides(how) AS h FROM hidden_tr/

-- Temporary tables, one of them called like a table.
CREATE TABLE rows_of_ours (id int PRIMARY KEY)/
INSERT INTO rows_of_ours VALUES (1), (2)/
CREATE TABLE temp_tr (id int PRIMARY KEY)/
CREATE TABLE own_tr (id int PRIMARY KEY)/
CREATE TABLE said_tr (id int PRIMARY KEY)/
CREATE PROCEDURE hides_table()
BEGIN
	CREATE TEMPORARY TABLE rows_of_ours (id int PRIMARY KEY);
END/
CREATE PROCEDURE hides_failing()
BEGIN
	CREATE TEMPORARY TABLE rows_of_ours (id int PRIMARY KEY);
	SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';
END/
CREATE PROCEDURE fills()
BEGIN
	CREATE TEMPORARY TABLE scratch SELECT 7 AS n;
END/
CREATE PROCEDURE tidy()
BEGIN
	CREATE TEMPORARY TABLE rows_of_ours (id int PRIMARY KEY);
	DROP TEMPORARY TABLE rows_of_ours;
END/
CREATE FUNCTION hides_table_of(a int) RETURNS int DETERMINISTIC
BEGIN
	CREATE TEMPORARY TABLE IF NOT EXISTS rows_of_ours (id int PRIMARY KEY);
	RETURN a;
END/
CREATE VIEW temp_v AS SELECT id, hides_table_of(id) AS h FROM said_tr/
CREATE TRIGGER temp_insert BEFORE INSERT ON temp_tr FOR EACH ROW
BEGIN
	CREATE TEMPORARY TABLE IF NOT EXISTS rows_of_ours (id int PRIMARY KEY);
END/
CREATE TRIGGER own_insert BEFORE INSERT ON own_tr FOR EACH ROW
BEGIN
	CREATE TEMPORARY TABLE IF NOT EXISTS own_tr (id int PRIMARY KEY);
END/
CREATE TRIGGER said_insert BEFORE INSERT ON said_tr FOR EACH ROW SET @said = NEW.id/

-- Another role.
CREATE PROCEDURE drops_role() SQL SECURITY INVOKER
BEGIN
	SET ROLE NONE;
END/
CREATE FUNCTION drops_role_of(a int) RETURNS int DETERMINISTIC SQL SECURITY INVOKER
BEGIN
	SET ROLE NONE;
	RETURN a;
END/
