\i test/setup.psql
-- A check that stands with its column has no name on MariaDB: it is told by the one that PostgreSQL
-- would give it.  MySQL has names for all.
\pset format unaligned
\t on
SET client_min_messages = warning;
\i test/unnamed_checks.psql
\set url :mysql 'users'
\! $MY users -e "CREATE TABLE checked (id int, a int CHECK (a > 0), \`e.e\` int CHECK (\`e.e\` < 70), c int, CONSTRAINT \`checked.d\` CHECK (c > 0), f int CHECK (f IS NOT NULL))"
SELECT binds.add('my', :'url', '{"schema": "far"}');
SELECT model FROM binds.reflect('my');
SELECT set_config('server.fork', (v->>'v' LIKE '%MariaDB%')::text, false) FROM binds.query('my', 'SELECT version() AS v') v \g /dev/null
SELECT row_values, refused('far.checked', row_values) = CASE WHEN current_setting('server.fork')::boolean THEN mariadb ELSE mysql END AS so FROM (VALUES
	('(1, 1, 1, 1, 1)', 'taken', 'taken'), ('(1, 0, 1, 1, 1)', 'checked_a_check', 'checked_chk_1'), ('(1, 1, 70, 1, 1)', 'checked_e.e_check', 'checked_chk_2'),
	('(1, 1, 1, 0, 1)', 'checked.d', 'checked.d'), ('(1, 1, 1, 1, NULL)', 'checked_f_check', 'checked_chk_3')) v(row_values, mariadb, mysql);
CREATE FOREIGN TABLE other (id int, one int OPTIONS (column_name 'a'), f int) SERVER my OPTIONS (table_name 'checked');
SELECT refused('other', '(1, 0, 1)') = CASE WHEN current_setting('server.fork')::boolean THEN 'other_one_check' ELSE 'checked_chk_1' END;
