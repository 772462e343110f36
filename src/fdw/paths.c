/*
 * paths.c
 *	  The ways to scan a bind: plain, sorted, with parameters from other relations,
 *	  and with LIMIT.
 *
 * A path says only what it does (pathkeys, parameters, limit); the statement is
 * written when the plan is made.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/tlist.h"

#include "compat.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"

/*
 * LIMIT in the engine saves the rows that are read ahead, which no estimate counts.
 */
#define LIMIT_DISCOUNT 0.9

static void bindsGetForeignPaths(PlannerInfo *root, RelOptInfo *baserel,
								 Oid foreigntableid);
static void bindsGetForeignUpperPaths(PlannerInfo *root, UpperRelationKind stage,
									  RelOptInfo *input_rel,
									  RelOptInfo *output_rel, void *extra);
static void add_plain_path(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
						   List *pathkeys, List *order);
static void add_parameterized_paths(PlannerInfo *root, RelOptInfo *rel,
									BindsRelInfo *info);
static void add_parameterized_path(PlannerInfo *root, RelOptInfo *rel,
								   BindsRelInfo *info, Relids outer);
static List *outer_relids_of_joins(PlannerInfo *root, RelOptInfo *rel,
								   BindsRelInfo *info);
static List *outer_relids_of_classes(PlannerInfo *root, RelOptInfo *rel,
									 BindsRelInfo *info, List *result);
static List *remember_outer(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
							RestrictInfo *rinfo, List *result);
static bool member_is_column(PlannerInfo *root, RelOptInfo *rel,
							 EquivalenceClass *ec, EquivalenceMember *em, void *arg);
static void add_limit_path(PlannerInfo *root, RelOptInfo *base,
						   RelOptInfo *output_rel, FinalPathExtraData *extra);
static bool leaves_all(BindsRelInfo *info);
static bool skips_unchecked(BindsRelInfo *info, Index relid, List *order);
static bool limit_can_be_sent(Node *expr);
static bool target_needs_all_rows(PlannerInfo *root);
static Node *without_null(Node *expr);

void
binds_paths_routine(FdwRoutine *routine)
{
	routine->GetForeignPaths = bindsGetForeignPaths;
	routine->GetForeignUpperPaths = bindsGetForeignUpperPaths;
}

/*
 * Add the paths of a base relation.
 */
static void
bindsGetForeignPaths(PlannerInfo *root, RelOptInfo *baserel, Oid foreigntableid)
{
	BindsRelInfo *info = (BindsRelInfo *) baserel->fdw_private;

	List	   *order;

	add_plain_path(root, baserel, info, NIL, NIL);
	if (!binds_pushdown || info->table->unknown)
		return;
	order = binds_order_items(baserel, info, root->query_pathkeys);
	if (order != NIL)
		add_plain_path(root, baserel, info, root->query_pathkeys, order);
	add_parameterized_paths(root, baserel, info);
}

static void
add_plain_path(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
			   List *pathkeys, List *order)
{
	BindsCost	cost;

	binds_cost_scan(root, rel, info, NULL, NIL, order, 0, &cost);
	add_path(rel, (Path *)
			 binds_compat_foreignscan_path(root, rel, NULL, cost.rows, 0,
										   cost.startup, cost.total, pathkeys,
										   rel->lateral_relids, NULL, NIL, NIL));
}

/*
 * Return the sort items of pathkeys, NIL if one of them cannot be sent.
 */
List *
binds_order_items(RelOptInfo *rel, BindsRelInfo *info, List *pathkeys)
{
	List	   *items = NIL;
	BindsDeparse test;
	ListCell   *lc;

	if (!binds_pushdown || info->table->unknown)
		return NIL;
	binds_deparse_init(&test, info->table->dialect, NULL, &info->rel, 1);
	foreach(lc, pathkeys)
	{
		PathKey    *pathkey = lfirst_node(PathKey, lc);
		BindsOrderItem *item = NULL;
		ListCell   *lc2;

		if (pathkey->pk_eclass->ec_has_volatile)
			return NIL;
		foreach(lc2, binds_compat_ec_members(pathkey->pk_eclass, rel->relids))
		{
			EquivalenceMember *em = (EquivalenceMember *) lfirst(lc2);

			if (!bms_equal(em->em_relids, rel->relids) ||
				!binds_deparse_order(&test, em->em_expr, pathkey->pk_opfamily,
									 binds_compat_pathkey_desc(pathkey),
									 pathkey->pk_nulls_first))
				continue;
			item = palloc(sizeof(BindsOrderItem));
			item->expr = em->em_expr;
			item->opfamily = pathkey->pk_opfamily;
			item->descending = binds_compat_pathkey_desc(pathkey);
			item->nulls_first = pathkey->pk_nulls_first;
			break;
		}
		if (item == NULL)
			return NIL;
		items = lappend(items, item);
	}
	return items;
}

