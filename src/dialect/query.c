/*
 * query.c
 *	  Small queries on an open connection, for reflection and for checks.
 *
 * Results are kept whole in the caller's memory context: not for user data.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "common/string.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "dialect/error.h"
#include "dialect/query.h"

static void find_places(BindsQuery *query, const char *sql, int n);
static BindsRows *read_rows(const BindsDriver *driver, BindsDriverStmt *stmt,
							const BindsValue *values, int n,
							const BindsErrorContext *context);
static void copy_value(BindsValue *to, const BindsValue *from);
static void copy_row(BindsRows *rows, int *allocated, const BindsValue *row);

/*
 * Run a statement with n text parameters (NULL is NULL) and return all rows.
 */
BindsRows *
binds_query_rows(const BindsDriver *driver, BindsDriverConn *conn,
				 const char *bind_key, const char *sql,
				 int n, const char *const *params)
{
	BindsErrorContext context = {.bind_key = bind_key, .sql = sql};
	BindsQuery	query;
	BindsError	error;
	BindsValue *values = palloc0(sizeof(BindsValue) * (n + 1));
	BindsDriverStmt *stmt;
	BindsRows  *volatile rows = NULL;

	for (int i = 0; i < n; i++)
	{
		values[i].kind = params[i] != NULL ? BINDS_TEXT : BINDS_NULL;
		values[i].data = params[i] != NULL ? binds_text_to_engine(params[i]) : NULL;
		values[i].length = params[i] != NULL ? strlen(values[i].data) : 0;
	}
	find_places(&query, binds_text_to_engine(sql), n);

	error.kind = BINDS_ERROR_NONE;
	stmt = driver->prepare(conn, &query, &error);
	if (stmt == NULL)
		binds_error_raise(ERROR, &error, &context);

	context.values = values;
	context.nvalues = n;
	PG_TRY();
	{
		rows = read_rows(driver, stmt, values, n, &context);
	}
	PG_FINALLY();
	{
		driver->finalize(stmt);
	}
	PG_END_TRY();
	return rows;
}

const char *
binds_text_to_engine(const char *text)
{
	if (GetDatabaseEncoding() == PG_UTF8 || pg_is_ascii(text) ||
		!IsTransactionState())
		return text;
	return pg_server_to_any(text, strlen(text), PG_UTF8);
}

/* The result is palloc'ed and ends with a NUL. */
char *
binds_text_from_engine(const char *data, size_t length)
{
	char	   *text = palloc(length + 1);

	if (length > 0)
		memcpy(text, data, length);
	text[length] = '\0';
	if (GetDatabaseEncoding() == PG_UTF8 || pg_is_ascii(text) ||
		!IsTransactionState())
		return text;
	return pg_any_to_server(text, length, PG_UTF8);
}

/*
 * Return a value as a palloc'ed text, NULL for BINDS_NULL.
 */
char *
binds_value_text(const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_NULL:
			return NULL;
		case BINDS_INTEGER:
			return psprintf(INT64_FORMAT, value->integer);
		case BINDS_REAL:
			return psprintf("%.17g", value->real);
		case BINDS_TEXT:
		case BINDS_BLOB:
		case BINDS_DECIMAL:
			return pnstrdup(value->data, value->length);
	}
	return NULL;
}

/*
 * Return a value as an integer; text is read as digits, what is none is 0.
 */
int64
binds_value_integer(const BindsValue *value)
{
	char		buf[32];
	size_t		length;

	switch (value->kind)
	{
		case BINDS_NULL:
			return 0;
		case BINDS_INTEGER:
			return value->integer;
		case BINDS_REAL:
			return (int64) value->real;
		case BINDS_TEXT:
		case BINDS_BLOB:
		case BINDS_DECIMAL:
			length = Min(value->length, sizeof(buf) - 1);
			memcpy(buf, value->data, length);
			buf[length] = '\0';
			return strtoll(buf, NULL, 10);
	}
	return 0;
}

/* Describe a statement in which every '?' is a parameter. */
static void
find_places(BindsQuery *query, const char *sql, int n)
{
	int		   *places = palloc(sizeof(int) * (n + 1));
	int		   *params = palloc(sizeof(int) * (n + 1));
	int			found = 0;

	for (const char *p = strchr(sql, '?'); p != NULL; p = strchr(p + 1, '?'))
	{
		if (found == n)
			elog(ERROR, "more parameter places than values: %s", sql);
		places[found] = (int) (p - sql);
		params[found] = found;
		found++;
	}
	memset(query, 0, sizeof(*query));
	query->sql = sql;
	query->nplaces = found;
	query->places = places;
	query->params = params;
	query->nparams = n;
}

static BindsRows *
read_rows(const BindsDriver *driver, BindsDriverStmt *stmt,
		  const BindsValue *values, int n, const BindsErrorContext *context)
{
	BindsRows  *rows = palloc0(sizeof(BindsRows));
	BindsError	error;
	BindsOutcome outcome;
	BindsValue *row;
	int			allocated = 0;
	BindsFetch	fetched;

	error.kind = BINDS_ERROR_NONE;
	if (!driver->execute(stmt, values, &outcome, &error))
		binds_error_raise(ERROR, &error, context);
	rows->ncolumns = outcome.ncolumns;
	if (rows->ncolumns == 0)
		return rows;

	row = palloc(sizeof(BindsValue) * rows->ncolumns);
	while ((fetched = driver->fetch(stmt, row, &error)) == BINDS_FETCH_ROW)
		copy_row(rows, &allocated, row);
	if (fetched == BINDS_FETCH_ERROR)
		binds_error_raise(ERROR, &error, context);
	return rows;
}

static void
copy_row(BindsRows *rows, int *allocated, const BindsValue *row)
{
	if (rows->nrows == *allocated)
	{
		Size		size;

		*allocated = Max(16, *allocated * 2);
		size = sizeof(BindsValue) * *allocated * rows->ncolumns;
		rows->values = rows->values == NULL ? palloc(size) :
			repalloc_huge(rows->values, size);
	}
	for (int i = 0; i < rows->ncolumns; i++)
		copy_value(BINDS_CELL(rows, rows->nrows, i), &row[i]);
	rows->nrows++;
}

static void
copy_value(BindsValue *to, const BindsValue *from)
{
	char	   *data;

	*to = *from;
	if (from->kind == BINDS_TEXT)
	{
		data = binds_text_from_engine(from->data, from->length);
		to->data = data;
		to->length = strlen(data);
		return;
	}
	if (from->kind != BINDS_BLOB)
		return;
	data = palloc(from->length + 1);
	if (from->length > 0)
		memcpy(data, from->data, from->length);
	data[from->length] = '\0';
	to->data = data;
}
