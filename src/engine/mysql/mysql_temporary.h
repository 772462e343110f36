/*
 * mysql_temporary.h
 *	  Temporary tables that the dialect makes for a moment.
 *
 * Apart from the driver's header, which does not go together with PostgreSQL's lists.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_MYSQL_TEMPORARY_H
#define BINDS_MYSQL_TEMPORARY_H

#include "dialect/driver.h"

/*
 * The dialect makes temporary tables, each with a name that nobody else has, and has dropped
 * them (or could not) before anything else runs.  The first one returns false with the
 * error, the second one never throws.
 */
extern bool binds_mysql_begin_own_tables(BindsDriverConn *conn, BindsError *error);
extern void binds_mysql_end_own_tables(BindsDriverConn *conn, bool dropped);

#endif							/* BINDS_MYSQL_TEMPORARY_H */
