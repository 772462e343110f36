# suites.sh - how each suite of `make test` is run.
#
# suite_NAME [FILE] runs a suite, or one file of it, with both servers up.  It prints
# one line "ok ..." or "not ok ..." per case (or what pg_regress prints), which
# test/run counts; whatever else it prints goes to build/log/NAME.log.
#
# Copyright (c) 2026, the binds developers

SUITES=(regress suite isolation chaos tap clients check)

# ------------------------------------------------------------------------
# sql/ with expected/: PostgreSQL's own regression test driver
# ------------------------------------------------------------------------

suite_regress() {
	local out=$BUILD/regress rc=0 names
	rm -rf "$out"
	mkdir -p "$out"
	names=${1:-$(tests_of "$ROOT/sql" sql)}
	(
		cd "$ROOT" &&		# \i in the tests is relative to it
		"$PGXSDIR/src/test/regress/pg_regress" --inputdir="$ROOT" \
			--outputdir="$out" --bindir="$PGBIN" \
			--dbname=contrib_regression $names
	) || rc=$?
	cat "$out/regression.diffs" 2>/dev/null
	return $rc
}

tests_of() { (cd "$1" && ls | sed -n "s/\.$2\$//p"); }

# ------------------------------------------------------------------------
# test/suite: each file once per dialect, each query three ways
# ------------------------------------------------------------------------

suite_suite() { bash "$ROOT/test/suite/run" "$@"; }

# ------------------------------------------------------------------------
# test/isolation: sessions that meet
# ------------------------------------------------------------------------

suite_isolation() {
	local out=$BUILD/isolation rc=0 names
	rm -rf "$out"
	mkdir -p "$out"
	names=${1:-$(tests_of "$ROOT/test/isolation/specs" spec)}
	[ -n "$names" ] || return 0
	(
		cd "$out" && isolation_options &&
		"$PGXSDIR/src/test/isolation/pg_isolation_regress" \
			--inputdir="$ROOT/test/isolation" --outputdir="$out" \
			--bindir="$PGBIN" --dbname=isolation_regression \
			--load-extension=binds $names
	) || rc=$?
	cat "$out/regression.diffs" 2>/dev/null
	return $rc
}

# Specs have no variables: what they need is a setting, current_setting('test.mysql').
isolation_options() {
	export PGOPTIONS="-c test.mysql=$BINDS_TEST_MYSQL_URL -c test.dir=$RUN/s"
}

# ------------------------------------------------------------------------
# test/chaos: each call of a driver fails, in each way
# ------------------------------------------------------------------------

# The module is copied to where the servers' user can read it.
suite_chaos() {
	make -s -C "$ROOT" PG_CONFIG="$PG_CONFIG" build/chaos/binds.so || return
	mkdir -p "$RUN/module" && cp "$ROOT/build/chaos/binds.so" "$RUN/module/chaos.so"
	perl "$ROOT/test/chaos/run.pl" "$RUN/module/chaos.so" "$@"
}

# ------------------------------------------------------------------------
# test/tap: crash, restart, dump; each test makes servers of its own
# ------------------------------------------------------------------------

# As the servers' user (PostgreSQL::Test refuses root), on a copy that this user can
# read wherever the checkout lies.  Two at a time: they wait more than they work.
suite_tap() {
	local dir=$RUN/tap rc=0 tests
	rm -rf "$LOGS/tap"
	mkdir -p "$dir"
	cp -r "$ROOT/test/tap/." "$dir"
	mkdir -p "$dir/t"
	tests=(${1:-$(tests_of "$dir/t" pl)})
	[ "$(id -u)" != 0 ] || chown -R postgres:postgres "$dir"
	(
		for v in PGHOST PGPORT PGUSER PGDATABASE PGOPTIONS; do unset $v; done
		as_server env -C "$dir" TESTDIR="$dir" TESTDATADIR="$dir/tmp_check" \
			TESTLOGDIR="$dir/tmp_check/log" \
			PG_REGRESS="$PGXSDIR/src/test/regress/pg_regress" \
			PERL5LIB="$PGXSDIR/src/test/perl:$dir" TMPDIR="$RUN/s" \
			PATH="$PATH" prove -v -j 2 --nocolor $(printf 't/%s.pl ' "${tests[@]}")
	) || rc=$?
	if [ $rc != 0 ]; then
		for v in "$dir"/tmp_check/log/regress_log_*; do
			grep -qE '^not ok|died|^error|failed' "$v" && tail -30 "$v" | sed 's/^/#   /'
		done
		cp -r "$dir/tmp_check/log" "$LOGS/tap" 2>/dev/null
	fi
	return $rc
}

# ------------------------------------------------------------------------
# test/clients: real clients and their plain DDL
# ------------------------------------------------------------------------

suite_clients() { bash "$ROOT/test/clients/run" "$@"; }

# ------------------------------------------------------------------------
# test/package: Debian's packages, on request and in test/matrix
# ------------------------------------------------------------------------

suite_package() { bash "$ROOT/test/package/run"; }

# ------------------------------------------------------------------------
# test/check: what a compiler or a shell can tell
# ------------------------------------------------------------------------

suite_check() { bash "$ROOT/test/check/run" "$@"; }

# ------------------------------------------------------------------------

# What a person wants to see of a suite's log: what came last, and then the failures, with
# what explains them.
show_results() {
	local name=$1 log=$2
	case $name in
	check | suite) ;;
	*) [ "$RESULT_FAILED" = 0 ] && [ "$RESULT_COUNT" != 0 ] ||
			{ echo "-- $log:"; tail -60 "$log"; } ;;
	esac
	show_failures "$name" "$log"
}

show_failures() {
	local name=$1 log=$2
	case $name in
	check | suite) grep -E '^(not ok|#|psql|DETAIL|CONTEXT)' "$log" | head -200 ;;
	tap)
		show_failed_cases "$LOGS"/tap/regress_log_*
		show_ended_tests "$log"
		;;
	*) grep -E '^not ok |FAILED' "$log" ;;
	esac
}

# Of the log of a suite of TAP: the tests that came to no end, with their last words.
show_ended_tests() {
	local name
	for name in $(sed -n 's,^t/\([^.]*\)\.pl .*(Wstat:.*,\1,p' "$1"); do
		grep -q ') not ok ' "$LOGS/tap/regress_log_$name" && continue
		echo "$name: did not come to its end"
		tail -20 "$LOGS/tap/regress_log_$name" | sed 's/^/#   /'
	done
}

# Of logs of TAP: the cases that failed, each with what came and what was expected, but not
# the test's own notes about what it does next.
show_failed_cases() {
	[ -f "$1" ] || return 0
	awk '
		FNR == 1 { left = 0; file = FILENAME; sub(/.*regress_log_/, "", file) }
		{ sub(/^\[[0-9:.]+\]\([0-9.]+s\) ?/, "") }
		/^not ok / { print file ": " $0; left = 60; next }
		/^$/ { next }
		!/^#/ || /^# (issuing|results|Running:|Checking )/ || /^##/ { left = 0 }
		left-- > 0 { print }
	' "$@"
}
