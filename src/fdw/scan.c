/*
 * scan.c
 *	  Execution of a scan: ask the engine, hand out its rows.
 *
 * The connection is entered when the first row is wanted, so a scan that never runs
 * opens nothing.  The values of a row live in the per-tuple memory that PostgreSQL
 * resets before it asks for the next one; nothing is allocated per row beyond them.
 * Everything else lives as long as the execution.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "compat.h"
#include "connection/cursor.h"
#include "fdw/modify.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"
#include "fdw/scan_params.h"
#include "transaction/branch.h"
#include "transaction/engine_ddl.h"
#include "transaction/learn.h"
#include "value/value.h"

/* A column of the result. */
typedef struct ScanColumn
{
	int			index;			/* of the slot's arrays */
	BindsDecoder decoder;
} ScanColumn;

typedef struct BindsScan
{
	BindsForeignTable *table;
	BindsUse   *use;
	BindsUse   *again;			/* of the executions after the first, or see
								 * announce; NULL: there is none */
	MemoryContext context;		/* of the execution */

	BindsStatement *statement;
	Bitmapset  *unsent;			/* parameters that the query does without */
	BindsQuery *query;			/* the statement without the clauses that need
								 * them; a list of values is one '?' in it */
	MemoryContext query_context;	/* of that */
	BindsCursor *cursor;
	char	   *sql;			/* as the cursor has it */
	bool		sql_is_old;		/* the query is another one now */
	bool		executed;		/* the cursor has rows */
	bool		keep_rows;		/* a rescan is to be expected */

	ScanColumn *columns;
	int			ncolumns;
	bool		changes;		/* its rows will be changed */
	bool		odd_keys;		/* and one value of their key may be kept in
								 * several forms */
	int			rowid;			/* index of the rowid, or fingerprint of the
								 * key, in a row; -1: not read */
	BindsCounts *counts;		/* for EXPLAIN ANALYZE; NULL: not asked for */

	BindsScanParams params;
} BindsScan;

static void bindsBeginForeignScan(ForeignScanState *node, int eflags);
static TupleTableSlot *bindsIterateForeignScan(ForeignScanState *node);
static void bindsReScanForeignScan(ForeignScanState *node);
static void bindsEndForeignScan(ForeignScanState *node);
static bool bindsIsForeignScanParallelSafe(PlannerInfo *root, RelOptInfo *rel,
										   RangeTblEntry *rte);
static void announce(BindsScan *state, ForeignScanState *node, ForeignScan *plan,
					 BindsUseKind kind);
static void start_early(void *arg);
static void init_columns(BindsScan *state, List *columns);
static void note_odd_key(const BindsScan *state, ForeignScanState *node,
						 const BindsValue *row);
static void execute(BindsScan *state, ForeignScanState *node);
static void learn(BindsScan *state, ForeignScanState *node);
static void make_query(BindsScan *state);
static void open_cursor(BindsScan *state);
static void store_with_rowid(BindsScan *state, TupleTableSlot *slot, int64 rowid);

void
binds_scan_routine(FdwRoutine *routine)
{
	routine->BeginForeignScan = bindsBeginForeignScan;
	routine->IterateForeignScan = bindsIterateForeignScan;
	routine->ReScanForeignScan = bindsReScanForeignScan;
	routine->EndForeignScan = bindsEndForeignScan;
	routine->IsForeignScanParallelSafe = bindsIsForeignScanParallelSafe;
}

/*
 * Prepare a scan and announce it to the branch, which may have to know all users of
 * a bind before the first one reads.
 */
static void
bindsBeginForeignScan(ForeignScanState *node, int eflags)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	List	   *numbers = list_nth(plan->fdw_private, BINDS_SCAN_NUMBERS);
	BindsScan  *state;

	if (eflags & EXEC_FLAG_EXPLAIN_ONLY)
		return;

	state = palloc0(sizeof(BindsScan));
	node->fdw_state = state;
	state->context = CurrentMemoryContext;
	state->query_context = AllocSetContextCreate(state->context,
												 "binds scan statement",
												 ALLOCSET_SMALL_SIZES);
	state->table =
		binds_foreign_table_read(RelationGetRelid(node->ss.ss_currentRelation),
								 list_nth(plan->fdw_private, BINDS_SCAN_FACTS));
	state->statement =
		binds_statement_from_list(list_nth(plan->fdw_private, BINDS_SCAN_STATEMENT));
	state->changes = list_nth_int(numbers, BINDS_SCAN_CHANGES) != 0;
	state->odd_keys = state->changes && binds_odd_keys_matter(state->table);
	state->keep_rows = (eflags & EXEC_FLAG_REWIND) != 0 ||
		list_nth_int(numbers, BINDS_SCAN_ONCE) != 0;
	init_columns(state, list_nth(plan->fdw_private, BINDS_SCAN_COLUMNS));
	state->counts = binds_explain_counts(node->ss.ps.state);
	binds_scan_params_init(&state->params, node, state->table);

	/* columns that are not read are NULL, once and for all */
	memset(node->ss.ss_ScanTupleSlot->tts_isnull, true,
		   node->ss.ss_ScanTupleSlot->tts_tupleDescriptor->natts * sizeof(bool));

	announce(state, node, plan, list_nth_int(numbers, BINDS_SCAN_LOCKS) ?
			 BINDS_USE_LOCK : BINDS_USE_READ);
}

