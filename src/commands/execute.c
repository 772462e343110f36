/*
 * execute.c
 *	  binds.execute and binds.query: a statement in the engine's own SQL, whose rows, if it
 *	  has any, are counted or become JSON.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgroids.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "commands/commands.h"
#include "commands/given.h"
#include "compat.h"

BINDS_FUNCTION(binds_execute);
BINDS_FUNCTION(binds_query);

static int64 execute_here(const BindsGiven *given);
static void query_here(const BindsGiven *given, ReturnSetInfo *result);
static void query_bind(const BindsGiven *given, ReturnSetInfo *result);
static char **attribute_names(TupleDesc desc);
static void put_row(ReturnSetInfo *result, Datum row);
static void check_distinct(char **names, int count);
static Datum row_to_jsonb(char **names, const BindsValue *values, int count);
static void push_value(JsonbParseState **state, const char *name,
					   const BindsValue *value);
static char *value_text(const char *name, const BindsValue *value, int *length);
static char *blob_text(const BindsValue *value, int *length);

/* ------------------------------------------------------------------------
 * SQL functions
 * ------------------------------------------------------------------------ */

/*
 * binds.execute(bind_key text, statement text, VARIADIC params "any") returns bigint
 *
 * Returns the number of rows changed, or of rows returned if there are any.
 */
Datum
binds_execute(PG_FUNCTION_ARGS)
{
	BindsGiven	given;
	BindsRun	run;
	int64		rows = 0;

	binds_given_read(fcinfo, &given);
	if (given.bind->key == NULL)
		PG_RETURN_INT64(execute_here(&given));

	binds_run_begin(&run, &given);
	if (run.outcome.ncolumns == 0)
		rows = Max(run.outcome.affected, 0);
	else
	{
		for (; binds_cursor_fetch(run.cursor) != NULL; rows++)
			CHECK_FOR_INTERRUPTS();
	}
	binds_run_end(&run);
	PG_RETURN_INT64(rows);
}

/*
 * binds.query(bind_key text, statement text, VARIADIC params "any") returns setof jsonb
 */
Datum
binds_query(PG_FUNCTION_ARGS)
{
	BindsGiven	given;

	binds_given_read(fcinfo, &given);
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (given.bind->key == NULL)
		query_here(&given, (ReturnSetInfo *) fcinfo->resultinfo);
	else
		query_bind(&given, (ReturnSetInfo *) fcinfo->resultinfo);
	return (Datum) 0;
}

/* ------------------------------------------------------------------------
 * On a bind
 * ------------------------------------------------------------------------ */

static void
query_bind(const BindsGiven *given, ReturnSetInfo *result)
{
	BindsRun	run;
	char	  **names;
	const BindsValue *values;
	MemoryContext context;
	MemoryContext outer;

	binds_run_begin(&run, given);
	binds_run_require_rows(&run, given);
	names = binds_run_column_names(&run);
	check_distinct(names, run.outcome.ncolumns);
	context = AllocSetContextCreate(CurrentMemoryContext, "binds query row",
									ALLOCSET_DEFAULT_SIZES);
	while ((values = binds_cursor_fetch(run.cursor)) != NULL)
	{
		outer = MemoryContextSwitchTo(context);
		put_row(result, row_to_jsonb(names, values, run.outcome.ncolumns));
		MemoryContextSwitchTo(outer);
		MemoryContextReset(context);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextDelete(context);
	binds_run_end(&run);
}

/* An object has each name once; a value must not be lost without a word. */
static void
check_distinct(char **names, int count)
{
	for (int i = 0; i < count; i++)
	{
		for (int j = 0; j < i; j++)
		{
			if (strcmp(names[i], names[j]) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_DUPLICATE_COLUMN),
						 errmsg("column name \"%s\" appears more than once",
								names[i]),
						 errhint("Give the columns different names with AS.")));
		}
	}
}

/* ------------------------------------------------------------------------
 * On the default bind
 * ------------------------------------------------------------------------ */

static int64
execute_here(const BindsGiven *given)
{
	int			code;
	int64		rows;

	SPI_connect();
	code = SPI_execute_plan(binds_given_prepare_here(given), given->params,
							binds_given_nulls(given), false, 0);
	if (code == SPI_ERROR_TRANSACTION || code == SPI_ERROR_COPY)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 code == SPI_ERROR_COPY ?
				 errmsg("cannot COPY to or from the client in binds.execute") :
				 errmsg("cannot begin or end a transaction in binds.execute")));
	if (code < 0)
		elog(ERROR, "could not execute the statement: %s",
			 SPI_result_code_string(code));
	rows = (int64) SPI_processed;
	SPI_finish();
	return rows;
}

