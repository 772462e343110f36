/*
 * modify.c
 *	  INSERT, UPDATE and DELETE on foreign tables: planning, start and end.
 *
 * Statements are written when the plan is made and travel in it, so that EXPLAIN shows
 * them and executions share them.  Only rows that come by COPY or tuple routing have no
 * plan of their own; their statement is written at the start.
 *
 * Beginning announces the writing, before any scan of the same statement reads its first
 * row; the engine hears of it with the first row to write.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "optimizer/appendinfo.h"
#include "optimizer/inherit.h"
#include "optimizer/optimizer.h"
#include "utils/memutils.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/arbiter.h"
#include "fdw/modify.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"
#include "fdw/upsert.h"
#include "model/facts.h"
#include "transaction/learn.h"

static void bindsAddForeignUpdateTargets(PlannerInfo *root, Index rtindex,
										 RangeTblEntry *target_rte,
										 Relation target_relation);
static List *bindsPlanForeignModify(PlannerInfo *root, ModifyTable *plan,
									Index resultRelation, int subplan_index);
static void bindsBeginForeignModify(ModifyTableState *mtstate, ResultRelInfo *rri,
									List *fdw_private, int subplan_index, int eflags);
static void bindsBeginForeignInsert(ModifyTableState *mtstate, ResultRelInfo *rri);
static TupleTableSlot *bindsExecForeignInsert(EState *estate, ResultRelInfo *rri,
											  TupleTableSlot *slot,
											  TupleTableSlot *planSlot);
static TupleTableSlot **bindsExecForeignBatchInsert(EState *estate,
													ResultRelInfo *rri,
													TupleTableSlot **slots,
													TupleTableSlot **planSlots,
													int *numSlots);
static int	bindsGetForeignModifyBatchSize(ResultRelInfo *rri);
static TupleTableSlot *bindsExecForeignUpdate(EState *estate, ResultRelInfo *rri,
											  TupleTableSlot *slot,
											  TupleTableSlot *planSlot);
static TupleTableSlot *bindsExecForeignDelete(EState *estate, ResultRelInfo *rri,
											  TupleTableSlot *slot,
											  TupleTableSlot *planSlot);
static void bindsEndForeignModify(EState *estate, ResultRelInfo *rri);
static int	bindsIsForeignRelUpdatable(Relation relation);
static void bindsExplainForeignModify(ModifyTableState *mtstate, ResultRelInfo *rri,
									  List *fdw_private, int subplan_index,
									  ExplainState *es);

static void require_identity(const BindsForeignTable *table);
static void require_facts(EState *estate, ResultRelInfo *rri, List *facts);
static List *plan_operation(PlannerInfo *root, ModifyTable *plan, CmdType operation,
							Index rti, int subplan_index, Relation relation,
							const BindsForeignTable *table);
static Bitmapset *named_by_update(PlannerInfo *root, ModifyTable *plan, Index rti);
static List *plan_upsert(PlannerInfo *root, ModifyTable *plan, Index rti,
						 int subplan_index, Relation relation,
						 const BindsForeignTable *table, List *insert);
static List *returned_columns(ModifyTable *plan, CmdType operation, Index rti,
							  int subplan_index, Relation relation,
							  const BindsForeignTable *table);
static List *wanted_columns(const BindsForeignTable *table, Node *expr, Index rti);
static bool engine_tells(const BindsForeignTable *table, CmdType operation,
						 List *returning);
static void refuse_column_twice(const BindsForeignTable *table, List *columns);
static int	compare_exactly(const void *a, const void *b);
static int	compare_folded(const void *a, const void *b);
static List *make_private(const BindsForeignTable *table, CmdType operation,
						  List *columns, List *defaults, List *rules,
						  List *returning, bool skip);
static BindsModify *make_state(ModifyTableState *mtstate, ResultRelInfo *rri,
							   CmdType operation, List *fdw_private);
static BindsModify *updating_state(ModifyTableState *mtstate, ResultRelInfo *rri,
								   const BindsForeignTable *table, List *upsert);
static void find_junk(BindsModify *modify, List *targetlist);
static AttrNumber *find_keys(const BindsModify *modify, List *targetlist);
static bool joins(Plan *plan);
static bool rows_come_singly(ResultRelInfo *rri);
static void end_state(BindsModify *modify);
static void refuse_system_columns(const BindsForeignTable *table, List *exprs,
								  Index rti);
static bool before_row_trigger(TriggerDesc *triggers, CmdType operation);
static bool after_row_trigger(TriggerDesc *triggers, CmdType operation);
static BindsModify *inserting_state(ResultRelInfo *rri);

void
binds_modify_routine(FdwRoutine *routine)
{
	routine->AddForeignUpdateTargets = bindsAddForeignUpdateTargets;
	routine->PlanForeignModify = bindsPlanForeignModify;
	routine->BeginForeignModify = bindsBeginForeignModify;
	routine->ExecForeignInsert = bindsExecForeignInsert;
	routine->ExecForeignBatchInsert = bindsExecForeignBatchInsert;
	routine->GetForeignModifyBatchSize = bindsGetForeignModifyBatchSize;
	routine->ExecForeignUpdate = bindsExecForeignUpdate;
	routine->ExecForeignDelete = bindsExecForeignDelete;
	routine->EndForeignModify = bindsEndForeignModify;
	routine->BeginForeignInsert = bindsBeginForeignInsert;
	routine->EndForeignInsert = bindsEndForeignModify;
	routine->IsForeignRelUpdatable = bindsIsForeignRelUpdatable;
	routine->ExplainForeignModify = bindsExplainForeignModify;
}

/* ------------------------------------------------------------------------
 * What may be written
 * ------------------------------------------------------------------------ */

