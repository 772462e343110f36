/*
 * registry.c
 *	  The table binds.model: which models there are, and where their relations go.
 *
 * The table is written by nobody but this file, with direct heap access: users have
 * no right to change it, and the functions that call here check rights first.  All
 * is kept by name, since OIDs do not survive a dump.  It is small, so it is read
 * as a whole.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_namespace.h"
#include "commands/event_trigger.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "binds.h"
#include "compat.h"
#include "model/registry.h"

/* columns of binds.model */
enum
{
	MODEL_BIND_KEY = 1,
	MODEL_MODEL,
	MODEL_LOCAL_SCHEMA,
	MODEL_LOCAL_NAME,
	MODEL_POSITION,
	MODEL_NATTS = MODEL_POSITION
};

BINDS_FUNCTION(binds_sql_drop);

static Relation open_registry(LOCKMODE lockmode);
static BindsModelRow *row_from_tuple(HeapTuple tuple, TupleDesc desc);
static char *text_or_null(HeapTuple tuple, int attribute, TupleDesc desc);
static int	compare_position(const ListCell *a, const ListCell *b);
static bool same_key(const char *a, const char *b);
static int	delete_rows(const char *bind_key, const char *model);

/* ------------------------------------------------------------------------
 * Event trigger
 * ------------------------------------------------------------------------ */

/*
 * Forget models whose template or whose server was dropped, however it was done.
 */
Datum
binds_sql_drop(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_EVENT_TRIGGER(fcinfo))
		elog(ERROR, "binds.sql_drop is an event trigger");

	/* DROP EXTENSION: the registry is gone already */
	if (!OidIsValid(get_namespace_oid(BINDS_SCHEMA, true)) ||
		!OidIsValid(get_relname_relid("model",
									  get_namespace_oid(BINDS_SCHEMA, true))))
		PG_RETURN_NULL();

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute("SELECT object_type, schema_name, object_name"
					" FROM pg_catalog.pg_event_trigger_dropped_objects()"
					" WHERE object_type OPERATOR(pg_catalog.=) 'table'"
					" OR object_type OPERATOR(pg_catalog.=) 'server'",
					true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the dropped objects");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		char	   *type = SPI_getvalue(tuple, SPI_tuptable->tupdesc, 1);
		char	   *schema = SPI_getvalue(tuple, SPI_tuptable->tupdesc, 2);
		char	   *name = SPI_getvalue(tuple, SPI_tuptable->tupdesc, 3);
		char	   *key;

		if (name == NULL)
			continue;
		if (strcmp(type, "server") == 0)
			delete_rows(name, NULL);
		else if (schema != NULL && binds_metadata_key(schema, &key))
			delete_rows(key, name);
	}
	SPI_finish();
	PG_RETURN_NULL();
}

/* ------------------------------------------------------------------------
 * Rows
 * ------------------------------------------------------------------------ */

List *
binds_model_all_rows(void)
{
	Relation	rel = open_registry(AccessShareLock);
	List	   *rows = NIL;
	SysScanDesc scan;
	HeapTuple	tuple;

	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		rows = lappend(rows, row_from_tuple(tuple, RelationGetDescr(rel)));
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	list_sort(rows, compare_position);
	return rows;
}

List *
binds_model_rows(const char *bind_key)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, binds_model_all_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (same_key(row->bind_key, bind_key))
			rows = lappend(rows, row);
	}
	return rows;
}

BindsModelRow *
binds_model_find(const char *bind_key, const char *model)
{
	ListCell   *lc;

	foreach(lc, binds_model_all_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (same_key(row->bind_key, bind_key) && strcmp(row->model, model) == 0)
			return row;
	}
	return NULL;
}

/*
 * Add a row after all others.  Raises 23505 if the bind has the model: the unique
 * index says so, whatever the caller looked at.
 */
