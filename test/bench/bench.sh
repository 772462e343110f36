# bench.sh - ratios against the bare client libraries and mysql_fdw, in one run.
#
# To be sourced by test/run.  What is measured, and why so: README.md.
#
# Copyright (c) 2026, the binds developers

ROWS=${BENCH_ROWS:-1000000}
WRITE_ROWS=${BENCH_WRITE_ROWS:-100000}	# at most ROWS: the loops copy them from t
[ "$WRITE_ROWS" -le "$ROWS" ] || WRITE_ROWS=$ROWS
PEER_ROWS=${BENCH_PEER_ROWS:-2000}	# mysql_fdw inserts row by row: scaled up
[ "$PEER_ROWS" -le "$WRITE_ROWS" ] || PEER_ROWS=$WRITE_ROWS
ASSIGN_ROWS=${BENCH_ASSIGN_ROWS:-$ROWS}
REPEAT=${BENCH_REPEAT:-5}
PARTS=${BENCH_PARTS:-memory scans inserts ddl files assign plain}
MODELS=${BENCH_MODELS:-200}
FILES=${BENCH_FILES:-1000}
PLAIN=${BENCH_PLAIN:-100}		# tables of plain DDL
COLUMNS="id bigint PRIMARY KEY, i4 integer, i2 smallint, n numeric(12,2),
	f8 double precision, f4 real, b boolean, v1 varchar(20), v2 varchar(60), t text,
	y bytea, d date, tm time, ts timestamp, tz timestamptz, u uuid"
# mysql_fdw inserts no uuid
PEER_COLUMNS=$(sed 's/ PRIMARY KEY//; s/u uuid/u varchar(36)/' <<<"$COLUMNS")
PEER_SELECT="id, i4, i2, n, f8, f4, b, v1, v2, t, y, d, tm, ts, tz, u::text"
MISSED=0

# One row for each i of a set-returning function in a target list: nothing is kept.
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

# ------------------------------------------------------------------------
# Measuring
# ------------------------------------------------------------------------

# Seconds that EXPLAIN ANALYZE says a statement took: all columns are fetched, and no
# client is waited for.
seconds_of() {
	bench_sql -c "EXPLAIN (ANALYZE, TIMING OFF) $1" |
		awk '/^Execution Time: / { printf "%.3f\n", $3 / 1000 }'
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

# pair COUNT OURS THEIRS: run both in turn, and keep the best of each in $OURS, $THEIRS.
# What is not ours alone on this machine then slows down both.
pair() {
	local i ours= theirs=
	for ((i = 0; i < $1; i++)); do
		ours+=" $(eval "$2" | cut -d' ' -f1)"
		theirs+=" $(eval "$3" | cut -d' ' -f1)"
	done
	OURS=$(smallest "$1" $ours) THEIRS=$(smallest "$1" $theirs)
}

# smallest COUNT VALUE...: nothing if one is missing
smallest() {
	[ $# -gt "$1" ] && shift && printf '%s\n' "$@" | sort -g | head -1
}

heading() { printf '\n%-42s %9s %9s %8s  %s\n' "$1" "$2" "$3" ratio wanted; }

# line NAME most|least [LIMIT]: print $OURS, $THEIRS and their ratio (most: ours to theirs;
# least: how often ours fits into theirs), and whether it is as wanted
line() {
	awk -v n="$1" -v a="${OURS:-0}" -v b="${THEIRS:-0}" -v how="$2" -v l="${3:--}" 'BEGIN {
		if (a <= 0 || b <= 0) { printf "%-42s failed: NO\n", n; exit 1 }
		r = how == "least" ? b / a : a / b
		ok = l == "-" || (how == "most" ? r <= l + 0 : r >= l + 0)
		printf "%-42s %9.2f %9.2f %7.2fx  ", n, a, b, r
		if (l == "-") print "-"
		else printf "at %s %g: %s\n", how, l, ok ? "yes" : "NO"
		exit !ok }' || MISSED=$((MISSED + 1))
}

# ------------------------------------------------------------------------
# Set-up
# ------------------------------------------------------------------------

bench_prepare() {
	make_loops
	start_postgres postgres
	start_mysql
	SQLITE_FILE=$RUN/s/bench.db
	psql -Xqc "CREATE DATABASE bench" -d postgres
	psql -Xqc "ALTER SYSTEM SET max_parallel_workers_per_gather = 0" \
		-c "ALTER SYSTEM SET jit = off" -c "SELECT pg_reload_conf()" -d postgres >/dev/null
	bench_sql <<-E >/dev/null || die "set-up failed"
		CREATE EXTENSION binds;
		SELECT binds.add('my', '${BINDS_TEST_MYSQL_URL}users', '{"schema": "my"}');
		SELECT binds.add('lite', 'sqlite:///$SQLITE_FILE', '{"schema": "lite"}');
		SELECT binds.define('CREATE TABLE t ($COLUMNS); CREATE TABLE w ($COLUMNS);', k)
			FROM unnest('{my,lite}'::text[]) k;
		SELECT * FROM binds.create_all();
		CREATE TABLE src ($COLUMNS);
		INSERT INTO src $(rows_of "$WRITE_ROWS");
		ANALYZE src;
	E
	case " $PARTS " in *" scans "* | *" inserts "*) prepare_peer ;; esac
	say "$(psql -XAtc 'SELECT version()' | cut -d' ' -f1,2), $($MY -e 'SELECT version()'), SQLite $(sqlite3 --version | cut -d' ' -f1), $(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
}

