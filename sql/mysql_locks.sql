\i test/setup.psql
-- Locks of a MySQL server: a deadlock undoes the branch, so the whole transaction; a lock
-- that does not come in time undoes the statement.
\set VERBOSITY sqlstate
\set QUIET on
\! $MY users -e "CREATE TABLE t (id int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0)"
\set QUIET off
\set users :mysql 'users'
SELECT binds.add('my', :'users', '{"schema": "my"}');
SELECT model FROM binds.reflect('my');
CREATE TABLE here (id int PRIMARY KEY);
-- the other session has changed more rows, so that this one is chosen
\setenv LOCKED 'SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = ''LOCK WAIT'''
\setenv OTHER 'START TRANSACTION; UPDATE t SET v = 1 WHERE id > 1; SELECT 1 FROM t WHERE id = 1 FOR UPDATE; DO SLEEP(0.2); ROLLBACK'
BEGIN;
INSERT INTO here VALUES (1);
UPDATE my.t SET v = 2 WHERE id = 1;
\! $MY users -e "$OTHER" >/dev/null 2>&1 &
\! for i in $(seq 100); do [ "$($MY -e "$LOCKED")" = 1 ] && break; sleep 0.1; done
DO $$ BEGIN UPDATE my.t SET v = 2 WHERE id = 2; EXCEPTION WHEN deadlock_detected OR serialization_failure THEN NULL; END $$;
UPDATE my.t SET v = 3 WHERE id = 5;
SELECT count(*) FROM here;
COMMIT;
SELECT count(*) FROM here;
\! sleep 0.5; $MY users -e "SELECT * FROM t"
UPDATE my.t SET v = 4 WHERE id = 1 RETURNING v;

-- lock_timeout holds in the engine, in whole seconds
\setenv OTHER 'START TRANSACTION; UPDATE t SET v = 1 WHERE id = 2; DO SLEEP(4); ROLLBACK'
\! $MY users -e "$OTHER" >/dev/null 2>&1 &
\! sleep 0.5
BEGIN;
SET LOCAL lock_timeout = '900ms';
INSERT INTO here VALUES (2);
SAVEPOINT s;
UPDATE my.t SET v = 5 WHERE id = 2;
ROLLBACK TO s;
UPDATE my.t SET v = 6 WHERE id = 3;
COMMIT;
SELECT * FROM my.t ORDER BY id;
SELECT id FROM here;
-- and statement_timeout stops the wait, the transaction goes on from the savepoint
BEGIN;
UPDATE my.t SET v = 7 WHERE id = 4;
SAVEPOINT s;
SET LOCAL statement_timeout = '300ms';
UPDATE my.t SET v = 7 WHERE id = 2;
ROLLBACK TO s;
UPDATE my.t SET v = 7 WHERE id = 5;
COMMIT;
SELECT * FROM my.t WHERE id > 2 ORDER BY id;
