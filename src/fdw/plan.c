/*
 * plan.c
 *	  Size of a relation, and the plan of a scan.
 *
 * Clauses are of three kinds: sent; sent and kept, as a parameter may turn out to
 * have a value that the engine cannot compare (then the statement runs without the
 * clauses that need it); kept.  What is sent without being kept is checked again for a
 * row that EvalPlanQual hands back.
 *
 * Opens a connection only to ask for a table that was written by hand, once.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/heap.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/planmain.h"
#include "optimizer/prep.h"

#include "compat.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"
#include "transaction/learn.h"

/* conditions of a scan that are sent; an engine has a limit (SQLite: 1000 in all) */
#define MAX_SENT	300

/* The columns of a range table entry that a query names. */
typedef struct NamedColumns
{
	int			varno;
	Index		levelsup;		/* from where we look */
	Bitmapset  *attrs;			/* as of pull_varattnos */
} NamedColumns;

static void bindsGetForeignRelSize(PlannerInfo *root, RelOptInfo *baserel,
								   Oid foreigntableid);
static ForeignScan *bindsGetForeignPlan(PlannerInfo *root, RelOptInfo *baserel,
										Oid foreigntableid,
										ForeignPath *best_path, List *tlist,
										List *scan_clauses, Plan *outer_plan);
static bool is_planners(Node *node);
static bool find_named(Node *node, NamedColumns *named);
static void refuse_system_columns(PlannerInfo *root, RelOptInfo *baserel,
								  const BindsForeignTable *table, List *clauses);
static List *bare_clauses(List *rinfos);
static bool needs_rowid(PlannerInfo *root, RelOptInfo *baserel,
						const BindsForeignTable *table, Bitmapset *attrs);
static List *columns_to_fetch(PlannerInfo *root, RelOptInfo *baserel,
							  const BindsForeignTable *table, List *local,
							  List *sent);
static void choose_lock(PlannerInfo *root, RelOptInfo *baserel,
						BindsSelect *select);
static List *param_columns(const BindsForeignTable *table, List *params);
static List *param_lists(List *params);
static int	param_index(List *params, Node *expr);

void
binds_plan_routine(FdwRoutine *routine)
{
	routine->GetForeignRelSize = bindsGetForeignRelSize;
	routine->GetForeignPlan = bindsGetForeignPlan;
}

/*
 * Estimate the size of a foreign table and sort its clauses.
 */
static void
bindsGetForeignRelSize(PlannerInfo *root, RelOptInfo *baserel, Oid foreigntableid)
{
	BindsRelInfo *info = palloc0(sizeof(BindsRelInfo));

	info->table = binds_learn_for_plan(foreigntableid,
									   OidIsValid(baserel->userid) ?
									   baserel->userid : GetUserId());
	info->rel.relid = baserel->relid;
	info->rel.table = info->table;
	info->changed = binds_statement_changes(root, info->table);
	info->target = root->parse->commandType != CMD_SELECT &&
		bms_is_member(baserel->relid, root->all_result_relids);
	baserel->fdw_private = info;
	binds_classify(root, info, baserel->baserestrictinfo);

	/* never analyzed, or empty when it was */
	if (baserel->tuples < 1)
		baserel->tuples = baserel->tuples < 0 ?
			binds_default_tuples(info->table) : 1;
	set_baserel_size_estimates(root, baserel);
	if (binds_key_is_given(root, baserel, info, baserel->baserestrictinfo))
		baserel->rows = 1;
}

/*
 * Append RestrictInfos to the lists of "info".  Pseudoconstant ones are PostgreSQL's
 * own: it puts them above the scan.
 */
void
binds_classify(PlannerInfo *root, BindsRelInfo *info, List *rinfos)
{
	ListCell   *lc;

	foreach(lc, rinfos)
	{
		RestrictInfo *rinfo = lfirst_node(RestrictInfo, lc);

		if (rinfo->pseudoconstant)
			continue;
		if ((info->changed && !info->target &&
			 binds_has_exec_param((Node *) rinfo->clause)) ||
			list_length(info->exact) + list_length(info->guarded) >= MAX_SENT)
		{
			info->local = lappend(info->local, rinfo);
			continue;
		}
		switch (binds_deparse_test(root, &info->rel, 1, rinfo->clause))
		{
			case BINDS_SEND_EXACT:
				info->exact = lappend(info->exact, rinfo);
				break;
			case BINDS_SEND_GUARDED:
				info->guarded = lappend(info->guarded, rinfo);
				break;
			case BINDS_SEND_NO:
				info->local = lappend(info->local, rinfo);
				break;
		}
	}
}

/*
 * Make the plan of a path.
 *
 * tlist is what PostgreSQL wants above; columns are found from the relation's
 * target, since tlist may be missing or name columns that nobody reads.
 */
