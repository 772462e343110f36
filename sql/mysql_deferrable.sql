\i test/setup.psql
-- Deferrable foreign keys on MySQL, which checks every row at once: refused, unless the bind says that this will do.
\set VERBOSITY default
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set ddl 'CREATE TABLE author (id serial PRIMARY KEY, name text); CREATE TABLE book (id serial PRIMARY KEY, author int NOT NULL); ALTER TABLE book ADD CONSTRAINT book_author_fk FOREIGN KEY (author) REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED;'
SELECT binds.define(:'ddl', 'my');
SELECT binds.alter('my', NULL, '{"deferrable": "later"}');
SELECT binds.alter('my', NULL, '{"deferrable": "immediate"}');
SELECT options FROM binds.engine('my');
SELECT binds.define(:'ddl', 'my');
-- One that closes a cycle, too.
ALTER TABLE binds_metadata_my.author ADD COLUMN best int;
SELECT binds.define('ALTER TABLE author ADD CONSTRAINT best_fk FOREIGN KEY (best) REFERENCES book (id) DEFERRABLE;', 'my');
SELECT statement FROM binds.ddl('my');
SELECT model, action FROM binds.create_all('my');
-- The row that is referred to comes first; SET CONSTRAINTS changes nothing.
\set VERBOSITY terse
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO book VALUES (1, 1);
ROLLBACK;
BEGIN;
INSERT INTO author VALUES (1, 'a');
INSERT INTO book VALUES (1, 1);
COMMIT;
SELECT * FROM author JOIN book ON book.author = author.id;
SELECT model, action FROM binds.drop_all('my');
-- Back to the default a model that has one is not made any more.
\set VERBOSITY default
SELECT binds.alter('my', NULL, '{"deferrable": null}');
SELECT model, action FROM binds.create_all('my');
-- SQLite defers them itself: it has no such option.
\set url :sqlite 'a.db'
SELECT binds.add('lite', :'url', '{"deferrable": "immediate"}');