/*
 * Return the next row in the scan's slot, empty at the end.
 */
static TupleTableSlot *
bindsIterateForeignScan(ForeignScanState *node)
{
	BindsScan  *state = (BindsScan *) node->fdw_state;
	TupleTableSlot *slot = node->ss.ss_ScanTupleSlot;
	const BindsValue *row;

	if (!state->executed)
		execute(state, node);
	ExecClearTuple(slot);
	row = binds_cursor_fetch(state->cursor);
	if (row == NULL)
		return slot;

	for (int i = 0; i < state->ncolumns; i++)
	{
		ScanColumn *column = &state->columns[i];

		slot->tts_values[column->index] =
			binds_decode(&column->decoder, &row[i],
						 &slot->tts_isnull[column->index]);
	}
	if (unlikely(state->odd_keys))
		note_odd_key(state, node, row);
	if (state->rowid >= 0)
		store_with_rowid(state, slot, row[state->rowid].integer);
	else
		ExecStoreVirtualTuple(slot);
	return slot;
}

/*
 * Start again: with the rows at hand if they are the same, else by asking again.
 */
static void
bindsReScanForeignScan(ForeignScanState *node)
{
	BindsScan  *state = (BindsScan *) node->fdw_state;

	if (!state->executed)
		return;
	if ((state->params.nparams == 0 || node->ss.ps.chgParam == NULL) &&
		binds_cursor_rewind(state->cursor))
		return;
	binds_cursor_reset(state->cursor);
	state->executed = false;
}

static void
bindsEndForeignScan(ForeignScanState *node)
{
	BindsScan  *state = (BindsScan *) node->fdw_state;

	if (state == NULL)
		return;
	if (state->cursor != NULL)
		binds_cursor_close(state->cursor);
	if (state->again != NULL)
		binds_branch_leave(state->again);
	binds_branch_leave(state->use);
}

const BindsCounts *
binds_scan_counts(ForeignScanState *node)
{
	BindsScan  *state = (BindsScan *) node->fdw_state;

	if (state == NULL || state->counts == NULL)
		return NULL;
	if (state->cursor != NULL)
		binds_cursor_count_now(state->cursor);
	return state->counts;
}

/*
 * A worker would read outside of the transaction: another connection, another
 * snapshot, and nothing of what this transaction wrote.
 */
static bool
bindsIsForeignScanParallelSafe(PlannerInfo *root, RelOptInfo *rel,
							   RangeTblEntry *rte)
{
	return false;
}

/* ------------------------------------------------------------------------
 * Start
 * ------------------------------------------------------------------------ */

/*
 * Announce the scan.  One that asks the engine once per row of another relation
 * counts twice: all its statements together must see one state of the data.  So does one of
 * a statement where that may write: two read in a state in which nothing is written.
 */
static void
announce(BindsScan *state, ForeignScanState *node, ForeignScan *plan,
		 BindsUseKind kind)
{
	Oid			userid = binds_compat_scan_userid(node);

	binds_check_in_use(state->table);
	state->use = binds_branch_announce(state->table->serverid, userid, kind);
	if (binds_has_exec_param((Node *) plan->fdw_exprs) ||
		(state->table->query != NULL && state->table->dialect->select_may_write))
		state->again = binds_branch_announce(state->table->serverid, userid, kind);
	if (!binds_has_exec_param((Node *) plan->fdw_exprs))
		binds_branch_on_write(state->use, start_early, node);
}

/*
 * Raise 55006 for a table that this transaction drops at its commit: drop_all said
 * that it is gone.
 */
void
binds_check_in_use(const BindsForeignTable *table)
{
	if (table->query == NULL && binds_drop_pending(table->serverid, table->schema, table->table))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_IN_USE),
				 errmsg("table \"%s\" of bind \"%s\" is about to be dropped",
						table->table, table->bind_key),
				 errdetail("This transaction drops it at its commit.")));
}

/* Something is about to be written: read the state from before that. */
static void
start_early(void *arg)
{
	ForeignScanState *node = (ForeignScanState *) arg;
	BindsScan  *state = (BindsScan *) node->fdw_state;

	if (!state->executed)
		execute(state, node);
}

static void
init_columns(BindsScan *state, List *columns)
{
	ListCell   *lc;

	state->rowid = -1;
	state->columns = palloc0(sizeof(ScanColumn) * Max(list_length(columns), 1));
	foreach(lc, columns)
	{
		int			attnum = lfirst_int(lc);
		ScanColumn *column;
		BindsForeignColumn *from;

		/* the last one, if it is there */
		if (attnum == SelfItemPointerAttributeNumber)
		{
			state->rowid = foreach_current_index(lc);
			continue;
		}
		from = &state->table->columns[attnum - 1];
		column = &state->columns[state->ncolumns++];
		column->index = attnum - 1;
		binds_decoder_init(&column->decoder, &from->storage, from->typid,
						   state->table->local_name, from->local_name,
						   from->null_if_invalid);
	}
}

