/*
 * actions.c
 *	  Work queued for the end of the local transaction.
 *
 * For what an engine cannot roll back: a table made on MySQL is dropped again if the
 * local transaction aborts, a table to be dropped is dropped after it has committed.
 * Actions belong to the subtransaction that queued them.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"

#include "dialect/error.h"
#include "transaction/internal.h"

typedef struct EndAction
{
	dlist_node	node;
	int			level;
	BindsEndAction commit;
	BindsEndAction abort;
	void	   *arg;
	bool		first;			/* before others of an abort, too */
} EndAction;

/* in the order they were queued */
static dlist_head actions = DLIST_STATIC_INIT(actions);

static EndAction *find_first(void);
static void run_action(BindsEndAction action, void *arg);

/*
 * Queue work.  All memory it needs must be there already: "arg" lives in
 * TopTransactionContext.
 */
void
binds_transaction_on_end(BindsEndAction commit, BindsEndAction abort, void *arg)
{
	EndAction  *action = MemoryContextAlloc(TopTransactionContext,
											sizeof(EndAction));

	binds_transaction.used = true;
	action->level = GetCurrentTransactionNestLevel();
	action->commit = commit;
	action->abort = abort;
	action->arg = arg;
	action->first = false;
	dlist_push_tail(&actions, &action->node);
}

/*
 * Queue work for the end of the whole transaction, before all that is queued if it commits.
 * May be called by an abort action.
 */
void
binds_transaction_on_top_end(BindsEndAction action, void *arg, bool first)
{
	EndAction  *end = MemoryContextAlloc(TopTransactionContext, sizeof(EndAction));

	binds_transaction.used = true;
	end->level = 1;
	end->commit = action;
	end->abort = action;
	end->arg = arg;
	end->first = first;
	dlist_push_head(&actions, &end->node);
}

bool
binds_actions_pending(void)
{
	return !dlist_is_empty(&actions);
}

/*
 * The local transaction has committed: run what waited for it, in order.
 */
void
binds_actions_commit(void)
{
	while (!dlist_is_empty(&actions))
	{
		EndAction  *action = dlist_container(EndAction, node,
											 dlist_pop_head_node(&actions));

		run_action(action->commit, action->arg);
	}
}

/*
 * A (sub)transaction of "level" has aborted: undo its work, the last first.  What waits for the
 * end of the whole transaction is of subtransactions that were undone before, and may need what
 * others have made.
 */
void
binds_actions_abort(int level)
{
	EndAction  *action;

	while (level == 1 && (action = find_first()) != NULL)
	{
		dlist_delete(&action->node);
		run_action(action->abort, action->arg);
	}
	while (!dlist_is_empty(&actions))
	{
		action = dlist_container(EndAction, node,
								 dlist_tail_node(&actions));

		if (action->level < level)
			break;
		dlist_delete(&action->node);
		run_action(action->abort, action->arg);
	}
}

/* One that is before all others of an abort; NULL: there is none. */
static EndAction *
find_first(void)
{
	dlist_iter	iter;

	dlist_foreach(iter, &actions)
	{
		EndAction  *action = dlist_container(EndAction, node, iter.cur);

		if (action->first)
			return action;
	}
	return NULL;
}

/*
 * The subtransaction of "level" has committed: its actions are its parent's.
 */
void
binds_actions_raise_level(int level)
{
	dlist_iter	iter;

	dlist_foreach(iter, &actions)
	{
		EndAction  *action = dlist_container(EndAction, node, iter.cur);

		if (action->level >= level)
			action->level = level - 1;
	}
}

/*
 * Run an action.  It should not throw; if it does, after the commit that would bring
 * down the server (PANIC), so the error becomes a WARNING.
 */
static void
run_action(BindsEndAction action, void *arg)
{
	BindsBeforeError before = binds_error_before();

	if (action == NULL)
		return;
	PG_TRY();
	{
		action(arg);
	}
	PG_CATCH();
	{
		ErrorData  *error = binds_error_catch(&before);

		ereport(WARNING,
				(errcode(error->sqlerrcode),
				 errmsg("work at the end of the transaction failed: %s",
						error->message)));
		FreeErrorData(error);
	}
	PG_END_TRY();
}
