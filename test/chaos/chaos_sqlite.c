/*
 * chaos_sqlite.c
 *	  Breaking connections to SQLite files.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "engine/sqlite/sqlite_driver.h"
#include "chaos.h"

extern const BindsDriver __real_binds_sqlite_driver;
extern BindsDriver __wrap_binds_sqlite_driver;

/* A file cannot hang up; it can be replaced by another one, here a copy of itself. */
static void
replace_file(const char *path)
{
	char		command[3 * MAXPGPATH];

	snprintf(command, sizeof(command), "cp -p '%s' '%s.copy' && mv '%s.copy' '%s'",
			 path, path, path, path);
	if (system(command) != 0)
		elog(PANIC, "failed: %s", command);
}

static void
cut(BindsDriverConn *conn)
{
	replace_file(conn->path);
}

static void
replace(const BindsConnectSpec *spec)
{
	replace_file(spec->database);
}

/* As after a full disk: back in autocommit. */
static void
undo(BindsDriverConn *conn)
{
	conn->own = true;
	(void) sqlite3_exec(conn->db, "ROLLBACK", NULL, NULL, NULL);
	conn->own = false;
}

BindsDriver __wrap_binds_sqlite_driver = {.name = "sqlite"};

static const ChaosEngine chaos = {
	&__real_binds_sqlite_driver, &__wrap_binds_sqlite_driver, cut, replace, undo, false
};

CHAOS_MEMBERS(chaos)
