/*
 * generated_keys.c
 *	  The rules for columns whose values the engine makes: generated keys, and columns
 *	  whose default only the engine has.
 *
 * Such a column has no default and no NOT NULL here: what an INSERT leaves out, or
 * gives as DEFAULT, reaches the wrapper as NULL, and the engine makes it.  An explicit
 * NULL is another thing: 23502 for a generated key, a NULL to store for a column with a
 * default.  A value for a column GENERATED ALWAYS is 428C9.
 *
 * The statement tells one from the other: a column that is not in its target list was
 * left out; DEFAULT in a VALUES list is marked (given_defaults.c), in its row; and a COPY
 * names its columns.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/given_defaults.h"
#include "fdw/modify.h"

/* What a statement gives for a column. */
typedef enum GivenValue
{
	GIVEN_NOTHING,				/* left out */
	GIVEN_DEFAULT,				/* DEFAULT in every row */
	GIVEN_VALUES,				/* something in every row */
	GIVEN_NULL,					/* likewise, NULL in some row */
	GIVEN_SOME					/* DEFAULT in some rows */
} GivenValue;

/* What a statement sets, or gives to new rows. */
typedef struct Targets
{
	PlannerInfo *root;
	CmdType		operation;
	List	   *entries;		/* TargetEntry */
	List	   *colnos;			/* int list, of those that are no junk: their
								 * columns; NIL: as the entries say */
} Targets;

static Targets targets_of(PlannerInfo *root, CmdType operation, const ModifyTable *plan);
static GivenValue given_value(const Targets *targets, const BindsForeignColumn *column,
							  AttrNumber attnum);
static GivenValue given_rows(const BindsForeignColumn *column, List *rows,
							 AttrNumber place, bool marked);
static GivenValue as_value(BindsGiven value);
static BindsGiven given(const BindsForeignColumn *column, Node *expr, bool marked);
static GivenValue routed_value(ModifyTableState *mtstate, ResultRelInfo *rri,
							   const BindsForeignColumn *column, AttrNumber attnum);
static TargetEntry *routed_entry(ModifyTableState *mtstate, ResultRelInfo *rri,
								 const BindsForeignColumn *column);
static BindsGeneratedRule routed_rule(const BindsForeignColumn *column,
									  GivenValue given);
static BindsGeneratedRule insert_rule(const Targets *targets,
									  const BindsForeignColumn *column,
									  AttrNumber attnum);
static BindsGeneratedRule update_rule(const Targets *targets,
									  const BindsForeignColumn *column,
									  AttrNumber attnum);
static AttrNumber named_attnum(PlannerInfo *root, const BindsForeignTable *table,
							   AttrNumber attnum);
static void refuse_to_guess(const BindsForeignColumn *column, bool stored)
			__attribute__((noreturn));
static void refuse_random(BindsModify *modify, const BindsForeignColumn *column,
						  const BindsOutcome *outcome);
static bool largest_is_used(BindsModify *modify);
static void refuse_always(const BindsForeignColumn *column, bool insert)
			__attribute__((noreturn));

/*
 * The rule for each of the columns to send, as an integer list.  The operation is the plan's,
 * or the UPDATE of its ON CONFLICT.
 *
 * Raises 428C9 for a value that only the engine may give.
 */
List *
binds_generated_rules(PlannerInfo *root, CmdType operation, const ModifyTable *plan,
					  const BindsForeignTable *table, List *columns)
{
	Targets		targets = targets_of(root, operation, plan);
	List	   *rules = NIL;
	ListCell   *lc;

	for (int i = 0; i < table->ncolumns; i++)
	{
		const BindsForeignColumn *column = &table->columns[i];

		if (column->local_name != NULL && column->engine_computed &&
			given_value(&targets, column, named_attnum(root, table, i + 1)) > GIVEN_DEFAULT)
			refuse_always(column, operation == CMD_INSERT);
	}

	foreach(lc, columns)
	{
		const BindsForeignColumn *column = &table->columns[lfirst_int(lc) - 1];
		AttrNumber	attnum = named_attnum(root, table, lfirst_int(lc));

		if (column->generated == BINDS_GENERATED_NO && !column->engine_default)
			rules = lappend_int(rules, BINDS_RULE_SEND);
		else if (operation == CMD_INSERT)
			rules = lappend_int(rules, insert_rule(&targets, column, attnum));
		else
			rules = lappend_int(rules, update_rule(&targets, column, attnum));
	}
	return rules;
}

