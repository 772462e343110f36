/*
 * branch.c
 *	  Uses of binds, and the branches they share.
 *
 * A use is one scan, one modify node or one SQL function at work on a bind.  All
 * uses of a connection in a transaction share one branch.  Uses are announced before
 * any of them reads, so that the first one that enters begins what all of them need.
 *
 * A use lives in its user's memory context and leaves, at the latest, when that
 * goes away.  Branches live in TopTransactionContext.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "utils/memutils.h"

#include "dialect/text.h"
#include "transaction/internal.h"

struct BindsUse
{
	BindsUseKind kind;
	bool		entered;
	bool		needs_snapshot; /* counted in branch->snapshot_users */
	bool		lost_snapshot;	/* it was lost with its connection */
	bool		gone;			/* left, or its transaction is over */
	int			level;			/* nesting level it was announced at */
	BindsBranch *branch;		/* NULL: not known yet */
	BindsEngineOptions *options;
	Oid			serverid;
	Oid			userid;
	MemoryContext scope;		/* the same for all nodes of one statement */
	BindsStart	start;			/* called before the first write; NULL: none,
								 * or done */
	void	   *start_arg;
	MemoryContextCallback callback;
	dlist_node	node;			/* in branch->uses, or unattached */
};

/* What the end of a (sub)transaction makes of the uses in it. */
typedef struct Settlement
{
	int			level;			/* of those announced there or deeper */
	bool		committed;		/* true: they are its parent's; false: over */
} Settlement;

/* Is a transaction open on a server? */
typedef struct OpenQuestion
{
	Oid			serverid;
	bool	   *open;
} OpenQuestion;

BindsTransaction binds_transaction = {
	.branches = DLIST_STATIC_INIT(binds_transaction.branches),
	.writers = DLIST_STATIC_INIT(binds_transaction.writers),
	.unattached = DLIST_STATIC_INIT(binds_transaction.unattached)
};

static void check_may_write(const BindsEngineOptions *options);
static void attach(BindsUse *use, BindsConnection *connection);
static BindsBranch *branch_of(BindsConnection *connection, const char *bind_key);
static BindsBranch *find_branch(dlist_head *branches, BindsConnection *connection);
static void detach(BindsUse *use);
static BindsConnection *find_connection(BindsUse *use);
static void start_others(BindsBranch *branch);
static void forget_start(BindsUse *use);
static bool begin_what_is_needed(BindsUse *use, BindsError *error);
static void raise_lost_snapshot(BindsBranch *branch) __attribute__((noreturn));
static void lose_snapshot(BindsBranch *branch);
static bool scope_has_several(BindsUse *use);
static void need_snapshot(BindsUse *use);
static void mark_wrote(BindsBranch *branch);
static void ask_open(BindsBranch *branch, void *arg);
static void settle_uses(Settlement *settlement);
static void settle_branch_uses(BindsBranch *branch, void *arg);
static void settle_uses_in(dlist_head *uses, Settlement *settlement);
static void context_gone(void *arg);

/* ------------------------------------------------------------------------
 * Announce, enter, leave
 * ------------------------------------------------------------------------ */

/*
 * Announce a use.  Opens no connection.
 *
 * The current memory context tells which uses belong to one statement: the nodes of
 * a plan are all begun in the query's context.
 */
BindsUse *
binds_branch_announce(Oid serverid, Oid userid, BindsUseKind kind)
{
	BindsUse   *use;
	BindsConnection *connection;

	binds_transaction.used = true;
	use = palloc0(sizeof(BindsUse));
	use->kind = kind;
	use->serverid = serverid;
	use->userid = userid;
	use->level = GetCurrentTransactionNestLevel();
	use->scope = CurrentMemoryContext;
	use->options = binds_connection_options(serverid);
	if (kind != BINDS_USE_READ)
		check_may_write(use->options);

	connection = binds_connection_find(serverid, userid);
	if (connection != NULL)
		attach(use, connection);
	else
		dlist_push_tail(&binds_transaction.unattached, &use->node);

	use->callback.func = context_gone;
	use->callback.arg = use;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, &use->callback);
	return use;
}

