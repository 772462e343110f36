/*
 * check_row.c
 *	  The checks of a new row: NOT NULL, CHECK, the bounds of a partition.
 *
 * PostgreSQL does not check constraints of foreign tables, yet its planner believes
 * them, so they are checked here before anything is sent.
 *
 * Of an UPDATE the row has only the columns that were read (update_columns.c): those
 * that it sets, and those that a CHECK or a bound looks at.  NOT NULL of the others is not
 * its concern; a message shows them as they were.
 *
 * A key that the engine generates is not known before the row is there: what checks it
 * waits until then.  If it fails, the row is undone with the statement.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "optimizer/optimizer.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/violation.h"

static void check_sent(BindsModify *modify, EState *estate, TupleTableSlot *slot,
					   const Bitmapset *unchanged);
static void check_constraints(BindsModify *modify, EState *estate, TupleTableSlot *slot,
							  const Bitmapset *checks, bool among);
static void prepare_checks(BindsModify *modify, EState *estate);
static const char *failing_row(BindsModify *modify, TupleTableSlot *slot);

/*
 * A row that was routed to a partition is known to belong there, unless a trigger has
 * changed it.
 */
void
binds_modify_check_row(BindsModify *modify, EState *estate, ResultRelInfo *rri,
					   TupleTableSlot *slot, const Bitmapset *unchanged)
{
	Relation	relation = rri->ri_RelationDesc;
	bool		in_part = modify->operation == CMD_UPDATE || modify->table->hide_values ||
		(modify->key_checks != NULL && binds_modify_key_is_left(modify, slot));

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
		{
			const char *row = failing_row(modify, slot);

			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("new row for relation \"%s\" violates partition constraint",
							modify->table->local_name),
					 row != NULL ? errdetail("Failing row contains %s.", row) : 0,
					 errtable(relation)));
		}
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
	bool		later = modify->operation == CMD_INSERT &&
		binds_modify_key_is_left(modify, slot);

	for (int i = 0; i < modify->ncolumns; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor,
													modify->columns[i] - 1);

		if (attribute->attnotnull && !bms_is_member(i, unchanged) &&
			modify->rules[i] != BINDS_RULE_DEFAULT &&
			slot_attisnull(slot, modify->columns[i]))
		{
			const char *row = failing_row(modify, slot);

			ereport(ERROR,
					(errcode(ERRCODE_NOT_NULL_VIOLATION),
					 errmsg("null value in column \"%s\" of relation \"%s\" violates not-null constraint",
							NameStr(attribute->attname), modify->table->local_name),
					 row != NULL ? errdetail("Failing row contains %s.", row) : 0,
					 errtablecol(modify->relation, modify->columns[i])));
		}
	}
	check_constraints(modify, estate, slot, later ? modify->key_checks : NULL, false);
}

void
binds_modify_find_key_checks(BindsModify *modify)
{
	TupleConstr *constr = modify->relation->rd_att->constr;

	for (int i = 0; modify->generated_key != 0 && constr != NULL && i < constr->num_check; i++)
	{
		Bitmapset  *used = NULL;

		pull_varattnos(stringToNode(constr->check[i].ccbin), 1, &used);
		if (bms_is_member(modify->generated_key - FirstLowInvalidHeapAttributeNumber, used) ||
			bms_is_member(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber, used))
			modify->key_checks = bms_add_member(modify->key_checks, i);
	}
}

void
binds_modify_check_key(BindsModify *modify, EState *estate, TupleTableSlot *slot)
{
	check_constraints(modify, estate, slot, modify->key_checks, true);
}

/*
 * Check the CHECK constraints that are among "checks", or all others; they are numbered as
 * the relation has them.
 */
static void
check_constraints(BindsModify *modify, EState *estate, TupleTableSlot *slot,
				  const Bitmapset *checks, bool among)
{
	TupleConstr *constr = modify->relation->rd_att->constr;
	ExprContext *econtext = GetPerTupleExprContext(estate);

	if (modify->checks == NULL)
		prepare_checks(modify, estate);
	econtext->ecxt_scantuple = slot;
	for (int i = 0; i < constr->num_check; i++)
	{
		if (modify->checks[i] != NULL && bms_is_member(i, checks) == among &&
			!ExecCheck(modify->checks[i], econtext))
		{
			const char *row = failing_row(modify, slot);

			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("new row for relation \"%s\" violates check constraint \"%s\"",
							modify->table->local_name, constr->check[i].ccname),
					 row != NULL ? errdetail("Failing row contains %s.", row) : 0,
					 errtableconstraint(modify->relation, constr->check[i].ccname)));
		}
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

/*
 * The row as a message shows it, NULL: not at all.  What an UPDATE does not send is read again,
 * where the role may see it.  Not to be called within ereport, since it may ask in vain.
 */
static const char *
failing_row(BindsModify *modify, TupleTableSlot *slot)
{
	BindsViolated *violated = palloc0(sizeof(BindsViolated));

	violated->modify = modify;
	violated->table = modify->table;
	violated->row = slot;
	return binds_violated_show_row(violated);
}