# mysql_fdw is needed by these parts alone.
prepare_peer() {
	bench_sql <<-E >/dev/null || die "set-up of mysql_fdw failed"
		CREATE EXTENSION mysql_fdw;
		CREATE SERVER peer FOREIGN DATA WRAPPER mysql_fdw OPTIONS (host '127.0.0.1',
			port '$BINDS_TEST_MYSQL_PORT', character_set 'utf8mb4');
		CREATE USER MAPPING FOR PUBLIC SERVER peer OPTIONS (username 'app', password 'secret');
		CREATE SCHEMA peer;
		CREATE FOREIGN TABLE peer.t ($PEER_COLUMNS) SERVER peer
			OPTIONS (dbname 'users', table_name 't');
		CREATE FOREIGN TABLE peer.w ($PEER_COLUMNS) SERVER peer
			OPTIONS (dbname 'users', table_name 'w');
	E
}

make_loops() {
	local dir=$ROOT/test/bench inc libs
	read -r inc <<<"$(mysql_config --include)"
	read -r libs <<<"$(mysql_config --libs)"
	mkdir -p "$BUILD/bench"
	gcc -O2 -Wall $inc -o "$BUILD/bench/mysql_loop" "$dir/mysql_loop.c" $libs &&
		gcc -O2 -Wall -o "$BUILD/bench/sqlite_loop" "$dir/sqlite_loop.c" -lsqlite3 ||
		die "the loops do not compile"
}

mysql_loop() {
	"$BUILD/bench/mysql_loop" "$BINDS_TEST_MYSQL_SOCKET" app secret users "$@"
}

sqlite_loop() { "$BUILD/bench/sqlite_loop" "$1" "$SQLITE_FILE" "${@:2}"; }

# Empty a table.  A backend that has just ended may still have the file locked: the last
# connection tidies up.
empty_mysql() { $MY users -e "TRUNCATE $1"; }
empty_sqlite() { sqlite3 -cmd ".timeout 30000" "$SQLITE_FILE" "DELETE FROM $1"; }
empty() { case $1 in my) empty_mysql "$2" ;; lite) empty_sqlite "$2" ;; esac; }

# What is read from, whichever part comes first.
fill_tables() {
	local engine
	for engine in my lite; do
		[ "$(bench_sql -c "SELECT count(*) FROM $engine.t")" != "$ROWS" ] || continue
		empty "$engine" t
		bench_sql -c "INSERT INTO $engine.t $(rows_of "$ROWS")" || die "$engine.t could not be filled"
	done
}

# Seconds of a loop, if it says that it had so many rows.
loop_seconds() { awk -v n="$1" '$2 == n { print $1 }'; }

# What the last INSERT left in ENGINE's table must be what it was given.
check_rows() {
	local wrong
	wrong=$(bench_sql -c "SELECT count(*) FROM (
		(SELECT * FROM src EXCEPT ALL SELECT * FROM $1.w) UNION ALL
		(SELECT * FROM $1.w EXCEPT ALL SELECT * FROM src)) d")
	[ "$wrong" = 0 ] || { echo "$1.w differs from src: ${wrong:-?} rows"; MISSED=$((MISSED + 1)); }
}

# ------------------------------------------------------------------------
# What is measured
# ------------------------------------------------------------------------