void
binds_model_insert(const BindsModelRow *row)
{
	List	   *rows = binds_model_all_rows();
	Relation	rel = open_registry(RowExclusiveLock);
	Datum		values[MODEL_NATTS];
	bool		nulls[MODEL_NATTS] = {false};
	HeapTuple	tuple;
	int64		position = 1;

	if (rows != NIL)
		position = ((BindsModelRow *) llast(rows))->position + 1;
	nulls[MODEL_BIND_KEY - 1] = row->bind_key == NULL;
	values[MODEL_BIND_KEY - 1] = row->bind_key ?
		CStringGetTextDatum(row->bind_key) : (Datum) 0;
	values[MODEL_MODEL - 1] = CStringGetTextDatum(row->model);
	values[MODEL_LOCAL_SCHEMA - 1] = CStringGetTextDatum(row->local_schema);
	values[MODEL_LOCAL_NAME - 1] = CStringGetTextDatum(row->local_name);
	values[MODEL_POSITION - 1] = Int64GetDatum(position);
	tuple = heap_form_tuple(RelationGetDescr(rel), values, nulls);
	CatalogTupleInsert(rel, tuple);
	heap_freetuple(tuple);
	table_close(rel, RowExclusiveLock);
	CommandCounterIncrement();
}

bool
binds_model_delete(const char *bind_key, const char *model)
{
	return delete_rows(bind_key, model) > 0;
}

/* Delete the row of a model, or all rows of a bind; returns their number. */
static int
delete_rows(const char *bind_key, const char *model)
{
	Relation	rel = open_registry(RowExclusiveLock);
	SysScanDesc scan;
	HeapTuple	tuple;
	int			n = 0;

	scan = systable_beginscan(rel, InvalidOid, false, NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		BindsModelRow *row = row_from_tuple(tuple, RelationGetDescr(rel));

		if (same_key(row->bind_key, bind_key) &&
			(model == NULL || strcmp(row->model, model) == 0))
		{
			CatalogTupleDelete(rel, &tuple->t_self);
			n++;
		}
	}
	systable_endscan(scan);
	table_close(rel, RowExclusiveLock);
	if (n > 0)
		CommandCounterIncrement();
	return n;
}

static Relation
open_registry(LOCKMODE lockmode)
{
	Oid			schema = get_namespace_oid(BINDS_SCHEMA, false);
	Oid			relid = get_relname_relid("model", schema);

	if (!OidIsValid(relid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation \"%s.model\" does not exist", BINDS_SCHEMA)));
	return table_open(relid, lockmode);
}

static BindsModelRow *
row_from_tuple(HeapTuple tuple, TupleDesc desc)
{
	BindsModelRow *row = palloc0(sizeof(BindsModelRow));
	bool		isnull;

	row->bind_key = text_or_null(tuple, MODEL_BIND_KEY, desc);
	row->model = text_or_null(tuple, MODEL_MODEL, desc);
	row->local_schema = text_or_null(tuple, MODEL_LOCAL_SCHEMA, desc);
	row->local_name = text_or_null(tuple, MODEL_LOCAL_NAME, desc);
	row->position = DatumGetInt64(heap_getattr(tuple, MODEL_POSITION, desc, &isnull));
	return row;
}

static char *
text_or_null(HeapTuple tuple, int attribute, TupleDesc desc)
{
	bool		isnull;
	Datum		value = heap_getattr(tuple, attribute, desc, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

static int
compare_position(const ListCell *a, const ListCell *b)
{
	int64		pa = ((BindsModelRow *) lfirst(a))->position;
	int64		pb = ((BindsModelRow *) lfirst(b))->position;

	return pa < pb ? -1 : pa > pb ? 1 : 0;
}

static bool
same_key(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

Oid
binds_model_template(const BindsModelRow *row)
{
	Oid			schema = get_namespace_oid(binds_metadata_schema(row->bind_key), true);

	return OidIsValid(schema) ? get_relname_relid(row->model, schema) : InvalidOid;
}

Oid
binds_model_relation(const BindsModelRow *row)
{
	Oid			schema = get_namespace_oid(row->local_schema, true);

	return OidIsValid(schema) ? get_relname_relid(row->local_name, schema) : InvalidOid;
}
