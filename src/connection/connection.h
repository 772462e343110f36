/*
 * connection.h
 *	  Physical connections of this backend: one per user mapping, or per file.
 *
 * A connection is opened at its first use and kept between transactions.  It knows
 * nothing of transactions: the layer above (transaction/) tells when it is free.
 * ALTER SERVER and the like mark it invalid, which takes effect when it is idle.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CONNECTION_H
#define BINDS_CONNECTION_H

#include "connection/options.h"
#include "datatype/timestamp.h"
#include "dialect/error.h"
#include "lib/ilist.h"

typedef struct BindsConnection
{
	/* key: (driver, umid) or, for a file, (driver, device, inode) */
	const BindsDriver *driver;
	const BindsDialect *dialect;
	Oid			serverid;		/* of the first bind that opened it */
	Oid			umid;			/* InvalidOid for a file */
	Oid			userid;

	BindsDriverConn *handle;	/* NULL: closed */
	const BindsEngineInfo *info;
	MemoryContext context;		/* what follows; child of CacheMemoryContext */
	BindsEngineOptions *options;
	TimestampTz opened;
	TimestampTz last_used;
	bool		invalid;		/* close when idle */
	bool		lost;			/* handle is of no use: close as soon as allowed */
	bool		in_branch;		/* set by transaction/: not to be recycled */
	dlist_head	cursors;		/* open BindsCursor's */
	struct HTAB *statements;	/* prepared statements by text */
	int			applied_lock_timeout;
	void	   *branch;			/* BindsBranch, owned by transaction/ */
} BindsConnection;

/*
 * The connection of a server for a role (userid: whose rights apply), opened if
 * necessary; an idle one is tested or renewed first as pool_pre_ping and
 * pool_recycle say.  Raises 08001 and the like.  "write" matters for file rights:
 * the server's owner must be allowed to write files.
 */
extern BindsConnection *binds_connection_get(Oid serverid, Oid userid);

/* Close now.  Never throws.  abandon: do not talk to the engine. */
extern void binds_connection_close(BindsConnection *connection, bool abandon);

/*
 * After the end of a transaction: forget cursors, close what is invalid or lost.
 * Never throws.
 */
extern void binds_connection_idle(BindsConnection *connection);

/* A connection outside of the cache, for DDL on engines that commit at DDL. */
extern BindsConnection *binds_connection_open_private(Oid serverid, Oid userid);

/* Walk over all cached connections. */
extern void binds_connection_foreach(void (*callback) (BindsConnection *, void *),
									 void *arg);

/*
 * Run statements without parameters or rows; echo applies.  Raises.
 */
extern void binds_connection_run(BindsConnection *connection, const char *sql);

/* Raise "error" in the context of this connection; marks it lost if it is. */
extern void binds_connection_raise(BindsConnection *connection, const BindsError *error,
								   const char *relation, const char *sql,
								   const BindsValue *values, int nvalues)
			pg_attribute_noreturn();

#endif							/* BINDS_CONNECTION_H */
