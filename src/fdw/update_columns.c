/*
 * update_columns.c
 *	  Which columns an UPDATE sends, and which its scan has to read.
 *
 * PostgreSQL asks for the whole old row, to make the new one of it.  But of a column
 * that the statement does not set nothing is sent; it is read only if something looks
 * at it: a trigger, a CHECK constraint, a generated column, the bound of a partition.
 * So a value that cannot be read does no harm to statements that have nothing to do
 * with it.  A BEFORE trigger may change any column: then each row tells which it has.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "optimizer/inherit.h"
#include "optimizer/optimizer.h"
#include "optimizer/plancat.h"
#include "rewrite/rewriteHandler.h"
#include "utils/datum.h"
#include "utils/partcache.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/modify.h"
#include "fdw/plan_private.h"

/* What core calls the whole old row that it asks for. */
#define WHOLE_ROW_JUNK "wholerow"

static bool refers_to_whole_row(Node *node, Index relid);
static bool statement_uses_whole_row(PlannerInfo *root, RelOptInfo *rel);

/*
 * Every column that is sent with a new row: all but those that the engine computes.
 */
List *
binds_all_columns(const BindsForeignTable *table)
{
	List	   *columns = NIL;

	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].local_name != NULL &&
			!table->columns[i].engine_computed)
			columns = lappend_int(columns, i + 1);
	}
	return columns;
}

List *
binds_updated_columns(PlannerInfo *root, Index rti, Relation relation,
					  const BindsForeignTable *table, Bitmapset *updated)
{
	Bitmapset  *computed = get_dependent_generated_columns(root, rti, updated);
	List	   *columns = NIL;
	ListCell   *lc;

	if (relation->trigdesc != NULL && relation->trigdesc->trig_update_before_row)
		return binds_all_columns(table);
	foreach(lc, binds_all_columns(table))
	{
		AttrNumber	attnum = lfirst_int(lc);

		/* SET computed = DEFAULT computes nothing */
		if (bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber,
						  table->columns[attnum - 1].computed ? computed : updated))
			columns = lappend_int(columns, attnum);
	}
	return columns;
}

Bitmapset *
binds_unchanged_columns(const BindsModify *modify, EState *estate, ResultRelInfo *rri,
						TupleTableSlot *slot)
{
	TupleTableSlot *old = modify->existing != NULL ? modify->existing :
		rri->ri_oldTupleSlot;
	Bitmapset  *updated;
	Bitmapset  *unchanged = NULL;

	if (rri->ri_TrigDesc == NULL || !rri->ri_TrigDesc->trig_update_before_row)
		return NULL;
	updated = ExecGetAllUpdatedCols(rri, estate);
	slot_getallattrs(old);
	slot_getallattrs(slot);
	for (int i = 0; i < modify->ncolumns; i++)
	{
		AttrNumber	attnum = modify->columns[i];
		Form_pg_attribute attribute = TupleDescAttr(slot->tts_tupleDescriptor, attnum - 1);
		bool		isnull = slot->tts_isnull[attnum - 1];

		if (bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, updated) ||
			isnull != old->tts_isnull[attnum - 1])
			continue;
		if (isnull || datum_image_eq(slot->tts_values[attnum - 1],
									 old->tts_values[attnum - 1],
									 attribute->attbyval, attribute->attlen))
			unchanged = bms_add_member(unchanged, i);
	}
	return unchanged;
}

/*
 * If the whole row is wanted only since this is an UPDATE, replace it in "attrs", a set
 * as pull_varattnos makes it, by the columns that are looked at.  The message of a WITH
 * CHECK OPTION shows them all.
 */
Bitmapset *
binds_update_reads(PlannerInfo *root, RelOptInfo *rel, const BindsForeignTable *table,
				   List *local, Bitmapset *attrs)
{
	const int	whole_row = 0 - FirstLowInvalidHeapAttributeNumber;
	Relation	relation;
	List	   *columns;

	if (root->parse->commandType != CMD_UPDATE ||
		root->parse->withCheckOptions != NIL ||
		!bms_is_member(whole_row, attrs) ||
		!bms_is_member(rel->relid, root->all_result_relids) ||
		refers_to_whole_row((Node *) local, rel->relid) ||
		statement_uses_whole_row(root, rel))
		return attrs;

	relation = table_open(table->relid, NoLock);
	columns = binds_updated_columns(root, rel->relid, relation, table,
									get_rel_all_updated_cols(root,
															 find_base_rel(root, rel->relid)));
	if (!binds_update_shows_row(relation))
		attrs = bms_del_member(attrs, whole_row);
	attrs = bms_add_members(attrs, binds_update_looks_at(relation, table, columns));
	table_close(relation, NoLock);
	return attrs;
}

List *
binds_columns_of(const BindsForeignTable *table, const Bitmapset *attrs, bool all)
{
	List	   *columns = NIL;

	all = all || bms_is_member(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber, attrs);
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].local_name != NULL &&
			(all || bms_is_member(i + 1 - FirstLowInvalidHeapAttributeNumber, attrs)))
			columns = lappend_int(columns, i + 1);
	}
	return columns;
}

Bitmapset *
binds_update_looks_at(Relation relation, const BindsForeignTable *table, List *columns)
{
	TupleConstr *constr = relation->rd_att->constr;
	Bitmapset  *attrs = NULL;
	ListCell   *lc;

	for (int i = 0; constr != NULL && i < constr->num_check; i++)
		pull_varattnos(stringToNode(constr->check[i].ccbin), 1, &attrs);
	if (relation->rd_rel->relispartition)
		pull_varattnos((Node *) RelationGetPartitionQual(relation), 1, &attrs);
	foreach(lc, columns)
	{
		if (table->columns[lfirst_int(lc) - 1].computed)
			pull_varattnos(build_column_default(relation, lfirst_int(lc)), 1, &attrs);
	}
	return attrs;
}

bool
binds_update_shows_row(Relation relation)
{
	return relation->trigdesc != NULL &&
		(relation->trigdesc->trig_update_before_row ||
		 relation->trigdesc->trig_update_after_row);
}

static bool
refers_to_whole_row(Node *node, Index relid)
{
	Bitmapset  *attrs = NULL;

	pull_varattnos(node, relid, &attrs);
	return bms_is_member(0 - FirstLowInvalidHeapAttributeNumber, attrs);
}

/*
 * Does the statement itself refer to the whole row?  Where it is wanted is noted for
 * the table that the statement names; if that is this one, it is noted for the junk
 * column as well, which is in the target list.
 */
static bool
statement_uses_whole_row(PlannerInfo *root, RelOptInfo *rel)
{
	Index		named = root->parse->resultRelation;
	RelOptInfo *base = find_base_rel(root, named);
	Relids		needed = base->attr_needed[0 - base->min_attr];
	ListCell   *lc;

	if (rel->relid != named)
		return !bms_is_empty(needed);
	if (bms_membership(needed) != BMS_SINGLETON || !bms_is_member(0, needed))
		return true;
	foreach(lc, root->processed_tlist)
	{
		TargetEntry *entry = lfirst_node(TargetEntry, lc);

		if (entry->resjunk && IsA(entry->expr, Var) && entry->resname != NULL &&
			strcmp(entry->resname, WHOLE_ROW_JUNK) == 0)
			continue;
		if (refers_to_whole_row((Node *) entry->expr, rel->relid))
			return true;
	}
	return false;
}
