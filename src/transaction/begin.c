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

static bool begin_active(BindsBranch *branch, const BindsEngineOptions *options,
						 bool write, BindsError *error);
static bool begin_snapshot(BindsBranch *branch, const BindsEngineOptions *options,
						   BindsError *error);
static bool begin(BindsBranch *branch, const BindsEngineOptions *options,
				  BindsBeginKind kind, BindsIsolation isolation, BindsError *error);
static BindsIsolation isolation_of(const BindsEngineOptions *options);
static void end_snapshot(BindsBranch *branch);
static const char *transaction_gtrid(void);

/*
 * Begin what a use needs.  The bind's isolation_level may ask for a branch that lasts
 * where the transaction's own level does not.
 *
 * write: a use that is announced is going to write or lock.  several: other scans of
 * the same statement read this bind, too.
 */
bool
binds_begin_for_use(BindsBranch *branch, const BindsEngineOptions *options,
					bool write, bool several, BindsError *error)
{
	Assert(branch->state == BINDS_BRANCH_IDLE ||
		   branch->state == BINDS_BRANCH_SNAPSHOT);

	if (write || IsolationUsesXactSnapshot() ||
		options->isolation_level >= BINDS_ISOLATION_REPEATABLE_READ)
		return begin_active(branch, options, write, error);
	if (several && branch->state == BINDS_BRANCH_IDLE)
		return begin_snapshot(branch, options, error);
	binds_begin_end_snapshot(branch);
	return true;
}

/*
 * Begin the branch that lasts to the end of the transaction.
 *
 * Open cursors keep the rows of the state they began with: they are drained first.
 *
 * Where a transaction that was begun to read can write later, one that only reads is
 * begun without a write lock, and takes it at the first write, which fails (40001) if
 * others have written since.  In a read-only transaction the cheaper read-only snapshot
 * does for all engines, also for those without XA.
 */
static bool
begin_active(BindsBranch *branch, const BindsEngineOptions *options, bool write,
			 BindsError *error)
{
	BindsBeginKind kind = BINDS_BEGIN_WRITE;
	bool		learned = branch->learned;
	int64		version = 0;

	binds_connection_drain(branch->connection);
	if (learned)
		version = binds_definitions_version(branch);
	if (branch->state == BINDS_BRANCH_SNAPSHOT)
		end_snapshot(branch);
	if (!write && (XactReadOnly ||
				   binds_connection_dialect(branch->connection)->read_can_write))
		kind = BINDS_BEGIN_SNAPSHOT;
	if (!begin(branch, options, kind, isolation_of(options), error))
		return false;
	branch->state = BINDS_BRANCH_ACTIVE;
	branch->begun_level = GetCurrentTransactionNestLevel();
	if (learned)
		binds_definitions_check(branch, version);
	return true;
}

/* Begin a read-only snapshot for the scans of one statement. */
static bool
begin_snapshot(BindsBranch *branch, const BindsEngineOptions *options,
			   BindsError *error)
{
	BindsIsolation wanted = options->isolation_level;

	/* whoever asks for less does not want one */
	if (wanted == BINDS_ISOLATION_READ_COMMITTED ||
		wanted == BINDS_ISOLATION_READ_UNCOMMITTED)
		return true;
	if (!binds_connection_dialect(branch->connection)->driver->concurrent)
		binds_connection_drain(branch->connection);
	if (!begin(branch, options, BINDS_BEGIN_SNAPSHOT, BINDS_ISOLATION_REPEATABLE_READ,
			   error))
		return false;
	branch->state = BINDS_BRANCH_SNAPSHOT;
	return true;
}

/*
 * Tell the engine to begin.  False if the connection is dead, which whoever enters can
 * mend: nothing has been done on it.
 */
static bool
begin(BindsBranch *branch, const BindsEngineOptions *options, BindsBeginKind kind,
	  BindsIsolation isolation, BindsError *error)
{
	BindsConnection *connection = branch->connection;
	BindsBegin	begin = {0};

	begin.kind = kind;
	begin.isolation = isolation;
	begin.strict = IsolationUsesXactSnapshot();
	begin.gtrid = transaction_gtrid();
	begin.two_phase = options->two_phase;
	if (!binds_connection_begin(connection, &begin, error))
	{
		if (error->kind == BINDS_ERROR_CONNECTION_LOST)
			return false;
		binds_connection_raise(connection, error, NULL, "BEGIN", NULL, 0);
	}
	branch->transaction = binds_connection_transaction(connection);
	return true;
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
	branch->state = BINDS_BRANCH_IDLE;
	binds_connection_rollback(branch->connection, false);
	binds_definitions_passed(branch);
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