/*
 * Say which commands a table takes, as a mask.  A table that is not there for reading
 * either (its type is unknown here) raises an error like any use of it.  A look at
 * the catalogs asks no engine: planning does.
 */
static int
bindsIsForeignRelUpdatable(Relation relation)
{
	bool		known = false;
	BindsForeignTable *table = binds_learn_known(RelationGetRelid(relation),
												 GetUserId());

	if (table == NULL)
		table = binds_foreign_table_options(RelationGetRelid(relation));
	else if (!table->unknown)
		known = true;
	if (table->read_only)
		return 0;
	if (known && table->nkeys == 0 && !table->rowid)
		return 1 << CMD_INSERT;
	return (1 << CMD_INSERT) | (1 << CMD_UPDATE) | (1 << CMD_DELETE);
}

void
binds_require_writable(const BindsForeignTable *table)
{
	if (table->query != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("cannot change rows of foreign table \"%s\"", table->local_name),
				 errdetail("They are those of a statement (option query).")));
	if (table->read_only)
		ereport(ERROR,
				(errcode(ERRCODE_READ_ONLY_SQL_TRANSACTION),
				 errmsg("foreign table \"%s\" is read only", table->local_name),
				 errdetail("The option read_only is set for the table or its bind, or the URL says so.")));
}

static void
require_identity(const BindsForeignTable *table)
{
	if (table->nkeys == 0 && !table->rowid && !table->unknown)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("cannot update or delete rows of foreign table \"%s\"",
						table->local_name),
				 errdetail("Its rows cannot be identified: it has no key."),
				 errhint("Name the columns of a unique key with ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS (ADD key 'true').")));
}

/* ------------------------------------------------------------------------
 * Planning
 * ------------------------------------------------------------------------ */

/*
 * Ask the scan for what identifies a row: its row number in two halves, or its key
 * columns and their fingerprint, likewise.
 */
static void
bindsAddForeignUpdateTargets(PlannerInfo *root, Index rtindex,
							 RangeTblEntry *target_rte, Relation target_relation)
{
	BindsForeignTable *table =
		binds_learn_for_plan(RelationGetRelid(target_relation),
							 binds_compat_plan_userid(root, target_rte));

	binds_require_writable(table);
	require_identity(table);
	if (table->unknown)
		return;					/* BeginForeignModify raises an error */
	if (table->rowid || table->fingerprint)
	{
		add_row_identity_var(root, makeVar(rtindex, BINDS_ROWID_HIGH_ATTNO, XIDOID,
										   -1, InvalidOid, 0),
							 rtindex, BINDS_ROWID_HIGH);
		add_row_identity_var(root, makeVar(rtindex, BINDS_ROWID_LOW_ATTNO, XIDOID,
										   -1, InvalidOid, 0),
							 rtindex, BINDS_ROWID_LOW);
	}
	for (int i = 0; i < table->nkeys; i++)
	{
		AttrNumber	attnum = table->keys[i];
		BindsForeignColumn *column = &table->columns[attnum - 1];

		/* where the rowid identifies rows, the old value of a key that is set */
		if (table->rowid && (root->parse->commandType != CMD_UPDATE ||
							 target_rte->relid != planner_rt_fetch(root->parse->resultRelation,
																   root)->relid ||
							 !list_member_int(root->update_colnos, attnum)))
			continue;

		add_row_identity_var(root, makeVar(rtindex, attnum, column->typid,
										   column->typmod, column->collation, 0),
							 rtindex, binds_key_junk_name(attnum, column));
	}
}

