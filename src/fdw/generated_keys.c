/*
 * generated_keys.c
 *	  The rules for columns whose values the engine generates.
 *
 * Such a column has no default and no NOT NULL here: what an INSERT leaves out, or
 * gives as DEFAULT, reaches the wrapper as NULL, and the engine generates it.  An
 * explicit NULL must be 23502 all the same, and a value for a column GENERATED ALWAYS
 * 428C9.  The statement's parse tree tells one from the other: a column that is not in
 * its target list was left out, and DEFAULT in a VALUES list has become a NULL constant
 * without a place in the text.
 *
 * Left over: in a VALUES list that has DEFAULT in one row and an expression in another,
 * an expression that turns out NULL generates too; and COPY generates for \N.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "nodes/nodeFuncs.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/modify.h"

/* What a statement gives for a column. */
typedef enum GivenValue
{
	GIVEN_NOTHING,				/* left out, or DEFAULT in every row */
	GIVEN_VALUES,				/* in every row */
	GIVEN_SOME,					/* in some rows, DEFAULT in others */
	GIVEN_NULL					/* NULL in some row */
} GivenValue;

static GivenValue given_value(PlannerInfo *root, AttrNumber attnum);
static GivenValue given_expr(Node *expr);
static GivenValue given_rows(RangeTblEntry *rte, AttrNumber column);
static BindsGeneratedRule insert_rule(PlannerInfo *root, const BindsForeignColumn *column,
									  AttrNumber attnum);
static BindsGeneratedRule update_rule(PlannerInfo *root, const BindsForeignColumn *column,
									  AttrNumber attnum);
static AttrNumber named_attnum(PlannerInfo *root, const BindsForeignTable *table,
							   AttrNumber attnum);
static void refuse_always(const BindsForeignColumn *column, bool insert)
			__attribute__((noreturn));

/*
 * The rule for each of the columns to send, as an integer list.
 *
 * Raises 428C9 for a value that only the engine may give.
 */
List *
binds_generated_rules(PlannerInfo *root, CmdType operation,
					  const BindsForeignTable *table, List *columns)
{
	List	   *rules = NIL;
	ListCell   *lc;

	for (int i = 0; i < table->ncolumns; i++)
	{
		const BindsForeignColumn *column = &table->columns[i];

		if (column->local_name != NULL && column->engine_computed &&
			given_value(root, named_attnum(root, table, i + 1)) != GIVEN_NOTHING)
			refuse_always(column, operation == CMD_INSERT);
	}

	foreach(lc, columns)
	{
		const BindsForeignColumn *column = &table->columns[lfirst_int(lc) - 1];
		AttrNumber	attnum = named_attnum(root, table, lfirst_int(lc));

		if (column->generated == BINDS_GENERATED_NO)
			rules = lappend_int(rules, BINDS_RULE_SEND);
		else if (operation == CMD_INSERT)
			rules = lappend_int(rules, insert_rule(root, column, attnum));
		else
			rules = lappend_int(rules, update_rule(root, column, attnum));
	}
	return rules;
}

/*
 * The number that a column has in the table which the statement names: result relations
 * of an inheritance tree have numbers of their own.
 */
static AttrNumber
named_attnum(PlannerInfo *root, const BindsForeignTable *table, AttrNumber attnum)
{
	RangeTblEntry *named = planner_rt_fetch(root->parse->resultRelation, root);

	if (named->relid == table->relid)
		return attnum;
	return get_attnum(named->relid, table->columns[attnum - 1].local_name);
}

/*
 * Refuse a statement that says NULL, now that it runs.
 */
void
binds_generated_check(const BindsModify *modify)
{
	for (int i = 0; i < modify->ncolumns; i++)
	{
		if (modify->rules[i] == BINDS_RULE_EXPLICIT_NULL)
			binds_generated_raise_null(modify, modify->columns[i]);
	}
}

/*
 * PostgreSQL's own error for NULL in a column that must not have it.
 */
void
binds_generated_raise_null(const BindsModify *modify, AttrNumber attnum)
{
	ereport(ERROR,
			(errcode(ERRCODE_NOT_NULL_VIOLATION),
			 errmsg("null value in column \"%s\" of relation \"%s\" violates not-null constraint",
					modify->table->columns[attnum - 1].local_name,
					modify->table->local_name),
			 errhint("Leave the column out, or give DEFAULT, and the engine generates the value."),
			 errtablecol(modify->relation, attnum)));
}

