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
 * such a constant counts as DEFAULT in a list of several rows, in a row for a
 * partitioned table and in an UPDATE, unless NULL itself was written; but not if it has a
 * type modifier, for which PostgreSQL makes an expression of NULL.  In a row for a
 * partitioned table such a one is either.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/planner.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "compat.h"
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
static void add_defaults(Query *query, RangeTblEntry *target);
static Const *find_null(Node *expr);

void
binds_given_defaults_init(void)
{
	next_planner = planner_hook;
	planner_hook = plan_marked;
}

bool
binds_is_given_default(Node *expr)
{
	Const	   *null = find_null(expr);

	if (null == NULL)
		return false;
	if (!marked && null->location < 0 && null->consttypmod < 0)
		null->location = DEFAULT_LOCATION;
	return null->location == DEFAULT_LOCATION;
}

bool
binds_is_null_or_default(Node *expr)
{
	Const	   *null = find_null(expr);

	return null != NULL && !marked && null->location < 0 && null->location != DEFAULT_LOCATION;
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
	if (target->relkind == RELKIND_PARTITIONED_TABLE)
		add_defaults(query, target);
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

/*
 * PostgreSQL takes DEFAULT out of the list of a single row, and the planner fills the
 * gap with NULL.  A partition that gets the row sees nothing else, so it is filled with
 * a mark; but not where a domain would check it.
 */
static void
add_defaults(Query *query, RangeTblEntry *target)
{
	Relation	relation = table_open(target->relid, NoLock);
	Bitmapset  *named = binds_compat_inserted_columns(query, target);
	int			place = 0;

	for (int i = 0; i < RelationGetNumberOfAttributes(relation); i++)
	{
		Form_pg_attribute att = TupleDescAttr(RelationGetDescr(relation), i);
		TargetEntry *next = place < list_length(query->targetList) ?
			list_nth_node(TargetEntry, query->targetList, place) : NULL;
		Const	   *null;

		if (next != NULL && !next->resjunk && next->resno == i + 1)
		{
			place++;
			continue;
		}
		if (att->attisdropped || att->attgenerated != '\0' ||
			getBaseType(att->atttypid) != att->atttypid ||
			!bms_is_member(i + 1 - FirstLowInvalidHeapAttributeNumber, named))
			continue;
		null = makeNullConst(att->atttypid, -1, att->attcollation);
		null->location = DEFAULT_LOCATION;
		query->targetList =
			list_insert_nth(query->targetList, place++,
							makeTargetEntry((Expr *) null, i + 1,
											pstrdup(NameStr(att->attname)), false));
	}
	table_close(relation, NoLock);
}

/* The constant if the expression is NULL; of a domain, what is checked against it. */
static Const *
find_null(Node *expr)
{
	while (IsA(expr, CoerceToDomain))
		expr = (Node *) ((CoerceToDomain *) expr)->arg;
	return IsA(expr, Const) && ((Const *) expr)->constisnull ? (Const *) expr : NULL;
}
