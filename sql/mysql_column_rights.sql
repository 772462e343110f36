\i test/setup.psql
-- An account that sees some of the columns of a table only.  MySQL shows it the keys over
-- the others, too (MariaDB does not): they are left out.
\! $MY users -e "CREATE TABLE p (a int PRIMARY KEY, b int NOT NULL, c int NOT NULL, UNIQUE KEY ub (b), KEY ic (c), KEY ia (a)); CREATE TABLE q (x int PRIMARY KEY, y int, FOREIGN KEY fy (y) REFERENCES p (a)); INSERT INTO p VALUES (1, 2, 3); CREATE USER few@'127.0.0.1' IDENTIFIED BY 'secret', few@localhost IDENTIFIED BY 'secret'; GRANT SELECT (b, c), UPDATE (c) ON users.p TO few@'127.0.0.1', few@localhost; GRANT SELECT (x) ON users.q TO few@'127.0.0.1', few@localhost"
\set url :mysql 'users'
SELECT replace(:'url', 'app:', 'few:') AS url \gset
SELECT binds.add('few', :'url', '{"schema": "few"}');
SET client_min_messages = warning;
SELECT model, action FROM binds.reflect('few');
RESET client_min_messages;
SELECT attrelid::regclass, attname, attfdwoptions FROM pg_attribute WHERE attrelid IN ('few.p'::regclass, 'few.q'::regclass) AND attnum > 0 ORDER BY 1, attnum;
SELECT statement ~ '`a`|`y`' AS unseen, statement ~ '`ub`|`ic`|PRIMARY' AS seen FROM binds.ddl('few');
UPDATE few.p SET c = 4 WHERE b = 2 RETURNING *;
CREATE SCHEMA i;
IMPORT FOREIGN SCHEMA users FROM SERVER few INTO i;
SELECT * FROM i.p;
\! $MY users -e "DROP TABLE q, p; DROP USER few@'127.0.0.1', few@localhost"
