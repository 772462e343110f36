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

#include "options/options.h"
#include "datatype/timestamp.h"
#include "dialect/error.h"
#include "lib/ilist.h"

typedef struct BindsConnection
{
	/* key: (driver, umid) or, for a file, (driver, device, inode) */
	const BindsDriver *driver;
	const BindsDialect *dialect;
	Oid			serverid;		/* of the bind that opened it */
	Oid			umid;			/* InvalidOid for a file */
	Oid			userid;

	BindsDriverConn *handle;	/* NULL: closed */
	const BindsEngineInfo *info;
	BindsEngineOptions *options;	/* of the bind that used it last */
	TimestampTz opened;
	uint32		server_hash;	/* of the syscache entries, for invalidation */
	uint32		mapping_hash;
	bool		invalid;		/* close when idle */
	bool		lost;			/* its engine does not answer: handle is NULL */
	bool		read_only;		/* opened so that nothing can be written */
	bool		password_checked;	/* rules of password_required are met */
	bool		tested;			/* health was looked at in this transaction */
	bool		private;		/* not in the cache */
	dlist_head	cursors;		/* all BindsCursor's on it */
	dlist_head	statements;		/* idle prepared statements, last used first */
	int			nstatements;

	/* set by transaction/ */
	bool		in_branch;		/* a transaction is open in the engine */
	int			savepoint_level;	/* nesting level its savepoints reach */
	int			use_level;		/* nesting level of the use that entered last; 0: the
								 * current one */
	void	   *branch;			/* BindsBranch */

	dlist_node	private_node;	/* if private */
} BindsConnection;

/* What binds_connection_get needs it for. */
#define BINDS_CONNECTION_WRITE	1	/* the server's owner must be allowed to write
									 * files, the bind not read_only */
#define BINDS_CONNECTION_CREATE	2	/* a file that is not there may be made, if the
									 * bind is managed */

/*
 * The connection of a server for a role (userid: whose rights apply), opened if
 * necessary; an idle one is tested or renewed first as pool_pre_ping and
 * pool_recycle say.  Raises 08001 and the like, 58P01 for a file that is not there.
 */
extern BindsConnection *binds_connection_get(Oid serverid, Oid userid, int flags);

/*
 * The same without opening anything: its handle may be NULL.  NULL if it cannot
 * be told yet (a file that is not there).
 */
extern BindsConnection *binds_connection_find(Oid serverid, Oid userid);

/*
 * The options of a server, kept in this backend; they live until the end of the
 * transaction, also when ALTER SERVER comes in between.
 */
extern BindsEngineOptions *binds_connection_options(Oid serverid);

/* Close now.  Never throws.  abandon: do not talk to the engine. */
extern void binds_connection_close(BindsConnection *connection, bool abandon);

/*
 * Open again a connection that turned out to be dead outside of a branch, where
 * nothing is lost by it.  Raises.
 */
extern void binds_connection_renew(BindsConnection *connection);

/*
 * After the end of a transaction: close what is invalid or private, forget what was
 * kept for this transaction.  Never throws.
 */
extern void binds_connection_end_transaction(void);

/*
 * A connection outside of the cache, for DDL on engines that commit at DDL.  Closed
 * at the end of the local transaction (after its end actions) at the latest.
 */
extern BindsConnection *binds_connection_open_private(Oid serverid, Oid userid);

/* Walk over all cached connections. */
extern void binds_connection_foreach(void (*callback) (BindsConnection *, void *),
									 void *arg);

/*
 * Run statements without parameters or rows; echo applies.  Raises.
 */
extern void binds_connection_run(BindsConnection *connection, const char *sql);

/* The same, but an error is returned in "error" (and is not yet noted). */
extern bool binds_connection_try_run(BindsConnection *connection, const char *sql,
									 BindsError *error);

/* Log a statement if the option echo is set; values may be NULL. */
extern void binds_connection_echo(BindsConnection *connection, const char *sql,
								  const BindsValue *values, int nvalues);

/* Raise "error" in the context of this connection, after noting it. */
extern void binds_connection_raise(BindsConnection *connection, const BindsError *error,
								   const char *relation, const char *sql,
								   const BindsValue *values, int nvalues)
			__attribute__((noreturn));

/*
 * Note an error without raising it: closes the connection if it is lost, and tells
 * transaction/ (through the hook below).  Never throws.
 */
extern void binds_connection_note(BindsConnection *connection, const BindsError *error);

/* Set by transaction/: what an error means for the branch.  Must not throw. */
typedef void (*BindsErrorHook) (BindsConnection *connection, const BindsError *error);
extern BindsErrorHook binds_connection_error_hook;

#endif							/* BINDS_CONNECTION_H */
