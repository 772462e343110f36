# lib.sh - what the scripts below test/ share: packages, servers, counting.
#
# To be sourced by bash with ROOT (the checkout) set.  Servers never run as root: with
# root as caller they run as the user postgres, else as the caller.  Their data lies
# below build/; their sockets in $RUN, a short-named folder of its own, because a
# socket's path may have 107 bytes at most.  Nothing outside of the two is touched,
# apart from the extension's files, which `make install` puts into PostgreSQL.
#
# Copyright (c) 2026, the binds developers

BUILD=$ROOT/build
LOGS=$BUILD/log
POSTGRES_PID=
MYSQL_PID=
CHILD=

say() { echo "== $*"; }
die() { echo "binds: $*" >&2; exit 1; }

# ------------------------------------------------------------------------
# Packages
# ------------------------------------------------------------------------

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "this needs root or sudo: $*"
	fi
}

# pgxs.mk comes with the server in Debian, postgres.h with its -dev package.
server_headers() {
	local config=${PG_CONFIG:-pg_config}
	[ -f "$("$config" --pgxs 2>/dev/null)" ] &&
		[ -f "$("$config" --includedir-server 2>/dev/null)/postgres.h" ]
}

# versioned_package NAME OTHER: the package of the version that pg_config names, if there is
# one, else the other.
versioned_package() {
	local major
	major=$(pg_major)
	if [ -n "$major" ] && [ -x "$(command -v apt-cache)" ] &&
		apt-cache show "$1-$major" >/dev/null 2>&1; then
		echo "$1-$major"
	else
		echo "$2"
	fi
}

# initdb, of the version that is built for: that of pg_config.
server_programs() {
	[ -x "$("${PG_CONFIG:-pg_config}" --bindir 2>/dev/null)/initdb" ]
}

mysql_server() { command -v mariadbd >/dev/null || command -v mysqld >/dev/null; }

# Print the packages that are missing for what "$1" (demo, test, bench) needs.
# It is the things that are looked for, not the packages: whoever built PostgreSQL
# from source needs no package of it.
missing_packages() {
	command -v gcc >/dev/null && command -v ld >/dev/null &&
		[ -f /usr/include/stdlib.h ] || echo build-essential
	server_headers || versioned_package postgresql-server-dev postgresql-server-dev-all
	server_programs || versioned_package postgresql postgresql
	command -v mysql_config >/dev/null || echo default-libmysqlclient-dev
	[ -f /usr/include/sqlite3.h ] || echo libsqlite3-dev
	command -v setpriv >/dev/null || echo util-linux
	[ "$1" != demo ] || return 0
	command -v sqlite3 >/dev/null || echo sqlite3
	mysql_server || echo mariadb-server-core mariadb-client-core
	perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl
	perl -MTest::More -e 1 2>/dev/null && command -v prove >/dev/null || echo perl
	command -v cppcheck >/dev/null || echo cppcheck
	if [ "$1" = bench ]; then
		[ -e "$("${PG_CONFIG:-pg_config}" --sharedir)/extension/mysql_fdw.control" ] ||
			echo "postgresql-$(pg_major)-mysql-fdw"
	fi
}

pg_major() {
	"${PG_CONFIG:-pg_config}" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/'
}

# Install what is missing.  No cluster is made by the PostgreSQL packages while this
# runs: ours are enough.
install_packages() {
	local missing conf=/etc/postgresql-common/createcluster.d/binds-none.conf
	[ -z "${PG_CONFIG:-}" ] || command -v "$PG_CONFIG" >/dev/null ||
		die "there is no $PG_CONFIG"
	[ -z "${BINDS_NO_INSTALL:-}" ] || return 0
	missing=$(missing_packages "$1" | xargs)
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null ||
		die "please install what these Debian packages hold: $missing"
	say "installing $missing"
	mkdir -p "$LOGS"
	as_root mkdir -p "${conf%/*}"
	echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null
	{
		as_root apt-get -q update &&
			as_root env DEBIAN_FRONTEND=noninteractive \
				apt-get -q -y --no-install-recommends install $missing
	} >"$LOGS/apt.log" 2>&1 </dev/null || {
		as_root rm -f "$conf"
		tail -20 "$LOGS/apt.log" >&2
		die "apt-get failed, see $LOGS/apt.log"
	}
	as_root rm -f "$conf"
	hash -r
	missing=$(missing_packages "$1" | xargs)
	[ -z "$missing" ] || die "still missing after apt-get: $missing"
}

