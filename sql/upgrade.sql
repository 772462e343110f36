\i test/setup.psql
-- upgrade makes of a file's tables, and of local ones, what the models say.
\pset format unaligned
\t on
CREATE SCHEMA far;
CREATE SCHEMA near;
CREATE TYPE mood AS ENUM ('sad', 'o''k');
SET client_min_messages = warning;
\set url :sqlite 'd.db'
SELECT binds.add('lite', :'url', '{"schema": "far"}');
\set key '''lite'''
\i test/upgrade.psql
\! sqlite3 $D/d.db "PRAGMA foreign_key_check; PRAGMA integrity_check; SELECT name FROM sqlite_schema WHERE name LIKE '%binds%'"

-- A savepoint takes it back, and references are kept again, whatever has failed.
SELECT binds.define('CREATE TABLE "Tab ""le" (id int PRIMARY KEY, "se lf" int REFERENCES "Tab ""le" ON DELETE CASCADE, v varchar(9), i int)', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far."Tab ""le" VALUES (1, NULL, '1', 1), (2, 1, '2', 2), (3, 2, '3', 3);
\! sqlite3 $D/d.db "CREATE TRIGGER tg AFTER INSERT ON \"Tab \"\"le\" BEGIN UPDATE \"Tab \"\"le\" SET i = -1 WHERE id = new.id AND v = \"x\"; END; CREATE VIEW vw AS SELECT id, v FROM \"Tab \"\"le\"; CREATE INDEX mine ON \"Tab \"\"le\" (v)"
CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE INFO ''% of %'', tg_op, tg_table_name; RETURN new; END';
CREATE TRIGGER fire BEFORE INSERT OR UPDATE ON far."Tab ""le" FOR EACH ROW EXECUTE FUNCTION fire();
CREATE VIEW over AS SELECT id, i FROM far."Tab ""le";
SELECT binds.define('ALTER TABLE "Tab ""le" ALTER v TYPE int USING v::int; ALTER TABLE "Tab ""le" ADD c int GENERATED ALWAYS AS (i + 1) STORED', 'lite');
BEGIN;
INSERT INTO far."Tab ""le" VALUES (4, 3, '4', 4);
SAVEPOINT s;
SELECT kind, action FROM binds.upgrade('lite', '{"lossy": true}');
SELECT * FROM far."Tab ""le" ORDER BY id;
ROLLBACK TO s;
SELECT * FROM far."Tab ""le" ORDER BY id;
SELECT refused('INSERT INTO far."Tab ""le" VALUES (5, 9, NULL, 5)');
UPDATE far."Tab ""le" SET v = 'four' WHERE id = 4;
SELECT refused('SELECT binds.upgrade(''lite'', ''{"lossy": true}'')');
SELECT refused('INSERT INTO far."Tab ""le" VALUES (5, 9, NULL, 5)');
DELETE FROM far."Tab ""le" WHERE id = 4;
SELECT count(*) FROM binds.upgrade('lite', '{"lossy": true}') WHERE action = 'done';
SELECT refused('INSERT INTO far."Tab ""le" VALUES (5, 9, NULL, 5)');
COMMIT;
SELECT kind FROM binds.diff('lite');
SELECT * FROM over ORDER BY id;
\! sqlite3 $D/d.db "SELECT name, sql FROM sqlite_schema WHERE tbl_name LIKE 'Tab%' OR name = 'vw'; SELECT * FROM vw"
DELETE FROM far."Tab ""le" WHERE id = 1;
SELECT count(*) FROM far."Tab ""le";

-- A column that the model has not stays with its values, unless others get another type: they go
-- another way, which it cannot.
\! sqlite3 $D/d.db "DROP TRIGGER tg; ALTER TABLE \"Tab \"\"le\" ADD COLUMN more text CHECK (more <> ''); INSERT INTO \"Tab \"\"le\" (id, v, more) VALUES (7, 7, 'seven')"
SELECT binds.define('ALTER TABLE "Tab ""le" ADD CHECK (i > 0), ALTER i SET DEFAULT 5', 'lite');
SELECT kind, action FROM binds.upgrade('lite');
\! sqlite3 $D/d.db "SELECT id, v, i, more FROM \"Tab \"\"le\"; SELECT sql FROM sqlite_schema WHERE name LIKE 'Tab%'"
SELECT binds.define('ALTER TABLE "Tab ""le" ALTER v TYPE text USING v::text', 'lite');
SELECT kind, action FROM binds.upgrade('lite');
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true}');
SELECT * FROM binds.diff('lite');

-- A row that would refer to nothing.
SELECT binds.define('CREATE TABLE p (id int PRIMARY KEY, code numeric(5,2) UNIQUE); CREATE TABLE q (id int PRIMARY KEY, code numeric(5,2) REFERENCES p (code))', 'lite');
SELECT count(*) FROM binds.create_all('lite');
INSERT INTO far.p VALUES (1, 1), (2, 1.25);
INSERT INTO far.q VALUES (1, 1.25);
SELECT binds.define('ALTER TABLE q DROP CONSTRAINT q_code_fkey; ALTER TABLE p ALTER code TYPE numeric(5,1)', 'lite');
SELECT binds.upgrade('lite', '{"lossy": true}');
SELECT * FROM far.p ORDER BY 1;

-- Who may, and when.
DROP ROLE IF EXISTS regress_binds_other;
CREATE ROLE regress_binds_other;
GRANT USAGE ON FOREIGN SERVER lite TO regress_binds_other;
GRANT CREATE, USAGE ON SCHEMA binds_metadata_lite TO regress_binds_other;
\set VERBOSITY terse
SET ROLE regress_binds_other;
SELECT count(*) FROM binds.upgrade('lite', '{"drop": true}');
RESET ROLE;
DROP OWNED BY regress_binds_other;
DROP ROLE regress_binds_other;
BEGIN READ ONLY;
SELECT binds.upgrade('lite');
ROLLBACK;
SELECT binds.upgrade('lite', '{"dorp": true}');
SELECT binds.upgrade('lite', '{"drop": "perhaps"}');
SELECT binds.upgrade('lite', '[]');
SELECT binds.upgrade('nowhere');
SELECT binds.alter('lite', options => '{"managed": false}');
SELECT DISTINCT action FROM binds.upgrade('lite', '{"drop": true, "lossy": true}') WHERE kind !~ 'local';
-- What is about the local relation alone is done where nothing is written to the engine.
SELECT binds.alter('lite', options => '{"managed": true}');
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true, "lossy": true}');
SELECT * FROM far.p ORDER BY 1;
SELECT binds.alter('lite', options => '{"read_only": true}');
ALTER FOREIGN TABLE far.q ALTER id DROP NOT NULL, ADD CHECK (id > 0);
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true}') WHERE model = 'q';
SELECT binds.define('ALTER TABLE far.q ADD COLUMN more int', 'lite');
SELECT kind, action FROM binds.upgrade('lite', '{"drop": true}');
