/*
 * model_references.c
 *	  The foreign keys between models.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_constraint.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "model/registry.h"

static List *references_to(Relation rel, BindsModelRow *to);
static AttrNumber *referred_columns(HeapTuple tuple, TupleDesc desc, int *n);

bool
binds_model_is_among(List *rows, Oid template)
{
	ListCell   *lc;

	foreach(lc, rows)
	{
		if (((BindsModelRow *) lfirst(lc))->template == template)
			return true;
	}
	return false;
}

List *
binds_model_references_to(List *rows)
{
	Relation	rel = table_open(ConstraintRelationId, AccessShareLock);
	List	   *references = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, rows)
	{
		foreach(lc2, references_to(rel, lfirst(lc)))
		{
			BindsModelReference *reference = lfirst(lc2);

			if (!binds_model_is_among(rows, reference->row->template))
				references = lappend(references, reference);
		}
	}
	table_close(rel, AccessShareLock);
	return references;
}

List *
binds_model_references_by(BindsModelRow *to, Oid index, AttrNumber column)
{
	Relation	rel = table_open(ConstraintRelationId, AccessShareLock);
	List	   *references = NIL;
	ListCell   *lc;

	foreach(lc, references_to(rel, to))
	{
		const BindsModelReference *reference = lfirst(lc);
		bool		is_by = OidIsValid(index) && reference->index == index;

		for (int i = 0; i < reference->ncolumns && column != InvalidAttrNumber; i++)
			is_by |= reference->columns[i] == column;
		if (is_by)
			references = lappend(references, (void *) reference);
	}
	table_close(rel, AccessShareLock);
	return references;
}

/* rel: pg_constraint. */
static List *
references_to(Relation rel, BindsModelRow *to)
{
	List	   *references = NIL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_constraint_confrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(to->template));
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT(tuple);
		BindsModelReference *reference;

		if (form->contype != CONSTRAINT_FOREIGN)
			continue;
		reference = palloc(sizeof(BindsModelReference));
		reference->oid = form->oid;
		reference->constraint = pstrdup(NameStr(form->conname));
		reference->index = form->conindid;
		reference->columns = referred_columns(tuple, RelationGetDescr(rel),
											  &reference->ncolumns);
		reference->row = binds_model_of_template(form->conrelid);
		reference->to = to;
		if (reference->row != NULL)
			references = lappend(references, reference);
	}
	systable_endscan(scan);
	return references;
}

static AttrNumber *
referred_columns(HeapTuple tuple, TupleDesc desc, int *n)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, Anum_pg_constraint_confkey, desc, &isnull);
	ArrayType  *array;

	*n = 0;
	if (isnull)
		return NULL;
	array = DatumGetArrayTypePCopy(value);
	*n = ARR_DIMS(array)[0];
	return (AttrNumber *) ARR_DATA_PTR(array);
}
