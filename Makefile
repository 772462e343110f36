# Targets that need nothing but make: demo, test (see README.md).  All others are
# those of a PGXS extension.

EXTENSION = binds
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" binds.control)
MODULE_big = binds
SOURCES := $(wildcard src/*.c src/*/*.c src/dialect/*/*.c)
OBJS = $(SOURCES:.c=.o)
DATA_built = binds--$(EXTVERSION).sql
PGFILEDESC = "binds - multiple databases with binds"

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)

.PHONY: demo test

ifneq ($(PGXS),)

MYSQL_CONFIG ?= mysql_config
MYSQL_INCLUDE := $(shell $(MYSQL_CONFIG) --include 2>/dev/null)
MYSQL_LIBS := $(shell $(MYSQL_CONFIG) --libs 2>/dev/null)
PG_MAJOR := $(shell $(PG_CONFIG) --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')

PG_CPPFLAGS = -Isrc $(MYSQL_INCLUDE) -DBINDS_VERSION='"$(EXTVERSION)"'
PG_CFLAGS = -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
ifeq ($(PG_MAJOR),15)
PG_CPPFLAGS += -DPGDLLEXPORT='__attribute__((visibility("default")))'
endif
SHLIB_LINK += -lsqlite3 $(MYSQL_LIBS)
EXTRA_CLEAN = binds--$(EXTVERSION).sql $(OBJS:.o=.d)

include $(PGXS)

# PGXS as packaged by Debian does not track headers.
%.o: CFLAGS += -MMD -MP
-include $(OBJS:.o=.d)

endif

binds--$(EXTVERSION).sql: $(sort $(wildcard src/extension/*.sql)) binds.control
	cat $(sort $(wildcard src/extension/*.sql)) > $@
