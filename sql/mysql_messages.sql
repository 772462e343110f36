\i test/setup.psql
-- Messages of MySQL binds that say what is wrong, and the way out.
\set VERBOSITY default
\set url 'mysql://127.0.0.1:' :my_port '/users'
-- A URL without credentials gets an empty user mapping; who is not let in is told where the account goes.
SELECT binds.add('my', :'url');
SELECT usename, umoptions FROM pg_user_mappings;
CREATE FUNCTION said(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE h text; BEGIN EXECUTE statement; RETURN 'fine'; EXCEPTION WHEN OTHERS THEN
GET STACKED DIAGNOSTICS h = PG_EXCEPTION_HINT; RETURN concat_ws(' | ', SQLERRM, h); END $$;
SELECT said($$SELECT binds.reflect('my')$$);
ALTER USER MAPPING FOR CURRENT_USER SERVER my OPTIONS (ADD user 'app', ADD password 'secret');
SELECT said($$SELECT binds.reflect('my')$$);
-- An empty one does not stand before that of all.
SELECT binds.add('all', :'url', '{"schema": "other"}');
CREATE USER MAPPING FOR PUBLIC SERVER "all" OPTIONS (user 'app', password 'secret');
SELECT said($$SELECT binds.reflect('all')$$);
-- A generated column is inherited, its key is not.
SELECT binds.define('CREATE TABLE base (id serial PRIMARY KEY, a int); CREATE TABLE derived (b int) INHERITS (base)', 'my');
SELECT binds.define('CREATE TABLE base (id serial PRIMARY KEY, a int); CREATE TABLE derived (b int, PRIMARY KEY (id)) INHERITS (base)', 'my');
-- An index over an expression, or of some rows.
SELECT binds.define('CREATE TABLE i (id int PRIMARY KEY, v varchar(20)); CREATE INDEX i_lower ON i (lower(v))', 'my');
SELECT binds.define('CREATE TABLE j (id int PRIMARY KEY, v varchar(20)); CREATE INDEX j_length ON j (length(v))', 'my');
SELECT binds.define('CREATE TABLE k (id int PRIMARY KEY, v varchar(20)); CREATE INDEX k_some ON k (v) WHERE id > 7', 'my');
SELECT binds.define('CREATE UNIQUE INDEX k_one ON k (length(v))', 'my');
SELECT binds.define('CREATE UNIQUE INDEX k_one ON k (lower(v))', 'my');
SELECT binds.define('CREATE UNIQUE INDEX k_one ON k (v) WHERE id > 7', 'my');
SELECT binds.define('CREATE TABLE g (id int PRIMARY KEY, v text, low varchar(20) GENERATED ALWAYS AS (lower(v)) STORED UNIQUE)', 'my');
SELECT model, action FROM binds.create_all('my') WHERE model = 'g';
INSERT INTO g VALUES (1, 'Ann');
\set VERBOSITY sqlstate
INSERT INTO g VALUES (2, 'aNN');
-- Where it is the mapping of all that is empty, that gets the account, whether the role has one of its own, empty as well, or none.
SELECT binds.add('public', :'url', '{"schema": "another"}');
DROP USER MAPPING FOR CURRENT_USER SERVER public;
CREATE USER MAPPING FOR PUBLIC SERVER public;
SELECT said($$SELECT binds.reflect('public')$$);
CREATE USER MAPPING FOR CURRENT_USER SERVER public;
SELECT said($$SELECT binds.reflect('public')$$);
ALTER USER MAPPING FOR PUBLIC SERVER public OPTIONS (ADD user 'app', ADD password 'secret');
SELECT said($$SELECT binds.reflect('public')$$);
-- Names in hints are quoted: what they say can be executed.
SELECT binds.add('it''s', :'url', '{"schema": "third"}');
SELECT said($$SELECT binds.reflect('it''s')$$);
DROP USER MAPPING FOR CURRENT_USER SERVER "it's";
SELECT said($$SELECT binds.reflect('it''s')$$);
SELECT replace(replace(substring(said($$SELECT binds.reflect('it''s')$$) FROM 'CREATE USER MAPPING.*\)'), 'user ''...''', 'user ''app'''), 'password ''...''', 'password ''secret''') \gexec
SELECT said($$SELECT binds.reflect('it''s')$$);
