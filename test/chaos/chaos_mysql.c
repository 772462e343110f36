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

/* As after a deadlock: the server refuses all but a rollback, and the driver knows. */
static void
undo(BindsDriverConn *conn)
{
	conn->branch_lost = true;
}

BindsDriver __wrap_binds_mysql_driver = {.name = "mysql"};

static const ChaosEngine chaos = {
	&__real_binds_mysql_driver, &__wrap_binds_mysql_driver, cut, NULL, undo, true
};

CHAOS_MEMBERS(chaos)
