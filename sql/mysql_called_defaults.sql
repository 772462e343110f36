\i test/setup.psql
\pset null NULL
-- Defaults that call what only the server has, current_user() and (of MariaDB) nextval(): left
-- out and DEFAULT are the server's, NULL is NULL, in tables that are reflected, imported, made by hand.
\set url :mysql 'users'
-- (MySQL has no sequences: there an expression stands for one.)
\! $MY users -e "CREATE SEQUENCE seq START 7" 2>/dev/null; s=`[ "$($MY users -e "SELECT version() LIKE '%MariaDB%'")" = 1 ] && echo 'nextval(seq)' || echo '3 + 4'`; $MY users -e "CREATE TABLE c (id int AUTO_INCREMENT PRIMARY KEY, who varchar(100) DEFAULT (current_user()), n bigint DEFAULT ($s), v int)"
SELECT binds.add('r', :'url', '{"schema": "r"}');
CREATE SCHEMA i;
CREATE SCHEMA h;
SET client_min_messages = warning;
SELECT model, action FROM binds.reflect('r');
IMPORT FOREIGN SCHEMA users LIMIT TO (c) FROM SERVER r INTO i OPTIONS (import_default 'true');
CREATE FOREIGN TABLE h.c (id integer OPTIONS (key 'true', "default" 'engine'), who text OPTIONS ("default" 'engine'), n bigint OPTIONS ("default" 'engine'), v integer) SERVER r;
SELECT attrelid::regclass, attname, 'default=engine' = ANY (attfdwoptions) AS engine, pg_get_expr(adbin, adrelid) AS expr
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attrelid IN ('r.c'::regclass, 'i.c'::regclass) AND attname IN ('who', 'n') ORDER BY attrelid::regclass::text COLLATE "C", attnum;
CREATE FUNCTION told(who text) RETURNS text RETURN CASE WHEN who LIKE 'app@%' THEN 'made' ELSE who END;
CREATE FUNCTION told(n bigint) RETURNS text RETURN CASE WHEN n >= 7 THEN 'made' ELSE n::text END;
INSERT INTO r.c (v) VALUES (1) RETURNING told(who) AS who, told(n) AS n;
INSERT INTO i.c (v) VALUES (2) RETURNING told(who) AS who, told(n) AS n;
INSERT INTO h.c (v) VALUES (3) RETURNING told(who) AS who, told(n) AS n;
INSERT INTO r.c (who, n, v) VALUES (DEFAULT, NULL, 11), (NULL, DEFAULT, 12), ('me', 5, 13) RETURNING told(who) AS who, told(n) AS n, v;
INSERT INTO i.c (who, n, v) VALUES (DEFAULT, NULL, 21), (NULL, DEFAULT, 22), ('me', 5, 23) RETURNING told(who) AS who, told(n) AS n, v;
INSERT INTO h.c (who, n, v) VALUES (DEFAULT, NULL, 31), (NULL, DEFAULT, 32), ('me', 5, 33) RETURNING told(who) AS who, told(n) AS n, v;
INSERT INTO r.c (who, n, v) VALUES (DEFAULT, NULL, 14), (NULL, DEFAULT, 15);
INSERT INTO i.c (who, n, v) VALUES (DEFAULT, NULL, 24), (NULL, DEFAULT, 25);
INSERT INTO h.c (who, n, v) VALUES (DEFAULT, NULL, 34), (NULL, DEFAULT, 35);
UPDATE r.c SET who = DEFAULT, n = NULL WHERE v = 13 RETURNING told(who) AS who, told(n) AS n;
UPDATE i.c SET who = NULL, n = DEFAULT WHERE v = 23 RETURNING told(who) AS who, told(n) AS n;
\! $MY users -e "SELECT v, substring_index(who, '@', 1), n >= 7 FROM c ORDER BY v"
