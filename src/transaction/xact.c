/*
 * xact.c
 *	  Callbacks of the local transaction: the ends of all branches.
 *
 * The steps P0 to P2 are those of the commit protocol, README.md of this folder.
 * They run in PRE_COMMIT and may raise.  What runs after the local commit, or in an
 * abort, must not: drivers never throw, and nothing else in there can, but for
 * ereport(WARNING).
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/predicate.h"

#include "transaction/internal.h"

static void on_transaction(XactEvent event, void *arg);
static void on_subtransaction(SubXactEvent event, SubTransactionId mine,
							  SubTransactionId parent, void *arg);
static void pre_commit(void);
static void check_not_lost(BindsBranch *branch, void *arg);
static void end_reader(BindsBranch *branch, void *arg);
static void check_alive(BindsBranch *branch, void *arg);
static void check_writers(void);
static void check_commit(BindsBranch *branch);
static void commit_writers(void);
static void commit_writer(BindsBranch *branch);
static void raise_unknown_outcome(BindsBranch *branch, const BindsError *error)
			__attribute__((noreturn));
static void end_early(BindsBranch *branch, void *arg);
static void warn_committed(void);
static void warn_committed_early(BindsBranch *branch, void *arg);
static void pre_prepare(void);
static void check_not_open(BindsBranch *branch, void *arg);
static void abort_transaction(void);
static void abort_branch(BindsBranch *branch, void *arg);
static void clean_up(void);
static void forget_branch(BindsBranch *branch, void *arg);

/*
 * Register the callbacks; called once by _PG_init.
 */
void
binds_transaction_init(void)
{
	RegisterXactCallback(on_transaction, NULL);
	RegisterSubXactCallback(on_subtransaction, NULL);
}

static void
on_transaction(XactEvent event, void *arg)
{
	if (!binds_transaction.used)
	{
		/* servers may have changed */
		if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT)
			binds_connection_end_transaction();
		return;
	}

	switch (event)
	{
		case XACT_EVENT_PRE_COMMIT:
		case XACT_EVENT_PARALLEL_PRE_COMMIT:
			pre_commit();
			break;
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_PARALLEL_COMMIT:
			binds_actions_commit();
			clean_up();
			break;
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PARALLEL_ABORT:
			abort_transaction();
			clean_up();
			break;
		case XACT_EVENT_PRE_PREPARE:
			pre_prepare();
			break;
		case XACT_EVENT_PREPARE:
			clean_up();
			break;
	}
}

static void
on_subtransaction(SubXactEvent event, SubTransactionId mine,
				  SubTransactionId parent, void *arg)
{
	int			level;

	if (!binds_transaction.used || event == SUBXACT_EVENT_START_SUB)
		return;
	level = GetCurrentTransactionNestLevel();
	switch (event)
	{
		case SUBXACT_EVENT_PRE_COMMIT_SUB:
			binds_nest_release(level);
			break;
		case SUBXACT_EVENT_COMMIT_SUB:
			binds_nest_committed(level);
			binds_branch_raise_uses(level);
			binds_actions_raise_level(level);
			break;
		case SUBXACT_EVENT_ABORT_SUB:
			binds_branch_end_uses(level);
			binds_nest_aborted(level);
			binds_actions_abort(level);
			break;
		case SUBXACT_EVENT_START_SUB:
			break;
	}
}

/* ------------------------------------------------------------------------
 * Commit
 * ------------------------------------------------------------------------ */

/*
 * P0: no branch may be lost.  P1: branches that only read are ended.  P2: writers
 * are committed in one phase.
 */
static void
pre_commit(void)
{
	binds_branch_foreach(check_not_lost, NULL);
	binds_branch_foreach(end_reader, NULL);
	commit_writers();
}

static void
check_not_lost(BindsBranch *branch, void *arg)
{
	binds_branch_look(branch);
	if (branch->must_abort)
		binds_branch_raise_lost(branch);
}

/*
 * P1.  A failure only drops the connection.
 */
static void
end_reader(BindsBranch *branch, void *arg)
{
	binds_cursor_end_level(branch->connection, 1);
	if (branch->wrote_level > 0)
		return;
	if (branch->state == BINDS_BRANCH_SNAPSHOT || branch->state == BINDS_BRANCH_ACTIVE)
		binds_connection_rollback(branch->connection, false);
	branch->state = BINDS_BRANCH_DONE;
}

/*
 * P2, as long as there is no second phase: writers are committed one after another,
 * in the order of their first write.  Before the first of them commits we make sure
 * that nothing which can be told now keeps the others, or the local transaction, from
 * doing so.
 *
 * PostgreSQL checks for serialization failures after the callbacks, when all binds have
 * been committed.  So we ask it to check before that: this marks the transaction as
 * prepared, and those that come into conflict with it later have to give way.  When it
 * asks once more, it finds nothing new.  This comes last, as a transaction that waits
 * here would make others fail for longer.
 *
 * From then on a cancel waits until the last of them has committed, so that it does not
 * leave them apart.  The drivers' waits have an end all the same (dialect/wait.c).
 */