static ForeignScan *
bindsGetForeignPlan(PlannerInfo *root, RelOptInfo *baserel, Oid foreigntableid,
					ForeignPath *best_path, List *tlist, List *scan_clauses,
					Plan *outer_plan)
{
	BindsRelInfo *base = (BindsRelInfo *) baserel->fdw_private;
	BindsRelInfo info = *base;
	BindsSelect select = {0};
	BindsStatement *statement;
	List	   *params = NIL;
	List	   *exprs = NIL;
	List	   *private;
	List	   *exact;
	List	   *guarded;
	List	   *local;
	ListCell   *lc;

	refuse_system_columns(root, baserel, info.table, bare_clauses(scan_clauses));
	info.exact = info.guarded = info.local = NIL;
	binds_classify(root, &info, scan_clauses);
	exact = bare_clauses(info.exact);
	guarded = bare_clauses(info.guarded);
	local = list_concat_copy(guarded, bare_clauses(info.local));
	/* a function in the statement may give another value for what is sent */
	if (info.table->query != NULL)
		local = list_concat(local, exact);

	select.rel = &info.rel;
	select.columns = columns_to_fetch(root, baserel, info.table, local, exact);
	select.clauses = list_concat_copy(exact, guarded);
	select.order = binds_order_items(baserel, &info, best_path->path.pathkeys);
	choose_lock(root, baserel, &select);
	if (best_path->fdw_private != NIL)
	{
		select.limit = list_nth(best_path->fdw_private, BINDS_PATH_LIMIT);
		select.offset = list_nth(best_path->fdw_private, BINDS_PATH_OFFSET);
	}
	statement = binds_deparse_select(root, &select, &params);

	foreach(lc, params)
		exprs = lappend(exprs, ((BindsDeparseParam *) lfirst(lc))->expr);

	private = list_make5(binds_statement_to_list(statement), select.columns,
						 param_columns(info.table, params), param_lists(params),
						 info.table->facts);
	private = lappend(private,
					  list_make5_int(select.lock != BINDS_LOCK_NONE,
									 info.changed && !info.target,
									 info.target,
									 param_index(params, select.limit),
									 param_index(params, select.offset)));
	return make_foreignscan(tlist, local, baserel->relid, exprs,
							private, NIL, exact, outer_plan);
}

/*
 * No engine has PostgreSQL's system columns.  The planner uses some by itself: two carry the
 * rowid of a table that is to be changed, and of a table with children that is locked it
 * reads ctid, for those that have one.  So what counts is the query as the user gave it,
 * where it names the table or its parent; of a part of UNION ALL it names neither.
 */
static void
refuse_system_columns(PlannerInfo *root, RelOptInfo *baserel,
					  const BindsForeignTable *table, List *clauses)
{
	NamedColumns named = {.varno = baserel->relid};

	if (baserel->top_parent_relids != NULL)
		named.varno = bms_singleton_member(baserel->top_parent_relids);
	pull_varattnos((Node *) clauses, baserel->relid, &named.attrs);
	if (planner_rt_fetch(named.varno, root)->rtekind == RTE_RELATION)
		(void) query_tree_walker(root->parse, find_named, &named, 0);
	else
		pull_varattnos((Node *) baserel->reltarget->exprs, baserel->relid, &named.attrs);
	binds_refuse_system_columns(table, named.attrs);
}

/* Does an entry of a target list only tell the planner which row it is? */
static bool
is_planners(Node *node)
{
	const TargetEntry *entry = (TargetEntry *) node;

	return IsA(node, TargetEntry) && entry->resjunk && entry->ressortgroupref == 0 &&
		IsA(entry->expr, Var);
}

static bool
find_named(Node *node, NamedColumns *named)
{
	bool		result;

	if (node == NULL || is_planners(node))
		return false;
	if (IsA(node, Var))
	{
		const Var  *var = (Var *) node;

		if (var->varno == named->varno && var->varlevelsup == named->levelsup)
			named->attrs = bms_add_member(named->attrs, var->varattno -
										  FirstLowInvalidHeapAttributeNumber);
		return false;
	}
	if (!IsA(node, Query))
		return expression_tree_walker(node, find_named, named);
	named->levelsup++;
	result = query_tree_walker((Query *) node, find_named, named, 0);
	named->levelsup--;
	return result;
}

void
binds_refuse_system_columns(const BindsForeignTable *table, const Bitmapset *attrs)
{
	for (int attnum = FirstLowInvalidHeapAttributeNumber + 1; attnum < 0; attnum++)
	{
		if (attnum != TableOidAttributeNumber &&
			bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, attrs))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("cannot read system column \"%s\" of foreign table \"%s\"",
							NameStr(SystemAttributeDefinition(attnum)->attname),
							table->local_name),
					 errdetail("The rows are kept by bind \"%s\", which has no such column.",
							   table->bind_key),
					 errhint("Identify rows by their key.")));
	}
}