/*
 * The columns, of those given, that the whole statement leaves to the engine's defaults,
 * as an integer list.  SET column = DEFAULT is 0A000 where the engine cannot do it; no
 * engine can for a generated key.
 */
List *
binds_generated_defaults(PlannerInfo *root, CmdType operation, const ModifyTable *plan,
						 const BindsForeignTable *table, List *columns)
{
	Targets		targets = targets_of(root, operation, plan);
	List	   *defaults = NIL;
	ListCell   *lc;

	foreach(lc, columns)
	{
		const BindsForeignColumn *column = &table->columns[lfirst_int(lc) - 1];
		GivenValue	value;

		if (!column->engine_default &&
			(column->generated == BINDS_GENERATED_NO || operation != CMD_UPDATE))
			continue;
		value = given_value(&targets, column, named_attnum(root, table, lfirst_int(lc)));
		if (operation == CMD_UPDATE && value == GIVEN_DEFAULT &&
			(table->dialect->update_default == NULL ||
			 column->generated != BINDS_GENERATED_NO))
			binds_generated_refuse_update(table, lfirst_int(lc));
		if (column->generated != BINDS_GENERATED_NO)
			continue;
		if (value == GIVEN_DEFAULT ||
			(value == GIVEN_NOTHING && operation == CMD_INSERT))
			defaults = lappend_int(defaults, lfirst_int(lc));
	}
	return defaults;
}

/*
 * Refuse to set a column to a default that the engine only has for new rows.
 */
void
binds_generated_refuse_update(const BindsForeignTable *table, AttrNumber attnum)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot set column \"%s\" of foreign table \"%s\" to its default",
					table->columns[attnum - 1].local_name, table->local_name),
			 table->columns[attnum - 1].generated != BINDS_GENERATED_NO ?
			 errdetail("The engine generates the values of the column, for new rows only.") :
			 errdetail("Only the engine has the default, and uses it for new rows only."),
			 errhint("Give a value.")));
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
 * Refuse a statement that says NULL, now that it runs; unless triggers may give a value.
 * Which of these is the trigger's own, and which the statement's, which is to be ignored,
 * cannot be told without marks.
 */
void
binds_generated_check(const BindsModify *modify, ResultRelInfo *rri)
{
	bool		triggers = rri->ri_TrigDesc != NULL && rri->ri_TrigDesc->trig_insert_before_row;

	for (int i = 0; i < modify->ncolumns; i++)
	{
		if (modify->rules[i] == BINDS_RULE_EXPLICIT_NULL && !triggers)
			binds_generated_raise_null(modify, modify->columns[i]);
		if (modify->rules[i] == BINDS_RULE_IGNORE && triggers)
			refuse_to_guess(&modify->table->columns[modify->columns[i] - 1], false);
	}
}

/*
 * PostgreSQL's own error for NULL in a column that must not have it.  What is left out is
 * NULL as well where the engine makes no value.
 */
void
binds_generated_raise_null(const BindsModify *modify, AttrNumber attnum)
{
	const BindsForeignColumn *column = &modify->table->columns[attnum - 1];

	ereport(ERROR,
			(errcode(ERRCODE_NOT_NULL_VIOLATION),
			 errmsg("null value in column \"%s\" of relation \"%s\" violates not-null constraint",
					column->local_name, modify->table->local_name),
			 modify->operation == CMD_UPDATE && column->generated != BINDS_GENERATED_NO ?
			 errhint("Give a value: the engine generates one for new rows only.") :
			 column->generated != BINDS_GENERATED_NO || column->engine_default ?
			 errhint("Leave the column out, or give DEFAULT, and the engine generates the value.") :
			 errhint("Give a value: the engine has no default for the column."),
			 errtablecol(modify->relation, attnum)));
}

/*
 * Refuse a key that the engine has generated, and could be stored but not read: 2200H, as
 * a sequence at its end.  SQLite generates 64 bits, whatever the column's type.  The row
 * is undone with the statement.  A key that was given fits.
 */