static void
query_here(const BindsGiven *given, ReturnSetInfo *result)
{
	MemoryContext context;
	MemoryContext outer;
	Portal		portal;
	FmgrInfo	to_jsonb;
	TupleDesc	desc;

	SPI_connect();
	portal = binds_given_open_here(given);
	desc = BlessTupleDesc(CreateTupleDescCopy(portal->tupDesc));
	check_distinct(attribute_names(desc), desc->natts);
	fmgr_info(F_TO_JSONB, &to_jsonb);
	fmgr_info_set_expr((Node *) makeFuncExpr(F_TO_JSONB, JSONBOID,
											 list_make1(makeNullConst(RECORDOID, -1, InvalidOid)),
											 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL),
					   &to_jsonb);
	context = AllocSetContextCreate(CurrentMemoryContext, "binds query row",
									ALLOCSET_DEFAULT_SIZES);
	for (;;)
	{
		SPI_cursor_fetch(portal, true, 100);
		if (SPI_processed == 0)
			break;
		outer = MemoryContextSwitchTo(context);
		for (uint64 i = 0; i < SPI_processed; i++)
			put_row(result,
					FunctionCall1(&to_jsonb,
								  heap_copy_tuple_as_datum(SPI_tuptable->vals[i], desc)));
		MemoryContextSwitchTo(outer);
		MemoryContextReset(context);
		SPI_freetuptable(SPI_tuptable);
	}
	SPI_cursor_close(portal);
	SPI_finish();
}

static char **
attribute_names(TupleDesc desc)
{
	char	  **names = palloc(desc->natts * sizeof(char *));

	for (int i = 0; i < desc->natts; i++)
		names[i] = NameStr(TupleDescAttr(desc, i)->attname);
	return names;
}

static void
put_row(ReturnSetInfo *result, Datum row)
{
	bool		isnull = false;

	tuplestore_putvalues(result->setResult, result->setDesc, &row, &isnull);
}

/* ------------------------------------------------------------------------
 * Values as JSON
 * ------------------------------------------------------------------------ */

static Datum
row_to_jsonb(char **names, const BindsValue *values, int count)
{
	JsonbParseState *state = NULL;
	JsonbValue	name;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	for (int i = 0; i < count; i++)
	{
		name.type = jbvString;
		name.val.string.val = names[i];
		name.val.string.len = strlen(names[i]);
		pushJsonbValue(&state, WJB_KEY, &name);
		push_value(&state, names[i], &values[i]);
	}
	return JsonbPGetDatum(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}

/* Numbers as such, a blob as bytea's text, NaN and infinities as text. */
static void
push_value(JsonbParseState **state, const char *name, const BindsValue *value)
{
	JsonbValue	json;

	json.type = jbvString;
	switch (value->kind)
	{
		case BINDS_NULL:
			json.type = jbvNull;
			break;
		case BINDS_INTEGER:
			json.type = jbvNumeric;
			json.val.numeric = int64_to_numeric(value->integer);
			break;
		case BINDS_REAL:
			if (isnan(value->real) || isinf(value->real))
			{
				json.val.string.val = float8out_internal(value->real);
				json.val.string.len = strlen(json.val.string.val);
				break;
			}
			json.type = jbvNumeric;
			json.val.numeric =
				DatumGetNumeric(DirectFunctionCall3(numeric_in,
													CStringGetDatum(float8out_internal(value->real)),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)));
			break;
		case BINDS_BLOB:
			json.val.string.val = blob_text(value, &json.val.string.len);
			break;
		case BINDS_TEXT:
		case BINDS_DECIMAL:
			json.val.string.val = value_text(name, value, &json.val.string.len);
			break;
	}
	pushJsonbValue(state, WJB_VALUE, &json);
}

static char *
value_text(const char *name, const BindsValue *value, int *length)
{
	char	   *copy;
	char	   *text;

	if (memchr(value->data, '\0', value->length) != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
				 errmsg("text of column \"%s\" has a NUL byte", name)));
	if (!pg_verify_mbstr(PG_UTF8, value->data, value->length, true))
		ereport(ERROR,
				(errcode(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE),
				 errmsg("text of column \"%s\" is not valid UTF-8", name)));
	copy = pnstrdup(value->data, value->length);
	text = pg_any_to_server(copy, value->length, PG_UTF8);
	*length = strlen(text);
	return text;
}

static char *
blob_text(const BindsValue *value, int *length)
{
	char	   *text = palloc(2 + value->length * 2);

	text[0] = '\\';
	text[1] = 'x';
	*length = 2 + hex_encode(value->data, value->length, text + 2);
	return text;
}