# ------------------------------------------------------------------------
# Build
# ------------------------------------------------------------------------

# Build in the checkout, then install into the PostgreSQL of pg_config.  $1: more flags
# for the compiler.
build_and_install() {
	local log=$LOGS/build.log dir
	PG_CONFIG=${PG_CONFIG:-$(command -v pg_config)}
	export PG_CONFIG
	say "building for $("$PG_CONFIG" --version)"
	mkdir -p "$LOGS"
	make -C "$ROOT" -j"$(nproc)" COPT="${1:-}" all >"$log" 2>&1 || {
		tail -40 "$log" >&2
		die "build failed, see $log"
	}
	dir=$("$PG_CONFIG" --pkglibdir)
	if [ -w "$dir" ]; then
		make -C "$ROOT" install >>"$log" 2>&1
	else
		as_root make -C "$ROOT" PG_CONFIG="$PG_CONFIG" install >>"$log" 2>&1
	fi || {
		tail -20 "$log" >&2
		die "make install failed, see $log"
	}
	PGBIN=$("$PG_CONFIG" --bindir)
	PGXSDIR=$(dirname "$("$PG_CONFIG" --pgxs)")/../..
	export PATH=$PGBIN:$PATH
}

# ------------------------------------------------------------------------
# Users and folders
# ------------------------------------------------------------------------

# Run as the user that servers run as.  An array, because "${AS_SERVER[@]}" command &
# gives the command's own pid in $!, which a function would not.
set_server_user() {
	AS_SERVER=(env -C /)
	[ "$(id -u)" != 0 ] || AS_SERVER=(setpriv --reuid=postgres --regid=postgres
		--clear-groups env -C / HOME=/tmp)
}

as_server() { "${AS_SERVER[@]}" "$@"; }

# A folder for data, empty and owned by the servers' user: below build/, or below
# $RUN when the checkout lies where that user may not go (say, in /root).
server_folder() {
	local dir=$BUILD/$1
	if ! as_server test -x "$BUILD"; then
		dir=$RUN/$1
	fi
	rm -rf "$dir"
	mkdir -p "$dir"
	[ "$(id -u)" != 0 ] || chown postgres:postgres "$dir"
	chmod 700 "$dir"
	echo "$dir"
}

# Make $RUN.  $1: a name that stays (for demo), or nothing for one of this run.
make_run_folder() {
	if [ -n "${1:-}" ]; then
		RUN=$1
		mkdir -p "$RUN"
	else
		RUN=$(mktemp -d /tmp/binds-XXXXXX)
	fi
	chmod 755 "$RUN"
	mkdir -p "$RUN/s" "$LOGS"
	chmod 1777 "$RUN/s"
	export RUN
}

# ------------------------------------------------------------------------
# PostgreSQL
# ------------------------------------------------------------------------

