\i test/setup.psql
-- A CHECK with LIKE is the server's, too, and means there what it means here, also after
-- the server has read it again, in a mode of its own.
\set VERBOSITY default
\set url :mysql 'users'
SELECT binds.add('my', :'url');
CREATE TABLE pattern (n serial, p text);
INSERT INTO pattern (p) VALUES ('%@%'), ('_'), ('__'), ('%'), (''), ('a|%'), ('|'), ('%|_'), ('100\%%'), ('a\_b'), ('%\a%'), ('%ß%'), ('%A%'),
	('%a'), ('a %'), ('%''%'), ('é%'), ('_́'), ('😀%'), ('%😀'), (E'%\n%'), ('%"%'), ('\|%'), ('%%_%%'), ('`%'), ('%?%'), ('%$1%'), ('C:\\%'), ('%''\\'), (E'\\_\r\032%');
CREATE TABLE local (id serial, v text);
INSERT INTO local (v) VALUES (NULL), (''), ('a'), ('A'), ('a@b'), ('@'), ('a '), ('a|'), ('|'), ('a|b'), ('|_'), ('100%'), ('100x'), ('a_b'), ('axb'),
	('ß'), ('ss'), ('é'), ('é'), ('e'), ('😀'), ('😀@'), (E'a\n@'), (E'\\'), (E'\\a'), (E'a\\'), ('it''s'), ('a"'), (' '), ('`x'), ('?'), ('$1'), ('Ａ'), ('a̸'), ('C:\'), ('x''\'), (E'_\r\032y');
SELECT binds.define('CREATE TABLE value (id integer PRIMARY KEY, v text)', 'my');
SELECT count(*) FROM pattern, binds.define(format('CREATE TABLE is%s (id integer PRIMARY KEY, v text CHECK (v LIKE %L));
	CREATE TABLE not%s (id integer PRIMARY KEY, v varchar(20) CHECK (v NOT LIKE %L))', n, p, n, p), 'my');
SELECT count(*) FROM binds.ddl('my') WHERE statement LIKE '% LIKE %';
SELECT count(*), action FROM binds.create_all('my') GROUP BY action;
INSERT INTO value SELECT * FROM local;
\! $MY users -e 'FLUSH TABLES; SELECT @@sql_mode LIKE "%BACKSLASH%"'
\! for t in `$MY users -e 'SHOW TABLES' | grep '[0-9]'`; do $MY users -e "INSERT IGNORE INTO $t SELECT * FROM value" 2>/dev/null; done
-- The server has taken what PostgreSQL takes: nothing differs.
CREATE FUNCTION taken(t text) RETURNS SETOF integer LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'SELECT id FROM ' || t; END $$;
SELECT p, v, 'LIKE' FROM pattern, local WHERE (v LIKE p) IS NOT FALSE <> (id IN (SELECT taken('is' || n)))
UNION ALL SELECT p, v, 'NOT LIKE' FROM pattern, local WHERE (v NOT LIKE p) IS NOT FALSE <> (id IN (SELECT taken('not' || n)));
SELECT count(*) > 100 FROM pattern, taken('is' || n);
-- A pattern that LIKE refuses stays here, which is told, and so does one that is no constant, and another comparison with a
-- text that has to be escaped.
SELECT binds.define($$CREATE TABLE path (id integer PRIMARY KEY, v text CHECK (v <> 'it''s'), d text DEFAULT 'it''s')$$, 'my');
SELECT model, action FROM binds.create_all('my') WHERE model = 'path';
\! $MY users -e 'INSERT INTO path (id) VALUES (1)'
SELECT * FROM path;
SELECT binds.define($$CREATE TABLE escaped (id integer PRIMARY KEY, b text CHECK (b <> 'a\b'), l text CHECK (l <> E'a\nb'), q text CHECK (q IN ('x', 'y''z')))$$, 'my');
SELECT model, action FROM binds.create_all('my') WHERE model = 'escaped';
INSERT INTO escaped VALUES (1, 'a\b');
INSERT INTO escaped VALUES (1, NULL, E'a\nb');
INSERT INTO escaped VALUES (1, NULL, NULL, 'z');
SELECT binds.define($$CREATE TABLE bad (id integer PRIMARY KEY, v text CHECK (v LIKE '%\'))$$, 'my');
SELECT binds.define($$CREATE TABLE other (id integer PRIMARY KEY, v text, w text CHECK (w LIKE v))$$, 'my');