static List *
bindsPlanForeignModify(PlannerInfo *root, ModifyTable *plan, Index resultRelation,
					   int subplan_index)
{
	RangeTblEntry *rte = planner_rt_fetch(resultRelation, root);
	Relation	relation = table_open(rte->relid, NoLock);
	BindsForeignTable *table =
		binds_learn_for_plan(rte->relid, binds_compat_plan_userid(root, rte));
	List	   *arbiter = binds_arbiter_columns(root);
	List	   *result;

	binds_require_writable(table);
	result = plan_operation(root, plan, plan->operation, resultRelation, subplan_index,
							relation, table);
	if (arbiter != NIL)
		binds_arbiter_depend(root, rte->relid);
	if (arbiter != NIL && !table->unknown)
		result = lappend(result, plan_upsert(root, plan, resultRelation, subplan_index,
											 relation, table, result));
	else
		result = lappend(result, NIL);
	table_close(relation, NoLock);
	return result;
}

/*
 * The private list of an operation of the statement: that of the plan, or the UPDATE of its
 * ON CONFLICT.
 */
static List *
plan_operation(PlannerInfo *root, ModifyTable *plan, CmdType operation, Index rti,
			   int subplan_index, Relation relation, const BindsForeignTable *table)
{
	List	   *columns = NIL;
	List	   *defaults = NIL;
	List	   *rules = NIL;

	if (operation == CMD_INSERT)
		columns = binds_all_columns(table);
	else if (operation == CMD_UPDATE)
		columns = binds_updated_columns(root, rti, relation, table,
										named_by_update(root, plan, rti));
	if (!before_row_trigger(relation->trigdesc, operation))
		defaults = binds_generated_defaults(root, operation, plan, table, columns);
	columns = list_difference_int(columns, defaults);
	if (operation != CMD_DELETE)
		rules = binds_generated_rules(root, operation, plan, table, columns);

	return make_private(table, operation, columns, defaults, rules,
						returned_columns(plan, operation, rti, subplan_index, relation,
										 table),
						plan->onConflictAction == ONCONFLICT_NOTHING &&
						binds_arbiter_columns(root) == NIL);
}

/* The attributes that an UPDATE, or that of an ON CONFLICT, sets; offset as core has them. */
static Bitmapset *
named_by_update(PlannerInfo *root, ModifyTable *plan, Index rti)
{
	Bitmapset  *named = NULL;
	ListCell   *lc;

	if (plan->operation == CMD_UPDATE)
		return get_rel_all_updated_cols(root, find_base_rel(root, rti));
	foreach(lc, plan->onConflictCols)
		named = bms_add_member(named, lfirst_int(lc) - FirstLowInvalidHeapAttributeNumber);
	return named;
}

/* The private list of ON CONFLICT (columns). */
static List *
plan_upsert(PlannerInfo *root, ModifyTable *plan, Index rti, int subplan_index,
			Relation relation, const BindsForeignTable *table, List *insert)
{
	List	   *update = NIL;
	List	   *sent = NIL;

	if (plan->onConflictAction == ONCONFLICT_UPDATE)
	{
		require_identity(table);
		refuse_system_columns(table, plan->onConflictSet, rti);
		refuse_system_columns(table, list_make1(plan->onConflictWhere), rti);
		if (binds_compat_returns_old(plan->returningLists))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("INSERT ... ON CONFLICT DO UPDATE on foreign table \"%s\" cannot return the row as it was",
							table->local_name),
					 errhint("Leave OLD out of RETURNING.")));
		update = plan_operation(root, plan, CMD_UPDATE, rti, subplan_index, relation,
								table);
		sent = list_nth(update, BINDS_MODIFY_COLUMNS);
	}
	return binds_upsert_plan(plan, rti, relation, table, binds_arbiter_columns(root), insert,
							 sent, update);
}

