/*
 * execute.c
 *	  binds.execute and binds.query: a statement in the engine's own SQL.
 *
 * It runs in the caller's transaction like any other: through the branch layer for a
 * bind, through SPI for the default bind.  The right to use the server is
 * needed, and nobody has the right to execute these functions unless it is granted.
 *
 * A SELECT may call a function of the server that writes, so it is a write use of the
 * branch wherever writing is allowed, and commits with the session.  Where it is not,
 * the query announces two scans, and the engine is put into a read-only snapshot for
 * them instead of reading without a transaction.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/fmgroids.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "commands/commands.h"
#include "commands/classify.h"
#include "compat.h"
#include "connection/cursor.h"
#include "model/facts.h"
#include "transaction/branch.h"

BINDS_FUNCTION(binds_execute);
BINDS_FUNCTION(binds_query);

/* A statement under way on a bind. */
typedef struct Run
{
	BindsUse   *use;
	BindsUse   *second;			/* see above; NULL: not needed */
	BindsCursor *cursor;
	BindsOutcome outcome;
} Run;

static char *statement_argument(FunctionCallInfo fcinfo, BindsBind **bind);
static void run_statement(Run *run, const BindsBind *bind, const char *sql);
static bool changes_rows(const BindsBind *bind, const char *sql);
static BindsUseKind use_of(const BindsBind *bind, const BindsQuery *query, bool *selects);
static void end_statement(Run *run);
static int64 execute_here(const char *sql);
static void query_here(const char *sql, ReturnSetInfo *result);
static void query_bind(const BindsBind *bind, const char *sql, ReturnSetInfo *result);
static char **attribute_names(TupleDesc desc);
static void put_row(ReturnSetInfo *result, Datum row);
static char **column_names(const BindsBind *bind, BindsCursor *cursor);
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
 * binds.execute(bind_key text, statement text) returns bigint
 *
 * Returns the number of rows changed, or of rows returned if there are any.
 */
Datum
binds_execute(PG_FUNCTION_ARGS)
{
	BindsBind  *bind;
	char	   *sql = statement_argument(fcinfo, &bind);
	Run			run = {0};
	int64		rows = 0;

	if (bind->key == NULL)
		PG_RETURN_INT64(execute_here(sql));

	run_statement(&run, bind, sql);
	if (run.outcome.ncolumns == 0)
		rows = Max(run.outcome.affected, 0);
	else
	{
		while (binds_cursor_fetch(run.cursor) != NULL)
			rows++;
	}
	end_statement(&run);
	PG_RETURN_INT64(rows);
}

/*
 * binds.query(bind_key text, statement text) returns setof jsonb
 */
Datum
binds_query(PG_FUNCTION_ARGS)
{
	BindsBind  *bind;
	char	   *sql = statement_argument(fcinfo, &bind);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (bind->key == NULL)
		query_here(sql, (ReturnSetInfo *) fcinfo->resultinfo);
	else
		query_bind(bind, sql, (ReturnSetInfo *) fcinfo->resultinfo);
	return (Datum) 0;
}

/* The statement; the bind is found, and the right to use it checked. */
static char *
statement_argument(FunctionCallInfo fcinfo, BindsBind **bind)
{
	AclResult	acl;

	*bind = binds_bind_find(PG_ARGISNULL(0) ? NULL :
							text_to_cstring(PG_GETARG_TEXT_PP(0)));
	if ((*bind)->key != NULL)
	{
		acl = binds_compat_server_aclcheck((*bind)->serverid, GetUserId());
		if (acl != ACLCHECK_OK)
			aclcheck_error(acl, OBJECT_FOREIGN_SERVER, (*bind)->key);
	}
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("statement must not be NULL")));
	return text_to_cstring(PG_GETARG_TEXT_PP(1));
}

/* ------------------------------------------------------------------------
 * On a bind
 * ------------------------------------------------------------------------ */

static void
run_statement(Run *run, const BindsBind *bind, const char *sql)
{
	BindsQuery	query = {0};
	BindsUseKind kind;
	bool		selects;

	query.sql = pg_server_to_any(sql, strlen(sql), PG_UTF8);
	query.ncolumns = BINDS_ANY_COLUMNS;
	kind = use_of(bind, &query, &selects);
	if (kind == BINDS_USE_READ && bind->dialect->select_may_write)
		run->second = binds_branch_announce(bind->serverid, GetUserId(), kind);
	(void) binds_branch_use(bind->serverid, GetUserId(), kind, &run->use);
	run->cursor = binds_branch_cursor(run->use, &query, NULL);
	binds_cursor_execute(run->cursor, NULL, kind == BINDS_USE_WRITE ||
						 kind == BINDS_USE_DDL, &run->outcome);
	if (kind == BINDS_USE_READ || selects)
		return;
	binds_branch_tell_statement(run->use);
	binds_facts_forget_reach(bind->serverid);
	if (bind->dialect->transactional_ddl && !changes_rows(bind, query.sql))
		binds_facts_changed(bind->serverid);
}

