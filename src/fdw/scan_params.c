/*
 * scan_params.c
 *	  Parameters of a scan's statements, evaluated and encoded at each execution.
 *
 * Each is encoded as the column keeps its values that it meets.  An array whose
 * elements are listed gives as many values as it has elements, filled up to a power
 * of two by the last one, so that there are few different statements.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "fdw/scan_params.h"
#include "value/value.h"

/* A list beyond this is compared here. */
#define MAX_LIST 4096

static void init_param(BindsScanParam *param, const BindsForeignTable *table,
					   int attnum);
static bool encode_param(BindsScanParams *params, int index, Datum value,
						 bool isnull);
static bool encode_value(const BindsScanParam *param, Oid type, Datum value,
						 BindsValue *encoded);
static bool encode_list(BindsScanParams *params, BindsScanParam *param,
						Datum array, bool isnull);
static void encode_row_count(BindsScanParams *params, int index, Datum value,
							 bool isnull, BindsValue *encoded);
static BindsValue *new_value(BindsScanParams *params);
static void append_places(const BindsScanParam *param, StringInfo sql,
						  BindsQuery *query);

void
binds_scan_params_init(BindsScanParams *params, ForeignScanState *node,
					   const BindsForeignTable *table)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	List	   *columns = list_nth(plan->fdw_private, BINDS_SCAN_PARAM_COLUMNS);
	List	   *lists = list_nth(plan->fdw_private, BINDS_SCAN_PARAM_LISTS);
	List	   *numbers = list_nth(plan->fdw_private, BINDS_SCAN_NUMBERS);
	List	   *states = ExecInitExprList(plan->fdw_exprs, (PlanState *) node);

	memset(params, 0, sizeof(BindsScanParams));
	params->limit = list_nth_int(numbers, BINDS_SCAN_LIMIT_PARAM);
	params->offset = list_nth_int(numbers, BINDS_SCAN_OFFSET_PARAM);
	params->nparams = list_length(plan->fdw_exprs);
	if (params->nparams == 0)
		return;

	params->params = palloc0(sizeof(BindsScanParam) * params->nparams);
	params->size = params->nparams;
	params->values = palloc0(sizeof(BindsValue) * params->size);
	params->context = AllocSetContextCreate(CurrentMemoryContext,
											"binds scan parameters",
											ALLOCSET_SMALL_SIZES);
	for (int i = 0; i < params->nparams; i++)
	{
		BindsScanParam *param = &params->params[i];

		param->expr = (ExprState *) list_nth(states, i);
		param->type = exprType((Node *) list_nth(plan->fdw_exprs, i));
		param->list = list_nth_int(lists, i) != 0;
		params->has_lists = params->has_lists || param->list;
		init_param(param, table, list_nth_int(columns, i));
	}
}

/* attnum: the column that the parameter meets, or 0. */
static void
init_param(BindsScanParam *param, const BindsForeignTable *table, int attnum)
{
	if (param->list)
		param->type = get_element_type(param->type);
	param->type = getBaseType(param->type);
	if (attnum > 0)
		param->storage = &table->columns[attnum - 1].storage;
	else
	{
		BindsStorage *storage = palloc(sizeof(BindsStorage));

		binds_storage_of_type(table->dialect, param->type, -1,
							  get_typcollation(param->type), storage);
		param->storage = storage;
	}
}

/* ------------------------------------------------------------------------
 * Values
 * ------------------------------------------------------------------------ */

void
binds_scan_params_encode(BindsScanParams *params, ExprContext *econtext)
{
	MemoryContext oldcontext;

	if (params->nparams == 0)
		return;
	MemoryContextReset(params->context);
	params->nvalues = 0;
	params->unsent = NULL;
	for (int i = 0; i < params->nparams; i++)
	{
		bool		isnull;
		Datum		value;

		oldcontext = MemoryContextSwitchTo(params->context);
		value = ExecEvalExpr(params->params[i].expr, econtext, &isnull);
		if (!encode_param(params, i, value, isnull))
			params->unsent = bms_add_member(params->unsent, i);
		MemoryContextSwitchTo(oldcontext);
	}
}

static bool
encode_param(BindsScanParams *params, int index, Datum value, bool isnull)
{
	BindsScanParam *param = &params->params[index];
	BindsValue *encoded;
	MemoryContext oldcontext;
	bool		sent;

	param->first = params->nvalues;
	param->length = 1;
	if (param->list)
		return encode_list(params, param, value, isnull);

	encoded = new_value(params);
	if (index == params->limit || index == params->offset)
	{
		encode_row_count(params, index, value, isnull, encoded);
		return true;
	}
	if (isnull)
		return true;
	oldcontext = MemoryContextSwitchTo(params->context);
	sent = encode_value(param, param->type, value, encoded);
	MemoryContextSwitchTo(oldcontext);
	return sent;
}

