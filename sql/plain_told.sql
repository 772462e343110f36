\i test/setup.psql
-- Plain DDL on a bind is refused, and told of, as on PostgreSQL's own tables.
\pset format unaligned
\t on
\set url :sqlite 'p.db'
SELECT binds.add('lite', :'url');
\set key '''lite'''
\i test/plain_told.psql
-- A new column without values, and a long name.
SET client_min_messages = notice;
CREATE TABLE a_name_that_is_as_long_as_postgresql_lets_a_name_of_a_table_be_ (id int PRIMARY KEY, d numeric(9,2));
INSERT INTO a_name_that_is_as_long_as_postgresql_lets_a_name_of_a_table_be_ VALUES (1, 1.5);
SELECT told(format('ALTER TABLE %s ADD z int NOT NULL', n)) FROM unnest(ARRAY['twin', 'a_name_that_is_as_long_as_postgresql_lets_a_name_of_a_table_be_']) n;
ALTER TABLE a_name_that_is_as_long_as_postgresql_lets_a_name_of_a_table_be_ ALTER d TYPE int;
SELECT * FROM a_name_that_is_as_long_as_postgresql_lets_a_name_of_a_table_be_;
