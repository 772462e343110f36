\i test/setup.psql
-- A number has a largest value, whoever sets it: the batch of an INSERT is room that is
-- made beforehand, and a wait has an end.
\set url :sqlite 'limits.db'
SELECT binds.add('l', :'url', '{"batch_size": 2000000000}');
SELECT binds.add('l', :'url', '{"fetch_size": 2000000000}');
SELECT binds.add('l', :'url', '{"pool_recycle": 2147484}');
SELECT binds.add('l', :'url', '{"lock_timeout": "2d"}');
SELECT binds.add('l', :'url', '{"lock_timeout": 99999999999}');
SELECT binds.add('l', :'url', '{"batch_size": 100000, "fetch_size": 100000000, "pool_recycle": 2147483, "lock_timeout": "1d"}');
ALTER FOREIGN DATA WRAPPER binds_sqlite OPTIONS (ADD batch_size '100001');
SELECT binds.execute('l', 'CREATE TABLE t (a integer)');
CREATE FOREIGN TABLE t (a integer) SERVER l;
ALTER FOREIGN TABLE t OPTIONS (ADD batch_size '2000000000');
ALTER FOREIGN TABLE t OPTIONS (ADD batch_size '100001');
ALTER FOREIGN TABLE t OPTIONS (ADD batch_size '100000');
COPY t FROM stdin;
1
\.
INSERT INTO t SELECT g FROM generate_series(2, 2000) g;
SELECT count(*), sum(a) FROM t;
-- one that an older version took means the largest
UPDATE pg_foreign_table SET ftoptions = '{batch_size=2000000000}' WHERE ftrelid = 't'::regclass;
\c
COPY t FROM stdin;
2001
\.
SELECT count(*), sum(a) FROM t;

-- What a URL's query calls a password, a secret or the like is shown nowhere.
SELECT binds.parse_url('mysql://h/db?password=Zx9');
SELECT binds.parse_url('mysql://h/db?passwd=Zx9&SSL_KEY_PASSPHRASE=Zx9&%70assword=Zx9&charset=utf8');
SELECT binds.parse_url('mysql://u:Zx9@h/db?pwd=Zx9&pwd=Zx8&auth_token=Zx9&client_secret=Zx9');
