/*
 * nest.c
 *	  Savepoints: branches follow the subtransactions of the local transaction.
 *
 * A savepoint is issued when something is about to be written in a subtransaction,
 * for every level that has none yet: most subtransactions (exception blocks) write
 * nothing, and cost nothing.
 *
 * ROLLBACK TO runs in the abort of a subtransaction, where nothing may throw: if it
 * fails, the branch is lost and the whole transaction cannot commit any more.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"

#include "transaction/internal.h"

static void release_branch(BindsBranch *branch, void *arg);
static void branch_committed(BindsBranch *branch, void *arg);
static void branch_aborted(BindsBranch *branch, void *arg);
static void roll_back_to(BindsBranch *branch, int level);
static bool is_concurrent(BindsBranch *branch);
static void end_undone(BindsBranch *branch, void *arg);

/*
 * Issue the savepoints that are missing up to the current nesting level.
 */
bool
binds_nest_reach(BindsBranch *branch, BindsError *error)
{
	BindsConnection *connection = branch->connection;
	int			target = GetCurrentTransactionNestLevel();
	int			depth = binds_connection_depth(connection);

	if (likely(depth >= target))
		return true;
	if (!is_concurrent(branch))
		binds_connection_drain(connection);
	while (depth < target)
	{
		if (!binds_connection_savepoint(connection, ++depth, error))
			return false;
	}
	return true;
}

/* Can the engine run a statement while rows of others wait to be fetched? */
static bool
is_concurrent(BindsBranch *branch)
{
	return binds_connection_dialect(branch->connection)->driver->concurrent;
}

/*
 * The subtransaction of "level" is about to commit: its savepoint is released.  An
 * error in here makes it abort instead.
 */
void
binds_nest_release(int level)
{
	binds_branch_foreach(release_branch, &level);
}

static void
release_branch(BindsBranch *branch, void *arg)
{
	int			level = *(int *) arg;
	BindsConnection *connection = branch->connection;
	BindsError	error = {0};

	binds_branch_look(branch);
	if (branch->state != BINDS_BRANCH_ACTIVE || branch->must_abort ||
		binds_connection_depth(connection) < level)
		return;
	if (!is_concurrent(branch))
		binds_connection_drain(connection);
	if (!binds_connection_release(connection, level, &error))
		binds_connection_raise(connection, &error, NULL, "RELEASE SAVEPOINT",
							   NULL, 0);
}

/*
 * The subtransaction of "level" has committed.  Never throws.
 */
void
binds_nest_committed(int level)
{
	binds_branch_foreach(branch_committed, &level);
}

static void
branch_committed(BindsBranch *branch, void *arg)
{
	int			level = *(int *) arg;

	if (branch->wrote_level >= level)
		branch->wrote_level = level - 1;
	if (branch->begun_level >= level)
		branch->begun_level = level - 1;
	binds_cursor_raise_level(branch->connection, level);
}

/*
 * The subtransaction of "level" aborts.  Its cursors are closed first, so that the
 * connection is free.  Never throws.
 */
void
binds_nest_aborted(int level)
{
	binds_branch_foreach(branch_aborted, &level);
}

static void
branch_aborted(BindsBranch *branch, void *arg)
{
	int			level = *(int *) arg;

	binds_cursor_end_level(branch->connection, level);
	if (branch->state == BINDS_BRANCH_ACTIVE)
		roll_back_to(branch, level);
	if (branch->wrote_level >= level)
		branch->wrote_level = 0;
	binds_begin_end_snapshot(branch);
}

/*
 * Roll back to the savepoint of "level", if there is one.  In bounded time, never
 * throwing.
 */
static void
roll_back_to(BindsBranch *branch, int level)
{
	binds_branch_look(branch);
	if (branch->must_abort || binds_connection_depth(branch->connection) < level)
		return;
	binds_connection_rollback_to(branch->connection, level);
	binds_branch_look(branch);
	binds_branch_tell_left(branch);
}

void
binds_branch_end_undone(Oid serverid)
{
	if (!IsolationUsesXactSnapshot())
		binds_branch_foreach(end_undone, &serverid);
}

static void
end_undone(BindsBranch *branch, void *arg)
{
	if (binds_connection_serverid(branch->connection) != *(Oid *) arg ||
		branch->state != BINDS_BRANCH_ACTIVE || branch->must_abort ||
		branch->begun_level < GetCurrentTransactionNestLevel() ||
		!dlist_is_empty(&branch->uses))
		return;
	branch->state = BINDS_BRANCH_IDLE;
	binds_connection_rollback(branch->connection, false);
	binds_branch_tell_left(branch);
}
