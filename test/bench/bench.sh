# bench.sh - ratios against the bare client libraries and mysql_fdw, in one run.
#
# To be sourced by test/run.  A table of BENCH_ROWS rows (1 000 000) and 16 columns
# of mixed types.  Scans are timed by EXPLAIN (ANALYZE, TIMING OFF), so that all
# columns are fetched and no client is waited for; the best of three runs counts.
#
# Copyright (c) 2026, the binds developers

ROWS=${BENCH_ROWS:-1000000}
WRITE_ROWS=${BENCH_WRITE_ROWS:-100000}
PEER_ROWS=${BENCH_PEER_ROWS:-5000}	# mysql_fdw inserts row by row: scaled up
COLUMNS="id bigint PRIMARY KEY, i4 integer, i2 smallint, n numeric(12,2),
	f8 double precision, f4 real, b boolean, v1 varchar(20), v2 varchar(60), t text,
	y bytea, d date, tm time, ts timestamp, tz timestamptz, u uuid"
PEER_COLUMNS=${COLUMNS/u uuid/u text}
# one row for each i of a set-returning function in a target list: nothing is kept
rows_of() {
	cat <<-E
		SELECT i, i % 100000, (i % 30000)::smallint, (i * 0.37)::numeric(12,2), i * 1.1,
			(i % 1000)::real, i % 3 = 0, 'name ' || i, 'a longer value of ' || i,
			repeat('text ' || i % 100, 10), decode(md5(i::text), 'hex'),
			'2000-01-01'::date + (i % 9000)::int, '00:00'::time + i % 86400 * interval '1 s',
			'2000-01-01'::timestamp + i * interval '1.001 s',
			'2000-01-01'::timestamptz + i * interval '1 s', md5(i::text)::uuid
		FROM (SELECT generate_series(1, $1::bigint) AS i) g
	E
}

bench_sql() { psql -XqAt -v ON_ERROR_STOP=1 -d bench "$@"; }

# Seconds that EXPLAIN ANALYZE says a statement took.
seconds_of() {
	bench_sql -c "EXPLAIN (ANALYZE, TIMING OFF) $1" |
		sed -n 's/^Execution Time: \([0-9.]*\) ms/\1/p' | awk '{ printf "%.3f", $1 / 1000 }'
}

# best COMMAND...: the smallest first word of what three runs print
best() {
	local i
	for i in 1 2 3; do "$@"; echo; done | awk 'NF' | sort -n | head -1 | cut -d' ' -f1
}

# Peak memory, in MB, of a backend that runs one statement.
peak_of() {
	bench_sql <<-E | tail -1
		SELECT pg_backend_pid() AS pid \gset
		\setenv BACKEND :pid
		EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) $1;
		\! awk '/VmHWM/ { printf "%.1f\n", \$2 / 1024 }' /proc/\$BACKEND/status
	E
}

row() { printf '%-44s %10s %10s %8s  %s\n' "$@"; }

# line NAME ours theirs op limit: print the ratio, and whether it is as wanted
line() {
	awk -v n="$1" -v a="$2" -v b="$3" -v o="$4" -v l="$5" 'BEGIN {
		r = o == "<" ? a / b : b / a
		ok = o == "<" ? r <= l : r >= l
		printf "%-44s %10.2f %10.2f %7.2fx  %s %g: %s\n", n, a, b, r,
			o == "<" ? "at most" : "at least", l, ok ? "yes" : "NO" }'
}