static List *
bare_clauses(List *rinfos)
{
	return extract_actual_clauses(rinfos, false);
}

/* ------------------------------------------------------------------------
 * Columns, locks, parameters
 * ------------------------------------------------------------------------ */

/*
 * The attributes that the target and the clauses that are kept need, and those that
 * the clauses that are sent must be checked for.
 */
static List *
columns_to_fetch(PlannerInfo *root, RelOptInfo *baserel,
				 const BindsForeignTable *table, List *local, List *sent)
{
	Bitmapset  *attrs = NULL;
	List	   *columns = NIL;
	bool		whole_row;

	pull_varattnos((Node *) baserel->reltarget->exprs, baserel->relid, &attrs);
	pull_varattnos((Node *) local, baserel->relid, &attrs);
	attrs = binds_update_reads(root, baserel, table, local, attrs);
	binds_checked_columns(table, baserel->relid, sent, &attrs);

	whole_row = bms_is_member(0 - FirstLowInvalidHeapAttributeNumber, attrs);
	for (int attnum = 1; attnum <= table->ncolumns; attnum++)
	{
		if (table->columns[attnum - 1].local_name != NULL &&
			(whole_row ||
			 bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, attrs)))
			columns = lappend_int(columns, attnum);
	}
	if (needs_rowid(root, baserel, table, attrs))
		columns = lappend_int(columns, SelfItemPointerAttributeNumber);
	return columns;
}

/* Is it to be changed, and does a number tell its rows apart? */
static bool
needs_rowid(PlannerInfo *root, RelOptInfo *baserel,
			const BindsForeignTable *table, Bitmapset *attrs)
{
	return (table->rowid || table->fingerprint) &&
		bms_is_member(baserel->relid, root->all_result_relids) &&
		bms_is_member(BINDS_ROWID_HIGH_ATTNO - FirstLowInvalidHeapAttributeNumber,
					  attrs);
}

/*
 * Rows that are going to be changed, or that FOR UPDATE or SHARE names, are locked
 * as they are read.
 */
static void
choose_lock(PlannerInfo *root, RelOptInfo *baserel, BindsSelect *select)
{
	const BindsForeignTable *table = select->rel->table;
	PlanRowMark *mark;

	if (((BindsRelInfo *) baserel->fdw_private)->target)
	{
		select->lock = BINDS_LOCK_UPDATE;
		return;
	}

	mark = get_plan_rowmark(root->rowMarks, baserel->relid);
	if (mark == NULL)
		return;
	if (mark->strength != LCS_NONE && table->query != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot lock rows of foreign table \"%s\"", table->local_name),
				 errdetail("They are those of a statement (option query).")));
	switch (mark->strength)
	{
		case LCS_NONE:
			return;
		case LCS_FORKEYSHARE:
		case LCS_FORSHARE:
			select->lock = BINDS_LOCK_SHARE;
			break;
		case LCS_FORNOKEYUPDATE:
		case LCS_FORUPDATE:
			select->lock = BINDS_LOCK_UPDATE;
			break;
	}
	if (mark->waitPolicy == LockWaitError)
		select->wait = BINDS_WAIT_NOT;
	else if (mark->waitPolicy == LockWaitSkip)
		select->wait = BINDS_WAIT_SKIP;
}

/*
 * For each parameter, the attribute whose storage encodes it; 0 for the storage of
 * the expression's own type.
 */
static List *
param_columns(const BindsForeignTable *table, List *params)
{
	List	   *columns = NIL;
	ListCell   *lc;

	foreach(lc, params)
	{
		const BindsDeparseParam *param = (BindsDeparseParam *) lfirst(lc);
		int			attnum = 0;

		for (int i = 0; i < table->ncolumns; i++)
		{
			if (param->storage == &table->columns[i].storage)
				attnum = i + 1;
		}
		columns = lappend_int(columns, attnum);
	}
	return columns;
}

static List *
param_lists(List *params)
{
	List	   *lists = NIL;
	ListCell   *lc;

	foreach(lc, params)
		lists = lappend_int(lists, ((BindsDeparseParam *) lfirst(lc))->list);
	return lists;
}

static int
param_index(List *params, Node *expr)
{
	ListCell   *lc;

	foreach(lc, params)
	{
		if (expr != NULL &&
			(Node *) ((BindsDeparseParam *) lfirst(lc))->expr == expr)
			return foreach_current_index(lc);
	}
	return -1;
}