/*
 * The columns to read back: those that RETURNING and WITH CHECK OPTION refer to, all for
 * a trigger that sees the new row.
 */
static List *
returned_columns(ModifyTable *plan, CmdType operation, Index rti, int subplan_index,
				 Relation relation, const BindsForeignTable *table)
{
	List	   *exprs = NIL;

	if (plan->returningLists != NIL)
		exprs = lappend(exprs, list_nth(plan->returningLists, subplan_index));
	refuse_system_columns(table, exprs, rti);
	if (after_row_trigger(relation->trigdesc, operation))
		return wanted_columns(table, NULL, 0);
	if (plan->withCheckOptionLists != NIL)
		exprs = lappend(exprs, list_nth(plan->withCheckOptionLists, subplan_index));
	return exprs == NIL ? NIL : wanted_columns(table, (Node *) exprs, rti);
}

static void
refuse_system_columns(const BindsForeignTable *table, List *exprs, Index rti)
{
	Bitmapset  *attrs = NULL;

	pull_varattnos((Node *) exprs, rti, &attrs);
	binds_refuse_system_columns(table, attrs);
}

/* Such a trigger may give a value to a column that the statement leaves to the engine. */
static bool
before_row_trigger(TriggerDesc *triggers, CmdType operation)
{
	if (triggers == NULL)
		return false;
	return operation == CMD_INSERT ? triggers->trig_insert_before_row :
		operation == CMD_UPDATE ? triggers->trig_update_before_row : false;
}

static bool
after_row_trigger(TriggerDesc *triggers, CmdType operation)
{
	if (triggers == NULL)
		return false;
	return operation == CMD_INSERT ? triggers->trig_insert_after_row :
		operation == CMD_UPDATE ? triggers->trig_update_after_row : false;
}

/*
 * The columns that an expression refers to; all for a whole row or a NULL expression.
 */
static List *
wanted_columns(const BindsForeignTable *table, Node *expr, Index rti)
{
	Bitmapset  *used = NULL;

	pull_varattnos(expr, rti, &used);
	return binds_columns_of(table, used, expr == NULL);
}

/*
 * Does an engine without RETURNING tell all the same what is wanted: nothing, or the key
 * that it generates for a new row?
 */
static bool
engine_tells(const BindsForeignTable *table, CmdType operation, List *returning)
{
	if (returning == NIL)
		return true;
	return operation == CMD_INSERT && list_length(returning) == 1 &&
		table->columns[linitial_int(returning) - 1].generated != BINDS_GENERATED_NO;
}

/*
 * Write the statements.  defaults: columns of an UPDATE that the engine sets to their
 * defaults.  Without RETURNING a table needs a key for a row to be read
 * again; an INSERT into one that has none gives back what was sent.
 */
static List *
make_private(const BindsForeignTable *table, CmdType operation, List *columns,
			 List *defaults, List *rules, List *returning, bool skip)
{
	List	   *by_engine = table->dialect->has_returning ? returning : NIL;
	BindsStatement *statement;
	List	   *reread = NIL;
	List	   *result;

	refuse_column_twice(table, list_concat_copy(columns, defaults));
	if (operation == CMD_INSERT)
		statement = binds_deparse_insert(table, columns, by_engine, skip);
	else if (table->unknown)
		statement = binds_deparse_truncate(table);
	else if (operation == CMD_UPDATE)
		statement = binds_deparse_update(table, columns, defaults, by_engine);
	else
		statement = binds_deparse_delete(table, by_engine);
	if (by_engine == NIL && table->nkeys > 0 &&
		!engine_tells(table, operation, returning))
		reread = binds_statement_to_list(binds_deparse_reread(table, returning,
															  operation == CMD_DELETE));

	result = list_make5(binds_statement_to_list(statement), reread, columns, rules,
						defaults);
	result = lappend(lappend(result, returning), makeBoolean(skip));
	return lappend(result, table->facts);
}

/*
 * Refuse to write two columns here that are one in the engine: it would keep one of the
 * values.
 */
