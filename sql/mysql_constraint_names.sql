\i test/setup.psql
-- Names that MySQL has no room for, or takes for the same, keep no table from being made.
SELECT binds.add('my', :'mysql' || 'users') \g /dev/null
CREATE VIEW called AS SELECT * FROM binds.query_record('my', $$SELECT table_name, constraint_type, constraint_name
	FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND constraint_type IN ('CHECK', 'FOREIGN KEY')$$)
	AS (table_name text, constraint_type text, constraint_name text);
SELECT binds.define('CREATE TABLE p (id int PRIMARY KEY)', 'my') \g /dev/null
-- differ only in case, with and without the name of the table
SELECT binds.define('CREATE TABLE c (id int PRIMARY KEY, a int CONSTRAINT "K" REFERENCES p, b int CONSTRAINT k REFERENCES p, d int CONSTRAINT "N" CHECK (d > 0), e int CONSTRAINT n CHECK (e > 0))', 'my') \g /dev/null
SELECT binds.define('CREATE TABLE w (id int PRIMARY KEY, a int CONSTRAINT "w_K" REFERENCES p, b int CONSTRAINT "w_k" REFERENCES p, d int CONSTRAINT "w_N" CHECK (d > 0), e int CONSTRAINT w_n CHECK (e > 0))', 'my') \g /dev/null
SELECT binds.define('CREATE TABLE ö (id int PRIMARY KEY, a int CONSTRAINT "É" REFERENCES p, b int CONSTRAINT é REFERENCES p, d int CONSTRAINT "ß" CHECK (d > 0), e int CONSTRAINT "e" CHECK (e > 0))', 'my') \g /dev/null
-- the same with the name of the table in front; as an index; PRIMARY
SELECT binds.define('CREATE TABLE s (id int PRIMARY KEY, a int CONSTRAINT x REFERENCES p, b int CONSTRAINT s_x REFERENCES p, d int, e int CONSTRAINT s_y UNIQUE, f int CONSTRAINT y REFERENCES p, g int CONSTRAINT z REFERENCES p);
	CREATE INDEX s_z ON s (d)', 'my') \g /dev/null
SELECT binds.define('CREATE TABLE pri (id int PRIMARY KEY, a int CONSTRAINT "primary" REFERENCES p)', 'my') \g /dev/null
-- cut after 64 characters
SELECT binds.define(format('CREATE TABLE %s (id int PRIMARY KEY, a int CONSTRAINT one REFERENCES p, b int CONSTRAINT two REFERENCES p, c int CONSTRAINT three CHECK (c > 0), d int CONSTRAINT four CHECK (d > 0))', repeat('l', 63)), 'my') \g /dev/null
SELECT binds.define(format('CREATE TABLE %s (id int PRIMARY KEY, a int REFERENCES p, b int CHECK (b > 0))', repeat('m', 60)), 'my') \g /dev/null
SELECT binds.define(format('CREATE TABLE "%s" (id int PRIMARY KEY, a int CONSTRAINT one REFERENCES p, b int CONSTRAINT two CHECK (b > 0))', repeat('ö', 31)), 'my') \g /dev/null
SELECT count(*) FROM binds.create_all('my') WHERE action = 'created';
SELECT count(*), count(DISTINCT lower(constraint_name)), max(length(constraint_name)) <= 64 AS short FROM called;
SELECT * FROM called WHERE length(table_name) < 31 ORDER BY constraint_name COLLATE "C", constraint_type;
-- Nothing separates them from their models, and names in errors are the models'.
SELECT model, action FROM binds.create_all('my') WHERE action <> 'exists';
SELECT * FROM binds.diff('my');
\set SHOW_CONTEXT never
INSERT INTO c VALUES (1, 7);
INSERT INTO c VALUES (1, NULL, 7);
INSERT INTO s (id, a) VALUES (1, 7);
INSERT INTO s (id, b) VALUES (1, 7);
SELECT format('INSERT INTO %s (id, a) VALUES (1, 7)', repeat('l', 63)) \gexec
SELECT format('INSERT INTO %s (id, b) VALUES (1, 7)', repeat('l', 63)) \gexec
SELECT count(*) FROM binds.drop_all('my') WHERE action = 'dropped';
-- What is the user's own name in the engine is refused when it is defined.
SELECT binds.define('CREATE TABLE r (a int CONSTRAINT "primary" UNIQUE)', 'my');
SELECT binds.define('CREATE TABLE r (a int); CREATE INDEX "Primary" ON r (a)', 'my');
SELECT binds.define('CREATE TABLE r (a int CONSTRAINT u UNIQUE, b int CONSTRAINT "U" UNIQUE)', 'my');
SELECT binds.define('CREATE TABLE r (a int CONSTRAINT u UNIQUE, b int); CREATE INDEX "U" ON r (b)', 'my');
SELECT binds.define('CREATE TABLE r (a int CONSTRAINT é UNIQUE, b int); CREATE INDEX "É" ON r (b)', 'my');
SELECT binds.define('CREATE TABLE r (é int, "É" int)', 'my');
-- An index that is not made, and the name of a primary key, matter to nobody.
SELECT binds.define('CREATE TABLE r (a int CONSTRAINT "Primary" PRIMARY KEY); CREATE INDEX "primary" ON r (a) WHERE a > 0', 'my');
SELECT model, action FROM binds.create_all('my') WHERE model = 'r';