# Make and start a cluster.  Sets PGDATADIR, PGHOST, PGPORT, PGUSER.
start_postgres() {
	local name=$1 v
	for v in $(compgen -e | grep '^PG' | grep -vE '^PG_CONFIG$|^PGBIN$|^PGXSDIR$'); do
		unset "$v"
	done
	PGDATADIR=$(server_folder "$name")
	# in a session of its own: ended in its middle, it leaves shared memory
	as_server setsid "$PGBIN/initdb" -D "$PGDATADIR" -U postgres -A trust -E UTF8 \
		--locale=C.UTF-8 -N >"$LOGS/initdb.log" 2>&1 || {
		cat "$LOGS/initdb.log" >&2
		die "initdb failed"
	}
	as_server tee -a "$PGDATADIR/postgresql.conf" >/dev/null <<-E
		listen_addresses = ''
		unix_socket_directories = '$RUN/s'
		fsync = off
		max_connections = 60
		max_prepared_transactions = 10
		log_line_prefix = '%m [%p] %q%a '
		timezone = 'UTC'
	E
	launch_postgres || {
		tail -20 "$PGDATADIR/server.log" >&2
		die "PostgreSQL did not start"
	}
	export PGHOST=$RUN/s PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
}

# BINDS_TEST_CHECKER=valgrind runs the whole cluster under memcheck; asan expects that
# the extension was built with COPT="-fsanitize=address,undefined" and loads the
# runtime first (not on bookworm, where libp11-kit hangs under it).
#
# The server is this script's own child, not pg_ctl's: it can be stopped at any moment,
# before it has written postmaster.pid, too.
launch_postgres() {
	local i under=()
	install -d -m 1777 "$RUN/reports"
	case ${BINDS_TEST_CHECKER:-} in
	valgrind)
		under=(valgrind --quiet --trace-children=yes --leak-check=no
			--num-callers=25 --suppressions="$ROOT/test/valgrind.supp"
			--log-file="$RUN/reports/valgrind.%p")
		;;
	asan)
		under=(env LD_PRELOAD="$(readlink -f "$(gcc -print-file-name=libasan.so)") $(readlink -f "$(gcc -print-file-name=libubsan.so)")"
			ASAN_OPTIONS="log_path=$RUN/reports/asan:detect_leaks=0:handle_segv=0:exitcode=86"
			UBSAN_OPTIONS="log_path=$RUN/reports/ubsan:print_stacktrace=1")
		;;
	esac
	as_server touch "$PGDATADIR/server.log"
	"${AS_SERVER[@]}" setsid "${under[@]}" "$PGBIN/postgres" -D "$PGDATADIR" \
		>"$PGDATADIR/server.log" 2>&1 </dev/null &
	POSTGRES_PID=$!
	for ((i = 0; i < 600; i++)); do
		"$PGBIN/pg_isready" -q -h "$RUN/s" && return
		kill -0 "$POSTGRES_PID" 2>/dev/null || break
		sleep 0.1
	done
	return 1
}

