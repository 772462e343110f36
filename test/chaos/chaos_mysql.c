/*
 * chaos_mysql.c
 *	  Breaking connections to MySQL and MariaDB.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <sys/socket.h>

#include "engine/mysql/mysql_driver.h"
#include "chaos.h"

extern const BindsDriver __real_binds_mysql_driver;
extern BindsDriver __wrap_binds_mysql_driver;

static void
cut(BindsDriverConn *conn)
{
	int			fd = my_descriptor(conn->mysql);

	if (fd >= 0)
		(void) shutdown(fd, SHUT_RDWR);
}

/* "<verb> <what>", whoever wants to cancel. */
static void
run(BindsDriverConn *conn, const char *verb, const char *what)
{
	char		sql[sizeof(conn->xid) + 32];
	BindsError	error;

	snprintf(sql, sizeof(sql), "%s %s", verb, what);
	if (!binds_mysql_simple(conn, sql, false, MY_ABORT_TIMEOUT, &error) && !conn->broken)
		elog(PANIC, "failed: %s: %s", sql, error.message);
}

/*
 * As after a deadlock: what was done is gone, and the driver knows.  An XA branch is there
 * still; here it is an empty one, and would take what follows.
 */
static void
undo(BindsDriverConn *conn)
{
	MyTransaction transaction = conn->transaction;

	if (!binds_mysql_clear(conn) || conn->broken)
		return;
	if (transaction == MY_PLAIN)
		run(conn, "ROLLBACK", "");
	else
	{
		if (transaction == MY_XA_ACTIVE)
			run(conn, "XA END", conn->xid);
		run(conn, "XA ROLLBACK", conn->xid);
		run(conn, "XA START", conn->xid);
		if (transaction != MY_XA_ACTIVE)
			run(conn, "XA END", conn->xid);
	}
	conn->branch_lost = true;
}

BindsDriver __wrap_binds_mysql_driver = {.name = "mysql"};

static const ChaosEngine chaos = {
	&__real_binds_mysql_driver, &__wrap_binds_mysql_driver, cut, NULL, undo, true
};

CHAOS_MEMBERS(chaos)
