/*
 * plain_known.c
 *	  Keys and indexes that a client adds because it cannot see them.
 *
 * A foreign table shows no keys and no indexes in the catalogs, so what brings a schema up
 * to date by comparing it adds them again, each time.  That is no error where they are
 * exactly what the model has.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_constraint.h"
#include "nodes/value.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"

#include "commands/plain_ddl.h"
#include "commands/plain_known.h"

static bool has_constraint(const BindsModelRow *row, const Constraint *constraint);
static bool is_same_constraint(HeapTuple tuple, TupleDesc desc, const BindsModelRow *row,
							   const Constraint *constraint);
static bool has_index(const BindsModelRow *row, const IndexStmt *statement);
static bool is_same_column(const BindsModelRow *row, const IndexElem *element,
						   AttrNumber attnum, int16 option);
static List *key_names(HeapTuple tuple, TupleDesc desc, int attribute, Oid relid);
static bool is_models_alone(const RangeVar *name);
static bool has_name(Oid schema, const char *name);
static void tell(const char *kind, const char *name, const BindsModelRow *row);

bool
binds_plain_is_there(Node *statement, const BindsModelRow *row)
{
	AlterTableStmt *alter = (AlterTableStmt *) statement;
	ListCell   *lc;

	if (IsA(statement, IndexStmt))
		return has_index(row, (IndexStmt *) statement);
	if (!IsA(statement, AlterTableStmt))
		return false;
	/* what it drops before is not there */
	foreach(lc, alter->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_DropConstraint || cmd->subtype == AT_DropColumn)
			return false;
	}
	foreach(lc, alter->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_AddConstraint &&
			has_constraint(row, castNode(Constraint, cmd->def)))
			alter->cmds = foreach_delete_current(alter->cmds, lc);
	}
	return alter->cmds == NIL;
}

static bool
has_constraint(const BindsModelRow *row, const Constraint *constraint)
{
	Relation	rel;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		found = false;

	if (constraint->conname == NULL)
		return false;
	rel = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_constraint_conrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(row->template));
	scan = systable_beginscan(rel, ConstraintRelidTypidNameIndexId, true, NULL, 1, &key);
	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
		found = is_same_constraint(tuple, RelationGetDescr(rel), row, constraint);
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	if (found)
		tell("constraint", constraint->conname, row);
	return found;
}

static bool
is_same_constraint(HeapTuple tuple, TupleDesc desc, const BindsModelRow *row,
				   const Constraint *constraint)
{
	Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT(tuple);
	const List *columns = constraint->keys;
	const BindsModelRow *referred;

	if (strcmp(NameStr(form->conname), constraint->conname) != 0)
		return false;
	switch (constraint->contype)
	{
		case CONSTR_PRIMARY:
			if (form->contype != CONSTRAINT_PRIMARY)
				return false;
			break;
		case CONSTR_UNIQUE:
			if (form->contype != CONSTRAINT_UNIQUE)
				return false;
			break;
		case CONSTR_FOREIGN:
			referred = binds_plain_model(constraint->pktable);
			if (form->contype != CONSTRAINT_FOREIGN || referred == NULL ||
				referred->template != form->confrelid ||
				form->confdeltype != constraint->fk_del_action ||
				form->confupdtype != constraint->fk_upd_action ||
				form->confmatchtype != constraint->fk_matchtype ||
				(constraint->pk_attrs != NIL &&
				 !equal(constraint->pk_attrs,
						key_names(tuple, desc, Anum_pg_constraint_confkey,
								  form->confrelid))))
				return false;
			columns = constraint->fk_attrs;
			break;
		default:
			return false;
	}
	return columns != NIL && constraint->including == NIL &&
		form->condeferrable == constraint->deferrable &&
		form->condeferred == constraint->initdeferred &&
		equal(columns, key_names(tuple, desc, Anum_pg_constraint_conkey, row->template));
}

/* Names (String) of the columns of a key. */
static List *
key_names(HeapTuple tuple, TupleDesc desc, int attribute, Oid relid)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, attribute, desc, &isnull);
	ArrayType  *array;
	List	   *names = NIL;

	if (isnull)
		return NIL;
	array = DatumGetArrayTypeP(value);
	for (int i = 0; i < ARR_DIMS(array)[0]; i++)
		names = lappend(names, makeString(get_attname(relid,
													  ((AttrNumber *) ARR_DATA_PTR(array))[i],
													  false)));
	return names;
}

