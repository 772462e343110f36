/*
 * arbiter.c
 *	  INSERT ... ON CONFLICT (columns): which key is meant.
 *
 * PostgreSQL infers it from the indexes of the table, of which a foreign table has none, and
 * raises 42P10.  Its model has them, so before the planner begins, the key is looked for
 * there, by PostgreSQL's rules, and the planner gets a statement that names none, as for ON
 * CONFLICT DO NOTHING.  The key's columns travel in the place of its predicate, which the
 * planner prepares and does not look at: a row of Vars.
 *
 * A table without a model has the one key that its options or the engine name.
 *
 * Keys over expressions, or of a part of the rows, are not told apart by columns: 0A000.
 * ON CONFLICT ON CONSTRAINT is refused by the parser, which finds no such constraint.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "nodes/makefuncs.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "compat.h"
#include "dialect/dialects.h"
#include "fdw/arbiter.h"
#include "model/registry.h"
#include "transaction/learn.h"

static BindsModelRow *model_of(Oid relid);
static List *named_columns(const Query *query, const RangeTblEntry *target);
static bool model_has_key(const RangeTblEntry *target, const Query *query, List *columns);
static bool is_key(Relation index, Relation template, const BindsForeignTable *table,
				   const Query *query, List *columns);
static AttrNumber column_of(const BindsForeignTable *table, const char *name);
static bool compares_so(Relation index, int place, const InferenceElem *elem);
static void refuse_odd_key(const RangeTblEntry *target, const char *index)
			__attribute__((noreturn));
static bool engine_has_key(RangeTblEntry *target, const Query *query, List *columns);

void
binds_arbiter_take(Query *query)
{
	RangeTblEntry *target = rt_fetch(query->resultRelation, query->rtable);
	OnConflictExpr *conflict = query->onConflict;
	RowExpr    *row;
	List	   *columns;

	if (conflict == NULL || conflict->arbiterElems == NIL ||
		target->relkind != RELKIND_FOREIGN_TABLE ||
		binds_dialect_of_server(GetForeignServerIdByRelId(target->relid)) == NULL)
		return;
	columns = named_columns(query, target);
	if (!model_has_key(target, query, columns) &&
		!engine_has_key(target, query, columns))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_COLUMN_REFERENCE),
				 errmsg("there is no unique or exclusion constraint matching the ON CONFLICT specification")));

	row = makeNode(RowExpr);
	row->row_typeid = RECORDOID;
	row->row_format = COERCE_IMPLICIT_CAST;
	row->location = -1;
	for (int i = 0; i < list_length(conflict->arbiterElems); i++)
		row->args = lappend(row->args,
							list_nth_node(InferenceElem, conflict->arbiterElems, i)->expr);
	conflict->arbiterWhere = (Node *) row;
	conflict->arbiterElems = NIL;
}

List *
binds_arbiter_columns(PlannerInfo *root)
{
	OnConflictExpr *conflict = root->parse->onConflict;
	List	   *columns = NIL;
	ListCell   *lc;

	if (conflict == NULL || conflict->arbiterWhere == NULL)
		return NIL;
	/* the planner makes a list of what is a predicate */
	foreach(lc, linitial_node(RowExpr, castNode(List, conflict->arbiterWhere))->args)
		columns = list_append_unique_int(columns, lfirst_node(Var, lc)->varattno);
	return columns;
}

void
binds_arbiter_depend(PlannerInfo *root, Oid relid)
{
	BindsModelRow *model = model_of(relid);

	if (model != NULL)
		root->glob->relationOids = lappend_oid(root->glob->relationOids, model->template);
}

/* NULL: the table has no model. */
static BindsModelRow *
model_of(Oid relid)
{
	BindsModelRow *model = binds_models_are_known() ? binds_model_of_relation(relid) : NULL;

	return model != NULL && OidIsValid(model->template) ? model : NULL;
}

/*
 * The columns of the specification, in their order in the table (int list).
 */
static List *
named_columns(const Query *query, const RangeTblEntry *target)
{
	List	   *columns = NIL;
	ListCell   *lc;

	foreach(lc, query->onConflict->arbiterElems)
	{
		Node	   *expr = lfirst_node(InferenceElem, lc)->expr;

		if (!IsA(expr, Var) || ((Var *) expr)->varattno <= 0)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("ON CONFLICT on foreign table \"%s\" cannot name an expression",
							get_rel_name(target->relid)),
					 errhint("Have a generated column with the expression, and a unique key of that.")));
		columns = list_append_unique_int(columns, ((Var *) expr)->varattno);
	}
	list_sort(columns, list_int_cmp);
	return columns;
}

