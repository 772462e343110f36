\i test/setup.psql
\set url :sqlite 'unread.db'
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
SELECT binds.execute('s', 'CREATE TABLE post (id integer PRIMARY KEY, title varchar(40), n bigint, bad timestamp, worse integer NOT NULL, code varchar(3))');
SELECT binds.execute('s', $$INSERT INTO post VALUES (1, 'one', 1, '0000-00-00 00:00:00', 'abc', 'too long'), (2, 'two', 2, 'never', x'00', 'ok'), (3, 'three', 3, '2024-02-29 12:00:00', 3, NULL)$$);
SELECT binds.reflect('s') \g /dev/null
\i test/unread_columns.psql
SELECT binds.query('s', 'SELECT id, title, n, bad, typeof(worse) AS worse, code FROM post ORDER BY id');