/* Raise 25006 or 25000 where nothing may be written. */
static void
check_may_write(const BindsEngineOptions *options)
{
	binds_engine_options_check_writable(options);
	if (XactReadOnly)
		ereport(ERROR,
				(errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION),
				 errmsg("cannot write to bind \"%s\" in a read-only transaction",
						options->bind_key)));
	if (IsInParallelMode())
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TRANSACTION_STATE),
				 errmsg("cannot write to bind \"%s\" during a parallel operation",
						options->bind_key)));
}

/*
 * Begin what the announced uses need, and return the connection.
 *
 * Called before every statement, so the usual case, where all has been begun, is
 * a few comparisons.
 *
 * A connection that turns out to be dead while nothing has been read or written in a
 * transaction is acquired again, once, and nobody notices.
 */
BindsConnection *
binds_branch_enter(BindsUse *use)
{
	BindsConnection *connection;
	BindsError	error;			/* large: set where it is needed */

	if (use->gone)
		elog(ERROR, "use of a bind after the end of its transaction");
	for (int tries = 0;; tries++)
	{
		connection = find_connection(use);
		binds_connection_serve(connection, use->options);
		if (begin_what_is_needed(use, &error))
			break;
		if (tries > 0)
			binds_connection_raise(connection, &error, NULL, "BEGIN", NULL, 0);
	}
	use->entered = true;
	forget_start(use);
	if (use->kind >= BINDS_USE_WRITE)
	{
		if (use->branch->unstarted > 0)
		{
			start_others(use->branch);
			binds_connection_serve(connection, use->options);
			binds_branch_look(use->branch);
			if (use->branch->must_abort)
				binds_branch_raise_lost(use->branch);
		}
		mark_wrote(use->branch);
	}
	return connection;
}

/*
 * Begin, and nest, as the use needs.  False, with an error, if the connection is lost
 * and nothing with it.  Raises any other error.
 */
static bool
begin_what_is_needed(BindsUse *use, BindsError *error)
{
	BindsBranch *branch = use->branch;
	bool		fresh = branch->state != BINDS_BRANCH_ACTIVE;

	if (branch->state > BINDS_BRANCH_ACTIVE)
		elog(ERROR, "use of bind \"%s\" while its transaction ends",
			 branch->bind_key);
	if (fresh)
	{
		bool		several = scope_has_several(use);

		if (!binds_begin_for_use(branch, use->options, branch->will_write > 0,
								 several, error))
			return false;
		if (several && branch->state == BINDS_BRANCH_SNAPSHOT)
			need_snapshot(use);
	}
	if (use->kind < BINDS_USE_WRITE || binds_nest_reach(branch, error))
		return true;
	if (!fresh || error->kind != BINDS_ERROR_CONNECTION_LOST)
		binds_connection_raise(branch->connection, error, NULL, "SAVEPOINT", NULL, 0);
	branch->state = BINDS_BRANCH_IDLE;
	return false;
}

BindsCursor *
binds_branch_cursor(BindsUse *use, const BindsQuery *query, const char *relation)
{
	return binds_cursor_create(use->branch->connection, use->level, query, relation);
}

/*
 * Have a scan started before anything is written on its bind.
 */
void
binds_branch_on_write(BindsUse *use, BindsStart start, void *arg)
{
	if (use->start == NULL && use->branch != NULL)
		use->branch->unstarted++;
	use->start = start;
	use->start_arg = arg;
}

/*
 * Start the scans that have not read anything yet: what they read is the state from
 * before this write, as for local tables.
 */