static void
commit_writers(void)
{
	dlist_iter	iter;

	if (dlist_is_empty(&binds_transaction.writers))
		return;
	check_writers();
	CHECK_FOR_INTERRUPTS();
	PreCommit_CheckForSerializationFailure();
	HOLD_INTERRUPTS();
	dlist_foreach(iter, &binds_transaction.writers)
	{
		BindsBranch *branch = dlist_container(BindsBranch, node, iter.cur);

		if (branch->state == BINDS_BRANCH_ACTIVE)
			commit_writer(branch);
	}
	RESUME_INTERRUPTS();
}

/*
 * Are all writers still there, as far as can be told without a round trip?  Where there
 * are several, engines that can tell whether a COMMIT would fail are asked; but for the
 * first to commit, whose failure undoes everything.
 */
static void
check_writers(void)
{
	dlist_iter	iter;
	bool		first = true;

	dlist_foreach(iter, &binds_transaction.writers)
		check_alive(dlist_container(BindsBranch, node, iter.cur), NULL);
	dlist_foreach(iter, &binds_transaction.writers)
	{
		BindsBranch *branch = dlist_container(BindsBranch, node, iter.cur);

		if (branch->state != BINDS_BRANCH_ACTIVE)
			continue;
		if (!first)
			check_commit(branch);
		first = false;
	}
}

static void
check_commit(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;
	BindsError	error = {0};

	if (!binds_connection_check_commit(connection, &error))
		binds_connection_raise(connection, &error, NULL, "COMMIT", NULL, 0);
}

/*
 * A connection that its server has closed, or a file that is no longer the one at
 * its path: a commit would be lost.
 */
static void
check_alive(BindsBranch *branch, void *arg)
{
	BindsConnection *connection = branch->connection;

	if (branch->state != BINDS_BRANCH_ACTIVE)
		return;
	check_not_lost(branch, NULL);
	if (!binds_connection_alive(connection))
	{
		binds_branch_lose(branch, binds_connection_dialect(connection)->gone);
		binds_branch_raise_lost(branch);
	}
}

/* Interrupts are held. */
static void
commit_writer(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;
	BindsError	error = {0};

	if (binds_connection_commit(connection, &error))
	{
		branch->state = BINDS_BRANCH_DONE;
		return;
	}

	RESUME_INTERRUPTS();
	warn_committed();
	if (error.sqlstate == ERRCODE_TRANSACTION_RESOLUTION_UNKNOWN)
		raise_unknown_outcome(branch, &error);
	binds_connection_raise(connection, &error, NULL, "COMMIT", NULL, 0);
}

/* For binds_branch_foreach. */
typedef struct EarlyEnd
{
	Oid			serverid;
	bool		commit;
	bool		own;			/* what was written is a part of DDL */
	bool		ended;
} EarlyEnd;

bool
binds_branch_end_early(Oid serverid, bool commit)
{
	EarlyEnd	early = {serverid, commit, false, true};

	binds_branch_foreach(end_early, &early);
	return early.ended;
}

bool
binds_branch_end_own(Oid serverid)
{
	EarlyEnd	early = {serverid, true, true, true};

	binds_branch_foreach(end_early, &early);
	return early.ended;
}

static void
end_early(BindsBranch *branch, void *arg)
{
	EarlyEnd   *early = arg;

	if (binds_connection_serverid(branch->connection) != early->serverid)
		return;
	binds_begin_end_snapshot(branch);
	if (binds_connection_depth(branch->connection) == 0)
		return;
	if (branch->state != BINDS_BRANCH_ACTIVE || !early->commit ||
		GetCurrentTransactionNestLevel() > (early->own ? branch->begun_level : 1) ||
		!dlist_is_empty(&branch->uses))
	{
		early->ended = false;
		return;
	}
	binds_cursor_end_level(branch->connection, 1);
	check_alive(branch, NULL);
	if (branch->wrote_level > 0)
	{
		HOLD_INTERRUPTS();
		commit_writer(branch);
		RESUME_INTERRUPTS();
		branch->wrote_level = 0;
		dlist_delete(&branch->node);
		dlist_push_tail(&binds_transaction.branches, &branch->node);
		branch->committed |= !early->own;
		if (!early->own)
			ereport(NOTICE,
					(errmsg("changes on bind \"%s\" are committed before its tables are changed",
							branch->bind_key)));
	}
	else
		binds_connection_rollback(branch->connection, false);
	branch->state = BINDS_BRANCH_IDLE;
}