static void
refuse_column_twice(const BindsForeignTable *table, List *columns)
{
	const BindsForeignColumn **sorted =
		palloc(sizeof(BindsForeignColumn *) * (list_length(columns) + 1));
	int			n = 0;
	ListCell   *lc;

	foreach(lc, columns)
		sorted[n++] = &table->columns[lfirst_int(lc) - 1];
	qsort(sorted, n, sizeof(BindsForeignColumn *),
		  table->dialect->folds_columns ? compare_folded : compare_exactly);
	for (int i = 1; i < n; i++)
	{
		if ((table->dialect->folds_columns ? compare_folded : compare_exactly)
			(&sorted[i - 1], &sorted[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_COLUMN),
					 errmsg("cannot write two columns of foreign table \"%s\" that are one in the engine",
							table->local_name),
					 errdetail("Columns \"%s\" and \"%s\" are both its column \"%s\".",
							   sorted[i - 1]->local_name, sorted[i]->local_name,
							   sorted[i]->name),
					 errhint("Drop one of them, or set its option column_name to the name of another column.")));
	}
	pfree(sorted);
}

static int
compare_exactly(const void *a, const void *b)
{
	return strcmp((*(BindsForeignColumn *const *) a)->name,
				  (*(BindsForeignColumn *const *) b)->name);
}

static int
compare_folded(const void *a, const void *b)
{
	return pg_strcasecmp((*(BindsForeignColumn *const *) a)->name,
						 (*(BindsForeignColumn *const *) b)->name);
}

/* ------------------------------------------------------------------------
 * Start
 * ------------------------------------------------------------------------ */

static void
bindsBeginForeignModify(ModifyTableState *mtstate, ResultRelInfo *rri,
						List *fdw_private, int subplan_index, int eflags)
{
	BindsModify *modify;
	List	   *upsert;

	if (eflags & EXEC_FLAG_EXPLAIN_ONLY)
		return;
	require_facts(mtstate->ps.state, rri, list_nth(fdw_private, BINDS_MODIFY_FACTS));
	modify = make_state(mtstate, rri, mtstate->operation, fdw_private);
	upsert = list_nth(fdw_private, BINDS_MODIFY_UPSERT);
	if (modify->operation != CMD_INSERT)
	{
		find_junk(modify, outerPlan(mtstate->ps.plan)->targetlist);
		binds_row_changes_begin(modify, joins(outerPlan(mtstate->ps.plan)));
	}
	binds_generated_check(modify, rri);
	if (upsert != NIL)
		binds_upsert_begin(modify, mtstate->ps.state, rri, upsert,
						   updating_state(mtstate, rri, modify->table, upsert));
	rri->ri_FdwState = modify;
}

/* The state of the UPDATE of an upsert; NULL: DO NOTHING. */
static BindsModify *
updating_state(ModifyTableState *mtstate, ResultRelInfo *rri,
			   const BindsForeignTable *table, List *upsert)
{
	List	   *private = binds_upsert_update_private(upsert);
	BindsModify *updating;

	if (private == NIL)
		return NULL;
	updating = make_state(mtstate, rri, CMD_UPDATE, private);
	find_junk(updating, binds_upsert_identity_targets(table));
	binds_row_changes_begin(updating, false);
	return updating;
}

/*
 * A plan that was made while the engine could not be asked does not know what to send
 * or how.  Usually the engine is still away, which is then the error; else the next
 * execution has a plan that knows.
 */
static void
require_facts(EState *estate, ResultRelInfo *rri, List *facts)
{
	BindsForeignTable *table;

	if (!binds_facts_are_unknown(facts))
		return;
	table = binds_learn_now(RelationGetRelid(rri->ri_RelationDesc),
							binds_compat_modify_userid(rri, estate));
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("cannot change foreign table \"%s\" by a plan that does not know it",
					table->local_name),
			 errdetail("Bind \"%s\" could not be asked for the table when the statement was planned.",
					   table->bind_key),
			 errhint("Run the statement again.")));
}

/*
 * Start to insert rows that COPY reads, or that tuple routing sends to a partition.
 *
 * An UPDATE may move rows to a partition only if it does not update rows of that
 * partition later on: it would find them there again.
 */
