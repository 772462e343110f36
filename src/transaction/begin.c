/*
 * begin.c
 *	  What is begun in an engine, and when.
 *
 * At READ COMMITTED a single scan needs nothing: one statement of the engine sees
 * one state.  Several scans of one statement share a read-only snapshot, which ends
 * with the last of them.  Whatever writes or locks begins a branch that lasts to the
 * end of the local transaction: before the first row of the statement is read, so
 * that all of it happens inside.
 *
 * Above READ COMMITTED the branch is begun at the first use, whatever that is.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "access/xlog.h"
#include "miscadmin.h"

#include "transaction/internal.h"

static void begin_active(BindsBranch *branch, bool write);
static void begin_snapshot(BindsBranch *branch);
static void begin(BindsBranch *branch, BindsBeginKind kind,
				  BindsIsolation isolation);
static BindsIsolation isolation_of(const BindsEngineOptions *options);
static void end_snapshot(BindsBranch *branch);
static const char *transaction_gtrid(void);
static void make_bqual(BindsBranch *branch);

/*
 * Begin what a use needs.  The bind's isolation_level may ask for a branch that lasts
 * where the transaction's own level does not.
 *
 * write: a use that is announced is going to write or lock.  several: other scans of
 * the same statement read this bind, too.
 */
void
binds_begin_for_use(BindsBranch *branch, bool write, bool several)
{
	Assert(branch->state == BINDS_BRANCH_IDLE ||
		   branch->state == BINDS_BRANCH_SNAPSHOT);

	if (write || IsolationUsesXactSnapshot() ||
		branch->connection->options->isolation_level >= BINDS_ISOLATION_REPEATABLE_READ)
		begin_active(branch, write);
	else if (several && branch->state == BINDS_BRANCH_IDLE)
		begin_snapshot(branch);
	else
		binds_begin_end_snapshot(branch);
}

/*
 * Begin the branch that lasts to the end of the transaction.
 *
 * Open cursors keep the rows of the state they began with: they are drained first.
 *
 * Where a read can go on to write, it is begun without the write lock, and takes it at
 * the first write, which fails (40001) if others have written since.  In a read-only
 * transaction the cheaper read-only snapshot does for servers, too, also for those
 * without XA.
 */
static void
begin_active(BindsBranch *branch, bool write)
{
	BindsConnection *connection = branch->connection;
	BindsBeginKind kind = BINDS_BEGIN_WRITE;

	binds_connection_drain(connection);
	if (branch->state == BINDS_BRANCH_SNAPSHOT)
		end_snapshot(branch);
	if (!write && (XactReadOnly || connection->dialect->read_can_write))
		kind = BINDS_BEGIN_SNAPSHOT;
	begin(branch, kind, isolation_of(connection->options));
	branch->state = BINDS_BRANCH_ACTIVE;
	branch->level = connection->savepoint_level = 1;
}

/* Begin a read-only snapshot for the scans of one statement. */
static void
begin_snapshot(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;
	BindsIsolation wanted = connection->options->isolation_level;

	/* whoever asks for less does not want one */
	if (wanted == BINDS_ISOLATION_READ_COMMITTED ||
		wanted == BINDS_ISOLATION_READ_UNCOMMITTED)
		return;
	if (!connection->driver->concurrent)
		binds_connection_drain(connection);
	begin(branch, BINDS_BEGIN_SNAPSHOT, BINDS_ISOLATION_REPEATABLE_READ);
	branch->state = BINDS_BRANCH_SNAPSHOT;
}

/*
 * Tell the driver to begin.  A connection that turns out dead here is opened again
 * once: nothing has been done on it.
 */
static void
begin(BindsBranch *branch, BindsBeginKind kind, BindsIsolation isolation)
{
	BindsConnection *connection = branch->connection;
	BindsBegin	begin = {0};
	bool		renewed = false;

	begin.kind = kind;
	begin.isolation = isolation;
	for (;;)
	{
		BindsError	error = {0};

		make_bqual(branch);
		begin.gtrid = transaction_gtrid();
		begin.bqual = branch->bqual;
		begin.two_phase = connection->options->two_phase &&
			connection->info->two_phase;
		binds_connection_echo(connection, "BEGIN", NULL, 0);
		if (connection->driver->begin(connection->handle, &begin, &error))
			break;
		if (renewed || error.kind != BINDS_ERROR_CONNECTION_LOST ||
			binds_connection_busy(connection))
			binds_connection_raise(connection, &error, NULL, "BEGIN", NULL, 0);
		binds_connection_renew(connection);
		renewed = true;
	}
	connection->in_branch = true;
}

/*
 * The isolation level of a branch: the bind's option, else at least REPEATABLE READ,
 * so that all that a transaction reads of one bind fits together.
 */
static BindsIsolation
isolation_of(const BindsEngineOptions *options)
{
	if (options->isolation_level != BINDS_ISOLATION_DEFAULT)
		return options->isolation_level;
	return IsolationIsSerializable() ? BINDS_ISOLATION_SERIALIZABLE :
		BINDS_ISOLATION_REPEATABLE_READ;
}

/*
 * End the snapshot if nobody needs it any more and no rows wait in it; else it is
 * looked at again when the next use enters or leaves.  Never throws.
 */
void
binds_begin_end_snapshot(BindsBranch *branch)
{
	if (branch->state == BINDS_BRANCH_SNAPSHOT && branch->snapshot_users == 0 &&
		!binds_connection_busy(branch->connection))
		end_snapshot(branch);
}

static void
end_snapshot(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;

	branch->state = BINDS_BRANCH_IDLE;
	connection->in_branch = false;
	if (connection->handle == NULL)
		return;
	binds_connection_echo(connection, "ROLLBACK", NULL, 0);
	if (!connection->driver->rollback(connection->handle, false))
		binds_connection_close(connection, true);
}

/*
 * Some engines may have thrown the transaction away without an error that said
 * so; the next write would then commit by itself.
 */
void
binds_begin_check_open(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;

	if (connection->dialect->rolls_back_silently &&
		!connection->driver->in_transaction(connection->handle))
	{
		binds_branch_lose(branch, "the engine has rolled back the transaction");
		binds_branch_raise_lost(branch);
	}
}

/*
 * The global id of this local transaction, made at the first need: "b:", coordinator
 * id, timeline and 128 random bits.  The random part is the identity; a transaction
 * id would not do, since PostgreSQL uses it again after a crash.
 *
 * The coordinator id is that of the database once there is recovery; 0 until then.
 */
static const char *
transaction_gtrid(void)
{
	uint64		bits[2];
	uint32		timeline;

	if (binds_transaction.gtrid[0] != '\0')
		return binds_transaction.gtrid;
	if (!pg_strong_random(bits, sizeof(bits)))
		ereport(ERROR,
				(errcode(ERRCODE_INTERNAL_ERROR),
				 errmsg("could not generate random values")));
	timeline = RecoveryInProgress() ? 0 : GetWALInsertionTimeLine();
	snprintf(binds_transaction.gtrid, sizeof(binds_transaction.gtrid),
			 "b:%016llx:%08x:%016llx%016llx", 0ULL, timeline,
			 (unsigned long long) bits[0], (unsigned long long) bits[1]);
	return binds_transaction.gtrid;
}

/* The id of a branch: who to ask about it, for people and for recovery. */
static void
make_bqual(BindsBranch *branch)
{
	BindsConnection *connection = branch->connection;

	snprintf(branch->bqual, sizeof(branch->bqual), "%u.%u.%llu",
			 connection->serverid, connection->umid,
			 (unsigned long long) connection->info->thread_id);
}
