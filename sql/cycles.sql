\i test/setup.psql
-- Only foreign keys on a cycle come late: c, d and e depend on the cycle of a and b, and have their
-- keys in their CREATE TABLE, whichever was defined first.  f and g are another cycle, that
-- refers to the first one.
\set VERBOSITY terse
\set models 'CREATE TABLE c (id integer PRIMARY KEY, a integer); CREATE TABLE d (id integer PRIMARY KEY, c integer REFERENCES c); CREATE TABLE f (id integer PRIMARY KEY, g integer, a integer); CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a, a2 integer REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b; ALTER TABLE c ADD FOREIGN KEY (a) REFERENCES a; CREATE TABLE g (id integer PRIMARY KEY, f integer REFERENCES f, self integer REFERENCES g); ALTER TABLE f ADD FOREIGN KEY (g) REFERENCES g; ALTER TABLE f ADD FOREIGN KEY (a) REFERENCES a; CREATE TABLE e (id integer PRIMARY KEY, a integer REFERENCES a, f integer REFERENCES f)'
\set url :sqlite 'meta.db'
SELECT binds.add('lite', :'url', '{"schema": "lite"}'), binds.add('my', 'mysql://app@127.0.0.1/users', '{"schema": "my"}');
SELECT count(*) FROM unnest(ARRAY['lite', 'my']) k, binds.define(:'models', k);
SELECT count(*) FROM binds.define(:'models');
\pset tuples_only on
\pset format unaligned
SELECT regexp_replace((regexp_match(statement, '^\S+ TABLE (?:ONLY )?\S+'))[1], '[`"]|public\.', '', 'g'),
	(SELECT string_agg(translate(m[1], '`"', ''), ' ' ORDER BY n) FROM regexp_matches(statement, 'REFERENCES (?:public\.)?(\S+?)[ (]', 'g') WITH ORDINALITY r (m, n))
FROM binds.ddl('my') WITH ORDINALITY;
\echo SQLite can add no key later, and need not
SELECT regexp_replace((regexp_match(statement, '^\S+ TABLE (?:ONLY )?\S+'))[1], '[`"]|public\.', '', 'g'),
	(SELECT string_agg(translate(m[1], '`"', ''), ' ' ORDER BY n) FROM regexp_matches(statement, 'REFERENCES (?:public\.)?(\S+?)[ (]', 'g') WITH ORDINALITY r (m, n))
FROM binds.ddl('lite') WITH ORDINALITY;
SELECT regexp_replace((regexp_match(statement, '^\S+ TABLE (?:ONLY )?\S+'))[1], '[`"]|public\.', '', 'g'),
	(SELECT string_agg(translate(m[1], '`"', ''), ' ' ORDER BY n) FROM regexp_matches(statement, 'REFERENCES (?:public\.)?(\S+?)[ (]', 'g') WITH ORDINALITY r (m, n))
FROM binds.ddl(NULL) WITH ORDINALITY;
-- What is made is the same, and can be dropped.
SELECT model, action FROM binds.create_all(ARRAY[NULL, 'lite']) WHERE bind_key IS NULL;
SELECT model, action FROM binds.drop_all(ARRAY[NULL, 'lite']) WHERE bind_key = 'lite';