/* ------------------------------------------------------------------------
 * Parameters from other relations
 * ------------------------------------------------------------------------ */

/*
 * Add a path for each set of relations from which join clauses take their values.
 */
static void
add_parameterized_paths(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info)
{
	List	   *outers = outer_relids_of_joins(root, rel, info);
	ListCell   *lc;

	if (rel->has_eclass_joins)
		outers = outer_relids_of_classes(root, rel, info, outers);
	foreach(lc, outers)
		add_parameterized_path(root, rel, info, (Relids) lfirst(lc));
}

static void
add_parameterized_path(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
					   Relids outer)
{
	ParamPathInfo *param_info = get_baserel_parampathinfo(root, rel, outer);
	BindsRelInfo params = *info;
	BindsCost	cost;

	params.exact = params.guarded = params.local = NIL;
	binds_classify(root, &params, param_info->ppi_clauses);
	if (info->changed &&
		!binds_may_look_up_target(root, rel, info,
								  list_concat_copy(info->exact, params.exact)))
		return;
	binds_cost_scan(root, rel, info, param_info, params.exact, NIL, 0, &cost);
	add_path(rel, (Path *)
			 binds_compat_foreignscan_path(root, rel, NULL, cost.rows, 0,
										   cost.startup, cost.total, NIL, outer,
										   NULL, NIL, NIL));
}

static List *
outer_relids_of_joins(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info)
{
	List	   *result = NIL;
	ListCell   *lc;

	foreach(lc, rel->joininfo)
		result = remember_outer(root, rel, info, lfirst_node(RestrictInfo, lc),
								result);
	return result;
}

/*
 * Equalities that PostgreSQL keeps as classes and not as clauses.  It makes clauses
 * for one column at a time.
 */
static List *
outer_relids_of_classes(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
						List *result)
{
	for (int attnum = 1; attnum <= info->table->ncolumns; attnum++)
	{
		List	   *clauses;
		ListCell   *lc;

		clauses = generate_implied_equalities_for_column(root, rel,
														 member_is_column, &attnum,
														 rel->lateral_referencers);
		foreach(lc, clauses)
			result = remember_outer(root, rel, info,
									lfirst_node(RestrictInfo, lc), result);
	}
	return result;
}

static bool
member_is_column(PlannerInfo *root, RelOptInfo *rel, EquivalenceClass *ec,
				 EquivalenceMember *em, void *arg)
{
	Expr	   *expr = em->em_expr;

	while (IsA(expr, RelabelType))
		expr = ((RelabelType *) expr)->arg;
	return IsA(expr, Var) && ((Var *) expr)->varno == (int) rel->relid &&
		((Var *) expr)->varattno == *(int *) arg;
}

/* Add the relations that a clause takes values from, if it can be sent to "rel". */
static List *
remember_outer(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
			   RestrictInfo *rinfo, List *result)
{
	Relids		outer;
	ListCell   *lc;

	if (!join_clause_is_movable_to(rinfo, rel) ||
		binds_deparse_test(root, &info->rel, 1, rinfo->clause) == BINDS_SEND_NO)
		return result;

	outer = bms_union(rinfo->clause_relids, rel->lateral_relids);
	outer = bms_del_member(outer, rel->relid);
	if (bms_is_empty(outer))
		return result;
	foreach(lc, result)
	{
		if (bms_equal((Relids) lfirst(lc), outer))
			return result;
	}
	return lappend(result, outer);
}

/* ------------------------------------------------------------------------
 * LIMIT
 * ------------------------------------------------------------------------ */

/*
 * Consider to send LIMIT and OFFSET of a query on one base relation.
 *
 * The path is one of the base relation with a projection above, not one of the
 * upper relation: so the scan stays an ordinary scan of a table.
 */
static void
bindsGetForeignUpperPaths(PlannerInfo *root, UpperRelationKind stage,
						  RelOptInfo *input_rel, RelOptInfo *output_rel,
						  void *extra)
{
	RelOptInfo *base = NULL;

	if (!binds_pushdown || input_rel->fdw_private == NULL)
		return;
	if (input_rel->reloptkind == RELOPT_BASEREL)
		base = input_rel;
	else if (input_rel->reloptkind == RELOPT_UPPER_REL)
		base = ((BindsUpperInfo *) input_rel->fdw_private)->base;
	if (base == NULL || ((BindsRelInfo *) base->fdw_private)->table->unknown)
		return;

	/* remember what is sorted: grouping and the like leave nothing here */
	if (stage == UPPERREL_ORDERED && output_rel->fdw_private == NULL)
	{
		BindsUpperInfo *upper = palloc0(sizeof(BindsUpperInfo));

		upper->base = base;
		output_rel->fdw_private = upper;
	}
	else if (stage == UPPERREL_FINAL)
		add_limit_path(root, base, output_rel, (FinalPathExtraData *) extra);
}

