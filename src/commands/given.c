/*
 * given.c
 *	  A statement in the engine's own SQL: its parameters, and its execution.
 *
 * It runs in the caller's transaction like any other: through the branch layer for a
 * bind, through SPI for the default bind.  The right to use the server is
 * needed, and nobody has the right to execute the functions that take one unless it is
 * granted.
 *
 * A SELECT may call a function of the server that writes, so it is a write use of the
 * branch wherever writing is allowed, and commits with the session.  Where it is not,
 * the query announces two scans, and the engine is put into a read-only snapshot for
 * them instead of reading without a transaction.
 *
 * Parameters never become part of the text: where they stand is the engine's to find.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/plancache.h"

#include "commands/classify.h"
#include "commands/given.h"
#include "compat.h"
#include "model/facts.h"
#include "value/value.h"

/* of decimal numbers that every engine with such a type has */
#define DECIMAL_PRECISION 65
#define DECIMAL_SCALE 30

static void check_count(const BindsGiven *given, SPIPlanPtr plan);
static bool find_last_param(Node *node, int *last);
static void read_params(FunctionCallInfo fcinfo, BindsGiven *given);
static void make_query(const BindsGiven *given, BindsQuery *query);
static BindsValue *encode_params(const BindsGiven *given);
static void encode_param(const BindsGiven *given, int number, BindsValue *value);
static int32 numeric_typmod(Datum value);
static bool changes_rows(const BindsBind *bind, const char *sql);
static BindsUseKind use_of(const BindsBind *bind, const BindsQuery *query, bool *selects);

/* ------------------------------------------------------------------------
 * Arguments
 * ------------------------------------------------------------------------ */

void
binds_given_read(FunctionCallInfo fcinfo, BindsGiven *given)
{
	AclResult	acl;

	memset(given, 0, sizeof(*given));
	given->bind = binds_bind_find(PG_ARGISNULL(0) ? NULL :
								  text_to_cstring(PG_GETARG_TEXT_PP(0)));
	if (given->bind->key != NULL)
	{
		acl = binds_compat_server_aclcheck(given->bind->serverid, GetUserId());
		if (acl != ACLCHECK_OK)
			aclcheck_error(acl, OBJECT_FOREIGN_SERVER, given->bind->key);
	}
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("statement must not be NULL")));
	given->sql = text_to_cstring(PG_GETARG_TEXT_PP(1));
	if (PG_NARGS() > 2)
		read_params(fcinfo, given);
}

/* Words in quotes are text; VARIADIC and an array gives its elements. */
static void
read_params(FunctionCallInfo fcinfo, BindsGiven *given)
{
	given->nparams = extract_variadic_args(fcinfo, 2, true, &given->params,
										   &given->types, &given->nulls);
	if (given->nparams < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("array of parameters must not be NULL")));
}

char *
binds_given_nulls(const BindsGiven *given)
{
	char	   *nulls = palloc(given->nparams + 1);

	for (int i = 0; i < given->nparams; i++)
		nulls[i] = given->nulls[i] ? 'n' : ' ';
	nulls[given->nparams] = '\0';
	return nulls;
}

Portal
binds_given_open_here(const BindsGiven *given)
{
	SPIPlanPtr	plan = binds_given_prepare_here(given);

	if (!SPI_is_cursor_plan(plan))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("statement on the default bind returns no rows"),
				 errhint("Use binds.execute.")));
	return SPI_cursor_open(NULL, plan, given->params, binds_given_nulls(given), false);
}

SPIPlanPtr
binds_given_prepare_here(const BindsGiven *given)
{
	SPIPlanPtr	plan = SPI_prepare(given->sql, given->nparams, given->types);

	if (plan == NULL)
		elog(ERROR, "could not prepare the statement: %s",
			 SPI_result_code_string(SPI_result));
	if (list_length(SPI_plan_get_plan_sources(plan)) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("only one statement can be executed at a time")));
	check_count(given, plan);
	return plan;
}

/*
 * Refuse parameters that the statement has no place for, as binds do.  Of a statement that
 * rules have done away with nothing is known.
 */
static void
check_count(const BindsGiven *given, SPIPlanPtr plan)
{
	int			last = 0;
	ListCell   *lc;
	ListCell   *lc_query;
	bool		known = false;

	foreach(lc, SPI_plan_get_plan_sources(plan))
	{
		foreach(lc_query, ((CachedPlanSource *) lfirst(lc))->query_list)
		{
			known = true;
			(void) find_last_param(lfirst(lc_query), &last);
		}
	}
	if (known && last < given->nparams)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_PARAMETER),
				 errmsg("the statement has %d parameters, not %d", last, given->nparams)));
}

/* The number of the last parameter in a tree; goes on to its end. */
static bool
find_last_param(Node *node, int *last)
{
	if (node == NULL)
		return false;
	if (IsA(node, Query))
	{
		Query	   *query = (Query *) node;

		if (query->utilityStmt != NULL)
			return find_last_param((Node *) UtilityContainsQuery(query->utilityStmt), last);
		return query_tree_walker(query, find_last_param, last, 0);
	}
	if (IsA(node, Param) && ((Param *) node)->paramkind == PARAM_EXTERN)
		*last = Max(*last, ((Param *) node)->paramid);
	return expression_tree_walker(node, find_last_param, last);
}

