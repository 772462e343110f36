\i test/setup.psql
-- An engine has a limit for conditions (SQLite: 1000 in all).  Of very many some are sent, all others are checked here.
\set url :sqlite 'm.db'
SELECT binds.add('m', :'url') \g /dev/null
SELECT binds.define('CREATE TABLE t (id integer PRIMARY KEY, v varchar(20))', 'm') \g /dev/null
SELECT action FROM binds.create_all('m');
INSERT INTO t SELECT g, 'v' || g FROM generate_series(1, 2000) g;
SELECT format('SELECT count(*), min(id) FROM t WHERE %s AND %s', string_agg('id <> ' || g, ' AND '), string_agg(format('v <> %L', 'v' || g + 500), ' AND ')) FROM generate_series(1, 900) g \gexec
SELECT format('DELETE FROM t WHERE %s', string_agg('id <> ' || g, ' AND ')) FROM generate_series(1, 1200) g \gexec
SELECT count(*), max(id) FROM t;