# A report of the checker is a failed case.
count_reports() {
	local f n=0
	[ -n "${BINDS_TEST_CHECKER:-}" ] || return 0
	for f in "$RUN"/reports/*; do
		[ -s "$f" ] || continue
		n=$((n + 1))
		[ $n -gt 5 ] || { echo "not ok - report of $BINDS_TEST_CHECKER"; head -30 "$f"; }
	done
	cp -r "$RUN/reports" "$LOGS/" 2>/dev/null
	if [ $n = 0 ]; then PASSED=$((PASSED + 1)); else FAILED=$((FAILED + n)); fi
}

# $2: how, "fast" unless it is said.
stop_postgres() {
	local dir=$1
	[ -f "$dir/postmaster.pid" ] || return 0
	as_server "$PGBIN/pg_ctl" -D "$dir" -s -w -t 20 -m "${2:-fast}" stop 2>/dev/null ||
		as_server "$PGBIN/pg_ctl" -D "$dir" -s -w -t 20 -m immediate stop
}

# ------------------------------------------------------------------------
# MariaDB or MySQL
# ------------------------------------------------------------------------

free_port() {
	perl -MIO::Socket::INET -e '
		my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die;
		print $s->sockport'
}

mysql_is_mariadb() { command -v mariadbd >/dev/null; }

# Make and start a server.  Sets what the tests need, see the end of it.
# BINDS_MYSQL_POOL: size of its cache; BINDS_MYSQL_FLUSH=1: flush at each commit, as
# servers do by default.
start_mysql() {
	local opts=() on_server=() i log=$LOGS/mysql.log
	MYSQL_FOLDER=$(server_folder mysql)
	MYSQL_DATA=$MYSQL_FOLDER/data
	as_server mkdir "$MYSQL_DATA" "$MYSQL_FOLDER/tmp"
	MYSQL_SOCKET=$RUN/s/my
	MYSQL_PORT=$(free_port)
	# a server that starts removes temporary tables, of other servers as well
	on_server=("${AS_SERVER[@]}" env TMPDIR="$MYSQL_FOLDER/tmp")
	: >"$log"
	if mysql_is_mariadb; then
		MYSQL_CLIENT=mariadb
		"${on_server[@]}" mariadb-install-db --no-defaults --datadir="$MYSQL_DATA" \
			--skip-test-db --skip-name-resolve \
			--auth-root-authentication-method=normal >"$log" 2>&1
		opts=(mariadbd --no-defaults)
	else
		MYSQL_CLIENT=mysql
		"${on_server[@]}" mysqld --no-defaults --initialize-insecure \
			--datadir="$MYSQL_DATA" >"$log" 2>&1
		opts=(mysqld --no-defaults --mysqlx=OFF)
	fi || { tail -20 "$log" >&2; die "the MySQL data folder could not be made"; }
	"${on_server[@]}" setsid "${opts[@]}" --datadir="$MYSQL_DATA" --socket="$MYSQL_SOCKET" \
		--port="$MYSQL_PORT" --bind-address=127.0.0.1 --pid-file="$MYSQL_FOLDER/pid" \
		--character-set-server=utf8mb4 --max-allowed-packet=64M \
		--innodb-buffer-pool-size="${BINDS_MYSQL_POOL:-128M}" \
		--innodb-flush-log-at-trx-commit="${BINDS_MYSQL_FLUSH:-0}" --skip-log-bin \
		--skip-name-resolve >>"$log" 2>&1 </dev/null &
	MYSQL_PID=$!
	MY="$MYSQL_CLIENT --no-defaults --default-character-set=utf8mb4 -uroot -S $MYSQL_SOCKET -NB"
	for ((i = 0; i < 600; i++)); do
		$MY -e 'SELECT 1' >/dev/null 2>&1 && break
		kill -0 "$MYSQL_PID" 2>/dev/null || break
		sleep 0.1
	done
	$MY <<-E || { tail -20 "$log" >&2; die "the MySQL server did not start"; }
		CREATE DATABASE users;
		CREATE USER app@'127.0.0.1' IDENTIFIED BY 'secret';
		CREATE USER app@localhost IDENTIFIED BY 'secret';
		GRANT ALL ON *.* TO app@'127.0.0.1', app@localhost;
	E
	# What tests use.  MY: a client as root; D: a folder for files, new per test.
	export MY BINDS_TEST_MYSQL=$MYSQL_CLIENT \
		BINDS_TEST_MYSQL_PORT=$MYSQL_PORT BINDS_TEST_MYSQL_SOCKET=$MYSQL_SOCKET \
		BINDS_TEST_MYSQL_URL="mysql://app:secret@127.0.0.1:$MYSQL_PORT/"
}

stop_mysql() {
	local i
	[ -n "$MYSQL_PID" ] || return 0
	# setpriv, env and setsid replace themselves: this is the server's own pid
	kill "$MYSQL_PID" 2>/dev/null
	for ((i = 0; i < 300; i++)); do
		kill -0 "$MYSQL_PID" 2>/dev/null || break
		sleep 0.1
	done
	kill -9 "$MYSQL_PID" 2>/dev/null
	MYSQL_PID=
}

# ------------------------------------------------------------------------
# Running and counting
# ------------------------------------------------------------------------

PASSED=0
FAILED=0

# Run a command so that a signal to this script is served at once.  All that it starts is
# in a process group of its own, by which it can be ended.
run_child() {
	local rc=0
	set -m
	{ set +m; "$@"; } </dev/null &
	CHILD=$!
	set +m
	wait "$CHILD" || rc=$?
	CHILD=
	return $rc
}

# End what run_child has started.
stop_child() {
	local i
	[ -n "$CHILD" ] || return 0
	kill -TERM -- "-$CHILD" 2>/dev/null
	for ((i = 0; i < 50; i++)); do
		kill -0 -- "-$CHILD" 2>/dev/null || break
		sleep 0.1
	done
	kill -KILL -- "-$CHILD" 2>/dev/null
}

# End what is left of the run with this folder: the servers of TAP tests, then whatever
# has the folder in its environment, as all has that a run starts.  Tests that are killed
# leave the one and the other, in process groups of their own.
end_rest_of() {
	local dir pids i
	for dir in "$1"/tap/tmp_check/*/pgdata; do
		end_by_file "$dir/postmaster.pid" "$dir"
	done
	for dir in "$1"/s/my*/; do
		end_by_file "${dir}pid" "$dir"
	done
	pids=$(processes_of "$1")
	[ -n "$pids" ] || return 0
	kill -TERM $pids 2>/dev/null
	for ((i = 0; i < 50; i++)); do
		pids=$(processes_of "$1")
		[ -n "$pids" ] || return 0
		sleep 0.1
	done
	kill -KILL $pids 2>/dev/null
}

