/*
 * dependencies.c
 *	  The one reader of pg_depend.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/pg_depend.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"

#include "model/dependencies.h"

static List *read_dependencies(Oid class, Oid object, bool dependents);

/*
 * List of BindsDependency: what depends on an object or a part of it.  class: OID of
 * its catalog.
 */
List *
binds_dependents(Oid class, Oid object)
{
	return read_dependencies(class, object, true);
}

/* List of BindsDependency: what an object or a part of it depends on. */
List *
binds_dependencies(Oid class, Oid object)
{
	return read_dependencies(class, object, false);
}

static List *
read_dependencies(Oid class, Oid object, bool dependents)
{
	Relation	rel = table_open(DependRelationId, AccessShareLock);
	List	   *dependencies = NIL;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&keys[0], dependents ? Anum_pg_depend_refclassid : Anum_pg_depend_classid,
				BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(class));
	ScanKeyInit(&keys[1], dependents ? Anum_pg_depend_refobjid : Anum_pg_depend_objid,
				BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(object));
	scan = systable_beginscan(rel,
							  dependents ? DependReferenceIndexId : DependDependerIndexId,
							  true, NULL, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);
		BindsDependency *dependency = palloc(sizeof(BindsDependency));

		if (dependents)
			ObjectAddressSubSet(dependency->object, form->classid, form->objid,
								form->objsubid);
		else
			ObjectAddressSubSet(dependency->object, form->refclassid, form->refobjid,
								form->refobjsubid);
		dependency->type = form->deptype;
		dependencies = lappend(dependencies, dependency);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	return dependencies;
}
