\i test/setup.psql
-- A table that is attached to and keeps less than its model: a WARNING names the columns, and the types that fit.
\set VERBOSITY default
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\! $MY users -e "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, at datetime, tz timestamp(3) NULL, ti time(2), d float, n decimal(8,2), w decimal(10,1), v varchar(10), x varchar(255), i int, fits datetime(6), more bigint, wide varchar(100), r float)"
SELECT binds.define('CREATE TABLE t (id bigserial PRIMARY KEY, at timestamp, tz timestamptz, ti time(3), d double precision, n numeric(10,2), w numeric(10,2),
	v varchar(20), x text, i bigint, fits timestamptz, more integer, wide varchar(10), r real)', 'my');
SELECT model, action FROM binds.create_all('my');
-- What they do not keep is refused, and not rounded or cut.
\set VERBOSITY terse
INSERT INTO t (at) VALUES ('2026-01-02 03:04:05.5');
INSERT INTO t (tz) VALUES ('2026-01-02 03:04:05.1234+00');
INSERT INTO t (ti) VALUES ('03:04:05.123');
INSERT INTO t (d) VALUES (0.1);
INSERT INTO t (n) VALUES (1234567.12);
INSERT INTO t (w) VALUES (1.23);
INSERT INTO t (v) VALUES ('12345678901');
\set VERBOSITY sqlstate
INSERT INTO t (i) VALUES (3000000000);
\set VERBOSITY terse
INSERT INTO t (at, tz, ti, d, n, w, v, i) VALUES ('2026-01-02 03:04:05', '2026-01-02 03:04:05.123+00', '03:04:05.12', 0.5, 123456.12, 1.2, '1234567890', 1) RETURNING at, ti, d, n, w, v, i;
-- Of another model with the types of the hint it is not said that they keep less.
SELECT binds.forget('my', 't');
\set VERBOSITY default
SELECT binds.define('CREATE TABLE t (id serial PRIMARY KEY, at timestamp(0), tz timestamptz(3), ti time(2), d real, n numeric(8,2), w numeric(10,1),
	v varchar(10), x varchar(255), i integer, fits timestamptz, more integer, wide varchar(10), r real)', 'my');
SELECT model, action FROM binds.create_all('my');
-- What lacks is told with it.
SELECT binds.forget('my', 't');
SELECT binds.define('CREATE TABLE t (id serial PRIMARY KEY, at timestamp, no integer)', 'my');
SELECT model, action FROM binds.create_all('my');
