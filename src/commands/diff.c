/*
 * diff.c
 *	  binds.diff: what separates engines and local relations from the models, as rows.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "commands/differences.h"
#include "compat.h"
#include "model/rights.h"

BINDS_FUNCTION(binds_diff);

#define DIFF_COLUMNS 5

static void check_rights(List *works);
static void put_row(ReturnSetInfo *result, const char *bind_key, const BindsDiffRow *row);

/*
 * binds.diff() returns setof (bind_key text, model text, kind text, statement text,
 * note text); also of text, and of text[]
 */
Datum
binds_diff(PG_FUNCTION_ARGS)
{
	List	   *works;
	ListCell   *lc;

	InitMaterializedSRF(fcinfo, 0);
	works = binds_work_load_shared(binds_bind_list(fcinfo));
	check_rights(works);
	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);
		ListCell   *lc2;

		if (work->nitems == 0)
			continue;
		foreach(lc2, binds_differences(work, false, NIL))
			put_row((ReturnSetInfo *) fcinfo->resultinfo, work->bind->key, lfirst(lc2));
	}
	binds_work_unlock(works);
	return (Datum) 0;
}

/* As create_all asks for them, before any engine is. */
static void
check_rights(List *works)
{
	ListCell   *lc;

	foreach(lc, works)
	{
		BindsWork  *work = lfirst(lc);

		if (work->nitems > 0)
			binds_check_right(BINDS_RIGHT_DDL, GetUserId(), work->bind, InvalidOid);
	}
}

static void
put_row(ReturnSetInfo *result, const char *bind_key, const BindsDiffRow *row)
{
	Datum		values[DIFF_COLUMNS] = {0};
	bool		nulls[DIFF_COLUMNS] = {false};

	nulls[0] = bind_key == NULL;
	if (bind_key != NULL)
		values[0] = CStringGetTextDatum(bind_key);
	values[1] = CStringGetTextDatum(row->item->row->model);
	values[2] = CStringGetTextDatum(row->kind);
	nulls[3] = row->statement == NULL;
	if (row->statement != NULL)
		values[3] = CStringGetTextDatum(row->statement);
	values[4] = CStringGetTextDatum(row->note);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}
