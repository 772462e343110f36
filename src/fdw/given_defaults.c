/*
 * given_defaults.c
 *	  DEFAULT in a statement, told apart from a NULL.
 *
 * For a column without a default of its own PostgreSQL puts a NULL constant in the place
 * of DEFAULT, and when the planner has evaluated what is constant, a NULL that was
 * written looks the same.  So such constants are marked before the planner begins, by a
 * place in the statement's text that there is not.
 *
 * The statement for which this library is loaded is planned without the marks, and so
 * was one that runs already.  There such a constant counts as DEFAULT, unless NULL itself
 * was written; but if it has a type modifier, for which PostgreSQL makes an expression of
 * NULL, it can be either.  Other plans of before are made again.
 *
 * The same is the time to look for the key of an ON CONFLICT (arbiter.c), before the planner
 * does.
 *
 * In a rule, and in the body of a function between BEGIN ATOMIC and END, the two cannot be
 * told apart either.
 *
 * OVERRIDING USER VALUE is the word DEFAULT for each value of a key that the engine
 * generates, so that is what stands there before the planner begins, too.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "foreign/foreign.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/planner.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "compat.h"
#include "dialect/dialects.h"
#include "fdw/arbiter.h"
#include "fdw/given_defaults.h"
#include "transaction/learn.h"

/* the place of a marked constant */
#define DEFAULT_LOCATION (-2)
/* of one that is either, in a statement that was stored */
#define STORED_LOCATION (-3)

static planner_hook_type next_planner = NULL;
static int	planning = 0;		/* statements that we have marked, one in
								 * another */

static PlannedStmt *plan_marked(Query *parse, const char *query_string,
								int cursorOptions, ParamListInfo params);
static void mark_plan(Plan *plan, List *rtable);
static void mark_queries(Query *query);
static void mark_query(Query *query);
static void mark_constant(const Query *query, Node *expr);
static void ignore_user_values(Query *query, RangeTblEntry *target);
static void add_defaults(Query *query, RangeTblEntry *target);
static Const *find_null(Node *expr);

void
binds_given_defaults_init(void)
{
	next_planner = planner_hook;
	planner_hook = plan_marked;
}

BindsGiven
binds_given(Node *expr, bool marked)
{
	Const	   *null = find_null(expr);

	if (null == NULL)
		return BINDS_GIVEN_VALUE;
	if (null->location == DEFAULT_LOCATION)
		return BINDS_GIVEN_DEFAULT;
	if (null->location == STORED_LOCATION)
		return BINDS_GIVEN_STORED;
	if (marked || null->location >= 0)
		return BINDS_GIVEN_NULL;
	if (null->consttypmod >= 0)
		return BINDS_GIVEN_UNMARKED;
	/* who looks at the plan shall find it */
	null->location = DEFAULT_LOCATION;
	return BINDS_GIVEN_DEFAULT;
}

bool
binds_given_marked(void)
{
	return planning > 0;
}

bool
binds_given_marked_in(const ModifyTable *plan)
{
	return plan->fdwPrivLists != NIL && linitial(plan->fdwPrivLists) != NIL;
}

static PlannedStmt *
plan_marked(Query *parse, const char *query_string, int cursorOptions,
			ParamListInfo params)
{
	PlannedStmt *volatile result = NULL;
	ListCell   *lc;

	if (parse->commandType == CMD_INSERT || parse->commandType == CMD_UPDATE ||
		parse->hasModifyingCTE)
		mark_queries(parse);
	planning++;
	PG_TRY();
	{
		result = next_planner != NULL ?
			next_planner(parse, query_string, cursorOptions, params) :
			standard_planner(parse, query_string, cursorOptions, params);
	}
	PG_FINALLY();
	{
		planning--;
	}
	PG_END_TRY();
	mark_plan(result->planTree, result->rtable);
	foreach(lc, result->subplans)
		mark_plan(lfirst(lc), result->rtable);
	return result;
}

/*
 * Say of the plan of an INSERT into a partitioned table that it has marks.  A wrapper's
 * private list is the place for that, and the table has no wrapper that would look there.
 */
static void
mark_plan(Plan *plan, List *rtable)
{
	ModifyTable *modify = (ModifyTable *) plan;

	if (plan == NULL || !IsA(plan, ModifyTable) || modify->operation != CMD_INSERT ||
		list_length(modify->fdwPrivLists) != 1)
		return;
	if (rt_fetch(linitial_int(modify->resultRelations), rtable)->relkind ==
		RELKIND_PARTITIONED_TABLE)
		modify->fdwPrivLists = list_make1(list_make1(makeBoolean(true)));
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
			mark_constant(query, (Node *) lfirst_node(TargetEntry, lc)->expr);
	}
	if (query->commandType != CMD_INSERT)
		return;
	binds_arbiter_take(query);
	if (query->onConflict != NULL)
	{
		foreach(lc, query->onConflict->onConflictSet)
			mark_constant(query, (Node *) lfirst_node(TargetEntry, lc)->expr);
	}
	if (target->relkind == RELKIND_PARTITIONED_TABLE)
		add_defaults(query, target);
	else if (query->override == OVERRIDING_USER_VALUE)
		ignore_user_values(query, target);
	foreach(lc, query->rtable)
	{
		foreach(row, lfirst_node(RangeTblEntry, lc)->values_lists)
		{
			foreach(item, lfirst_node(List, row))
				mark_constant(query, lfirst(item));
		}
	}
}

/*
 * A query that was stored has lost all its places, the one of NULL, too.
 */
static void
mark_constant(const Query *query, Node *expr)
{
	Const	   *null = find_null(expr);

	if (null != NULL && null->location < 0)
		null->location = query->stmt_location < 0 ? STORED_LOCATION : DEFAULT_LOCATION;
}

/*
 * Put a mark in the place of each value for a key that the engine generates.
 */
static void
ignore_user_values(Query *query, RangeTblEntry *target)
{
	BindsForeignTable *table;
	ListCell   *lc;

	if (target->relkind != RELKIND_FOREIGN_TABLE ||
		binds_dialect_of_server(GetForeignServerIdByRelId(target->relid)) == NULL)
		return;
	table = binds_learn_for_plan(target->relid,
								 binds_compat_target_userid(query, target));
	foreach(lc, query->targetList)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);
		Const	   *null;

		if (entry->resjunk ||
			table->columns[entry->resno - 1].generated == BINDS_GENERATED_NO)
			continue;
		null = makeNullConst(exprType((Node *) entry->expr),
							 exprTypmod((Node *) entry->expr),
							 exprCollation((Node *) entry->expr));
		null->location = DEFAULT_LOCATION;
		entry->expr = (Expr *) null;
	}
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
