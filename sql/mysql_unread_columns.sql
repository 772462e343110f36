\i test/setup.psql
\set url :mysql 'unread'
\! $MY -e "DROP DATABASE IF EXISTS unread; CREATE DATABASE unread; USE unread; SET sql_mode = ''; CREATE TABLE post (id bigint PRIMARY KEY, title varchar(40), n bigint, bad datetime, worse date NOT NULL); INSERT INTO post VALUES (1, 'one', 1, '0000-00-00 00:00:00', '0000-00-00'), (2, 'two', 2, '2024-02-00 00:00:00', '0000-00-00'), (3, 'three', 3, '2024-02-29 12:00:00', '2024-02-29')"
SELECT binds.add('s', :'url', '{"schema": "s"}') \g /dev/null
SELECT binds.reflect('s') \g /dev/null
\i test/unread_columns.psql
\! $MY unread -e 'SELECT * FROM post ORDER BY id'