/* Note a row whose key is kept in a form by which it will not be found. */
static void
note_odd_key(const BindsScan *state, ForeignScanState *node, const BindsValue *row)
{
	TupleTableSlot *slot = node->ss.ss_ScanTupleSlot;
	const BindsValue **kept = palloc0(sizeof(BindsValue *) * state->table->ncolumns);

	for (int i = 0; i < state->ncolumns; i++)
		kept[state->columns[i].index] = &row[i];
	binds_odd_keys_note(node->ss.ps.state, state->table, slot->tts_values,
						slot->tts_isnull, kept);
	pfree(kept);
}

/* ------------------------------------------------------------------------
 * Execution
 * ------------------------------------------------------------------------ */

/*
 * Ask the engine.
 */
static void
execute(BindsScan *state, ForeignScanState *node)
{
	MemoryContext oldcontext = MemoryContextSwitchTo(state->context);
	BindsOutcome outcome;

	if (state->table->unknown)
		learn(state, node);
	binds_scan_params_encode(&state->params, node->ss.ps.ps_ExprContext);
	make_query(state);
	(void) binds_branch_enter(state->use);
	open_cursor(state);
	binds_cursor_execute(state->cursor, state->params.values, false, &outcome);
	state->executed = true;
	MemoryContextSwitchTo(oldcontext);
}

/*
 * Write the statement anew, now that the engine must be there to be asked: the plan
 * has one that assumes how columns are kept.  It has neither clauses nor parameters.
 */
static void
learn(BindsScan *state, ForeignScanState *node)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	List	   *numbers = list_nth(plan->fdw_private, BINDS_SCAN_NUMBERS);
	BindsDeparseRel rel = {.relid = plan->scan.scanrelid};
	BindsSelect select = {.rel = &rel};
	List	   *params = NIL;

	state->table = binds_learn_now(state->table->relid,
								   binds_compat_scan_userid(node));
	rel.table = state->table;
	select.columns = list_nth(plan->fdw_private, BINDS_SCAN_COLUMNS);
	select.lock = list_nth_int(numbers, BINDS_SCAN_LOCKS) ?
		BINDS_LOCK_UPDATE : BINDS_LOCK_NONE;
	state->statement = binds_deparse_select(NULL, &select, &params);
	state->ncolumns = 0;
	init_columns(state, select.columns);
	state->odd_keys = state->changes && binds_odd_keys_matter(state->table);
}

/*
 * Have the query for the values that can be sent.  Clauses that need another one are
 * left out; they are checked here anyway.
 */
static void
make_query(BindsScan *state)
{
	BindsStatement *statement = state->statement;

	if (state->query != NULL && bms_equal(state->unsent, state->params.unsent))
		return;
	MemoryContextReset(state->query_context);
	MemoryContextSwitchTo(state->query_context);
	if (state->params.unsent != NULL)
		statement = binds_statement_without(statement, state->params.unsent);
	if (statement == NULL)
		elog(ERROR, "could not send a parameter to bind \"%s\"",
			 state->table->bind_key);
	state->query = binds_statement_query(statement);
	state->unsent = bms_copy(state->params.unsent);
	state->sql_is_old = true;
	MemoryContextSwitchTo(state->context);
}

/*
 * Have a cursor for the query; one with lists of values may be another one each time.
 */
static void
open_cursor(BindsScan *state)
{
	BindsQuery *query;

	if (state->cursor != NULL && !state->params.has_lists && !state->sql_is_old)
		return;
	query = binds_scan_params_query(&state->params, state->query);
	state->sql_is_old = false;
	if (state->cursor != NULL)
	{
		if (strcmp(state->sql, query->sql) == 0)
			return;
		binds_cursor_close(state->cursor);
		state->cursor = NULL;
		pfree(state->sql);
	}

	state->sql = pstrdup(query->sql);
	state->cursor = binds_branch_cursor(state->use, query, state->table->local_name);
	binds_cursor_count(state->cursor, state->counts);
	binds_cursor_read_ahead(state->cursor, state->table->fetch_size);
	if (state->keep_rows)
		binds_cursor_keep_rows(state->cursor);
}

/*
 * Store the row as a tuple that carries its rowid in xmin and xmax, for the
 * modification above.  They take the place of what makes its header that of a
 * composite value, so it must not be taken for one: newer minor releases check that.
 */
static void
store_with_rowid(BindsScan *state, TupleTableSlot *slot, int64 rowid)
{
	HeapTuple	tuple = heap_form_tuple(slot->tts_tupleDescriptor,
										slot->tts_values, slot->tts_isnull);

	HeapTupleHeaderSetXmin(tuple->t_data, (TransactionId) ((uint64) rowid >> 32));
	HeapTupleHeaderSetXmax(tuple->t_data, (TransactionId) rowid);
	HeapTupleHeaderSetCmin(tuple->t_data, InvalidCommandId);
	ItemPointerSetInvalid(&tuple->t_data->t_ctid);
	ExecStoreHeapTuple(tuple, slot, false);
}