bench_prepare() {
	local inc libs
	start_postgres postgres
	# as durable as a server is by itself
	BINDS_MYSQL_FLUSH=1 BINDS_MYSQL_POOL=1G
	start_mysql
	read -r inc <<<"$(mysql_config --include)"
	read -r libs <<<"$(mysql_config --libs)"
	mkdir -p "$BUILD/bench"
	gcc -O2 -Wall $inc -o "$BUILD/bench/mysql_loop" "$ROOT/test/bench/mysql_loop.c" $libs &&
		gcc -O2 -Wall -o "$BUILD/bench/sqlite_loop" "$ROOT/test/bench/sqlite_loop.c" \
			-lsqlite3 || die "the loops do not compile"
	# as servers are unless told otherwise: a commit is on disk when it returns
	$MY -e 'SET GLOBAL innodb_flush_log_at_trx_commit = 1'
	psql -Xqc "CREATE DATABASE bench" -d postgres
	psql -Xqc "ALTER SYSTEM SET max_parallel_workers_per_gather = 0" \
		-c "ALTER SYSTEM SET jit = off" -c "SELECT pg_reload_conf()" -d postgres >/dev/null
	bench_sql <<-E >/dev/null || die "set-up failed"
		CREATE EXTENSION binds;
		CREATE EXTENSION mysql_fdw;
		SELECT binds.add('my', '${BINDS_TEST_MYSQL_URL}users', '{"schema": "my"}');
		SELECT binds.add('lite', 'sqlite:///$RUN/s/bench.db', '{"schema": "lite"}');
		SELECT binds.define('CREATE TABLE t ($COLUMNS); CREATE TABLE w ($COLUMNS);', k)
			FROM unnest('{my,lite}'::text[]) k;
		SELECT * FROM binds.create_all();
		CREATE SERVER peer FOREIGN DATA WRAPPER mysql_fdw OPTIONS (host '127.0.0.1',
			port '$BINDS_TEST_MYSQL_PORT', character_set 'utf8mb4');
		CREATE USER MAPPING FOR PUBLIC SERVER peer OPTIONS (username 'app', password 'secret');
		CREATE SCHEMA peer;
		CREATE FOREIGN TABLE peer.t (${COLUMNS/ PRIMARY KEY/}) SERVER peer
			OPTIONS (dbname 'users', table_name 't');
		-- mysql_fdw reads a uuid, but cannot write one
		CREATE FOREIGN TABLE peer.w (${PEER_COLUMNS/ PRIMARY KEY/}) SERVER peer
			OPTIONS (dbname 'users', table_name 'w');
		-- mysql_fdw cannot write uuids
		ALTER FOREIGN TABLE peer.w ALTER COLUMN u TYPE varchar(36);
		CREATE TABLE src ($COLUMNS);
		INSERT INTO src $(rows_of "$WRITE_ROWS");
		ANALYZE src;
	E
}

bench_memory() {
	local engine=$1 small big
	small=$(peak_of "INSERT INTO $engine.w $(rows_of 10000)")
	bench_sql -c "DELETE FROM $engine.w"
	big=$(peak_of "INSERT INTO $engine.t $(rows_of "$ROWS")")
	line "peak MB, insert $ROWS rows into $engine vs 10000" "$big" "$small" "<" 1.1
	small=$(peak_of "SELECT * FROM $engine.t WHERE id <= 10000")
	big=$(peak_of "SELECT * FROM $engine.t")
	line "peak MB, scan $ROWS rows of $engine vs 10000" "$big" "$small" "<" 1.1
}

mysql_loop() {
	"$BUILD/bench/mysql_loop" "$BINDS_TEST_MYSQL_SOCKET" app secret users "$1"
}

# into ENGINE ROWS: seconds of an INSERT ... SELECT into the empty table w
into() {
	bench_sql -c "DELETE FROM ${1/peer/my}.w"
	seconds_of "INSERT INTO $1.w SELECT * FROM src LIMIT $2"
}

bench() {
	local ours theirs
	bench_prepare
	row "" binds other ratio wanted
	bench_memory my
	bench_memory lite
	ours=$(best seconds_of "SELECT * FROM my.t")
	theirs=$(best mysql_loop "SELECT * FROM t")
	line "s, scan MySQL vs C loop, mysql_use_result" "$ours" "$theirs" "<" 2
	theirs=$(seconds_of "SELECT * FROM peer.t")
	line "s, scan MySQL vs mysql_fdw" "$ours" "$theirs" "<" 0.5
	ours=$(best seconds_of "SELECT * FROM lite.t")
	theirs=$(best "$BUILD/bench/sqlite_loop" read "$RUN/s/bench.db" t)
	line "s, scan SQLite vs C loop, sqlite3_step" "$ours" "$theirs" "<" 2
	ours=$(best into my "$WRITE_ROWS")
	theirs=$(into peer "$PEER_ROWS" |
		awk -v f="$WRITE_ROWS" -v n="$PEER_ROWS" '{ print $1 * f / n }')
	line "s, insert $WRITE_ROWS MySQL vs mysql_fdw (scaled)" "$ours" "$theirs" ">" 20
	ours=$(best into lite "$WRITE_ROWS")
	theirs=$(best bench_sqlite_write)
	line "s, insert $WRITE_ROWS SQLite vs C loop" "$ours" "$theirs" "<" 3
}

bench_sqlite_write() {
	bench_sql -c "DELETE FROM lite.w"
	"$BUILD/bench/sqlite_loop" write "$RUN/s/bench.db" t w "$WRITE_ROWS"
}
