/*
 * branch.h
 *	  The part of the local transaction that runs on one bind.
 *
 * States, in the order of the protocol (README.md of this folder):
 *
 *	  IDLE -> SNAPSHOT -> IDLE ...			reads at READ COMMITTED
 *	  IDLE -> ACTIVE -> [VOTED] -> DONE		writes, or any use above READ COMMITTED
 *
 * A user of a bind announces what it will do when it begins (an executor node in
 * Begin, before any row is read), enters before its first statement, and leaves
 * at its end:
 *
 *	  use = binds_branch_announce(serverid, userid, BINDS_USE_READ);
 *	  connection = binds_branch_enter(use);	-- begins what is needed
 *	  ... cursors on the connection ...
 *	  binds_branch_leave(use);
 *
 * After an abort the uses of the aborted (sub)transaction are gone by themselves.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_BRANCH_H
#define BINDS_BRANCH_H

#include "connection/connection.h"

typedef enum BindsBranchState
{
	BINDS_BRANCH_IDLE,			/* nothing begun in the engine */
	BINDS_BRANCH_SNAPSHOT,		/* a read-only snapshot for the scans open now */
	BINDS_BRANCH_ACTIVE,		/* begun to write, follows savepoints */
	BINDS_BRANCH_VOTED,			/* P5 done; commit cannot fail */
	BINDS_BRANCH_IN_DOUBT,		/* the reply to the vote was lost */
	BINDS_BRANCH_DONE
} BindsBranchState;

typedef struct BindsBranch
{
	BindsConnection *connection;
	BindsBranchState state;
	int			level;			/* nesting level that savepoints reach */
	bool		wrote;			/* a writer: needs the commit */
	bool		must_abort;		/* branch lost: 40001 until rolled back */
	int			readers;		/* uses entered and not left */
	int			announced;		/* uses announced and not left */
	bool		will_write;		/* an announced use is going to write or lock */
	char		bqual[65];
	dlist_node	node;			/* in the list of this transaction's branches, in
								 * the order of their first use */
} BindsBranch;

typedef enum BindsUseKind
{
	BINDS_USE_READ,
	BINDS_USE_LOCK,				/* reads rows FOR UPDATE/SHARE: needs a transaction */
	BINDS_USE_WRITE,
	BINDS_USE_DDL				/* writes; a managed file that is not there is made */
} BindsUseKind;

typedef struct BindsUse BindsUse;

/*
 * Announce a use.  Opens no connection for a read that may never run.  Palloc'ed in
 * the current context; left automatically when that context goes away.  Raises 25006
 * for a write to a read_only bind or in a read-only transaction (XactReadOnly).
 */
extern BindsUse *binds_branch_announce(Oid serverid, Oid userid, BindsUseKind kind);

/*
 * Begin what the announced uses need, to the current nesting level, and return the
 * connection.  Cheap when there is nothing to do, so call it before every statement.
 * Raises 40001 if the branch is lost.
 */
extern BindsConnection *binds_branch_enter(BindsUse *use);

/* The use ends; the last one of a read-only snapshot ends it.  Never throws. */
extern void binds_branch_leave(BindsUse *use);

/* One use for a statement of a SQL function: announce and enter. */
extern BindsConnection *binds_branch_use(Oid serverid, Oid userid,
										 BindsUseKind kind, BindsUse **use);

/*
 * Note an engine's error: the branch is lost if the error says so.  Called by the
 * cursor layer through connection->branch; never throws.
 */
extern void binds_branch_note_error(BindsConnection *connection,
									const BindsError *error);

/* The number of branches that wrote in this transaction, and their keys, for tests. */
extern int	binds_branch_writers(void);

/*
 * Queue work for the end of the local transaction: "commit" runs after the local commit
 * (never throws; WARNING), "abort" after an abort.  Undone if the subtransaction aborts
 * ("abort" runs then).  arg lives in TopTransactionContext.  For DDL on engines whose DDL
 * does not roll back.
 */
typedef void (*BindsEndAction) (void *arg);
extern void binds_transaction_on_end(BindsEndAction commit, BindsEndAction abort,
									 void *arg);

/* Register the callbacks; called once by _PG_init. */
extern void binds_transaction_init(void);

#endif							/* BINDS_BRANCH_H */
