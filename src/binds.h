/*
 * binds.h
 *	  Names that every part of the extension uses.
 *
 * Nothing in here depends on another part: it may be included from anywhere,
 * also from <dialect>_driver.c next to a client library's header.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_H
#define BINDS_H

#include "fmgr.h"

/* longest bind key in bytes, so that "binds_metadata_<key>" is never cut */
#define BINDS_KEY_MAX 45

/* schema of the extension, and of the metadata of the default bind */
#define BINDS_SCHEMA "binds"
#define BINDS_METADATA_SCHEMA "binds_metadata"

/* GUC binds.pushdown: may expressions be sent to engines? */
extern bool binds_pushdown;

struct BindsDialect;

/* Every dialect that is built in; ends with NULL. */
extern const struct BindsDialect *const binds_dialects[];

/*
 * Find a dialect by the scheme of a URL without its driver suffix ("mariadb"
 * finds mysql); NULL if there is none.
 */
extern const struct BindsDialect *binds_dialect_by_scheme(const char *scheme);

/*
 * The dialect of a foreign server, told by the handler function of its
 * foreign-data wrapper; NULL if the wrapper is none of ours.
 */
extern const struct BindsDialect *binds_dialect_of_server(Oid serverid);
extern const struct BindsDialect *binds_dialect_of_wrapper(Oid fdwid);

/* Dialect names in a list for a HINT: "mysql, sqlite". */
extern char *binds_dialect_names(void);

#endif							/* BINDS_H */
