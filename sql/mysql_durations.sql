\i test/setup.psql
-- Durations of statements on MySQL: the options echo and log_min_duration.
\set b_url :mysql 'users'
SELECT binds.add('b', :'b_url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'b');
SELECT action FROM binds.create_all('b');
INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three');
\setenv SLOW 'SELECT sleep(1)'
\setenv LEAST 600
\! test/masked test/durations.psql
-- A statement that is canceled has taken its time.
SELECT binds.alter('b', options => '{"log_min_duration": 200}');
\! echo "SELECT FROM binds.ping('b'); SET client_min_messages = log; SET statement_timeout = 1000; SELECT binds.query('b', 'SELECT sleep(20)');" | test/masked
