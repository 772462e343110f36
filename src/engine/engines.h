/*
 * engines.h
 *	  Every engine that is built in.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ENGINES_H
#define BINDS_ENGINES_H

#include "dialect/dialect.h"
#include "foreign/fdwapi.h"
#include "nodes/pg_list.h"

/* Each is defined in its folder. */
extern const BindsDialect binds_sqlite_dialect;
extern const BindsDialect binds_mysql_dialect;

/*
 * Make all engines known, once at module load.  Their wrappers' handlers return what
 * "routine" makes; their validators call "validate" with the options (a List of DefElem)
 * and the catalog that they are of.
 */
extern void binds_engines_init(FdwRoutine *(*routine) (void),
							   void (*validate) (const BindsDialect *dialect,
												 List *options, Oid catalog));

#endif							/* BINDS_ENGINES_H */
