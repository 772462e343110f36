\i test/setup.psql
-- Options that say how values of a relation are read, stored or sent are the relation's own: neither
-- diff nor upgrade takes them away.
\pset format unaligned
\t on
SET datestyle = iso;
\set url :sqlite 'o.db'
\! sqlite3 $D/o.db "CREATE TABLE ev (id integer PRIMARY KEY, t timestamp, u timestamp); INSERT INTO ev VALUES (1, 1700000000, 1700000000)"; chmod 666 $D/o.db
SELECT binds.add('lite', :'url');
SELECT binds.reflect('lite', '{"temporal": "epoch"}');
ALTER FOREIGN TABLE ev OPTIONS (ADD fetch_size '10', ADD batch_size '7', ADD read_only 'false');
ALTER FOREIGN TABLE ev ALTER t OPTIONS (ADD invalid_values 'null');
SELECT * FROM binds.diff('lite');
SELECT * FROM binds.upgrade('lite', '{"drop": true, "lossy": true}');
INSERT INTO ev VALUES (2, '2024-01-01', '2024-01-01');
SELECT * FROM ev ORDER BY id;
\! sqlite3 $D/o.db "SELECT id, t, typeof(t) FROM ev ORDER BY id"
-- Another difference is settled without them.
SELECT binds.define('ALTER TABLE ev ADD n int DEFAULT 3', 'lite');
SELECT kind, action FROM binds.upgrade('lite') ORDER BY 1;
SELECT * FROM ev ORDER BY id;
ALTER TABLE ev ADD CHECK (n > 0);
SELECT * FROM ev ORDER BY id;
SELECT attname, attfdwoptions FROM pg_attribute WHERE attrelid = 'ev'::regclass AND attnum > 0 ORDER BY attnum;
SELECT ftoptions[1:3] FROM pg_foreign_table WHERE ftrelid = 'ev'::regclass;
SELECT * FROM binds.diff('lite');