void
binds_generated_check_made(BindsModify *modify, const BindsOutcome *outcome)
{
	const BindsForeignColumn *column;
	int64		key = outcome->generated_key;
	Oid			type;

	if (modify->generated_key == 0 || (key >= PG_INT16_MIN && key <= PG_INT16_MAX))
		return;
	column = &modify->table->columns[modify->generated_key - 1];
	type = getBaseType(column->typid);
	if (type == INT8OID && key > PG_INT32_MAX && modify->table->dialect->random_keys)
		refuse_random(modify, column, outcome);
	if (type != INT2OID &&
		(type != INT4OID || (key >= PG_INT32_MIN && key <= PG_INT32_MAX)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_SEQUENCE_GENERATOR_LIMIT_EXCEEDED),
			 errmsg("the engine has generated a key for column \"%s\" of foreign table \"%s\" that is out of range for type %s",
					column->local_name, modify->table->local_name,
					format_type_be(type)),
			 errdetail("The key is %lld.", (long long) key),
			 errhint("Give the key yourself, or make the column a bigint."),
			 errtablecol(modify->relation, modify->generated_key)));
}

/*
 * Refuse a key that is one of no order, since the largest is in use.  One that follows the
 * last is none; nor is, as good as surely, a small one: there are 2^62 of them.  So the
 * engine is asked for the first large key of a statement only.
 */
static void
refuse_random(BindsModify *modify, const BindsForeignColumn *column,
			  const BindsOutcome *outcome)
{
	int			place = binds_modify_place(modify, modify->generated_key);
	bool		follows = modify->made_key != 0 &&
		outcome->final_key == modify->made_key + 1;

	/* every row gives a key */
	if (place >= 0 && modify->rules[place] == BINDS_RULE_NOT_NULL)
		return;
	modify->made_key = outcome->final_key;
	if (follows || (outcome->generated_key == PG_INT64_MAX ?
					outcome->final_key == PG_INT64_MAX : !largest_is_used(modify)))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_SEQUENCE_GENERATOR_LIMIT_EXCEEDED),
			 errmsg("the engine has no further key for column \"%s\" of foreign table \"%s\"",
					column->local_name, modify->table->local_name),
			 errdetail("The largest key of the column is in use; its type is %s.",
					   format_type_be(INT8OID)),
			 errhint("Give the key yourself."),
			 errtablecol(modify->relation, modify->generated_key)));
}

/* Has a row the largest key?  The row that is looked for has no other identity. */
static bool
largest_is_used(BindsModify *modify)
{
	BindsValue	largest = {.kind = BINDS_INTEGER, .integer = PG_INT64_MAX};
	BindsCursor *cursor;
	BindsOutcome outcome;
	bool		found;

	if (!modify->table->rowid)
		return false;
	cursor = binds_branch_cursor(modify->use,
								 binds_statement_query(binds_deparse_reread(modify->table,
																			list_make1_int(modify->generated_key),
																			false)),
								 modify->table->local_name);
	binds_cursor_execute(cursor, &largest, false, &outcome);
	found = binds_cursor_fetch(cursor) != NULL;
	binds_cursor_close(cursor);
	return found;
}

/* ------------------------------------------------------------------------
 * What a statement gives
 * ------------------------------------------------------------------------ */

static BindsGeneratedRule
insert_rule(const Targets *targets, const BindsForeignColumn *column, AttrNumber attnum)
{
	OverridingKind override = targets->root->parse->override;
	GivenValue	value = given_value(targets, column, attnum);

	if (column->generated == BINDS_GENERATED_NO)
		return routed_rule(column, value);
	if (value <= GIVEN_DEFAULT)
		return BINDS_RULE_SEND;
	if (override == OVERRIDING_USER_VALUE)
		return BINDS_RULE_IGNORE;	/* there are no marks */
	if (column->generated == BINDS_GENERATED_ALWAYS && override != OVERRIDING_SYSTEM_VALUE)
		refuse_always(column, true);
	return routed_rule(column, value);
}

/*
 * SET column = DEFAULT cannot be had of a key: no engine generates one for an UPDATE.
 */
static BindsGeneratedRule
update_rule(const Targets *targets, const BindsForeignColumn *column, AttrNumber attnum)
{
	GivenValue	value = given_value(targets, column, attnum);

	if (column->generated == BINDS_GENERATED_NO)
		return value == GIVEN_DEFAULT ? BINDS_RULE_DEFAULT : BINDS_RULE_SEND;
	if (column->generated == BINDS_GENERATED_ALWAYS && value > GIVEN_DEFAULT)
		refuse_always(column, false);
	return BINDS_RULE_NOT_NULL;
}

/*
 * The planner numbers the target list of an UPDATE anew, and keeps the columns' numbers
 * elsewhere.
 */