# Those that have RUN so in their environment; this asks without it, or it finds itself.
processes_of() (
	unset RUN
	grep -lzxF "RUN=$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
)

# End the process that a file names, if it is still one that was told this folder.  A
# postmaster that is killed leaves its shared memory, one that quits does not.
end_by_file() {
	local pid signal i
	pid=$(head -n 1 "$1" 2>/dev/null) && [ -n "$pid" ] || return 0
	tr '\0' '/' 2>/dev/null <"/proc/$pid/cmdline" | grep -qaF "${2%/}/" || return 0
	for signal in QUIT KILL; do
		kill -$signal "$pid" 2>/dev/null
		for ((i = 0; i < 100; i++)); do
			kill -0 "$pid" 2>/dev/null || return 0
			sleep 0.1
		done
	done
}

# Two runs in one checkout would take each other's files.  What one has left that was
# killed goes first.
be_the_only_run() {
	local pid dir data
	if read -r pid dir 2>/dev/null <"$BUILD/run"; then
		! grep -qaF test/run "/proc/$pid/cmdline" 2>/dev/null ||
			die "process $pid is running tests in this checkout"
		for data in "$BUILD" "$dir"; do
			end_by_file "$data/postgres/postmaster.pid" "$data/postgres"
			end_by_file "$data/mysql/pid" "$data/mysql"
		done
		end_rest_of "$dir"
		case $dir in /tmp/binds-*) rm -rf "$dir" ;; esac
	fi
	make_run_folder
	echo "$$ $RUN" >"$BUILD/run"
}

# Count "ok" and "not ok" lines of a log; PostgreSQL 15's pg_regress has a form
# of its own.
count_results() {
	local log=$1 p f
	p=$(grep -cE '^ok |^test .* \.\.\. ok|^     .* \.\.\. ok' "$log")
	f=$(grep -cE '^not ok |^test .* \.\.\. FAILED|^     .* \.\.\. FAILED' "$log")
	PASSED=$((PASSED + p))
	FAILED=$((FAILED + f))
	RESULT_FAILED=$f
	RESULT_COUNT=$((p + f))
}

# A suite that ends with an error must not count as passed.
count_exit() {
	local name=$1 rc=$2
	if [ "$RESULT_COUNT" = 0 ] || { [ "$rc" != 0 ] && [ "$RESULT_FAILED" = 0 ]; }; then
		echo "not ok - suite $name ended with code $rc after $RESULT_COUNT cases"
		FAILED=$((FAILED + 1))
	fi
}
