-- Options of generated keys, changed by binds.define, of a table of the server.
\i test/setup.psql
\a
\t
\set url :mysql 'users'
SELECT binds.add('my', :'url');
\set key '''my'''
\i test/define_identity.psql