static Targets
targets_of(PlannerInfo *root, CmdType operation, const ModifyTable *plan)
{
	Targets		targets = {root, operation, root->parse->targetList, NIL};

	if (operation == CMD_UPDATE && plan->operation == CMD_INSERT)
	{
		targets.entries = plan->onConflictSet;
		targets.colnos = plan->onConflictCols;
	}
	else if (operation == CMD_UPDATE)
		targets.colnos = root->update_colnos;
	return targets;
}

/*
 * For an INSERT of one row, PostgreSQL takes DEFAULT out of the list; whatever is in it was
 * given.
 */
static GivenValue
given_value(const Targets *targets, const BindsForeignColumn *column, AttrNumber attnum)
{
	Query	   *query = targets->root->parse;
	bool		update = targets->operation == CMD_UPDATE;
	bool		marked = binds_given_marked();
	int			n = 0;
	ListCell   *lc;

	foreach(lc, targets->entries)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);
		Node	   *expr = (Node *) entry->expr;
		AttrNumber	number = entry->resno;

		if (entry->resjunk)
			continue;
		if (update)
			number = list_nth_int(targets->colnos, n++);
		if (number != attnum)
			continue;
		if (IsA(expr, Var))
		{
			Var		   *var = (Var *) expr;
			RangeTblEntry *rte = rt_fetch(var->varno, query->rtable);

			if (rte->rtekind == RTE_VALUES && var->varattno > 0)
				return given_rows(column, rte->values_lists, var->varattno, marked);
		}
		/* an INSERT of one row has only those that we have put there */
		return as_value(given(column, expr, marked || !update));
	}
	return GIVEN_NOTHING;
}

/* What one expression gives to all rows. */
static GivenValue
as_value(BindsGiven value)
{
	return value == BINDS_GIVEN_DEFAULT ? GIVEN_DEFAULT :
		value == BINDS_GIVEN_NULL ? GIVEN_NULL : GIVEN_VALUES;
}

static GivenValue
given_rows(const BindsForeignColumn *column, List *rows, AttrNumber place, bool marked)
{
	bool		values = false;
	bool		nulls = false;
	bool		defaults = false;
	ListCell   *lc;

	foreach(lc, rows)
	{
		BindsGiven	value = given(column, list_nth(lfirst(lc), place - 1), marked);

		if (value == BINDS_GIVEN_DEFAULT)
			defaults = true;
		else if (value == BINDS_GIVEN_NULL)
			nulls = true;
		else
			values = true;
	}
	if (defaults)
		return values || nulls ? GIVEN_SOME : GIVEN_DEFAULT;
	return nulls ? GIVEN_NULL : GIVEN_VALUES;
}

/* What one expression gives to a column.  Where nobody can tell it is an error. */
static BindsGiven
given(const BindsForeignColumn *column, Node *expr, bool marked)
{
	BindsGiven	value = binds_given(expr, marked);

	if (value >= BINDS_GIVEN_UNMARKED &&
		(column->generated != BINDS_GENERATED_NO || column->engine_default))
		refuse_to_guess(column, value == BINDS_GIVEN_STORED);
	return value;
}

