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
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "model/registry.h"

static List *references_to(Relation rel, List *rows, BindsModelRow *to);

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

	foreach(lc, rows)
		references = list_concat(references, references_to(rel, rows, lfirst(lc)));
	table_close(rel, AccessShareLock);
	return references;
}

static List *
references_to(Relation rel, List *rows, BindsModelRow *to)
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

		if (form->contype != CONSTRAINT_FOREIGN ||
			binds_model_is_among(rows, form->conrelid))
			continue;
		reference = palloc(sizeof(BindsModelReference));
		reference->oid = form->oid;
		reference->constraint = pstrdup(NameStr(form->conname));
		reference->row = binds_model_of_template(form->conrelid);
		reference->to = to;
		if (reference->row != NULL)
			references = lappend(references, reference);
	}
	systable_endscan(scan);
	return references;
}
