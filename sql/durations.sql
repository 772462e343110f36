\i test/setup.psql
-- Durations of statements on SQLite: the options echo and log_min_duration.
\set b_url :sqlite 'b.db'
SELECT binds.add('b', :'b_url');
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v text)', 'b');
SELECT action FROM binds.create_all('b');
INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, 'three');
\setenv SLOW 'WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3000000) SELECT count(*) FROM r'
\setenv LEAST 50
\! test/masked test/durations.psql

-- What the option can be, for a bind and for all.
SELECT binds.alter('b', options => '{"log_min_duration": -2}');
SELECT binds.alter('b', options => '{"log_min_duration": 1.5}');
SELECT binds.alter('b', options => '{"log_min_duration": 2147483648}');
SELECT binds.alter('b', options => '{"log_min_duration": "1 light year"}');
SELECT binds.alter('b', options => '{"log_min_duration": true}');
SELECT binds.alter('b', options => '{"log_min_duration": ""}');
SELECT binds.alter('b', options => '{"log_min_duration": "2s"}');
SELECT options FROM binds.engines WHERE bind_key = 'b';
SELECT binds.alter('b', options => '{"log_min_duration": 2147483647}');
SELECT options FROM binds.engines WHERE bind_key = 'b';
SELECT binds.alter('b', options => '{"log_min_duration": null}');
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (ADD log_min_duration '-5');
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (ADD log_min_duration '0');
SELECT options FROM binds.engines WHERE bind_key = 'b';
\! echo 'SET client_min_messages = log; SELECT v FROM t WHERE id = 1;' | test/masked
SELECT binds.alter('b', options => '{"log_min_duration": -1}');
\! echo 'SET client_min_messages = log; SELECT v FROM t WHERE id = 1;' | test/masked
\set VERBOSITY terse
ALTER FOREIGN TABLE t OPTIONS (ADD log_min_duration '0');
