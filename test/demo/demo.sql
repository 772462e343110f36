CREATE EXTENSION binds;

-- Two SQLite files, in the folder binds/ of the data directory.  Nothing is opened yet.
SELECT binds.add('auth', 'sqlite:///auth.db');
SELECT binds.add('meta', 'sqlite:///meta.db');

-- A model belongs to one bind; without a bind key to this database.
SELECT binds.define('CREATE TABLE account (id serial PRIMARY KEY, email varchar(120) UNIQUE NOT NULL)', 'auth');
SELECT binds.define('CREATE TABLE note (id serial PRIMARY KEY, author integer, body text)', 'meta');
SELECT binds.define('CREATE TABLE page (id serial PRIMARY KEY, title text)');

-- The tables of all binds are created.
SELECT * FROM binds.create_all();

-- Plain SQL runs in the engine of each table.
INSERT INTO account (email) VALUES ('ann@example.org'), ('bob@example.org') RETURNING *;
INSERT INTO note (author, body) VALUES (1, 'by ann'), (2, 'by bob'), (2, 'by bob, too');
EXPLAIN (VERBOSE, COSTS OFF) SELECT email FROM account WHERE id = 2;

-- One query over both files.
SELECT a.email, count(*) FROM account a JOIN note n ON n.author = a.id GROUP BY a.email ORDER BY a.email;

-- One transaction over all.
BEGIN;
UPDATE account SET email = 'ann@example.com' WHERE id = 1;
DELETE FROM note;
INSERT INTO page (title) VALUES ('gone');
ROLLBACK;
SELECT (SELECT count(*) FROM note) AS notes, (SELECT count(*) FROM page) AS pages;

-- The tables of one bind are dropped.
SELECT * FROM binds.drop_all('meta');
