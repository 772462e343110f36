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
static void echo_savepoint(BindsConnection *connection, const char *verb, int level);

/*
 * Issue the savepoints that are missing up to the current nesting level.
 */
void
binds_nest_reach(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;
	int			target = GetCurrentTransactionNestLevel();

	if (likely(branch->level >= target))
		return;
	if (!connection->driver->concurrent)
		binds_connection_drain(connection);
	while (branch->level < target)
	{
		BindsError	error = {0};

		echo_savepoint(connection, "SAVEPOINT", branch->level + 1);
		if (!connection->driver->savepoint(connection->handle,
										   branch->level + 1, &error))
			binds_connection_raise(connection, &error, NULL, "SAVEPOINT", NULL, 0);
		branch->level++;
		connection->savepoint_level = branch->level;
	}
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

	if (branch->state != BINDS_BRANCH_ACTIVE || branch->level < level ||
		branch->must_abort)
		return;
	if (!connection->driver->concurrent)
		binds_connection_drain(connection);
	echo_savepoint(connection, "RELEASE SAVEPOINT", level);
	if (!connection->driver->release(connection->handle, level, &error))
		binds_connection_raise(connection, &error, NULL, "RELEASE SAVEPOINT",
							   NULL, 0);
	branch->level = connection->savepoint_level = level - 1;
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

	if (branch->level >= level)
		branch->level = level - 1;
	if (branch->wrote_level >= level)
		branch->wrote_level = level - 1;
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
	if (branch->state == BINDS_BRANCH_ACTIVE && branch->level >= level)
		roll_back_to(branch, level);
	if (branch->wrote_level >= level)
		branch->wrote_level = 0;
	binds_begin_end_snapshot(branch);
}

/*
 * Roll back to the savepoint of "level" and release it.  In bounded time, never
 * throwing.
 */
static void
roll_back_to(BindsBranch *branch, int level)
{
	BindsConnection *connection = branch->connection;
	BindsError	error = {0};

	branch->level = connection->savepoint_level = level - 1;
	if (branch->must_abort)
		return;
	if (connection->handle == NULL)
	{
		binds_branch_lose(branch, "the connection was lost");
		return;
	}
	echo_savepoint(connection, "ROLLBACK TO SAVEPOINT", level);
	if (connection->driver->rollback_to(connection->handle, level, &error) &&
		connection->driver->release(connection->handle, level, &error))
		return;

	/* its state is not known: drop it, which rolls back all of it */
	binds_branch_lose(branch, error.message);
	binds_connection_close(connection, true);
}

static void
echo_savepoint(BindsConnection *connection, const char *verb, int level)
{
	char		text[64];

	snprintf(text, sizeof(text), "%s s%d", verb, level);
	binds_connection_echo(connection, text, NULL, 0);
}