static void
add_limit_path(PlannerInfo *root, RelOptInfo *base, RelOptInfo *output_rel,
			   FinalPathExtraData *extra)
{
	Query	   *parse = root->parse;
	BindsRelInfo *info = (BindsRelInfo *) base->fdw_private;
	List	   *pathkeys = root->sort_pathkeys;
	Node	   *limit = without_null(parse->limitCount);
	Node	   *offset = without_null(parse->limitOffset);
	List	   *order;
	double		rows = base->rows;
	Cost		startup = 0;
	Cost		total = 0;
	BindsCost	cost;
	ForeignPath *path;

	if (!extra->limit_needed || parse->commandType != CMD_SELECT ||
		parse->limitOption != LIMIT_OPTION_COUNT || parse->rowMarks != NIL ||
		parse->hasTargetSRFs || !leaves_all(info) ||
		(limit == NULL && offset == NULL) ||
		!limit_can_be_sent(limit) || !limit_can_be_sent(offset) ||
		(offset != NULL && target_needs_all_rows(root)) ||
		(info->changed && (binds_has_exec_param(limit) ||
						   binds_has_exec_param(offset))))
		return;
	order = binds_order_items(base, info, pathkeys);
	if ((pathkeys != NIL && order == NIL) ||
		(offset != NULL && skips_unchecked(info, base->relid, order)))
		return;

	adjust_limit_rows_costs(&rows, &startup, &total, extra->offset_est,
							extra->count_est);
	binds_cost_scan(root, base, info, NULL, NIL, order, rows, &cost);
	path = binds_compat_foreignscan_path(root, base, NULL, cost.rows, 0,
										 cost.startup * LIMIT_DISCOUNT,
										 cost.total * LIMIT_DISCOUNT, pathkeys,
										 base->lateral_relids, NULL, NIL,
										 list_make2(limit, offset));
	add_path(output_rel, (Path *)
			 create_projection_path(root, output_rel, (Path *) path,
									root->upper_targets[UPPERREL_FINAL]));
}

/*
 * Are all rows that the engine sends those of the answer?  Not if conditions are checked here:
 * what of a statement is sent is checked again (see bindsGetForeignPlan).
 */
static bool
leaves_all(BindsRelInfo *info)
{
	return info->guarded == NIL && info->local == NIL &&
		(info->table->query == NULL || info->exact == NIL);
}

/*
 * Could an OFFSET skip rows that a value decides about which the type has not?  Nobody
 * would see them; here they are read, and skipped.
 */
static bool
skips_unchecked(BindsRelInfo *info, Index relid, List *order)
{
	Bitmapset  *unchecked = NULL;
	List	   *clauses = NIL;
	ListCell   *lc;

	foreach(lc, info->exact)
		clauses = lappend(clauses, lfirst_node(RestrictInfo, lc)->clause);
	foreach(lc, order)
		clauses = lappend(clauses, ((BindsOrderItem *) lfirst(lc))->expr);
	binds_checked_columns(info->table, relid, clauses, &unchecked);
	return !bms_is_empty(unchecked);
}

/*
 * May a LIMIT or OFFSET be sent?  A negative constant is PostgreSQL's to refuse.
 * What is known at execution only is checked then.
 */
static bool
limit_can_be_sent(Node *expr)
{
	if (expr == NULL)
		return true;
	if (IsA(expr, Const))
		return DatumGetInt64(((Const *) expr)->constvalue) >= 0;
	return !contain_volatile_functions(expr) && !contain_subplans(expr);
}

/*
 * PostgreSQL computes the target list for the rows that OFFSET skips, too.  That
 * matters if a volatile function is in it, or a subquery, which may have one inside.
 * Rows behind the LIMIT are not computed by either side.
 */
static bool
target_needs_all_rows(PlannerInfo *root)
{
	Node	   *target = (Node *) root->upper_targets[UPPERREL_FINAL]->exprs;

	return contain_volatile_functions(target) || contain_subplans(target) ||
		binds_has_exec_param(target);
}

/* LIMIT NULL is no limit. */
static Node *
without_null(Node *expr)
{
	if (expr != NULL && IsA(expr, Const) && ((Const *) expr)->constisnull)
		return NULL;
	return expr;
}
