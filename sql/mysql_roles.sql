\i test/setup.psql
-- README's recipes: an administrator who adds and defines, an application that reads and writes, and who only reads, none of them a superuser.
\set VERBOSITY default
\! $MY -e "DROP USER IF EXISTS look@'127.0.0.1', look@localhost; CREATE USER look@'127.0.0.1' IDENTIFIED BY 'only', look@localhost IDENTIFIED BY 'only'; GRANT SELECT ON users.* TO look@'127.0.0.1', look@localhost"
CREATE ROLE admin;
CREATE ROLE app;
CREATE ROLE reader;
SELECT format('GRANT CREATE ON DATABASE %I TO admin', current_database()) \gexec
GRANT CREATE ON SCHEMA public TO admin;
GRANT USAGE ON SCHEMA binds TO admin, app, reader;
-- The account of the URL is the administrator's own.
\set url :mysql 'users'
SET ROLE admin;
SELECT binds.add('shop', :'url');
RESET ROLE;
GRANT USAGE ON FOREIGN DATA WRAPPER binds_mysql TO admin;
SET ROLE admin;
SELECT binds.add('shop', :'url');
SELECT binds.define('CREATE TABLE customer (id serial PRIMARY KEY, name varchar(40) NOT NULL)', 'shop');
SELECT model, action FROM binds.create_all('shop');
GRANT SELECT, INSERT, UPDATE, DELETE ON customer TO app;
-- A role with the right on the table needs an account, too.
SET ROLE app;
INSERT INTO customer (name) VALUES ('Ann');
RESET ROLE;

-- 1. A mapping per role: each is an account of its own to the server.
SET ROLE admin;
SELECT binds.grant('shop', 'app', 'app', 'wrong');
SELECT binds.grant('shop', 'app', 'app', 'secret');
SET ROLE app;
INSERT INTO customer (name) VALUES ('Ann') RETURNING *;
UPDATE customer SET name = 'Bob' WHERE name = 'Ann' RETURNING *;
INSERT INTO customer (name) VALUES ('Eve');
DELETE FROM customer WHERE name = 'Eve' RETURNING name;
SELECT binds.define('CREATE TABLE t (id int PRIMARY KEY)', 'shop');
SELECT binds.create_all('shop');
SELECT binds.grant('shop', 'reader', 'app', 'secret');
SELECT binds.add('mine', 'mysql://127.0.0.1/users');
RESET ROLE;

-- 2. One for all who have none: PUBLIC, with an account that can only read.
SET ROLE admin;
SELECT binds.grant('shop', 'public', 'look', 'only');
GRANT SELECT, INSERT ON customer TO reader;
SET ROLE reader;
SELECT * FROM customer;
\set VERBOSITY sqlstate
INSERT INTO customer (name) VALUES ('Eve');
\set VERBOSITY default
RESET ROLE;
SET ROLE admin;
DROP USER MAPPING FOR PUBLIC SERVER shop;
REVOKE ALL ON customer FROM reader;

-- 3. A view: it reads by the account of its owner, and who uses it needs none.
CREATE VIEW names AS SELECT name FROM customer;
GRANT SELECT ON names TO reader;
SET ROLE reader;
SELECT * FROM names;
SELECT * FROM customer;
RESET ROLE;

-- binds.grant again changes the account; other options of the mapping stay, and the password of another user does not.
ALTER USER MAPPING FOR app SERVER shop OPTIONS (ADD password_required 'false');
SELECT binds.grant('shop', 'app', 'look', 'only');
SELECT usename, umoptions FROM pg_user_mappings WHERE usename = 'app';
SELECT binds.grant('shop', 'app', "user" => 'app');
SELECT usename, umoptions FROM pg_user_mappings WHERE usename = 'app';
-- What it refuses.
SELECT binds.grant('shop', 'nobody', 'app', 'secret');
SELECT binds.grant('nope', 'app', 'app', 'secret');
SELECT binds.grant(NULL, 'app', 'app', 'secret');
SELECT binds.grant('shop', 'app', NULL);
\set url :sqlite 'a.db'
SELECT binds.add('file', :'url');
SELECT binds.grant('file', 'app', 'app', 'secret');
DROP VIEW names;
SELECT binds.remove('shop', true);
DROP OWNED BY admin, app, reader CASCADE;
DROP ROLE admin, app, reader;
\! $MY -e "DROP USER look@'127.0.0.1', look@localhost"