bench_memory() {
	local engine
	heading "MB, peak of the backend" "$ROWS" 10000
	for engine in my lite; do
		empty "$engine" t
		empty "$engine" w
		THEIRS=$(peak_of "INSERT INTO $engine.w $(rows_of 10000)")
		OURS=$(peak_of "INSERT INTO $engine.t $(rows_of "$ROWS")")
		line "insert into $engine" most 1.1
		THEIRS=$(peak_of "SELECT * FROM $engine.t WHERE id <= 10000")
		OURS=$(peak_of "SELECT * FROM $engine.t")
		line "scan $engine" most 1.1
	done
}

bench_scans() {
	fill_tables
	heading "s, scan of $ROWS rows" binds other
	pair "$REPEAT" 'seconds_of "SELECT * FROM my.t"' 'mysql_loop read t | loop_seconds $ROWS'
	line "MySQL : C loop, mysql_use_result" most 2
	pair 2 'seconds_of "SELECT * FROM my.t"' 'seconds_of "SELECT * FROM peer.t"'
	line "MySQL : mysql_fdw" most 0.5
	pair "$REPEAT" 'seconds_of "SELECT * FROM lite.t"' 'sqlite_loop read t | loop_seconds $ROWS'
	line "SQLite : C loop, sqlite3_step" most 2
}

insert_mysql() {
	empty_mysql w
	seconds_of "INSERT INTO my.w SELECT * FROM src"
}

insert_peer() {
	empty_mysql w
	seconds_of "INSERT INTO peer.w SELECT $PEER_SELECT FROM src LIMIT $PEER_ROWS" |
		awk -v f="$WRITE_ROWS" -v n="$PEER_ROWS" '{ print $1 * f / n }'
}

insert_mysql_loop() {
	empty_mysql w
	mysql_loop write t w "$WRITE_ROWS" | loop_seconds "$WRITE_ROWS"
}

insert_sqlite() {
	empty_sqlite w
	seconds_of "INSERT INTO lite.w SELECT * FROM src"
}

insert_sqlite_loop() {
	empty_sqlite w
	sqlite_loop write t w "$WRITE_ROWS" | loop_seconds "$WRITE_ROWS"
}

bench_inserts() {
	fill_tables
	heading "s, INSERT ... SELECT of $WRITE_ROWS rows" binds other
	insert_mysql >/dev/null
	check_rows my
	pair 3 insert_mysql insert_peer
	line "MySQL : mysql_fdw" least 20
	pair 3 insert_mysql insert_mysql_loop
	line "MySQL : C loop, INSERTs of 1 MB" most
	$MY -e "SET GLOBAL innodb_flush_log_at_trx_commit = 0"
	pair 3 insert_mysql insert_peer
	line "MySQL : mysql_fdw, commits not flushed" least
	insert_sqlite >/dev/null
	check_rows lite
	pair "$REPEAT" insert_sqlite insert_sqlite_loop
	line "SQLite : C loop, one prepared INSERT" most 3
}

# ------------------------------------------------------------------------
# DDL
# ------------------------------------------------------------------------