/* NULL or DEFAULT?  The value of the statement or of a trigger? */
static void
refuse_to_guess(const BindsForeignColumn *column, bool stored)
{
	ereport(ERROR,
			(errcode(stored ? ERRCODE_FEATURE_NOT_SUPPORTED :
					 ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("cannot tell what the statement gives for column \"%s\": NULL, DEFAULT or a value",
					column->local_name),
			 stored ?
			 errdetail("In a rule, and in a body between BEGIN ATOMIC and END, NULL and DEFAULT look the same.") :
			 errdetail("It was planned before this session had loaded binds."),
			 stored ?
			 errhint("Write the body as a string; or give each row by an INSERT of its own, NULL as an expression (NULLIF(1, 1)).") :
			 errhint("Run it again, or name binds in session_preload_libraries.")));
}

/* ------------------------------------------------------------------------
 * Rows that were not planned for this table
 * ------------------------------------------------------------------------ */

/*
 * The rules for rows of COPY, or that tuple routing sends to a partition.
 */
List *
binds_generated_routed_rules(ModifyTableState *mtstate, ResultRelInfo *rri,
							 const BindsForeignTable *table, List *columns)
{
	List	   *rules = NIL;
	ListCell   *lc;

	foreach(lc, columns)
	{
		const BindsForeignColumn *column = &table->columns[lfirst_int(lc) - 1];
		BindsGeneratedRule rule = BINDS_RULE_SEND;

		if (column->generated != BINDS_GENERATED_NO || column->engine_default)
			rule = routed_rule(column,
							   routed_value(mtstate, rri, column, lfirst_int(lc)));
		rules = lappend_int(rules, rule);
	}
	return rules;
}

static BindsGeneratedRule
routed_rule(const BindsForeignColumn *column, GivenValue given)
{
	bool		generated = column->generated != BINDS_GENERATED_NO;

	switch (given)
	{
		case GIVEN_SOME:
			return BINDS_RULE_ROW;
		case GIVEN_NULL:
			return generated ? BINDS_RULE_EXPLICIT_NULL : BINDS_RULE_SEND;
		case GIVEN_VALUES:
			return generated ? BINDS_RULE_NOT_NULL : BINDS_RULE_SEND;
		default:
			return generated ? BINDS_RULE_SEND : BINDS_RULE_DEFAULT;
	}
}

/*
 * What the rows have for a column.  An UPDATE moves whole rows.
 */
static GivenValue
routed_value(ModifyTableState *mtstate, ResultRelInfo *rri,
			 const BindsForeignColumn *column, AttrNumber attnum)
{
	Bitmapset  *named = ExecGetInsertedCols(rri, mtstate->ps.state);
	ModifyTable *plan = (ModifyTable *) mtstate->ps.plan;
	TargetEntry *entry;
	bool		marked;

	if (plan == NULL)
		return bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, named) ?
			GIVEN_VALUES : GIVEN_NOTHING;
	if (mtstate->operation == CMD_UPDATE)
		return column->generated == BINDS_GENERATED_NO ? GIVEN_VALUES : GIVEN_NOTHING;
	entry = routed_entry(mtstate, rri, column);
	if (entry == NULL)
		return GIVEN_NOTHING;
	marked = binds_given_marked_in(plan);
	if (IsA(entry->expr, Var) && IsA(outerPlanState(mtstate), ValuesScanState))
		return given_rows(column,
						  ((ValuesScan *) outerPlanState(mtstate)->plan)->values_lists,
						  ((Var *) entry->expr)->varattno, marked);
	if (binds_given((Node *) entry->expr, true) == BINDS_GIVEN_NULL &&
		!bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, named))
		return GIVEN_NOTHING;
	return as_value(given(column, (Node *) entry->expr, marked));
}

/* The entry for a column in the rows that the statement's plan delivers. */
static TargetEntry *
routed_entry(ModifyTableState *mtstate, ResultRelInfo *rri,
			 const BindsForeignColumn *column)
{
	ResultRelInfo *named = rri->ri_RootResultRelInfo != NULL ?
		rri->ri_RootResultRelInfo : rri;
	AttrNumber	attnum = get_attnum(RelationGetRelid(named->ri_RelationDesc),
									column->local_name);
	ListCell   *lc;

	if (outerPlanState(mtstate) == NULL)
		return NULL;
	foreach(lc, outerPlanState(mtstate)->plan->targetlist)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);

		if (!entry->resjunk && entry->resno == attnum)
			return entry;
	}
	return NULL;
}

/*
 * Find the VALUES list that has DEFAULT in some rows.  Such rows are sent one by one: when
 * one comes, the list's scan stands at it.
 */
void
binds_generated_init(BindsModify *modify, ModifyTableState *mtstate,
					 ResultRelInfo *rri)
{
	modify->values_columns = palloc0(sizeof(AttrNumber) * (modify->ncolumns + 1));
	for (int i = 0; i < modify->ncolumns; i++)
	{
		const BindsForeignColumn *column =
			&modify->table->columns[modify->columns[i] - 1];
		TargetEntry *entry;

		if (modify->rules[i] != BINDS_RULE_ROW)
			continue;
		entry = routed_entry(mtstate, rri, column);
		if (entry != NULL && IsA(entry->expr, Var) &&
			IsA(outerPlanState(mtstate), ValuesScanState))
		{
			modify->values_scan = (ValuesScanState *) outerPlanState(mtstate);
			modify->values_columns[i] = ((Var *) entry->expr)->varattno;
		}
		else
			modify->rules[i] = routed_rule(column, GIVEN_NOTHING);
	}
}

/* Does the present row of the VALUES list give the column (by its index)? */
bool
binds_generated_in_row(const BindsModify *modify, int column)
{
	const ValuesScanState *scan = modify->values_scan;

	return binds_given(list_nth(scan->exprlists[scan->curr_idx],
								modify->values_columns[column] - 1), true) !=
		BINDS_GIVEN_DEFAULT;
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