/* A value that cannot be sent stays NULL: no clause that is sent needs it. */
static bool
encode_value(const BindsScanParam *param, Oid type, Datum value,
			 BindsValue *encoded)
{
	BindsValue	result;

	if (!binds_storage_takes(param->storage, type) &&
		!binds_widen(type, param->storage, &value))
		return false;
	if (!binds_encode_comparison(param->storage, value, &result))
		return false;
	*encoded = result;
	return true;
}

/*
 * The elements of an array.  No element, or no array, is one NULL: the comparison
 * is then not true, which is all that matters where lists are sent.
 */
static bool
encode_list(BindsScanParams *params, BindsScanParam *param, Datum array, bool isnull)
{
	MemoryContext oldcontext;
	int			n = 0;
	int			length = 1;
	Datum	   *elements;
	bool	   *nulls;
	bool		sent = true;

	oldcontext = MemoryContextSwitchTo(params->context);
	if (!isnull)
	{
		int16		typlen;
		bool		by_value;
		char		align;

		get_typlenbyvalalign(param->type, &typlen, &by_value, &align);
		deconstruct_array(DatumGetArrayTypeP(array), param->type, typlen, by_value,
						  align, &elements, &nulls, &n);
	}
	MemoryContextSwitchTo(oldcontext);
	if (n > MAX_LIST)
	{
		new_value(params);
		return false;
	}

	while (length < n)
		length *= 2;
	for (int i = 0; i < length; i++)
	{
		BindsValue *encoded = new_value(params);
		int			element = Min(i, n - 1);

		if (n == 0 || nulls[element])
			continue;
		oldcontext = MemoryContextSwitchTo(params->context);
		sent = encode_value(param, param->type, elements[element], encoded) && sent;
		MemoryContextSwitchTo(oldcontext);
	}
	param->length = length;
	return sent;
}

/*
 * LIMIT and OFFSET as PostgreSQL takes them: NULL is none, negative an error.
 */
static void
encode_row_count(BindsScanParams *params, int index, Datum value, bool isnull,
				 BindsValue *encoded)
{
	bool		limit = index == params->limit;

	encoded->kind = BINDS_INTEGER;
	if (isnull)
		encoded->integer = limit ? PG_INT64_MAX : 0;
	else
		encoded->integer = DatumGetInt64(value);
	if (encoded->integer >= 0)
		return;
	if (limit)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_ROW_COUNT_IN_LIMIT_CLAUSE),
				 errmsg("LIMIT must not be negative")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE),
			 errmsg("OFFSET must not be negative")));
}

/* The next place in the array of values, NULL for now. */
static BindsValue *
new_value(BindsScanParams *params)
{
	BindsValue *value;

	if (params->nvalues == params->size)
	{
		params->size *= 2;
		params->values = repalloc(params->values,
								  sizeof(BindsValue) * params->size);
	}
	value = &params->values[params->nvalues++];
	memset(value, 0, sizeof(BindsValue));
	value->kind = BINDS_NULL;
	return value;
}

/* ------------------------------------------------------------------------
 * Statements
 * ------------------------------------------------------------------------ */

BindsQuery *
binds_scan_params_query(const BindsScanParams *params, const BindsQuery *base)
{
	MemoryContext oldcontext;
	BindsQuery *query;
	int			nplaces = 0;
	int			done = 0;
	StringInfoData sql;

	if (params->nparams == 0)
		return unconstify(BindsQuery *, base);
	oldcontext = MemoryContextSwitchTo(params->context);
	query = palloc(sizeof(BindsQuery));
	*query = *base;
	query->nparams = params->nvalues;

	for (int i = 0; i < base->nplaces; i++)
		nplaces += params->params[base->params[i]].length;
	query->places = palloc(sizeof(int) * nplaces);
	query->params = palloc(sizeof(int) * nplaces);
	query->nplaces = 0;
	initStringInfo(&sql);
	for (int i = 0; i < base->nplaces; i++)
	{
		const BindsScanParam *param = &params->params[base->params[i]];

		appendBinaryStringInfo(&sql, base->sql + done, base->places[i] - done);
		append_places(param, &sql, query);
		done = base->places[i] + 1;
	}
	appendStringInfoString(&sql, base->sql + done);
	query->sql = sql.data;
	MemoryContextSwitchTo(oldcontext);
	return query;
}

static void
append_places(const BindsScanParam *param, StringInfo sql, BindsQuery *query)
{
	int		   *places = unconstify(int *, query->places);
	int		   *values = unconstify(int *, query->params);

	for (int i = 0; i < param->length; i++)
	{
		if (i > 0)
			appendStringInfoString(sql, ", ");
		places[query->nplaces] = sql->len;
		values[query->nplaces++] = param->first + i;
		appendStringInfoChar(sql, '?');
	}
}
