\i test/setup.psql
\set url :sqlite 'there.db'
SELECT binds.add('there', :'url');
\i test/assign_refused.psql
