/*
 * check_row.c
 *	  The checks of a new row: NOT NULL, CHECK, the bounds of a partition.
 *
 * PostgreSQL does not check constraints of foreign tables, yet its planner believes
 * them, so they are checked here before anything is sent.
 *
 * Of an UPDATE the row has only the columns that were read (update_columns.c): those
 * that it sets, and those that a CHECK or a bound looks at.  NOT NULL of the others is not
 * its concern, and a message does not show them.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/modify.h"

/* longest part of a value that a message shows, as in PostgreSQL */
#define SHOWN_MAX 64

static void check_sent(BindsModify *modify, EState *estate, TupleTableSlot *slot,
					   const Bitmapset *unchanged);
static void prepare_checks(BindsModify *modify, EState *estate);
static int	detail_of_row(BindsModify *modify, TupleTableSlot *slot);
static char *show_row(BindsModify *modify, TupleTableSlot *slot);

/*
 * A row that was routed to a partition is known to belong there, unless a trigger has
 * changed it.
 */
void
binds_modify_check_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
					   TupleTableSlot *slot, const Bitmapset *unchanged)
{
	Relation	relation = rri->ri_RelationDesc;
	bool		in_part = modify->operation == CMD_UPDATE || modify->table->hide_values;

	slot->tts_tableOid = RelationGetRelid(relation);
	if (relation->rd_att->constr != NULL && in_part)
		check_sent(modify, estate, slot, unchanged);
	else if (relation->rd_att->constr != NULL)
		ExecConstraints(rri, slot, estate);
	if (relation->rd_rel->relispartition &&
		(!modify->routed ||
		 (rri->ri_TrigDesc && rri->ri_TrigDesc->trig_insert_before_row)))
	{
		if (!in_part)
			ExecPartitionCheck(rri, slot, estate, true);
		else if (!ExecPartitionCheck(rri, slot, estate, false))
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("new row for relation \"%s\" violates partition constraint",
							modify->table->local_name),
					 detail_of_row(modify, slot),
					 errtable(relation)));
	}
}

/*
 * What ExecConstraints does, for the columns that are sent; with its messages.
 */
static void
check_sent(BindsModify *modify, EState *estate, TupleTableSlot *slot,
		   const Bitmapset *unchanged)
{
	TupleDesc	descriptor = modify->relation->rd_att;
	TupleConstr *constr = descriptor->constr;
	ExprContext *econtext = GetPerTupleExprContext(estate);

	for (int i = 0; i < modify->ncolumns; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor,
													modify->columns[i] - 1);

		if (attribute->attnotnull && !bms_is_member(i, unchanged) &&
			modify->rules[i] != BINDS_RULE_DEFAULT &&
			slot_attisnull(slot, modify->columns[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NOT_NULL_VIOLATION),
					 errmsg("null value in column \"%s\" of relation \"%s\" violates not-null constraint",
							NameStr(attribute->attname), modify->table->local_name),
					 detail_of_row(modify, slot),
					 errtablecol(modify->relation, modify->columns[i])));
	}

	if (modify->checks == NULL)
		prepare_checks(modify, estate);
	econtext->ecxt_scantuple = slot;
	for (int i = 0; i < constr->num_check; i++)
	{
		if (modify->checks[i] != NULL && !ExecCheck(modify->checks[i], econtext))
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("new row for relation \"%s\" violates check constraint \"%s\"",
							modify->table->local_name, constr->check[i].ccname),
					 detail_of_row(modify, slot),
					 errtableconstraint(modify->relation, constr->check[i].ccname)));
	}
}

static void
prepare_checks(BindsModify *modify, EState *estate)
{
	TupleConstr *constr = modify->relation->rd_att->constr;
	MemoryContext old = MemoryContextSwitchTo(modify->context);

	modify->checks = palloc0(sizeof(ExprState *) * Max(constr->num_check, 1));
	for (int i = 0; i < constr->num_check; i++)
	{
		if (binds_compat_check_is_enforced(&constr->check[i]))
			modify->checks[i] = ExecPrepareExpr(stringToNode(constr->check[i].ccbin),
												estate);
	}
	MemoryContextSwitchTo(old);
}

/* For ereport. */
static int
detail_of_row(BindsModify *modify, TupleTableSlot *slot)
{
	char	   *row = modify->table->hide_values ? NULL : show_row(modify, slot);

	return row != NULL ? errdetail("Failing row contains %s.", row) : 0;
}

/*
 * The columns that are sent, as far as the role may see them, in PostgreSQL's form for a row
 * that is not shown as a whole; NULL: none.
 */
static char *
show_row(BindsModify *modify, TupleTableSlot *slot)
{
	StringInfoData names;
	StringInfoData values;

	initStringInfo(&names);
	initStringInfo(&values);
	for (int i = 0; i < modify->ncolumns; i++)
	{
		BindsForeignColumn *column = &modify->table->columns[modify->columns[i] - 1];
		const char *separator = names.len > 0 ? ", " : "";
		bool		isnull;
		Datum		datum = slot_getattr(slot, modify->columns[i], &isnull);
		const char *text = "null";

		if (!binds_may_show(modify, modify->columns[i]))
			continue;
		if (!isnull)
		{
			Oid			output;
			bool		varlena;

			getTypeOutputInfo(column->typid, &output, &varlena);
			text = OidOutputFunctionCall(output, datum);
		}
		appendStringInfo(&names, "%s%s", separator, column->local_name);
		appendStringInfo(&values, "%s%.*s%s", separator,
						 pg_mbcliplen(text, strlen(text), SHOWN_MAX), text,
						 strlen(text) > SHOWN_MAX ? "..." : "");
	}
	return names.len > 0 ? psprintf("(%s) = (%s)", names.data, values.data) : NULL;
}