# Models of which each refers to two before it.
define_models() {
	bench_sql <<-E
		SELECT binds.define(string_agg(format('CREATE TABLE m%s (id integer PRIMARY KEY,
				name varchar(50) NOT NULL DEFAULT %L, made timestamp, worth numeric(12,2)%s);',
			i, '', CASE WHEN i > 2 THEN format(', a integer REFERENCES m%s,
				b integer REFERENCES m%s', i - 1, i / 2) END), '' ORDER BY i), '$1')
		FROM generate_series(1, $MODELS) i;
	E
}

# Seconds that a session of psql takes for a statement, without its start.
psql_seconds() {
	bench_sql -c '\timing on' -c "$1" | awk '/^Time: / { printf "%.3f\n", $2 / 1000 }'
}

ddl_mysql() {
	psql_seconds "SELECT count(*) FROM binds.create_all('ddl')"
	bench_sql -c "SELECT count(*) FROM binds.drop_all('ddl')" >/dev/null
}

# The same statements by the server's own client, in one session.
ddl_client() {
	local t0 t1
	$MY -e 'DROP DATABASE IF EXISTS plain; CREATE DATABASE plain'
	t0=$(date +%s%N)
	$MY plain <"$BUILD/bench/models.sql"
	t1=$(date +%s%N)
	awk -v t=$((t1 - t0)) 'BEGIN { printf "%.3f\n", t / 1e9 }'
}

bench_ddl() {
	heading "s, create_all of $MODELS models" binds other
	$MY -e 'CREATE DATABASE ddl'
	bench_sql -c "SELECT binds.add('ddl', '${BINDS_TEST_MYSQL_URL}ddl', '{\"schema\": \"ddl\"}')" >/dev/null
	define_models ddl >/dev/null
	bench_sql -c "SELECT statement || ';' FROM binds.ddl('ddl')" >"$BUILD/bench/models.sql"
	pair 3 ddl_mysql ddl_client
	line "MySQL : the same DDL by its client" most 1.3
	bench_sql -c "SELECT count(*) FROM binds.create_all('ddl')" >/dev/null
	CREATED=$OURS
	pair 3 'psql_seconds "SELECT count(*) FROM binds.diff('"'ddl'"')"' 'echo $CREATED'
	line "MySQL, diff : create_all" most 0.5
	pair 3 ddl_reflect 'echo $CREATED'
	line "MySQL, reflect : create_all" most 0.5
}

# By a bind of its own, whose models go again.
ddl_reflect() {
	bench_sql -c "SELECT binds.add('again', '${BINDS_TEST_MYSQL_URL}ddl', '{\"schema\": \"again\"}')" >/dev/null
	PGOPTIONS="-c client_min_messages=warning" psql_seconds "SELECT count(*) FROM binds.reflect('again')"
	PGOPTIONS="-c client_min_messages=warning" bench_sql -c "SELECT binds.remove('again', true)" >/dev/null
}

# ------------------------------------------------------------------------
# Many files
# ------------------------------------------------------------------------

bench_files() {
	heading "s, $FILES SQLite files of 5 tables" binds other
	mkdir -p "$RUN/s/files"
	chmod 1777 "$RUN/s/files"
	# a transaction has a lock for each table that it makes, and for its template
	psql -Xqc "ALTER SYSTEM SET max_locks_per_transaction = $((FILES + 64))" -d postgres
	stop_postgres "$PGDATADIR" && launch_postgres || die "PostgreSQL did not start again"
	bench_sql <<-E >/dev/null
		CREATE TABLE files AS SELECT 'file' || i AS key, i FROM generate_series(1, $FILES) i;
		SELECT binds.add(key, 'sqlite:///$RUN/s/files/' || i || '.db') FROM files;
		SELECT binds.define(string_agg(format('CREATE TABLE f%s_m%s (id integer PRIMARY KEY,
			name varchar(50) NOT NULL, made timestamp);', i, m), ''), key)
		FROM files, generate_series(1, 5) m GROUP BY key;
	E
	pair 3 files_binds files_loop
	line "SQLite : C loop" most 3
	files_session
}

files_binds() {
	psql_seconds "SELECT count(*) FROM binds.create_all(ARRAY(SELECT key FROM files))"
	bench_sql -c "SELECT count(*) FROM binds.drop_all(ARRAY(SELECT key FROM files))" >/dev/null
	rm -f "$RUN"/s/files/*.db*
}

files_loop() {
	mkdir "$RUN/s/files/loop"
	sqlite_loop make "$RUN/s/files/loop" "$FILES" | loop_seconds "$FILES"
	rm -r "$RUN/s/files/loop"
}

# Memory and descriptors of a session that makes the files, asked for all the time while it
# does.  Memory is flat: with all of the files it grows by little more than with a tenth of
# them, beyond what models cost that are read at once; descriptors: those that a session keeps
# open between transactions, and PostgreSQL's own.
FILES_DESCRIPTORS=${BENCH_DESCRIPTORS:-400}
FILES_KB=${BENCH_FILE_KB:-150}		# of memory for each file

files_session() {
	local few=$((FILES / 10)) a b
	[ "$few" -gt 0 ] || few=1
	a=$(files_watched "$few")
	b=$(files_watched "$FILES")
	heading "one session, $FILES files and $few" "$FILES" "$few"
	set -- $a $b
	echo "MB before, at most, after it; descriptors at most, after it: $few files: $1 $2 $3; $4 $5; $FILES: $6 $7 $8; $9 ${10}"
	OURS=${9:-} THEIRS=$FILES_DESCRIPTORS
	line "descriptors at most : allowed" most 1
	OURS=${10:-} THEIRS=$FILES_DESCRIPTORS
	line "descriptors after it : allowed" most 1
	# KB for each file that was made more
	OURS=$(awk -v a="${2:-}" -v b="${7:-}" -v n=$((FILES - few)) 'BEGIN {
		if (a > 0 && b > 0) { k = (b - a) * 1024 / (n > 0 ? n : 1); print (k > 0.01 ? k : 0.01) } }')
	THEIRS=$FILES_KB
	line "KB of memory for a file : allowed" most 1
	# a second time in the same session nothing is left of the first
	files_again
}

# files_watched N: "MB before, MB at most, MB after; descriptors at most, after"
files_watched() {
	rm -f "$RUN"/s/files/*.db* "$RUN/watch" "$RUN/watched"
	bench_sql <<-E >/dev/null
		SELECT count(*) FROM binds.drop_all(ARRAY(SELECT key FROM files));
	E
	rm -f "$RUN"/s/files/*.db*
	bench_sql <<-E
		SELECT pg_backend_pid() AS pid \gset
		\setenv BACKEND :pid
		\setenv WATCH $RUN/watch
		\! awk '/VmRSS/ { printf "%.1f ", \$2 / 1024 }' /proc/\$BACKEND/status
		\! (n=0; touch \$WATCH; while [ -e \$WATCH ]; do m=\$(ls /proc/\$BACKEND/fd | wc -l); r=\$(awk '/VmRSS/ { print \$2 }' /proc/\$BACKEND/status); [ "\$m" -gt "\$n" ] && n=\$m; [ "\$r" -gt "\${k:-0}" ] && k=\$r; echo "\$k \$n" >\$WATCH.new; sleep 0.05; done; mv \$WATCH.new \$WATCH.done) >/dev/null 2>&1 &
		SELECT count(*) FROM binds.create_all(ARRAY(SELECT key FROM files WHERE i <= $1)) \g /dev/null
		\! rm -f \$WATCH; while [ ! -e \$WATCH.done ]; do sleep 0.05; done; awk '{ printf "%.1f ", \$1 / 1024 }' \$WATCH.done; awk '/VmRSS/ { printf "%.1f ", \$2 / 1024 }' /proc/\$BACKEND/status; awk '{ printf "%d ", \$2 }' \$WATCH.done; rm -f \$WATCH.done; ls /proc/\$BACKEND/fd | wc -l
	E
}

# Memory after create_all of what is there, as often as an application starts.
files_again() {
	set -- $(bench_sql <<-E
		SELECT pg_backend_pid() AS pid \gset
		\setenv BACKEND :pid
		SELECT count(*) FROM binds.create_all(ARRAY(SELECT key FROM files)) \g /dev/null
		SELECT count(*) FROM binds.create_all(ARRAY(SELECT key FROM files)) \g /dev/null
		\! awk '/VmRSS/ { printf "%.1f ", \$2 / 1024 }' /proc/\$BACKEND/status
		SELECT count(*) FROM binds.create_all(ARRAY(SELECT key FROM files)) \g /dev/null
		SELECT count(*) FROM binds.create_all(ARRAY(SELECT key FROM files)) \g /dev/null
		\! awk '/VmRSS/ { printf "%.1f ", \$2 / 1024 }' /proc/\$BACKEND/status
	E
	)
	THEIRS=${1:-} OURS=${2:-}
	line "MB after create_all four times : twice" most 1.05
}

# ------------------------------------------------------------------------
# Moving tables
# ------------------------------------------------------------------------

bench_assign() {
	local engine
	heading "s, assign of $ASSIGN_ROWS rows" binds other
	bench_sql -c "CREATE TABLE from_here ($COLUMNS)" \
		-c "INSERT INTO from_here $(rows_of "$ASSIGN_ROWS")" -c "ANALYZE from_here"
	for engine in my lite; do
		pair 3 "assign_rows $engine" "insert_rows $engine"
		line "$engine : INSERT ... SELECT" most 1.1
	done
	bench_sql -c "DROP TABLE from_here"
}

assign_rows() {
	bench_sql -c "CREATE TABLE moved (LIKE from_here INCLUDING ALL)" -c "INSERT INTO moved SELECT * FROM from_here" \
		-c "ANALYZE moved"
	psql_seconds "SELECT count(*) FROM binds.assign('moved', '$1')"
	PGOPTIONS="-c client_min_messages=warning" bench_sql -c "SELECT binds.engine('$1') IS NULL" -c "DROP TABLE moved" >/dev/null
}

insert_rows() {
	empty "$1" w
	psql_seconds "INSERT INTO $1.w SELECT * FROM from_here"
}

# ------------------------------------------------------------------------
# Plain DDL
# ------------------------------------------------------------------------

bench_plain() {
	local engine
	heading "s, plain DDL of $PLAIN tables" binds other
	for engine in my lite; do
		pair 3 "plain_ddl $engine BEGIN COMMIT" "defined_ddl $engine BEGIN COMMIT"
		line "$engine : define and create_all" most 1.2
		pair 3 "plain_ddl $engine" "defined_ddl $engine"
		line "$engine, autocommit : the same" most 1.2
	done
	heading "s, ordinary tables" library "no library"
	psql -Xqc "CREATE DATABASE plain" -d postgres
	psql -Xqc "CREATE TABLE t (id integer PRIMARY KEY, v text)" \
		-c "INSERT INTO t SELECT i, i FROM generate_series(1, 10000) i" -d plain
	bench_sql -c "CREATE TABLE public.t (id integer PRIMARY KEY, v text)" \
		-c "INSERT INTO public.t SELECT i, i FROM generate_series(1, 10000) i"
	pair "$((REPEAT * 2))" "ordinary bench session_preload_libraries=binds 2000 'CREATE TABLE o (id integer PRIMARY KEY, v text); DROP TABLE o'" \
		"ordinary plain application_name=x 2000 'CREATE TABLE o (id integer PRIMARY KEY, v text); DROP TABLE o'"
	line "CREATE and DROP TABLE" most 1.02
	pair "$((REPEAT * 2))" "ordinary bench session_preload_libraries=binds 40000 'SELECT v FROM public.t WHERE id = 77'" \
		"ordinary plain application_name=x 40000 'SELECT v FROM public.t WHERE id = 77'"
	line "SELECT of a row" most 1.02
}

# The statements of both, without the time that psql takes to start and to read them.
plain_tables() {
	bench_sql -c "SELECT format('CREATE TABLE p%s (id integer PRIMARY KEY, name varchar(50) NOT NULL UNIQUE, made timestamp, worth numeric(12,2));', i) FROM generate_series(1, $PLAIN) i"
}

# plain_ddl KEY [BEGIN COMMIT]: a transaction of all, or one for each table
plain_ddl() {
	{ echo "SET binds.bind_key = '$1'; ${2:+$2;}"; plain_tables; echo "${3:+$3;}"; } >"$BUILD/bench/plain.sql"
	file_seconds "$BUILD/bench/plain.sql"
	drop_plain "$1"
}

# The same by define, in as many transactions, and create_all of all of them.
defined_ddl() {
	{ echo "${2:+$2;}"; plain_tables | sed "s/^/SELECT binds.define(\$\$/; s/;$/\$\$, '$1') \\\\g \/dev\/null/"
		echo "SELECT count(*) FROM binds.create_all('$1') \\g /dev/null"; echo "${3:+$3;}"; } >"$BUILD/bench/defined.sql"
	file_seconds "$BUILD/bench/defined.sql"
	drop_plain "$1"
}

drop_plain() {
	bench_sql -c "SELECT binds.engine('$1') IS NULL" \
		-c "DO \$\$ DECLARE r regclass; BEGIN FOR r IN SELECT relation::text::regclass FROM binds.models WHERE bind_key = '$1' AND model ~ '^p[0-9]' LOOP EXECUTE 'DROP TABLE ' || r; END LOOP; END \$\$" >/dev/null
}

file_seconds() {
	local t0 t1
	t0=$(date +%s%N)
	PGOPTIONS="-c session_preload_libraries=binds -c client_min_messages=warning" bench_sql -f "$1" >/dev/null
	t1=$(date +%s%N)
	awk -v t=$((t1 - t0)) 'BEGIN { printf "%.3f\n", t / 1e9 }'
}

# ordinary DATABASE SETTING TIMES STATEMENTS: seconds of one session that repeats them
ordinary() {
	echo "$4" | tr ';' '\n' | sed 's/$/;/' >"$BUILD/bench/ordinary.sql"
	PGOPTIONS="-c $2" pgbench -n -c 1 -t "$3" -f "$BUILD/bench/ordinary.sql" "$1" 2>/dev/null |
		awk -v n="$3" '/^latency average/ { printf "%.3f\n", $4 * n / 1000 }'
}

bench() {
	local part
	# as servers do by default; and all of t in memory
	BINDS_MYSQL_FLUSH=1 BINDS_MYSQL_POOL=1G bench_prepare
	for part in $PARTS; do
		"bench_$part"
	done
	echo
	if [ "$MISSED" = 0 ]; then
		echo "all ratios are as wanted"
	else
		echo "$MISSED not as wanted"
		return 1
	fi
}