static void
start_others(BindsBranch *branch)
{
	while (branch->unstarted > 0)
	{
		BindsUse   *use = NULL;
		dlist_iter	iter;
		BindsStart	start;

		dlist_foreach(iter, &branch->uses)
		{
			use = dlist_container(BindsUse, node, iter.cur);
			if (use->start != NULL)
				break;
		}
		Assert(use != NULL && use->start != NULL);
		start = use->start;
		forget_start(use);
		start(use->start_arg);
	}
}

static void
forget_start(BindsUse *use)
{
	if (use->start == NULL)
		return;
	use->start = NULL;
	if (use->branch != NULL)
		use->branch->unstarted--;
}

/*
 * The use ends.  Never throws.
 */
void
binds_branch_leave(BindsUse *use)
{
	BindsBranch *branch = use->branch;

	if (use->gone)
		return;
	detach(use);
	if (branch != NULL)
		binds_begin_end_snapshot(branch);
}

BindsBranch *
binds_branch_of(const BindsUse *use)
{
	return use->branch;
}

BindsConnection *
binds_branch_use(Oid serverid, Oid userid, BindsUseKind kind, BindsUse **use)
{
	*use = binds_branch_announce(serverid, userid, kind);
	return binds_branch_enter(*use);
}

static void
context_gone(void *arg)
{
	binds_branch_leave((BindsUse *) arg);
}

/* ------------------------------------------------------------------------
 * What no rollback undoes
 * ------------------------------------------------------------------------ */

bool
binds_branch_tell_kept(BindsUse *use)
{
	bool		told = use->branch->told_kept;

	use->branch->told_kept = true;
	return !told;
}

void
binds_branch_tell_statement(BindsUse *use)
{
	use->branch->statements++;
}

uint64
binds_branch_statements(const BindsUse *use)
{
	return use->branch != NULL ? use->branch->statements : 0;
}

void
binds_branch_tell_left(BindsBranch *branch)
{
	if (branch->told_left || !binds_connection_left_writes(branch->connection))
		return;
	branch->told_left = true;
	ereport(WARNING,
			(errcode(ERRCODE_WARNING),
			 errmsg("some changes on bind \"%s\" could not be rolled back",
					branch->bind_key),
			 errdetail("They were made to a table that has no transactions.")));
}

/* ------------------------------------------------------------------------
 * Uses and their branch
 * ------------------------------------------------------------------------ */

/* Make a use one of a connection's branch. */
static void
attach(BindsUse *use, BindsConnection *connection)
{
	BindsBranch *branch = branch_of(connection, use->options->bind_key);

	use->branch = branch;
	dlist_push_tail(&branch->uses, &use->node);
	if (use->kind != BINDS_USE_READ)
		branch->will_write++;
	if (use->start != NULL)
		branch->unstarted++;
}

/* The branch of a connection in this transaction, made if necessary. */
static BindsBranch *
branch_of(BindsConnection *connection, const char *bind_key)
{
	BindsBranch *branch = find_branch(&binds_transaction.branches, connection);

	if (branch == NULL)
		branch = find_branch(&binds_transaction.writers, connection);
	if (branch == NULL)
	{
		branch = MemoryContextAllocZero(TopTransactionContext,
										sizeof(BindsBranch));
		branch->connection = connection;
		branch->bind_key = bind_key;
		dlist_init(&branch->uses);
		dlist_push_tail(&binds_transaction.branches, &branch->node);
	}
	return branch;
}

static BindsBranch *
find_branch(dlist_head *branches, BindsConnection *connection)
{
	dlist_iter	iter;

	dlist_foreach(iter, branches)
	{
		BindsBranch *branch = dlist_container(BindsBranch, node, iter.cur);

		if (branch->connection == connection)
			return branch;
	}
	return NULL;
}

/* Take a use out of its lists.  Never throws. */
static void
detach(BindsUse *use)
{
	use->gone = true;
	dlist_delete(&use->node);
	if (use->branch == NULL)
		return;
	if (use->kind != BINDS_USE_READ)
		use->branch->will_write--;
	if (use->needs_snapshot)
		use->branch->snapshot_users--;
	if (use->start != NULL)
		use->branch->unstarted--;
	use->branch = NULL;
}