/* Only one whose columns tell all of it. */
static bool
has_index(const BindsModelRow *row, const IndexStmt *statement)
{
	Relation	index;
	bool		same;

	if (statement->idxname == NULL || statement->whereClause != NULL ||
		statement->indexIncludingParams != NIL ||
		!binds_model_has_index(row, statement->idxname))
		return false;
	index = index_open(get_relname_relid(statement->idxname,
										 get_rel_namespace(row->template)),
					   AccessShareLock);
	same = index->rd_index->indisunique == statement->unique &&
		index->rd_index->indnatts == list_length(statement->indexParams) &&
		RelationGetIndexPredicate(index) == NIL;
	for (int i = 0; same && i < index->rd_index->indnatts; i++)
		same = is_same_column(row, list_nth_node(IndexElem, statement->indexParams, i),
							  index->rd_index->indkey.values[i], index->rd_indoption[i]);
	index_close(index, AccessShareLock);
	if (same)
		tell("index", statement->idxname, row);
	return same;
}

/* option: as in pg_index. */
static bool
is_same_column(const BindsModelRow *row, const IndexElem *element, AttrNumber attnum,
			   int16 option)
{
	const char *column = attnum != 0 ? get_attname(row->template, attnum, true) : NULL;

	return element->name != NULL && column != NULL &&
		strcmp(element->name, column) == 0 && element->collation == NIL &&
		element->opclass == NIL && element->ordering != SORTBY_DESC &&
		element->nulls_ordering == SORTBY_NULLS_DEFAULT && option == 0;
}

static void
tell(const char *kind, const char *name, const BindsModelRow *row)
{
	ereport(NOTICE,
			(errcode(ERRCODE_DUPLICATE_OBJECT),
			 errmsg("%s \"%s\" of table \"%s\" is there already, skipping", kind, name,
					row->local_name)));
}

/* ------------------------------------------------------------------------
 * SET CONSTRAINTS
 * ------------------------------------------------------------------------ */

bool
binds_plain_sets_constraints(const ConstraintsSetStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->constraints)
	{
		if (is_models_alone(lfirst(lc)))
			return true;
	}
	return false;
}

/* Engines check them when they do, and cannot be asked to do it at another time. */
Node *
binds_plain_set_constraints(ConstraintsSetStmt *statement)
{
	ListCell   *lc;

	foreach(lc, statement->constraints)
	{
		const RangeVar *name = lfirst(lc);

		if (!is_models_alone(name))
			continue;
		ereport(NOTICE,
				(errmsg("constraint \"%s\" is an engine's, which decides when it is checked",
						name->relname)));
		statement->constraints = foreach_delete_current(statement->constraints, lc);
	}
	return statement->constraints == NIL ? NULL : (Node *) statement;
}

/* Does a name mean a constraint of a model's table, and none here? */
static bool
is_models_alone(const RangeVar *name)
{
	List	   *schemas = NIL;
	bool		found = false;
	ListCell   *lc;

	if (name->catalogname != NULL || !binds_models_are_known())
		return false;
	if (name->schemaname != NULL)
		schemas = list_make1_oid(get_namespace_oid(name->schemaname, true));
	else
		schemas = fetch_search_path(true);
	foreach(lc, binds_model_all_rows())
	{
		const BindsModelRow *row = lfirst(lc);

		found = found || (row->bind_key != NULL &&
						  list_member_oid(schemas, get_namespace_oid(row->local_schema, true)) &&
						  OidIsValid(get_relation_constraint_oid(row->template,
																 name->relname, true)));
	}
	foreach(lc, found ? schemas : NIL)
		found = found && !has_name(lfirst_oid(lc), name->relname);
	return found;
}

/* Is there a constraint of that name in a schema? */
static bool
has_name(Oid schema, const char *name)
{
	Relation	rel = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	bool		found;

	ScanKeyInit(&keys[0], Anum_pg_constraint_conname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum(name));
	ScanKeyInit(&keys[1], Anum_pg_constraint_connamespace, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(schema));
	scan = systable_beginscan(rel, ConstraintNameNspIndexId, true, NULL, 2, keys);
	found = HeapTupleIsValid(systable_getnext(scan));
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return found;
}
