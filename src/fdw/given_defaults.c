/*
 * given_defaults.c
 *	  DEFAULT in a statement, told apart from a NULL.
 *
 * For a column without a default of its own PostgreSQL puts a NULL constant in the place
 * of DEFAULT, and when the planner has evaluated what is constant, a NULL that was
 * written looks the same.  So such constants are marked before the planner begins, by a
 * place in the statement's text that there is not.
 *
 * The statement for which this library is loaded is planned without the marks.  There
 * such a constant counts as DEFAULT in a list of several rows, and in an UPDATE only if
 * its column has no type modifier, for which PostgreSQL makes an expression of NULL.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/planner.h"
#include "parser/parsetree.h"

#include "fdw/given_defaults.h"

/* the place of a marked constant */
#define DEFAULT_LOCATION (-2)

static planner_hook_type next_planner = NULL;
static bool marked = false;		/* was a statement planned since we are here? */

static PlannedStmt *plan_marked(Query *parse, const char *query_string,
								int cursorOptions, ParamListInfo params);
static void mark_queries(Query *query);
static void mark_query(Query *query);
static void mark_constant(Node *expr);
static Const *find_null(Node *expr);

void
binds_given_defaults_init(void)
{
	next_planner = planner_hook;
	planner_hook = plan_marked;
}

bool
binds_is_given_default(Node *expr, bool update)
{
	Const	   *null = find_null(expr);

	if (null == NULL)
		return false;
	if (!marked && null->location < 0 && (!update || null->consttypmod < 0))
		null->location = DEFAULT_LOCATION;
	return null->location == DEFAULT_LOCATION;
}

bool
binds_is_null_constant(Node *expr)
{
	return find_null(expr) != NULL;
}

static PlannedStmt *
plan_marked(Query *parse, const char *query_string, int cursorOptions,
			ParamListInfo params)
{
	if (parse->commandType == CMD_INSERT || parse->commandType == CMD_UPDATE ||
		parse->hasModifyingCTE)
		mark_queries(parse);
	marked = true;
	return next_planner != NULL ?
		next_planner(parse, query_string, cursorOptions, params) :
		standard_planner(parse, query_string, cursorOptions, params);
}

/* Statements that change tables stand at the top or in its WITH. */
static void
mark_queries(Query *query)
{
	ListCell   *lc;

	mark_query(query);
	foreach(lc, query->cteList)
	{
		Node	   *with = lfirst_node(CommonTableExpr, lc)->ctequery;

		if (IsA(with, Query))
			mark_query((Query *) with);
	}
}

static void
mark_query(Query *query)
{
	RangeTblEntry *target;
	ListCell   *lc;
	ListCell   *row;
	ListCell   *item;

	if (query->resultRelation == 0)
		return;
	target = rt_fetch(query->resultRelation, query->rtable);
	if (target->relkind != RELKIND_FOREIGN_TABLE &&
		target->relkind != RELKIND_PARTITIONED_TABLE && !target->inh)
		return;
	if (query->commandType == CMD_UPDATE)
	{
		foreach(lc, query->targetList)
			mark_constant((Node *) lfirst_node(TargetEntry, lc)->expr);
	}
	if (query->commandType != CMD_INSERT)
		return;
	foreach(lc, query->rtable)
	{
		foreach(row, lfirst_node(RangeTblEntry, lc)->values_lists)
		{
			foreach(item, lfirst_node(List, row))
				mark_constant(lfirst(item));
		}
	}
}

static void
mark_constant(Node *expr)
{
	Const	   *null = find_null(expr);

	if (null != NULL && null->location < 0)
		null->location = DEFAULT_LOCATION;
}

/* The constant if the expression is NULL; of a domain, what is checked against it. */
static Const *
find_null(Node *expr)
{
	while (IsA(expr, CoerceToDomain))
		expr = (Node *) ((CoerceToDomain *) expr)->arg;
	return IsA(expr, Const) && ((Const *) expr)->constisnull ? (Const *) expr : NULL;
}