/*
 * The connection of a use, open.
 *
 * It is asked for anew as long as nothing is open in the engine: it may have been
 * closed, or its file replaced, since the last statement.
 */
static BindsConnection *
find_connection(BindsUse *use)
{
	BindsConnection *connection;
	int			flags = 0;

	if (use->branch != NULL)
	{
		binds_branch_look(use->branch);
		if (use->branch->must_abort)
			binds_branch_raise_lost(use->branch);
		if (use->lost_snapshot)
			raise_lost_snapshot(use->branch);
		connection = use->branch->connection;
		if (likely(use->entered && binds_connection_is_open(connection)))
			return connection;
	}

	if (use->kind >= BINDS_USE_WRITE)
		flags |= BINDS_CONNECTION_WRITE;
	if (use->kind == BINDS_USE_DDL)
		flags |= BINDS_CONNECTION_CREATE;
	connection = binds_connection_get(use->serverid, use->userid, flags);
	if (use->branch == NULL || use->branch->connection != connection)
	{
		detach(use);
		use->gone = false;
		use->needs_snapshot = false;
		attach(use, connection);
		binds_branch_look(use->branch);
		if (use->branch->must_abort)
			binds_branch_raise_lost(use->branch);
	}
	return connection;
}

/* Is there another use of the same statement on this branch? */
static bool
scope_has_several(BindsUse *use)
{
	dlist_iter	iter;

	dlist_foreach(iter, &use->branch->uses)
	{
		BindsUse   *other = dlist_container(BindsUse, node, iter.cur);

		if (other != use && other->scope == use->scope)
			return true;
	}
	return false;
}

/* All uses of this statement need the snapshot that is open now. */
static void
need_snapshot(BindsUse *use)
{
	dlist_iter	iter;

	if (use->needs_snapshot)
		return;
	dlist_foreach(iter, &use->branch->uses)
	{
		BindsUse   *other = dlist_container(BindsUse, node, iter.cur);

		if (other->scope == use->scope && !other->needs_snapshot)
		{
			other->needs_snapshot = true;
			use->branch->snapshot_users++;
		}
	}
}

/* The branch is a writer from now on, in this subtransaction at least. */
static void
mark_wrote(BindsBranch *branch)
{
	int			level = GetCurrentTransactionNestLevel();

	if (branch->wrote_level == 0)
	{
		dlist_delete(&branch->node);
		dlist_push_tail(&binds_transaction.writers, &branch->node);
		branch->wrote_level = level;
	}
	else if (level < branch->wrote_level)
		branch->wrote_level = level;
}

/* ------------------------------------------------------------------------
 * Lost branches
 * ------------------------------------------------------------------------ */

void
binds_branch_raise_lost(BindsBranch *branch)
{
	char	   *reason = binds_text_clean(branch->reason, strlen(branch->reason));

	ereport(ERROR,
			(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
			 errmsg("the part of the transaction on bind \"%s\" is lost",
					branch->bind_key),
			 reason[0] == '\0' ? 0 : errdetail("The reason was: %s", reason),
			 errhint("Roll back the whole transaction and run it again.")));
	pg_unreachable();
}

/* The transaction goes on, but this statement would see two states of the bind. */
static void
raise_lost_snapshot(BindsBranch *branch)
{
	ereport(ERROR,
			(errcode(ERRCODE_CONNECTION_FAILURE),
			 errmsg("the snapshot that the statement reads on bind \"%s\" was lost",
					branch->bind_key),
			 errdetail("The connection to the engine was lost."),
			 errhint("Run the statement again.")));
	pg_unreachable();
}

/*
 * Mark a branch as lost; the first reason is kept.  Never throws.
 *
 * S3: it stays lost until the whole transaction is rolled back, also if an exception
 * block swallows the error.
 */
void
binds_branch_lose(BindsBranch *branch, const char *reason)
{
	if (branch->must_abort)
		return;
	branch->must_abort = true;
	binds_text_copy(branch->reason, sizeof(branch->reason), reason);
}