/* ------------------------------------------------------------------------
 * A table of a model
 * ------------------------------------------------------------------------ */

/*
 * Raises 0A000 for a key that would do if it were one of all rows.
 */
static bool
model_has_key(const RangeTblEntry *target, const Query *query, List *columns)
{
	BindsModelRow *model = model_of(target->relid);
	const char *odd = NULL;
	bool		found = false;
	BindsForeignTable *table;
	Relation	template;
	List	   *indexes;
	ListCell   *lc;

	if (model == NULL)
		return false;
	table = binds_foreign_table_options(target->relid);
	template = table_open(model->template, AccessShareLock);
	indexes = RelationGetIndexList(template);
	foreach(lc, indexes)
	{
		Relation	index = index_open(lfirst_oid(lc), AccessShareLock);

		if (!found && is_key(index, template, table, query, columns))
		{
			if (RelationGetIndexPredicate(index) != NIL)
				odd = pstrdup(RelationGetRelationName(index));
			else
				found = true;
			if (found && !index->rd_index->indimmediate)
				ereport(ERROR,
						(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						 errmsg("ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters")));
		}
		index_close(index, AccessShareLock);
	}
	list_free(indexes);
	table_close(template, AccessShareLock);
	if (!found && odd != NULL && query->onConflict->arbiterWhere != NULL)
		refuse_odd_key(target, odd);
	return found;
}

/* Is it a unique index of just these columns, and does it compare as the statement says? */
static bool
is_key(Relation index, Relation template, const BindsForeignTable *table,
	   const Query *query, List *columns)
{
	Form_pg_index form = index->rd_index;
	List	   *indexed = NIL;
	ListCell   *lc;

	if (!form->indisunique || !form->indisvalid)
		return false;
	for (int i = 0; i < form->indnkeyatts; i++)
	{
		AttrNumber	attnum = form->indkey.values[i];

		if (attnum <= 0)
			return false;
		indexed = lappend_int(indexed,
							  column_of(table,
										NameStr(TupleDescAttr(RelationGetDescr(template),
															  attnum - 1)->attname)));
	}
	foreach(lc, query->onConflict->arbiterElems)
	{
		InferenceElem *elem = lfirst_node(InferenceElem, lc);
		bool		found = false;

		for (int i = 0; i < form->indnkeyatts && !found; i++)
			found = list_nth_int(indexed, i) == ((Var *) elem->expr)->varattno &&
				compares_so(index, i, elem);
		if (!found)
			return false;
	}
	list_sort(indexed, list_int_cmp);
	return equal(indexed, columns);
}

/* The relation's column over one of the engine; 0: none. */
static AttrNumber
column_of(const BindsForeignTable *table, const char *name)
{
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].local_name != NULL && strcmp(table->columns[i].name, name) == 0)
			return i + 1;
	}
	return InvalidAttrNumber;
}

static bool
compares_so(Relation index, int place, const InferenceElem *elem)
{
	if (OidIsValid(elem->infercollid) && elem->infercollid != index->rd_indcollation[place])
		return false;
	return !OidIsValid(elem->inferopclass) ||
		(get_opclass_family(elem->inferopclass) == index->rd_opfamily[place] &&
		 get_opclass_input_type(elem->inferopclass) == index->rd_opcintype[place]);
}

static void
refuse_odd_key(const RangeTblEntry *target, const char *index)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("ON CONFLICT on foreign table \"%s\" cannot use a unique index with a WHERE clause",
					get_rel_name(target->relid)),
			 errdetail("Of the model, only index \"%s\" has the columns of the specification.",
					   index),
			 errhint("Name the columns of a unique key of all rows; or use UPDATE, and INSERT where that finds no row.")));
}

/* ------------------------------------------------------------------------
 * Others
 * ------------------------------------------------------------------------ */

/*
 * Is it the key of the table?  Where the engine cannot be asked, it may be: executing the
 * statement asks.
 */
static bool
engine_has_key(RangeTblEntry *target, const Query *query, List *columns)
{
	BindsForeignTable *table =
		binds_learn_for_plan(target->relid, binds_compat_target_userid((Query *) query, target));
	List	   *key = NIL;
	ListCell   *lc;

	if (table->unknown)
		return true;
	foreach(lc, query->onConflict->arbiterElems)
	{
		InferenceElem *elem = lfirst_node(InferenceElem, lc);

		if (OidIsValid(elem->infercollid) || OidIsValid(elem->inferopclass))
			return false;
	}
	for (int i = 0; i < table->nkeys; i++)
		key = lappend_int(key, table->keys[i]);
	return equal(columns, key);
}
