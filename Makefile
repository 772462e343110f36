# demo and test need nothing but make (README.md); all, install, installcheck, clean
# and uninstall are those of any PGXS extension.

EXTENSION = binds
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" binds.control)
MODULE_big = binds
OBJS = $(patsubst %.c,%.o,$(wildcard src/*.c src/*/*.c src/engine/*/*.c))
EXTCOMMENT := $(shell sed -n "s/^comment *= *'\(.*\)'.*/\1/p" binds.control)
DATA = $(wildcard src/extension/binds--*.sql)
DATA_built = binds--$(EXTVERSION).sql
PGFILEDESC = "binds - multiple databases with binds"

# A test named mysql_* needs the server that test/run starts.
NEEDS_SERVER = $(if $(BINDS_TEST_MYSQL),,mysql_%)
list_tests = $(filter-out $(NEEDS_SERVER),$(sort \
	$(patsubst $(1)/%.$(2),%,$(wildcard $(1)/*.$(2)))))
REGRESS = $(call list_tests,sql,sql)
ISOLATION = $(call list_tests,test/isolation/specs,spec)
ISOLATION_OPTS = --inputdir=test/isolation --load-extension=binds

PG_CONFIG ?= pg_config
MYSQL_CONFIG ?= mysql_config
PGXS := $(wildcard $(shell $(PG_CONFIG) --pgxs 2>/dev/null))

.PHONY: demo demo-stop test test-long test-matrix bench

ifneq ($(PGXS),)

PG_MAJOR := $(shell $(PG_CONFIG) --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
# -isystem: warnings are wanted of our own code only
PG_CPPFLAGS = -Isrc -isystem $(shell $(PG_CONFIG) --includedir-server) \
	$(patsubst -I%,-isystem %,$(shell $(MYSQL_CONFIG) --include 2>/dev/null)) \
	-DBINDS_VERSION='"$(EXTVERSION)"'
# unused parameters: callbacks have the arguments that they have
# unused results: whether a connection is lost must be looked at (BINDS_CHECKED)
PG_CFLAGS = -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter \
	-Wno-missing-field-initializers -Werror=unused-result
ifeq ($(PG_MAJOR),15)
# 16 made hidden visibility the rule, and PGDLLEXPORT what undoes it
PG_CPPFLAGS += -DPGDLLEXPORT='__attribute__((visibility("default")))'
endif
# a later minor version of 15 to 18 has it: no number tells
ifneq ($(shell grep -s WCO_VIEW_CONFLICT_CHECK "$$($(PG_CONFIG) --includedir-server)/nodes/parsenodes.h"),)
PG_CPPFLAGS += -DBINDS_HAVE_CONFLICT_CHECK
endif
SHLIB_LINK += -lsqlite3 $(shell $(MYSQL_CONFIG) --libs 2>/dev/null)
EXTRA_CLEAN = build META.json binds--*.sql $(OBJS:.o=.d)

include $(PGXS)

# Debian's PGXS does not track headers: neither for objects nor for bitcode.
%.o: CFLAGS += -MMD -MP -MT $@ -MT $(@:.o=.bc)
-include $(OBJS:.o=.d)

# other flags, other objects
$(OBJS) $(OBJS:.o=.bc): Makefile

# For test/chaos: the same objects, with a driver in front of each engine's own that fails
# where it is told to.
CHAOS = $(wildcard test/chaos/*.c)
build/chaos/binds.so: $(OBJS) $(CHAOS) test/chaos/chaos.h
	mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(CFLAGS_SL) -shared -o $@ $(OBJS) $(CHAOS) \
		-Wl,--wrap=binds_mysql_driver -Wl,--wrap=binds_sqlite_driver \
		$(LDFLAGS) $(SHLIB_LINK)

else

all install installcheck uninstall:
	@echo "$(PG_CONFIG) finds no PostgreSQL to build for; \"make demo\" and" >&2
	@echo "\"make test\" install what is missing (Debian: postgresql-server-dev-all)." >&2
	@false

clean:
	rm -rf build binds--*.sql

endif

SQL_PARTS = $(sort $(wildcard src/extension/[0-9]*.sql))
binds--$(EXTVERSION).sql: $(SQL_PARTS) binds.control
	cat $(SQL_PARTS) > $@

# what PGXN wants to know; the version stands in the control file only
META.json: META.json.in binds.control
	sed -e 's/@VERSION@/$(EXTVERSION)/g' -e 's/@COMMENT@/$(EXTCOMMENT)/g' $< > $@

# its cluster lies in build/
clean: demo-stop

demo demo-stop bench:
	@bash test/run $@

# make test TESTS="regress suite" runs these suites, TESTS=regress/url one file
test:
	@bash test/run test $(TESTS)

# sql/mysql_rewriting.sql asks one question in 3 then, instead of one in 41
test-long:
	@BINDS_TEST_LONG=1 BINDS_REWRITING_EVERY=$${BINDS_REWRITING_EVERY:-3} \
		bash test/run test $(TESTS)

# lays out the sources as PostgreSQL does; needs pg_bsd_indent 2.1.2
.PHONY: indent
indent:
	@bash test/check/indent

test-matrix:
	@bash test/matrix/run $(SUITES)
