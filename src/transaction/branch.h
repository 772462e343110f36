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
 *	  ... cursors, by binds_branch_cursor ...
 *	  binds_branch_leave(use);
 *
 * After an abort the uses of the aborted (sub)transaction are gone by themselves.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_BRANCH_H
#define BINDS_BRANCH_H

#include "connection/cursor.h"
#include "lib/ilist.h"

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
	const char *bind_key;		/* of its first use, for messages */
	BindsBranchState state;
	uint64		transaction;	/* of the connection, from SNAPSHOT on */
	int			begun_level;	/* that it was begun at, if ACTIVE */
	int			wrote_level;	/* the lowest level that wrote; 0: nothing
								 * written that stands */
	bool		told_kept;		/* somebody was told that a table has no
								 * transactions */
	bool		told_left;		/* somebody was told what rollbacks have left */
	bool		committed;		/* something written was committed before the
								 * transaction has ended */
	bool		must_abort;		/* branch lost: 40001 until rolled back */
	char		reason[256];	/* the engine's words for it */
	bool		learned;		/* definitions were read in the snapshot that
								 * is held */
	uint64		statements;		/* see binds_branch_tell_statement */
	int			will_write;		/* announced uses that are going to write or
								 * lock */
	int			snapshot_users; /* uses for which the snapshot is held */
	int			unstarted;		/* uses with a function to start them */
	dlist_head	uses;			/* announced and not left */
	dlist_node	node;			/* in binds_transaction.branches, in the order
								 * of their first use, or .writers, of their
								 * first write */
} BindsBranch;

typedef enum BindsUseKind
{
	BINDS_USE_READ,
	BINDS_USE_LOCK,				/* reads rows FOR UPDATE/SHARE: needs a
								 * transaction */
	BINDS_USE_WRITE,
	BINDS_USE_DDL				/* writes; a managed file that is not there is
								 * made */
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
 * A connection that turns out to be dead where nothing was written is opened anew.
 * Raises 40001 if the branch is lost, 08006 if the snapshot is that the statement reads.
 */
extern BindsConnection *binds_branch_enter(BindsUse *use);

/*
 * PostgreSQL's statements do not see what they write, nor cursors what is written after
 * they were declared.  So a scan that can be executed at any time (it depends on no
 * other rows) says how: "start" is called, once, before anything is written on its
 * bind, unless it has entered by then.  It may raise.
 */
typedef void (*BindsStart) (void *arg);
extern void binds_branch_on_write(BindsUse *use, BindsStart start, void *arg);

/*
 * Before a write to a table that has no transactions, for a use that has been entered:
 * false if that was told in this transaction; notes that it is told now.
 */
extern bool binds_branch_tell_kept(BindsUse *use);

/*
 * A statement that may have changed anything was executed for a use that has been entered:
 * its user wrote it, or it has changed all rows of a table.  The number of them on its
 * branch, those that were undone too.
 */
extern void binds_branch_tell_statement(BindsUse *use);
extern uint64 binds_branch_statements(const BindsUse *use);

/* The use ends; the last one of a read-only snapshot ends it.  Never throws. */
extern void binds_branch_leave(BindsUse *use);

/*
 * A cursor for a statement of a use that has been entered; it belongs to the transaction
 * in which the use was announced.  See binds_cursor_create.
 */
extern BindsCursor *binds_branch_cursor(BindsUse *use, const BindsQuery *query,
										const char *relation);

/* One use for a statement of a SQL function: announce and enter. */
extern BindsConnection *binds_branch_use(Oid serverid, Oid userid,
										 BindsUseKind kind, BindsUse **use);

/*
 * The same for one that reads definitions (definitions.c).  They are those of now, unless a
 * state is held that this transaction has read in before: it may be an old one then, and
 * *passing is true.  lasting: what is read will be kept for good; 40001 if it is old.
 */
extern BindsConnection *binds_branch_use_definitions(Oid serverid, Oid userid,
													 bool lasting, bool *passing,
													 BindsUse **use);

/*
 * For an abort action of a subtransaction: end branches on a server of which nothing stands
 * any more, as they were begun in it, so that they keep no locks on what it has made.
 * Above READ COMMITTED the state that they have read in stays that of the transaction.  Never
 * throws.
 */
extern void binds_branch_end_undone(Oid serverid);

/* Has this backend a transaction open on a server? */
extern bool binds_branch_is_open(Oid serverid);

/*
 * End what is open on a server, so that DDL which commits does not wait for us: what was only
 * read in is rolled back, and what was written is committed, where "commit" allows it, with
 * a NOTICE.  Returns whether nothing is open any more: a statement that reads there, or a
 * savepoint that could be rolled back to, stays.  Raises what a commit raises.
 */
extern bool binds_branch_end_early(Oid serverid, bool commit);

/*
 * The same of what DDL that commits has itself begun on a server, where nothing was open before:
 * what it has written to rows is a part of it, and nobody is told.
 */
extern bool binds_branch_end_own(Oid serverid);

/*
 * Raise 40001 if the part of this transaction on the connection of a server and a role
 * is lost, for who asks the engine without a use.  Opens nothing.
 */
extern void binds_branch_check(Oid serverid, Oid userid);

/*
 * Queue work for the end of the local transaction: "commit" runs after the local commit
 * (never throws; WARNING), "abort" after an abort, when all branches are rolled back.
 * Undone if the subtransaction aborts ("abort" runs then).  Either may be NULL.  arg must
 * live in TopTransactionContext.  For DDL on engines whose DDL does not roll back.
 *
 * What runs in there has no catalog access and nothing to catch its errors: let it ask
 * binds_connection_try_run on a private connection that was opened before.
 */
typedef void (*BindsEndAction) (void *arg);
extern void binds_transaction_on_end(BindsEndAction commit, BindsEndAction abort,
									 void *arg);

/*
 * The same for the end of the top-level transaction, whichever it is; may be called by
 * an abort action of a subtransaction.  It is before all that is queued, where the
 * transaction aborts only if it has to be first.
 */
extern void binds_transaction_on_top_end(BindsEndAction action, void *arg, bool first);

/* Register the callbacks; called once by _PG_init. */
extern void binds_transaction_init(void);

#endif							/* BINDS_BRANCH_H */