static void
bindsBeginForeignInsert(ModifyTableState *mtstate, ResultRelInfo *rri)
{
	ModifyTable *plan = (ModifyTable *) mtstate->ps.plan;
	BindsForeignTable *table =
		binds_learn_now(RelationGetRelid(rri->ri_RelationDesc),
						binds_compat_modify_userid(rri, mtstate->ps.state));
	List	   *columns = binds_all_columns(table);
	List	   *returning = NIL;
	BindsModify *modify;
	bool		skip = plan != NULL && plan->onConflictAction == ONCONFLICT_NOTHING;

	if (plan != NULL && plan->operation == CMD_UPDATE && rri->ri_FdwState != NULL &&
		rri > mtstate->resultRelInfo + mtstate->mt_lastResultIndex)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot route tuples into foreign table to be updated \"%s\"",
						table->local_name)));
	binds_require_writable(table);
	if (plan != NULL && plan->operation == CMD_MERGE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("MERGE cannot insert into foreign table \"%s\"", table->local_name),
				 errhint("Use INSERT and UPDATE.")));

	/* the executor has given these expressions the number of its first target */
	if (rri->ri_returningList != NIL)
		refuse_system_columns(table, rri->ri_returningList,
							  mtstate->resultRelInfo[0].ri_RangeTableIndex);
	if (rri->ri_returningList != NIL || rri->ri_WithCheckOptions != NIL ||
		after_row_trigger(rri->ri_TrigDesc, CMD_INSERT))
		returning = wanted_columns(table, NULL, 0);

	modify = make_state(mtstate, rri, CMD_INSERT,
						make_private(table, CMD_INSERT, columns, NIL,
									 binds_generated_routed_rules(mtstate, rri, table,
																  columns),
									 returning, skip));
	modify->routed = rri->ri_RootResultRelInfo != NULL;

	/*
	 * COPY has counted the rows in the buffer when the engine tells how many
	 * it took
	 */
	if (plan == NULL && !BINDS_COPY_IN_BATCHES && !table->dialect->drops_rows &&
		!rows_come_singly(rri) && modify->key_checks == NULL &&
		(rri->ri_TrigDesc == NULL || !rri->ri_TrigDesc->trig_insert_after_statement))
		binds_copy_buffer_init(modify);
	if (rri->ri_FdwState != NULL)
	{
		modify->counts = ((BindsModify *) rri->ri_FdwState)->counts;
		((BindsModify *) rri->ri_FdwState)->inserting = modify;
	}
	else
		rri->ri_FdwState = modify;
}

/*
 * Make the state of one table's part in a statement.
 */