/* Does a statement that writes change rows only?  Its first word says so. */
static bool
changes_rows(const BindsBind *bind, const char *sql)
{
	static const char *const words[] = {"INSERT", "REPLACE", "UPDATE", "DELETE", "WITH"};
	char	   *word;

	(void) binds_classify_statement(bind->dialect, bind->key, sql, &word);
	for (size_t i = 0; i < lengthof(words); i++)
	{
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

/*
 * How a statement uses the branch: the engine is asked, before anything is announced.
 * One that does not tell gets a transaction in which it refuses to write, where
 * writing is not allowed, and one to write in else.  *selects: its words say that it only
 * reads, so that at most a function in it writes.
 */
static BindsUseKind
use_of(const BindsBind *bind, const BindsQuery *query, bool *selects)
{
	const BindsDialect *dialect = bind->dialect;
	char	   *word;
	BindsWordKind kind = binds_classify_statement(dialect, bind->key, query->sql, &word);
	bool		reads = false;

	*selects = kind == BINDS_WORD_ASKED && dialect->driver->reads_only == NULL;
	if (kind == BINDS_WORD_CREATES)
		return BINDS_USE_DDL;
	if (kind == BINDS_WORD_WRITES)
		return BINDS_USE_WRITE;
	if (dialect->driver->reads_only != NULL || kind == BINDS_WORD_UNKNOWN)
		reads = binds_connection_reads_only(binds_connection_get(bind->serverid,
																 GetUserId(), 0),
											query);
	if (dialect->driver->reads_only == NULL && kind == BINDS_WORD_UNKNOWN)
		binds_classify_refuse(bind->key, word);
	return reads || (dialect->driver->reads_only == NULL &&
					 (XactReadOnly || bind->options->read_only)) ?
		BINDS_USE_READ : BINDS_USE_WRITE;
}

static void
end_statement(Run *run)
{
	binds_cursor_close(run->cursor);
	binds_branch_leave(run->use);
	if (run->second != NULL)
		binds_branch_leave(run->second);
}

static void
query_bind(const BindsBind *bind, const char *sql, ReturnSetInfo *result)
{
	Run			run = {0};
	char	  **names;
	int			count;
	const BindsValue *values;
	MemoryContext context;
	MemoryContext outer;

	run_statement(&run, bind, sql);
	count = run.outcome.ncolumns;
	if (count == 0)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("statement on bind \"%s\" returns no rows", bind->key),
				 errhint("Use binds.execute.")));
	names = column_names(bind, run.cursor);
	context = AllocSetContextCreate(CurrentMemoryContext, "binds query row",
									ALLOCSET_DEFAULT_SIZES);
	while ((values = binds_cursor_fetch(run.cursor)) != NULL)
	{
		outer = MemoryContextSwitchTo(context);
		put_row(result, row_to_jsonb(names, values, count));
		MemoryContextSwitchTo(outer);
		MemoryContextReset(context);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextDelete(context);
	end_statement(&run);
}

static char **
column_names(const BindsBind *bind, BindsCursor *cursor)
{
	int			count = binds_cursor_ncolumns(cursor);
	char	  **names = palloc(count * sizeof(char *));

	for (int i = 0; i < count; i++)
	{
		const char *name = binds_cursor_column_name(cursor, i);

		if (name == NULL)
			name = "";
		names[i] = pstrdup(pg_any_to_server(name, strlen(name), PG_UTF8));
	}
	check_distinct(names, count);
	return names;
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
execute_here(const char *sql)
{
	int			code;
	int64		rows;

	SPI_connect();
	code = SPI_execute(sql, false, 0);
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
query_here(const char *sql, ReturnSetInfo *result)
{
	MemoryContext context;
	MemoryContext outer;
	Portal		portal;
	SPIPlanPtr	plan;
	FmgrInfo	to_jsonb;
	TupleDesc	desc;

	SPI_connect();
	plan = SPI_prepare(sql, 0, NULL);
	if (plan == NULL || !SPI_is_cursor_plan(plan))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("statement on the default bind returns no rows"),
				 errhint("Use binds.execute.")));
	portal = SPI_cursor_open(NULL, plan, NULL, NULL, false);
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
