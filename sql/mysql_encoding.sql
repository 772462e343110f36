\i test/setup.psql
\set url :mysql 'users'
\set odd 'INSERT INTO `tür` (id, n) VALUES (4, _utf8mb4 X''c581'')'
\i test/encoding.psql
