/*
 * cost.c
 *	  What a scan of a bind costs, in PostgreSQL's units.
 *
 * Planning opens no connection, so there is only what ANALYZE stored and what the
 * foreign table says.  A statement has a price of its own (the way to a server and
 * back), a row has one for its way; what the engine does by itself is cheaper than
 * the same work here.  Whether the engine has an index is known for the key only.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "fdw/plan_private.h"

/* Rows of a table that was never analyzed: many, so that key lookups are tried. */
#define UNKNOWN_TUPLES 10000.0

/* Used where the dialect does not say. */
#define DEFAULT_STARTUP_COST 100.0
#define DEFAULT_TUPLE_COST 0.01

/* Part of a full scan that a condition on a column without known index costs. */
#define UNKNOWN_INDEX_FACTOR 0.1

static bool key_has_order(BindsRelInfo *info, List *order);
static AttrNumber given_column(PlannerInfo *root, RelOptInfo *rel, RestrictInfo *rinfo);
static AttrNumber column_of_side(PlannerInfo *root, RelOptInfo *rel, Node *side, Node *other);
static double engine_cost(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info, List *clauses,
						  bool parameterized, double rows);

/* Rows of a table about which nothing is known. */
double
binds_default_tuples(const BindsForeignTable *table)
{
	return UNKNOWN_TUPLES;
}

/*
 * Do clauses demand equality for every column of the key, so that at most one row
 * is found?
 */
bool
binds_key_is_given(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info, List *rinfos)
{
	Bitmapset  *given = NULL;
	ListCell   *lc;

	if (info->table->nkeys == 0)
		return false;
	foreach(lc, rinfos)
	{
		AttrNumber	attnum = given_column(root, rel, lfirst_node(RestrictInfo, lc));

		if (attnum > 0)
			given = bms_add_member(given, attnum);
	}
	for (int i = 0; i < info->table->nkeys; i++)
	{
		if (!bms_is_member(info->table->keys[i], given))
			return false;
	}
	return true;
}

/*
 * Cost a scan.
 *
 * param_info, param_clauses: of a parameterized path; the clauses are those of
 * param_info that are sent exactly.  order: the sort that the engine is to make
 * (BindsOrderItem), or NIL.  limit: rows after which it stops, 0: none.
 */
void
binds_cost_scan(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info,
				ParamPathInfo *param_info, List *param_clauses, List *order,
				double limit, BindsCost *cost)
{
	const BindsDialect *dialect = info->table->dialect;
	bool		sorts = order != NIL && !key_has_order(info, order);
	List	   *sent = list_concat_copy(info->exact, param_clauses);
	List	   *kept = list_concat_copy(info->guarded, info->local);
	QualCost	local;
	double		rows;
	double		work;
	double		tuple_cost = dialect->tuple_cost > 0 ? dialect->tuple_cost :
		DEFAULT_TUPLE_COST;

	/* rows that come over: those that the exact clauses leave */
	if (binds_key_is_given(root, rel, info, sent))
		rows = 1;
	else
		rows = clamp_row_est(rel->tuples *
							 clauselist_selectivity(root, sent, rel->relid,
													JOIN_INNER, NULL));
	if (param_info != NULL)
	{
		kept = list_concat(kept, list_difference_ptr(param_info->ppi_clauses,
													 param_clauses));
		if (binds_key_is_given(root, rel, info, sent))
			param_info->ppi_rows = 1;
		cost->rows = param_info->ppi_rows;
	}
	else
		cost->rows = rel->rows;
	cost_qual_eval(&local, kept, root);

	if (limit > 0 && limit < cost->rows)
		cost->rows = limit;
	cost->startup = dialect->startup_cost > 0 ? dialect->startup_cost :
		DEFAULT_STARTUP_COST;
	if (param_info != NULL)
		cost->startup *= dialect->rescan_cost;
	cost->startup += local.startup + rel->reltarget->cost.startup;
	cost->total = cost->startup;

	work = engine_cost(root, rel, info, sent, param_info != NULL, rows);
	if (sorts)
	{
		/* the engine has all rows together before the first one comes */
		double		kept_rows = limit > 0 ? Min(rows, limit * 2) : rows;

		work += cpu_operator_cost * rows * log2(Max(kept_rows, 2.0));
		cost->startup += work;
	}
	else if (limit > 0 && limit < rows)
		work *= limit / rows;
	if (limit > 0 && limit < rows)
		rows = limit;
	cost->total += work;
	cost->total += rows * (tuple_cost + cpu_tuple_cost + local.per_tuple);
	cost->total += cost->rows * rel->reltarget->cost.per_tuple;
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

/* What the engine does to find the rows. */
static double
engine_cost(PlannerInfo *root, RelOptInfo *rel, BindsRelInfo *info, List *clauses,
			bool parameterized, double rows)
{
	double		full = rel->tuples * (cpu_operator_cost +
									  cpu_operator_cost * list_length(clauses));

	if (binds_key_is_given(root, rel, info, clauses))
		return cpu_tuple_cost;
	if (clauses == NIL || !parameterized)
		return full;

	/* once per outer row: there may be an index */
	return full * UNKNOWN_INDEX_FACTOR;
}

/*
 * Is the order that of the key, forward or backward, so that the engine's index on it
 * has the rows in order?
 */
static bool
key_has_order(BindsRelInfo *info, List *order)
{
	ListCell   *lc;

	foreach(lc, order)
	{
		BindsOrderItem *item = (BindsOrderItem *) lfirst(lc);
		Expr	   *expr = item->expr;

		/* rows are told apart by the columns before */
		if (foreach_current_index(lc) == info->table->nkeys)
			return info->table->nkeys > 0;
		while (IsA(expr, RelabelType))
			expr = ((RelabelType *) expr)->arg;
		if (((Var *) expr)->varattno !=
			info->table->keys[foreach_current_index(lc)] ||
			item->descending != ((BindsOrderItem *) linitial(order))->descending)
			return false;
	}
	return true;
}

/* The column of a clause "column = something else", 0 if it is no such clause. */
static AttrNumber
given_column(PlannerInfo *root, RelOptInfo *rel, RestrictInfo *rinfo)
{
	OpExpr	   *op = (OpExpr *) rinfo->clause;
	AttrNumber	attnum;

	if (!IsA(op, OpExpr) || list_length(op->args) != 2 ||
		!op_hashjoinable(op->opno, exprType(linitial(op->args))))
		return 0;
	attnum = column_of_side(root, rel, linitial(op->args), lsecond(op->args));
	if (attnum == 0)
		attnum = column_of_side(root, rel, lsecond(op->args), linitial(op->args));
	return attnum;
}

static AttrNumber
column_of_side(PlannerInfo *root, RelOptInfo *rel, Node *side, Node *other)
{
	while (IsA(side, RelabelType))
		side = (Node *) ((RelabelType *) side)->arg;
	if (!IsA(side, Var) || ((Var *) side)->varno != (int) rel->relid ||
		((Var *) side)->varattno <= 0)
		return 0;
	if (bms_is_member(rel->relid, pull_varnos(root, other)))
		return 0;
	return ((Var *) side)->varattno;
}