/* ------------------------------------------------------------------------
 * Parameters
 * ------------------------------------------------------------------------ */

static void
make_query(const BindsGiven *given, BindsQuery *query)
{
	int		   *numbers = palloc(sizeof(int) * Max(given->nparams, 1));

	for (int i = 0; i < given->nparams; i++)
		numbers[i] = i;
	memset(query, 0, sizeof(*query));
	query->sql = pg_server_to_any(given->sql, strlen(given->sql), PG_UTF8);
	query->ncolumns = BINDS_ANY_COLUMNS;
	query->nplaces = query->nparams = given->nparams;
	query->places = query->params = numbers;
	query->given = true;
	query->bound = given->nparams > 0;
}

static BindsValue *
encode_params(const BindsGiven *given)
{
	BindsValue *values;

	if (given->nparams == 0)
		return NULL;
	values = palloc0(sizeof(BindsValue) * given->nparams);
	for (int i = 0; i < given->nparams; i++)
	{
		values[i].kind = BINDS_NULL;
		if (!given->nulls[i])
			encode_param(given, i, &values[i]);
	}
	return values;
}

/* As a column of its type, made by create_all, would keep it. */
static void
encode_param(const BindsGiven *given, int number, BindsValue *value)
{
	const BindsBind *bind = given->bind;
	BindsStorage storage;
	int32		typmod = -1;
	Oid			type = getBaseType(given->types[number]);

	if (type == NUMERICOID)
		typmod = numeric_typmod(given->params[number]);
	memset(&storage, 0, sizeof(storage));
	bind->dialect->resolve(&storage, type, typmod, get_typtype(type),
						   get_typcollation(type), NULL, NULL);
	if (storage.codec == BINDS_CODEC_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("parameter %d has type %s, which cannot be sent to bind \"%s\"",
						number + 1, format_type_be(given->types[number]), bind->key),
				 errhint("%s", binds_codec_way_out(type, "Give its text (CAST ... AS text)."))));
	storage.hide_values = bind->options->hide_parameters;
	binds_encode(&storage, given->params[number], NULL,
				 psprintf("parameter %d to bind \"%s\"", number + 1, bind->key), value);
}

/*
 * A number is kept as one where its digits allow it, and that of a parameter has the
 * precision and scale that it has; -1 if no engine has a type with these.
 */
static int32
numeric_typmod(Datum value)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, value));
	char	   *digits = text + (*text == '-' ? 1 : 0);
	char	   *point = strchr(digits, '.');
	int			scale = point != NULL ? (int) strlen(point + 1) : 0;
	int			precision;

	if (*digits < '0' || *digits > '9')
		return -1;				/* NaN, infinity */
	precision = (int) strlen(digits) - (point != NULL ? 1 : 0);
	if (precision > DECIMAL_PRECISION || scale > DECIMAL_SCALE)
		return -1;
	return ((precision << 16) | scale) + VARHDRSZ;
}

/* ------------------------------------------------------------------------
 * On a bind
 * ------------------------------------------------------------------------ */

void
binds_run_begin(BindsRun *run, const BindsGiven *given)
{
	const BindsBind *bind = given->bind;
	BindsValue *values = encode_params(given);
	BindsQuery	query;
	BindsUseKind kind;
	bool		selects;

	memset(run, 0, sizeof(*run));
	make_query(given, &query);
	kind = use_of(bind, &query, &selects);
	if (kind == BINDS_USE_READ && bind->dialect->select_may_write)
		run->second = binds_branch_announce(bind->serverid, GetUserId(), kind);
	(void) binds_branch_use(bind->serverid, GetUserId(), kind, &run->use);
	run->cursor = binds_branch_cursor(run->use, &query, NULL);
	binds_cursor_execute(run->cursor, values, kind == BINDS_USE_WRITE ||
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

void
binds_run_end(BindsRun *run)
{
	binds_cursor_close(run->cursor);
	binds_branch_leave(run->use);
	if (run->second != NULL)
		binds_branch_leave(run->second);
}

void
binds_run_require_rows(const BindsRun *run, const BindsGiven *given)
{
	if (run->outcome.ncolumns > 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("statement on bind \"%s\" returns no rows", given->bind->key),
			 errhint("Use binds.execute.")));
}

char **
binds_run_column_names(const BindsRun *run)
{
	int			count = run->outcome.ncolumns;
	char	  **names = palloc(count * sizeof(char *));

	for (int i = 0; i < count; i++)
	{
		const char *name = binds_cursor_column_name(run->cursor, i);

		if (name == NULL)
			name = "";
		names[i] = pstrdup(pg_any_to_server(name, strlen(name), PG_UTF8));
	}
	return names;
}
