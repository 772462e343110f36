/*
 * internal.h
 *	  What the files of this folder share, and nobody else uses.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_TRANSACTION_INTERNAL_H
#define BINDS_TRANSACTION_INTERNAL_H

#include "transaction/branch.h"

/* What this backend knows of its current local transaction. */
typedef struct BindsTransaction
{
	bool		used;			/* anything below, or a connection, in use */
	bool		warned;			/* of writers that committed before a failure */
	dlist_head	branches;		/* that have not written */
	dlist_head	writers;		/* in the order of their first write */
	dlist_head	unattached;		/* uses whose connection is not known yet */
	char		gtrid[65];		/* '': not made yet */
} BindsTransaction;

extern BindsTransaction binds_transaction;

/* Run "callback" for each branch: those that read, then the writers. */
typedef void (*BindsBranchCallback) (BindsBranch *branch, void *arg);
extern void binds_branch_foreach(BindsBranchCallback callback, void *arg);

/* ------------------------------------------------------------------------
 * begin.c
 * ------------------------------------------------------------------------ */

/*
 * Begin what a use of a bind with "options" needs, as the isolation level asks.  False,
 * with an error, if the connection turned out to be dead: nothing is begun then.  Raises.
 */
extern bool binds_begin_for_use(BindsBranch *branch, const BindsEngineOptions *options,
								bool write, bool several,
								BindsError *error) BINDS_CHECKED;

/* End the read-only snapshot, if nothing needs it any more.  Never throws. */
extern void binds_begin_end_snapshot(BindsBranch *branch);

/* ------------------------------------------------------------------------
 * definitions.c
 * ------------------------------------------------------------------------ */

/* The version of the definitions that the branch reads.  Raises. */
extern int64 binds_definitions_version(BindsBranch *branch);

/*
 * They were read in a snapshot, and are used in what follows it: 40001 if they are not
 * those of that version any more.
 */
extern void binds_definitions_check(BindsBranch *branch, int64 version);

/* The snapshot is over.  Never throws. */
extern void binds_definitions_passed(BindsBranch *branch);

/* ------------------------------------------------------------------------
 * nest.c
 * ------------------------------------------------------------------------ */

/*
 * Issue the savepoints that are missing up to the current nesting level.  False, with
 * an error, if one fails.  May raise, too.
 */
extern bool binds_nest_reach(BindsBranch *branch, BindsError *error) BINDS_CHECKED;

/* The subtransaction of nesting level "level" ends. */
extern void binds_nest_release(int level);	/* may raise */
extern void binds_nest_committed(int level);	/* never throws */
extern void binds_nest_aborted(int level);	/* never throws */

/* ------------------------------------------------------------------------
 * branch.c
 * ------------------------------------------------------------------------ */

/* The branch of a use; NULL: its connection is not known yet. */
extern BindsBranch *binds_branch_of(const BindsUse *use);

/* Raise 40001 for a branch that is lost. */
extern void binds_branch_raise_lost(BindsBranch *branch) __attribute__((noreturn));

/* Mark a branch as lost, with the engine's words.  Never throws. */
extern void binds_branch_lose(BindsBranch *branch, const char *reason);

/*
 * Look at what became of the branch's transaction: marks it as lost if it is gone.
 * To be called before anything depends on it.  Never throws.
 */
extern void binds_branch_look(BindsBranch *branch);

/*
 * A (sub)transaction was rolled back: tell, once, of what it has left in tables that have no
 * transactions.  Never throws.
 */
extern void binds_branch_tell_left(BindsBranch *branch);

/* Uses made at nesting level "level" or deeper are over.  Never throws. */
extern void binds_branch_end_uses(int level);

/* Uses made at "level" are their parent's now.  Never throws. */
extern void binds_branch_raise_uses(int level);

/* ------------------------------------------------------------------------
 * actions.c
 * ------------------------------------------------------------------------ */

extern bool binds_actions_pending(void);
extern void binds_actions_commit(void);
extern void binds_actions_abort(int level);
extern void binds_actions_raise_level(int level);

#endif							/* BINDS_TRANSACTION_INTERNAL_H */