static BindsModify *
make_state(ModifyTableState *mtstate, ResultRelInfo *rri, CmdType operation,
		   List *fdw_private)
{
	EState	   *estate = mtstate->ps.state;
	MemoryContext context = AllocSetContextCreate(estate->es_query_cxt,
												  "binds modify",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	BindsModify *modify = palloc0(sizeof(BindsModify));
	List	   *columns = list_nth(fdw_private, BINDS_MODIFY_COLUMNS);
	List	   *rules = list_nth(fdw_private, BINDS_MODIFY_RULES);
	ListCell   *lc;
	ListCell   *lc_rule;

	modify->context = context;
	modify->row_context = AllocSetContextCreate(context, "binds row",
												ALLOCSET_DEFAULT_SIZES);
	modify->relation = rri->ri_RelationDesc;
	modify->table =
		binds_foreign_table_read(RelationGetRelid(modify->relation),
								 list_nth(fdw_private, BINDS_MODIFY_FACTS));
	modify->operation = operation;
	modify->estate = estate;
	modify->counts = binds_explain_counts(estate);
	modify->named = bms_union(ExecGetInsertedCols(rri, estate),
							  ExecGetUpdatedCols(rri, estate));
	modify->part = mtstate;
	modify->source = mtstate->ps.plan != NULL ? outerPlan(mtstate->ps.plan) : NULL;
	modify->userid = binds_compat_modify_userid(rri, estate);
	modify->skip_duplicates = boolVal(list_nth(fdw_private, BINDS_MODIFY_SKIP));
	modify->shape.query =
		binds_statement_query(binds_statement_from_list(list_nth(fdw_private,
																 BINDS_MODIFY_STATEMENT)));
	modify->columns = palloc(sizeof(AttrNumber) * (list_length(columns) + 1));
	modify->rules = palloc(sizeof(BindsGeneratedRule) * (list_length(columns) + 1));
	forboth(lc, columns, lc_rule, rules)
	{
		modify->columns[modify->ncolumns] = lfirst_int(lc);
		modify->rules[modify->ncolumns++] = lfirst_int(lc_rule);
	}
	modify->defaults = list_copy(list_nth(fdw_private, BINDS_MODIFY_DEFAULTS));
	binds_generated_init(modify, mtstate, rri);
	modify->nidentity = binds_foreign_table_identity(modify->table);
	binds_returning_init(modify, list_nth(fdw_private, BINDS_MODIFY_RETURNING),
						 list_nth(fdw_private, BINDS_MODIFY_REREAD));
	if (operation == CMD_INSERT)
	{
		binds_modify_find_key_checks(modify);
		binds_computed_init(modify);
	}
	binds_check_in_use(modify->table);
	modify->use = binds_branch_announce(modify->table->serverid, modify->userid,
										BINDS_USE_WRITE);
	modify->writes = binds_cursor_writes();
	modify->statements = binds_branch_statements(modify->use);
	MemoryContextSwitchTo(old);
	return modify;
}

/*
 * Find the row identity in the rows of the plan below.
 */
static void
find_junk(BindsModify *modify, List *targetlist)
{
	const BindsForeignTable *table = modify->table;
	int			n = 0;

	for (int i = 0; i < table->nkeys; i++)
		modify->sets_key |= list_member_int(modify->defaults, table->keys[i]) ||
			binds_modify_place(modify, table->keys[i]) >= 0;
	if (table->rowid && modify->sets_key)
		modify->old_keys = find_keys(modify, targetlist);

	modify->junk = MemoryContextAlloc(modify->context,
									  sizeof(AttrNumber) * (table->nkeys + 2));
	if (!table->rowid)
	{
		AttrNumber *keys = find_keys(modify, targetlist);

		for (int i = 0; i < table->nkeys; i++)
			modify->junk[n++] = keys[i];
	}
	if (table->rowid || table->fingerprint)
	{
		modify->junk[n++] = ExecFindJunkAttributeInTlist(targetlist, BINDS_ROWID_HIGH);
		modify->junk[n++] = ExecFindJunkAttributeInTlist(targetlist, BINDS_ROWID_LOW);
	}
	for (int i = 0; i < n; i++)
	{
		if (!AttributeNumberIsValid(modify->junk[i]))
			elog(ERROR, "could not find the row identity of foreign table \"%s\"",
				 table->local_name);
	}
}

/* The places of key columns in a target list, 0 for those that are not in it. */
static AttrNumber *
find_keys(const BindsModify *modify, List *targetlist)
{
	const BindsForeignTable *table = modify->table;
	AttrNumber *places = MemoryContextAlloc(modify->context,
											sizeof(AttrNumber) * Max(table->nkeys, 1));

	for (int i = 0; i < table->nkeys; i++)
		places[i] =
			ExecFindJunkAttributeInTlist(targetlist,
										 binds_key_junk_name(table->keys[i],
															 &table->columns[table->keys[i] - 1]));
	return places;
}

/*
 * Is there a join in a plan, so that a row to change may come from it more than once?
 */
static bool
joins(Plan *plan)
{
	List	   *children = NIL;
	ListCell   *lc;

	if (plan == NULL)
		return false;
	if (IsA(plan, NestLoop) || IsA(plan, MergeJoin) || IsA(plan, HashJoin))
		return true;
	if (IsA(plan, Append))
		children = ((Append *) plan)->appendplans;
	else if (IsA(plan, MergeAppend))
		children = ((MergeAppend *) plan)->mergeplans;
	else if (IsA(plan, SubqueryScan))
		return joins(((SubqueryScan *) plan)->subplan);
	foreach(lc, children)
	{
		if (joins(lfirst(lc)))
			return true;
	}
	return joins(outerPlan(plan));
}

/*
 * Rows per INSERT.  One at a time if somebody looks at each: RETURNING, WITH CHECK OPTION,
 * a row trigger; and where duplicates are skipped one by one.
 */
static int
bindsGetForeignModifyBatchSize(ResultRelInfo *rri)
{
	BindsModify *modify = inserting_state(rri);
	BindsForeignTable *table = modify != NULL ? modify->table :
		binds_foreign_table_options(RelationGetRelid(rri->ri_RelationDesc));

	if (rows_come_singly(rri) ||
		(modify != NULL && (modify->values_scan != NULL || modify->upsert != NULL ||
							modify->key_checks != NULL)) ||
		(modify != NULL && modify->skip_duplicates &&
		 table->dialect->insert_ignore_suffix == NULL))
		return 1;
	return modify != NULL ? binds_batch_size_begin(modify) : table->batch_size;
}

static bool
rows_come_singly(ResultRelInfo *rri)
{
	return rri->ri_projectReturning != NULL || rri->ri_WithCheckOptions != NIL ||
		(rri->ri_TrigDesc != NULL &&
		 (rri->ri_TrigDesc->trig_insert_before_row ||
		  rri->ri_TrigDesc->trig_insert_after_row));
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

static BindsModify *
inserting_state(ResultRelInfo *rri)
{
	BindsModify *modify = (BindsModify *) rri->ri_FdwState;

	return modify != NULL && modify->inserting != NULL ? modify->inserting : modify;
}

static TupleTableSlot *
bindsExecForeignInsert(EState *estate, ResultRelInfo *rri, TupleTableSlot *slot,
					   TupleTableSlot *planSlot)
{
	BindsModify *modify = inserting_state(rri);

	if (modify->upsert != NULL)
		return binds_upsert_row(modify, estate, rri, slot);
	if (modify->buffer == NULL)
		return binds_modify_insert(modify, estate, rri, slot);
	binds_copy_buffer_add(modify, estate, rri, slot);
	return slot;
}

static TupleTableSlot **
bindsExecForeignBatchInsert(EState *estate, ResultRelInfo *rri,
							TupleTableSlot **slots, TupleTableSlot **planSlots,
							int *numSlots)
{
	return binds_modify_insert_batch(inserting_state(rri), estate, rri, slots,
									 numSlots);
}

static TupleTableSlot *
bindsExecForeignUpdate(EState *estate, ResultRelInfo *rri, TupleTableSlot *slot,
					   TupleTableSlot *planSlot)
{
	return binds_modify_update(rri->ri_FdwState, estate, rri, slot, planSlot);
}

static TupleTableSlot *
bindsExecForeignDelete(EState *estate, ResultRelInfo *rri, TupleTableSlot *slot,
					   TupleTableSlot *planSlot)
{
	return binds_modify_delete(rri->ri_FdwState, slot, planSlot);
}

/* ------------------------------------------------------------------------
 * End and EXPLAIN
 * ------------------------------------------------------------------------ */

static void
bindsEndForeignModify(EState *estate, ResultRelInfo *rri)
{
	BindsModify *modify = (BindsModify *) rri->ri_FdwState;

	if (modify != NULL && modify->buffer != NULL)
		binds_copy_buffer_flush(modify);
	rri->ri_FdwState = NULL;
	while (modify != NULL)
	{
		BindsModify *inserting = modify->inserting;
		BindsModify *updating = binds_upsert_end(modify);

		if (updating != NULL)
			end_state(updating);
		end_state(modify);
		modify = inserting;
	}
}

static void
end_state(BindsModify *modify)
{
	binds_modify_shapes_close(modify);
	if (modify->reread_cursor != NULL)
		binds_cursor_close(modify->reread_cursor);
	binds_branch_leave(modify->use);
	MemoryContextDelete(modify->context);
}

static void
bindsExplainForeignModify(ModifyTableState *mtstate, ResultRelInfo *rri,
						  List *fdw_private, int subplan_index, ExplainState *es)
{
	const BindsModify *modify = (const BindsModify *) rri->ri_FdwState;
	List	   *upsert = list_nth(fdw_private, BINDS_MODIFY_UPSERT);
	List	   *reread;

	binds_explain_bind(RelationGetRelid(rri->ri_RelationDesc),
					   modify != NULL ? modify->counts : NULL, es);
	if (upsert != NIL)
		binds_upsert_explain(upsert,
							 binds_foreign_table_options(RelationGetRelid(rri->ri_RelationDesc)),
							 es);
	if (!es->verbose || binds_facts_are_unknown(list_nth(fdw_private,
														 BINDS_MODIFY_FACTS)))
		return;
	ExplainPropertyText("Remote SQL",
						binds_statement_from_list(list_nth(fdw_private,
														   BINDS_MODIFY_STATEMENT))->sql,
						es);
	reread = list_nth(fdw_private, BINDS_MODIFY_REREAD);
	if (reread != NIL)
		ExplainPropertyText("Remote Reread SQL",
							binds_statement_from_list(reread)->sql, es);
	if (mtstate->operation == CMD_INSERT && !rows_come_singly(rri) && upsert == NIL)
		ExplainPropertyInteger("Batch Size", NULL,
							   binds_foreign_table_options(RelationGetRelid(rri->ri_RelationDesc))->batch_size,
							   es);
}
