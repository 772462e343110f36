/*
 * server.h
 *	  What is known of a foreign server, read once per backend.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_SERVER_H
#define BINDS_SERVER_H

#include "options/options.h"

typedef struct BindsServer
{
	Oid			serverid;
	Oid			owner;
	uint32		hash;			/* of its syscache entry */
	bool		valid;
	BindsEngineOptions *options;
	char	   *database;		/* a file's path or URI, else NULL */
	bool		uri;
	char	   *path;			/* of a file, as stat() wants it, else NULL */
	MemoryContext context;		/* of all this, the struct included */
} BindsServer;

/*
 * What was read last of a server, be it valid or not; NULL if nothing was.  Lives
 * until the end of the transaction at least.
 */
extern BindsServer *binds_server_last(Oid serverid);

/* Read a server, in place of what was read last.  Lives as long. */
extern BindsServer *binds_server_read(Oid serverid);

/*
 * The options of a server for who only wants to know them: what was read last if that
 * is valid, else read into the current context, without replacing anything.
 */
extern const BindsEngineOptions *binds_server_options(Oid serverid);

/* Is it the same thing of the engine? */
typedef enum BindsSame
{
	BINDS_DIFFERENT,
	BINDS_PERHAPS_SAME,			/* nothing that we have says so: one host may
								 * have two names */
	BINDS_SAME
} BindsSame;

/*
 * Do two servers name one database, with these schemas of the engine?  NULL: the default
 * one.
 */
extern BindsSame binds_same_database(Oid a, const char *schema_a, Oid b,
									 const char *schema_b);

/* Servers have changed: hash of the syscache entry, 0 for all. */
extern void binds_server_invalidate(uint32 hash);

/* Free what was replaced.  No pointer to options may be left.  Never throws. */
extern void binds_server_sweep(void);

#endif							/* BINDS_SERVER_H */
