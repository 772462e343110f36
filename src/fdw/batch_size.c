/*
 * batch_size.c
 *	  How many rows an INSERT takes at once.
 *
 * The executor keeps the rows of a batch until it is full, so what matters is their
 * size in bytes.  Types and the VALUES of a statement may tell it when the statement
 * begins.  Where they do not, rows are inserted one by one until one of them is
 * worth a batch: then the executor is told the size, and makes room for it with the
 * next row.  From then on the size follows that of the rows, below that room.
 *
 * The executor reads the size anew for each row.  A batch of one row is none for it:
 * the row that waits would be overtaken by the next.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "nodes/nodeFuncs.h"
#include "nodes/params.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"

#include "compat.h"
#include "fdw/modify.h"

/* rows of the smallest batch */
#define SMALLEST_BATCH 2

/* rows of this size gain nothing by being sent together */
#define LARGE_ROW (BINDS_BATCH_BYTES / 16)

static bool largest_row(BindsModify *modify, Size *bytes);
static bool largest_values(List *rows, ParamListInfo params, Size *bytes);
static bool value_size(Expr *expr, ParamListInfo params, Size *bytes);
static int	rows_of_size(BindsModify *modify, Size bytes);

/*
 * The size to begin with; 1 if the first rows have to tell.  COPY has a limit of its own.
 */
int
binds_batch_size_begin(BindsModify *modify)
{
	Plan	   *source = modify->source;
	int			batch_size = modify->table->batch_size;
	Size		bytes;

	modify->batch_room = batch_size;
	if (source == NULL || batch_size == 1 ||
		(largest_row(modify, &bytes) && rows_of_size(modify, bytes) == batch_size))
		return batch_size;
	if (IsA(source, ValuesScan) &&
		largest_values(((ValuesScan *) source)->values_lists,
					   modify->estate->es_param_list_info, &bytes))
	{
		modify->batch_room = rows_of_size(modify, bytes);
		return modify->batch_room;
	}
	modify->batch_by_size = true;
	return 1;
}

/*
 * A row has been inserted by itself: if its size says so, the next ones will be
 * collected.
 */
void
binds_batch_size_first(BindsModify *modify, ResultRelInfo *rri, Size bytes)
{
	if (bytes > LARGE_ROW)
		return;
	modify->batch_by_size = false;
	modify->batch_room = rows_of_size(modify, bytes);
	rri->ri_BatchSize = modify->batch_room;
}

/*
 * Rows have been inserted together.
 */
void
binds_batch_size_next(BindsModify *modify, ResultRelInfo *rri, int nrows, Size bytes)
{
	if (nrows < rri->ri_BatchSize)
		return;					/* the last, or not the executor's own batch */
	rri->ri_BatchSize = Min(rows_of_size(modify, bytes / nrows), modify->batch_room);
}

/* ------------------------------------------------------------------------
 * Sizes
 * ------------------------------------------------------------------------ */

static int
rows_of_size(BindsModify *modify, Size bytes)
{
	int			rows = BINDS_BATCH_BYTES / (bytes + 1);

	return Max(SMALLEST_BATCH, Min(rows, modify->table->batch_size));
}

/* The most that the types of the columns allow; false if one has no limit. */
static bool
largest_row(BindsModify *modify, Size *bytes)
{
	*bytes = sizeof(BindsValue) * modify->ncolumns;
	for (int i = 0; i < modify->ncolumns; i++)
	{
		BindsForeignColumn *column = &modify->table->columns[modify->columns[i] - 1];
		Oid			type = getBaseType(column->typid);
		int32		length = get_typlen(type);

		if (length < 0)
			length = type_maximum_size(type, column->typmod);
		if (length < 0)
			return false;
		*bytes += length;
	}
	return true;
}

/* The largest row of a VALUES list; false if one is not known yet. */
static bool
largest_values(List *rows, ParamListInfo params, Size *bytes)
{
	ListCell   *lc;

	*bytes = 0;
	foreach(lc, rows)
	{
		Size		row = 0;
		ListCell   *lc2;

		foreach(lc2, (List *) lfirst(lc))
		{
			Size		value = 0;

			if (!value_size((Expr *) lfirst(lc2), params, &value))
				return false;
			row += value + sizeof(BindsValue);
		}
		*bytes = Max(*bytes, row);
	}
	return true;
}

static bool
value_size(Expr *expr, ParamListInfo params, Size *bytes)
{
	Oid			type = exprType((Node *) expr);
	int16		length = get_typlen(type);
	Datum		value;
	bool		isnull;

	if (length > 0)
	{
		*bytes = length;
		return true;
	}
	if (IsA(expr, Const))
	{
		value = ((Const *) expr)->constvalue;
		isnull = ((Const *) expr)->constisnull;
	}
	else if (IsA(expr, Param) && ((Param *) expr)->paramkind == PARAM_EXTERN &&
			 params != NULL && params->paramFetch == NULL &&
			 ((Param *) expr)->paramid <= params->numParams)
	{
		value = params->params[((Param *) expr)->paramid - 1].value;
		isnull = params->params[((Param *) expr)->paramid - 1].isnull;
	}
	else
		return false;
	if (!isnull)
		*bytes = datumGetSize(value, get_typbyval(type), length);
	return true;
}