/*
 * The reply to a commit was lost: it may have happened or not.
 */
static void
raise_unknown_outcome(BindsBranch *branch, const BindsError *error)
{
	char	   *message = binds_error_text(error);

	branch->state = BINDS_BRANCH_IN_DOUBT;
	binds_connection_close(branch->connection, true);
	ereport(ERROR,
			(errcode(ERRCODE_TRANSACTION_RESOLUTION_UNKNOWN),
			 errmsg("it is unknown whether the transaction on bind \"%s\" was committed",
					branch->bind_key),
			 message[0] == '\0' ? 0 :
			 errdetail("The engine reported: %s", message),
			 errhint("Look at the data of this bind before running the transaction again.")));
}

/*
 * The transaction fails after writers have committed: say which ones.  Never throws.
 */
static void
warn_committed(void)
{
	dlist_iter	iter;

	if (binds_transaction.warned)
		return;
	binds_transaction.warned = true;
	dlist_foreach(iter, &binds_transaction.writers)
	{
		BindsBranch *branch = dlist_container(BindsBranch, node, iter.cur);

		if (branch->state == BINDS_BRANCH_DONE && branch->wrote_level > 0)
			ereport(WARNING,
					(errcode(ERRCODE_TRANSACTION_RESOLUTION_UNKNOWN),
					 errmsg("changes on bind \"%s\" are already committed, although the transaction fails",
							branch->bind_key)));
	}
}

/* The same of what was committed before DDL. */
static void
warn_committed_early(BindsBranch *branch, void *arg)
{
	if (branch->committed)
		ereport(WARNING,
				(errcode(ERRCODE_WARNING),
				 errmsg("changes on bind \"%s\" that were made before a change of its tables stay, although the transaction fails",
						branch->bind_key)));
}

/*
 * PREPARE TRANSACTION: what is open in an engine cannot be handed over.
 */
static void
pre_prepare(void)
{
	binds_branch_foreach(check_not_lost, NULL);
	binds_branch_foreach(check_not_open, NULL);
	if (binds_actions_pending())
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot PREPARE a transaction that has created or dropped tables of a bind"),
				 errhint("End it by COMMIT.")));
}

static void
check_not_open(BindsBranch *branch, void *arg)
{
	if (branch->state == BINDS_BRANCH_SNAPSHOT && branch->snapshot_users == 0)
		binds_begin_end_snapshot(branch);
	if (branch->state != BINDS_BRANCH_IDLE && branch->state != BINDS_BRANCH_DONE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot PREPARE a transaction that has used bind \"%s\"",
						branch->bind_key),
				 errdetail("What is open in its engine cannot be handed over."),
				 errhint("End the transaction by COMMIT.")));
}

/* ------------------------------------------------------------------------
 * Abort and the end
 * ------------------------------------------------------------------------ */

/*
 * Roll back all branches, then undo what engines cannot roll back.  Never throws.
 */
static void
abort_transaction(void)
{
	warn_committed();
	binds_branch_foreach(warn_committed_early, NULL);
	binds_branch_end_uses(1);
	binds_branch_foreach(abort_branch, NULL);
	binds_actions_abort(1);
}

/*
 * A1 and A2: what is open is rolled back; where that fails, or nobody knows the
 * state, the connection is dropped, which rolls back what was not voted for.
 */
static void
abort_branch(BindsBranch *branch, void *arg)
{
	BindsConnection *connection = branch->connection;
	bool		voted = branch->state == BINDS_BRANCH_VOTED;

	binds_cursor_end_level(connection, 1);
	switch (branch->state)
	{
		case BINDS_BRANCH_IDLE:
		case BINDS_BRANCH_DONE:
			break;
		case BINDS_BRANCH_SNAPSHOT:
		case BINDS_BRANCH_ACTIVE:
		case BINDS_BRANCH_VOTED:
			binds_connection_rollback(connection, voted);
			binds_branch_tell_left(branch);
			break;
		case BINDS_BRANCH_IN_DOUBT:
			binds_connection_close(connection, true);
			break;
	}
}

/*
 * The transaction is over: nothing of it is left on any connection.  Never throws.
 */
static void
clean_up(void)
{
	binds_branch_end_uses(1);
	binds_branch_foreach(forget_branch, NULL);
	dlist_init(&binds_transaction.branches);
	dlist_init(&binds_transaction.writers);
	dlist_init(&binds_transaction.unattached);
	binds_transaction.gtrid[0] = '\0';
	binds_transaction.used = false;
	binds_transaction.warned = false;
	binds_connection_end_transaction();
}

static void
forget_branch(BindsBranch *branch, void *arg)
{
	binds_cursor_end_level(branch->connection, 1);
}