/* ------------------------------------------------------------------------
 * What a statement gives
 * ------------------------------------------------------------------------ */

static BindsGeneratedRule
insert_rule(PlannerInfo *root, const BindsForeignColumn *column, AttrNumber attnum)
{
	GivenValue	given = given_value(root, attnum);

	if (given == GIVEN_NOTHING)
		return BINDS_RULE_SEND;
	if (root->parse->override == OVERRIDING_USER_VALUE)
		return BINDS_RULE_IGNORE;
	if (column->generated == BINDS_GENERATED_ALWAYS &&
		root->parse->override != OVERRIDING_SYSTEM_VALUE)
		refuse_always(column, true);
	if (given == GIVEN_NULL)
		return BINDS_RULE_EXPLICIT_NULL;
	return given == GIVEN_VALUES ? BINDS_RULE_NOT_NULL : BINDS_RULE_SEND;
}

/*
 * SET column = DEFAULT cannot be had: no engine generates a key for an UPDATE.
 */
static BindsGeneratedRule
update_rule(PlannerInfo *root, const BindsForeignColumn *column, AttrNumber attnum)
{
	if (column->generated == BINDS_GENERATED_ALWAYS &&
		given_value(root, attnum) != GIVEN_NOTHING)
		refuse_always(column, false);
	return BINDS_RULE_NOT_NULL;
}

/*
 * The planner numbers the target list of an UPDATE anew, and keeps the columns' numbers
 * elsewhere.
 */
static GivenValue
given_value(PlannerInfo *root, AttrNumber attnum)
{
	Query	   *query = root->parse;
	int			n = 0;
	ListCell   *lc;

	foreach(lc, query->targetList)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);
		Node	   *expr = (Node *) entry->expr;
		AttrNumber	column = entry->resno;

		if (entry->resjunk)
			continue;
		if (query->commandType == CMD_UPDATE)
			column = list_nth_int(root->update_colnos, n++);
		if (column != attnum)
			continue;
		if (IsA(expr, Var))
		{
			Var		   *var = (Var *) expr;
			RangeTblEntry *rte = rt_fetch(var->varno, query->rtable);

			if (rte->rtekind == RTE_VALUES && var->varattno > 0)
				return given_rows(rte, var->varattno);
		}
		return given_expr(expr);
	}
	return GIVEN_NOTHING;
}

static GivenValue
given_rows(RangeTblEntry *rte, AttrNumber column)
{
	bool		values = false;
	bool		defaults = false;
	ListCell   *lc;

	foreach(lc, rte->values_lists)
	{
		switch (given_expr(list_nth(lfirst(lc), column - 1)))
		{
			case GIVEN_NULL:
				return GIVEN_NULL;
			case GIVEN_NOTHING:
				defaults = true;
				break;
			default:
				values = true;
				break;
		}
	}
	if (values && defaults)
		return GIVEN_SOME;
	return values ? GIVEN_VALUES : GIVEN_NOTHING;
}

/*
 * A NULL constant that has a place in the statement's text was written there.
 */
static GivenValue
given_expr(Node *expr)
{
	while (IsA(expr, CoerceToDomain))
		expr = (Node *) ((CoerceToDomain *) expr)->arg;
	if (!IsA(expr, Const) || !((Const *) expr)->constisnull)
		return GIVEN_VALUES;
	return ((Const *) expr)->location >= 0 ? GIVEN_NULL : GIVEN_NOTHING;
}

/*
 * In PostgreSQL's words.
 */
static void
refuse_always(const BindsForeignColumn *column, bool insert)
{
	ereport(ERROR,
			(errcode(ERRCODE_GENERATED_ALWAYS),
			 insert ?
			 errmsg("cannot insert a non-DEFAULT value into column \"%s\"",
					column->local_name) :
			 errmsg("column \"%s\" can only be updated to DEFAULT",
					column->local_name),
			 column->engine_computed ?
			 errdetail("Column \"%s\" is a generated column of the engine.",
					   column->local_name) :
			 errdetail("Column \"%s\" is an identity column defined as GENERATED ALWAYS.",
					   column->local_name),
			 insert && !column->engine_computed ?
			 errhint("Use OVERRIDING SYSTEM VALUE to override.") : 0));
}
