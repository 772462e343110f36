/*
 * dialects.h
 *	  The dialects that are there, and how one is found.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_DIALECTS_H
#define BINDS_DIALECTS_H

#include "dialect/dialect.h"
#include "fmgr.h"

/*
 * Make a dialect known; called once per dialect at module load.  handler is the
 * handler function of its foreign-data wrapper, whose address tells the dialect of
 * a wrapper whatever its name.
 */
extern void binds_dialect_register(const BindsDialect *dialect, PGFunction handler);

/* Dialects by number, from 0 on; NULL beyond the last one. */
extern const BindsDialect *binds_dialect_at(int number);

/*
 * Find a dialect by the scheme of a URL without its driver suffix ("mariadb"
 * finds mysql); NULL if there is none.
 */
extern const BindsDialect *binds_dialect_by_scheme(const char *scheme);

/*
 * The dialect of a foreign server or foreign-data wrapper; NULL if the wrapper is
 * none of ours.
 */
extern const BindsDialect *binds_dialect_of_server(Oid serverid);
extern const BindsDialect *binds_dialect_of_wrapper(Oid fdwid);

/* Dialect names in a list for a HINT: "mysql, sqlite". */
extern char *binds_dialect_names(void);

#endif							/* BINDS_DIALECTS_H */