/*
 * Look at what became of the branch's transaction.  Never throws.
 *
 * Nobody tells us: the connection keeps the facts, and we ask for them before we go on.
 */
void
binds_branch_look(BindsBranch *branch)
{
	const char *reason;

	if (branch->state == BINDS_BRANCH_IDLE || branch->state > BINDS_BRANCH_VOTED ||
		branch->must_abort ||
		binds_connection_holds(branch->connection, branch->transaction, &reason))
		return;
	if (branch->state == BINDS_BRANCH_SNAPSHOT)
		lose_snapshot(branch);
	else
		binds_branch_lose(branch, reason);
}

/*
 * The snapshot is gone, and nothing was written in it.  Statements that have read in it
 * cannot go on in another one.
 */
static void
lose_snapshot(BindsBranch *branch)
{
	dlist_iter	iter;

	dlist_foreach(iter, &branch->uses)
	{
		BindsUse   *use = dlist_container(BindsUse, node, iter.cur);

		use->lost_snapshot |= use->needs_snapshot;
		use->needs_snapshot = false;
	}
	branch->snapshot_users = 0;
	branch->state = BINDS_BRANCH_IDLE;
	binds_definitions_passed(branch);
	binds_connection_rollback(branch->connection, false);
}

void
binds_branch_check(Oid serverid, Oid userid)
{
	BindsConnection *connection = binds_connection_find(serverid, userid);
	BindsBranch *branch;

	if (connection == NULL)
		return;
	branch = find_branch(&binds_transaction.branches, connection);
	if (branch == NULL)
		branch = find_branch(&binds_transaction.writers, connection);
	if (branch == NULL)
		return;
	binds_branch_look(branch);
	if (branch->must_abort)
		binds_branch_raise_lost(branch);
}

/* Has this backend a transaction open on a server? */
bool
binds_branch_is_open(Oid serverid)
{
	bool		open = false;
	OpenQuestion question = {serverid, &open};

	binds_branch_foreach(ask_open, &question);
	return open;
}

static void
ask_open(BindsBranch *branch, void *arg)
{
	OpenQuestion *question = arg;

	if (binds_connection_serverid(branch->connection) == question->serverid &&
		binds_connection_depth(branch->connection) > 0)
		*question->open = true;
}

/* ------------------------------------------------------------------------
 * Ends of (sub)transactions
 * ------------------------------------------------------------------------ */

void
binds_branch_foreach(BindsBranchCallback callback, void *arg)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify(iter, &binds_transaction.branches)
		callback(dlist_container(BindsBranch, node, iter.cur), arg);
	dlist_foreach_modify(iter, &binds_transaction.writers)
		callback(dlist_container(BindsBranch, node, iter.cur), arg);
}

/*
 * Uses announced at nesting level "level" or deeper are over.  Never throws.
 */
void
binds_branch_end_uses(int level)
{
	Settlement	settlement = {.level = level, .committed = false};

	settle_uses(&settlement);
}

/*
 * The subtransaction of "level" has committed.  Never throws.
 */
void
binds_branch_raise_uses(int level)
{
	Settlement	settlement = {.level = level, .committed = true};

	settle_uses(&settlement);
}

static void
settle_uses(Settlement *settlement)
{
	settle_uses_in(&binds_transaction.unattached, settlement);
	binds_branch_foreach(settle_branch_uses, settlement);
}

static void
settle_branch_uses(BindsBranch *branch, void *arg)
{
	settle_uses_in(&branch->uses, arg);
}

static void
settle_uses_in(dlist_head *uses, Settlement *settlement)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify(iter, uses)
	{
		BindsUse   *use = dlist_container(BindsUse, node, iter.cur);

		if (use->level < settlement->level)
			continue;
		if (settlement->committed)
			use->level = settlement->level - 1;
		else
			detach(use);
	}
}
