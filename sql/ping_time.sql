\i test/setup.psql
-- The time that binds.ping tells is that of the wait, here for somebody who keeps a file to himself.
\! sqlite3 $D/l.db 'CREATE TABLE t (id INTEGER PRIMARY KEY)' && chmod 666 $D/l.db && touch $D/hold
\set url :sqlite 'l.db'
SELECT binds.add('l', :'url', '{"lock_timeout": 100}');
SELECT bind_key, ok, ms >= 0 AS timed FROM binds.ping('l');
SELECT binds.disconnect('l');
\! (echo 'BEGIN EXCLUSIVE;'; echo "SELECT 'held';"; while [ -e $D/hold ]; do sleep 0.1; done) | sqlite3 $D/l.db >$D/said 2>&1 &
\! for i in $(seq 100); do ! grep -q held $D/said || break; sleep 0.1; done; cat $D/said
SELECT bind_key, ok, ms >= 90 AS waited, ms < 5000 AS not_longer FROM binds.ping('l');
\! rm $D/hold
\! for i in $(seq 100); do ! sqlite3 $D/l.db 'BEGIN EXCLUSIVE' 2>/dev/null || break; sleep 0.1; done
SELECT bind_key, ok FROM binds.ping('l');
