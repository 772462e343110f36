/*
 * spi.c
 *	  Statements that the functions run here, and what they name in them.
 *
 * Everything returned is palloc'ed in the caller's context.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "commands/commands.h"

static int	own = 0;			/* statements of ours, one in another */

static void run(const char *sql);
static int	compare_oids(const ListCell *a, const ListCell *b);

void
binds_own_begin(void)
{
	own++;
}

void
binds_own_end(void)
{
	own--;
}

bool
binds_own_running(void)
{
	return own > 0;
}

void
binds_spi_run(const char *sql)
{
	int			level = binds_fixed_path();

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	run(sql);
	SPI_finish();
	AtEOXact_GUC(true, level);
	CommandCounterIncrement();
}

void
binds_spi_run_as(Oid role, List *statements)
{
	BindsRole	before;
	ListCell   *lc;

	if (statements == NIL)
		return;
	binds_become(&before, role);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	foreach(lc, statements)
		run(lfirst(lc));
	SPI_finish();
	binds_become_again(&before);
	CommandCounterIncrement();
}

List *
binds_spi_rows(const char *query, int nargs, const Oid *types, const Datum *values)
{
	MemoryContext caller = CurrentMemoryContext;
	int			level = binds_fixed_path();
	List	   *rows = NIL;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	binds_own_begin();
	PG_TRY();
	{
		/* not read only: the snapshot must see what was just made */
		if (SPI_execute_with_args(query, nargs, unconstify(Oid *, types),
								  unconstify(Datum *, values), NULL, false,
								  0) != SPI_OK_SELECT)
			elog(ERROR, "could not execute query: %s", query);
	}
	PG_FINALLY();
	{
		binds_own_end();
	}
	PG_END_TRY();
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		TupleDesc	desc = SPI_tuptable->tupdesc;
		MemoryContext old = MemoryContextSwitchTo(caller);
		char	  **row = palloc0(sizeof(char *) * desc->natts);

		for (int j = 0; j < desc->natts; j++)
		{
			char	   *text = SPI_getvalue(SPI_tuptable->vals[i], desc, j + 1);

			row[j] = text ? pstrdup(text) : NULL;
		}
		rows = lappend(rows, row);
		MemoryContextSwitchTo(old);
	}
	SPI_finish();
	AtEOXact_GUC(true, level);
	return rows;
}

static void
run(const char *sql)
{
	binds_own_begin();
	PG_TRY();
	{
		if (SPI_execute(sql, false, 0) < 0)
			elog(ERROR, "could not execute statement: %s", sql);
	}
	PG_FINALLY();
	{
		binds_own_end();
	}
	PG_END_TRY();
}

/* ------------------------------------------------------------------------
 * Roles
 * ------------------------------------------------------------------------ */

void
binds_become(BindsRole *before, Oid role)
{
	before->level = binds_fixed_path();
	GetUserIdAndSecContext(&before->userid, &before->context);
	SetUserIdAndSecContext(role, before->context | SECURITY_RESTRICTED_OPERATION);
}

void
binds_become_again(const BindsRole *before)
{
	/* false: what the other role's code has set is forgotten */
	AtEOXact_GUC(false, before->level);
	SetUserIdAndSecContext(before->userid, before->context);
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

int
binds_fixed_path(void)
{
	/*
	 * the path, and whatever else changes how a value is written in deparsed
	 * text
	 */
	static const char *const settings[][2] = {
		{"search_path", "pg_catalog, pg_temp"},
		{"datestyle", "ISO"},
		{"intervalstyle", "postgres"},
		{"extra_float_digits", "3"}
	};

	int			level = NewGUCNestLevel();

	for (int i = 0; i < (int) lengthof(settings); i++)
		(void) set_config_option(settings[i][0], settings[i][1], PGC_USERSET,
								 PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	return level;
}

char *
binds_qualified_name(Oid relid)
{
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relid)),
									  get_rel_name(relid));
}

List *
binds_relations_in_schema(Oid schema)
{
	List	   *result = NIL;
	Relation	rel = table_open(RelationRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_class_relnamespace, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(schema));
	scan = systable_beginscan(rel, InvalidOid, false, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_class class = palloc(CLASS_TUPLE_SIZE);

		memcpy(class, GETSTRUCT(tuple), CLASS_TUPLE_SIZE);
		result = lappend(result, class);
	}
	systable_endscan(scan);
	table_close(rel, AccessShareLock);
	list_sort(result, compare_oids);
	return result;
}

static int
compare_oids(const ListCell *a, const ListCell *b)
{
	Oid			left = ((Form_pg_class) lfirst(a))->oid;
	Oid			right = ((Form_pg_class) lfirst(b))->oid;

	return left < right ? -1 : left > right;
}
