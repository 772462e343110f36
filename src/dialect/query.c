/*
 * query.c
 *	  Small queries on an open connection, for reflection and for checks.
 *
 * Results are kept whole in the caller's memory context: not for user data.  Their
 * bytes are verified where they are read, since some of them may be anything.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include <ctype.h>

#include "miscadmin.h"

#include "dialect/error.h"
#include "dialect/query.h"

static void find_places(BindsQuery *query, const char *sql, int n);
static void read_rows(BindsRows *rows, const BindsDriver *driver,
					  BindsDriverStmt *stmt, const BindsValue *values,
					  const BindsErrorContext *context);
static void copy_value(BindsValue *to, const BindsValue *from);
static void copy_row(BindsRows *rows, int *allocated, const BindsValue *row);
static const BindsValue *value_at(const BindsRows *rows, int row, int column);
static char *no_null(const BindsRows *rows, int row, int column, char *text);
static char *text_of(const BindsValue *value);
static bool number_of(const BindsValue *value, int64 *number);
static void refuse(const BindsRows *rows, int row, int column, const char *what) __attribute__((noreturn));

/*
 * Run a statement with n text parameters (NULL is NULL) and return all rows.
 */
BindsRows *
binds_query_rows(const BindsDriver *driver, BindsDriverConn *conn,
				 const char *bind_key, const char *sql, int ncolumns,
				 int n, const char *const *params)
{
	BindsErrorContext context = {.bind_key = bind_key, .sql = sql};
	BindsQuery	query;
	BindsError	error;
	BindsValue *values = palloc0(sizeof(BindsValue) * (n + 1));
	BindsDriverStmt *stmt;
	BindsRows  *rows = palloc0(sizeof(BindsRows));

	rows->ncolumns = ncolumns;
	rows->bind_key = bind_key;
	rows->sql = sql;
	for (int i = 0; i < n; i++)
	{
		values[i].kind = params[i] != NULL ? BINDS_TEXT : BINDS_NULL;
		values[i].data = params[i] != NULL ? binds_text_to_engine(params[i]) : NULL;
		values[i].length = params[i] != NULL ? strlen(values[i].data) : 0;
	}
	find_places(&query, binds_text_to_engine(sql), n);
	query.ncolumns = ncolumns;

	error.kind = BINDS_ERROR_NONE;
	stmt = driver->prepare(conn, &query, &error);
	if (stmt == NULL)
		binds_error_raise(ERROR, &error, &context);

	context.values = values;
	context.nvalues = n;
	PG_TRY();
	{
		read_rows(rows, driver, stmt, values, &context);
	}
	PG_FINALLY();
	{
		driver->finalize(stmt);
	}
	PG_END_TRY();
	return rows;
}

/*
 * Why a statement without parameters fails, in the engine's words; NULL if it does not.
 * What is no fault of the statement is raised.
 */
char *
binds_query_fault(const BindsDriver *driver, BindsDriverConn *conn,
				  const char *bind_key, const char *sql)
{
	BindsErrorContext context = {.bind_key = bind_key, .sql = sql};
	BindsQuery	query = {.sql = sql, .ncolumns = BINDS_ANY_COLUMNS};
	BindsError	error = {.kind = BINDS_ERROR_NONE};
	BindsDriverStmt *stmt = driver->prepare(conn, &query, &error);

	BindsOutcome outcome;
	bool		works = stmt != NULL &&
		driver->execute(stmt, NULL, &outcome, &error);

	if (stmt != NULL)
		driver->finalize(stmt);
	if (works)
		return NULL;
	if (error.kind != BINDS_ERROR_STATEMENT)
		binds_error_raise(ERROR, &error, &context);
	return binds_error_text(&error);
}

char *
binds_query_misfit(const BindsDriver *driver, BindsDriverConn *conn,
				   const char *bind_key, const char *sql, bool raise)
{
	BindsErrorContext context = {.bind_key = bind_key, .sql = sql};
	BindsQuery	query = {.sql = binds_text_to_engine(sql), .ncolumns = BINDS_ANY_COLUMNS};
	BindsError	error = {.kind = BINDS_ERROR_NONE};
	BindsDriverStmt *stmt = driver->prepare(conn, &query, &error);
	bool		understood = stmt != NULL &&
		(driver->understands == NULL || driver->understands(stmt, &error));

	if (stmt != NULL)
		driver->finalize(stmt);
	if (understood)
		return NULL;
	if (raise || error.kind != BINDS_ERROR_STATEMENT)
		binds_error_raise(ERROR, &error, &context);
	return binds_error_text(&error);
}

int
binds_query_columns(const BindsDriver *driver, BindsDriverConn *conn,
					const char *bind_key, const char *sql,
					char ***names, BindsColumnType **types)
{
	BindsErrorContext context = {.bind_key = bind_key, .sql = sql};
	BindsQuery	query = {.sql = binds_text_to_engine(sql), .ncolumns = BINDS_ANY_COLUMNS};
	BindsError	error = {.kind = BINDS_ERROR_NONE};
	BindsDriverStmt *stmt = driver->prepare(conn, &query, &error);
	int			n = 0;

	if (stmt == NULL)
		binds_error_raise(ERROR, &error, &context);
	PG_TRY();
	{
		if (driver->describe != NULL && !driver->describe(stmt, &error))
			binds_error_raise(ERROR, &error, &context);
		while (driver->column_name(stmt, n) != NULL)
			n++;
		*names = palloc(sizeof(char *) * Max(n, 1));
		*types = palloc(sizeof(BindsColumnType) * Max(n, 1));
		for (int i = 0; i < n; i++)
		{
			const char *name = driver->column_name(stmt, i);

			(*names)[i] = binds_text_clean(name, strlen(name));
			driver->column_type(stmt, i, &(*types)[i]);
		}
	}
	PG_FINALLY();
	{
		driver->finalize(stmt);
	}
	PG_END_TRY();
	return n;
}

/* Describe a statement in which every '?' is a parameter. */
static void
find_places(BindsQuery *query, const char *sql, int n)
{
	int		   *places = palloc(sizeof(int) * (n + 1));
	int		   *params = palloc(sizeof(int) * (n + 1));
	int			found = 0;

	/* with no parameters a '?' is part of a name */
	for (const char *p = n > 0 ? strchr(sql, '?') : NULL; p != NULL;
		 p = strchr(p + 1, '?'))
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

static void
read_rows(BindsRows *rows, const BindsDriver *driver, BindsDriverStmt *stmt,
		  const BindsValue *values, const BindsErrorContext *context)
{
	BindsError	error;
	BindsOutcome outcome;
	BindsValue *row;
	int			allocated = 0;
	BindsFetch	fetched;

	error.kind = BINDS_ERROR_NONE;
	if (!driver->execute(stmt, values, &outcome, &error))
		binds_error_raise(ERROR, &error, context);
	if (outcome.ncolumns != rows->ncolumns)
	{
		binds_error_set_columns(&error, outcome.ncolumns, rows->ncolumns);
		binds_error_raise(ERROR, &error, context);
	}
	if (rows->ncolumns == 0)
		return;

	row = palloc(sizeof(BindsValue) * rows->ncolumns);
	while ((fetched = driver->fetch(stmt, row, &error)) == BINDS_FETCH_ROW)
		copy_row(rows, &allocated, row);
	if (fetched == BINDS_FETCH_ERROR)
		binds_error_raise(ERROR, &error, context);
}

static void
copy_row(BindsRows *rows, int *allocated, const BindsValue *row)
{
	CHECK_FOR_INTERRUPTS();
	if (rows->nrows == *allocated)
	{
		Size		size;

		*allocated = Max(16, *allocated * 2);
		size = sizeof(BindsValue) * *allocated * rows->ncolumns;
		rows->values = rows->values == NULL ?
			palloc_extended(size, MCXT_ALLOC_HUGE) :
			repalloc_huge(rows->values, size);
	}
	for (int i = 0; i < rows->ncolumns; i++)
		copy_value(&rows->values[rows->nrows * rows->ncolumns + i], &row[i]);
	rows->nrows++;
}

static void
copy_value(BindsValue *to, const BindsValue *from)
{
	char	   *data;

	*to = *from;
	if (from->kind < BINDS_TEXT)
		return;
	data = palloc_extended(from->length + 1, MCXT_ALLOC_HUGE);
	if (from->length > 0)
		memcpy(data, from->data, from->length);
	data[from->length] = '\0';
	to->data = data;
}

/* ------------------------------------------------------------------------
 * Reading
 * ------------------------------------------------------------------------ */

/* A question that always has an answer may get no row. */
static const BindsValue *
value_at(const BindsRows *rows, int row, int column)
{
	Assert(row >= 0 && column >= 0 && column < rows->ncolumns);
	if (row >= rows->nrows)
		refuse(rows, row, column, "missing");
	return &rows->values[row * rows->ncolumns + column];
}

bool
binds_rows_is_null(const BindsRows *rows, int row, int column)
{
	return value_at(rows, row, column)->kind == BINDS_NULL;
}

bool
binds_rows_is_text(const BindsRows *rows, int row, int column)
{
	const BindsValue *value = value_at(rows, row, column);

	return value->kind != BINDS_NULL && text_of(value) != NULL;
}

/*
 * Raises 08P01 for NULL, and for bytes that are no text.
 */
char *
binds_rows_text(const BindsRows *rows, int row, int column)
{
	return no_null(rows, row, column, binds_rows_text_maybe(rows, row, column));
}

static char *
no_null(const BindsRows *rows, int row, int column, char *text)
{
	if (text == NULL)
		refuse(rows, row, column, "NULL, not a text");
	return text;
}

/*
 * NULL for NULL.  Raises 08P01 for bytes that are no text.
 */
char *
binds_rows_text_maybe(const BindsRows *rows, int row, int column)
{
	const BindsValue *value = value_at(rows, row, column);
	char	   *text;

	if (value->kind == BINDS_NULL)
		return NULL;
	text = text_of(value);
	if (text == NULL)
		refuse(rows, row, column,
			   "not a text in the encoding of the database");
	return text;
}

/*
 * Raises 08P01 for NULL.
 */
char *
binds_rows_words(const BindsRows *rows, int row, int column)
{
	return no_null(rows, row, column, binds_rows_words_maybe(rows, row, column));
}

/*
 * NULL for NULL.
 */
char *
binds_rows_words_maybe(const BindsRows *rows, int row, int column)
{
	const BindsValue *value = value_at(rows, row, column);

	if (value->kind < BINDS_TEXT)
		return binds_rows_text_maybe(rows, row, column);
	/* where nothing can be converted names are compared as they are */
	if (!IsTransactionState() && text_of(value) != NULL)
		return text_of(value);
	return binds_text_clean(value->data, value->length);
}

List *
binds_rows_names(const BindsRows *rows)
{
	List	   *names = NIL;

	for (int i = 0; i < rows->nrows; i++)
		names = lappend(names, binds_rows_words(rows, i, 0));
	return names;
}

/* Any value but NULL as verified text; NULL if it is none. */
static char *
text_of(const BindsValue *value)
{
	switch (value->kind)
	{
		case BINDS_INTEGER:
			return psprintf(INT64_FORMAT, value->integer);
		case BINDS_REAL:
			return psprintf("%.17g", value->real);
		default:
			return binds_text_verify(value->data, value->length);
	}
}

int64
binds_rows_integer(const BindsRows *rows, int row, int column, int64 minimum,
				   int64 maximum)
{
	const BindsValue *value = value_at(rows, row, column);
	int64		number;

	if (!number_of(value, &number))
		refuse(rows, row, column, value->kind == BINDS_NULL ?
			   "NULL, not a number" : "not a whole number");
	if (number < minimum || number > maximum)
		refuse(rows, row, column,
			   psprintf(INT64_FORMAT ", not a number from " INT64_FORMAT
						" to " INT64_FORMAT, number, minimum, maximum));
	return number;
}

bool
binds_rows_bool(const BindsRows *rows, int row, int column)
{
	return binds_rows_integer(rows, row, column, 0, 1) != 0;
}

/* False if the value is no integer of 64 bits. */
static bool
number_of(const BindsValue *value, int64 *number)
{
	const char *digits;
	char	   *end;

	switch (value->kind)
	{
		case BINDS_INTEGER:
			*number = value->integer;
			return true;
		case BINDS_TEXT:
		case BINDS_BLOB:
		case BINDS_DECIMAL:
			digits = value->data;
			if (!isdigit((unsigned char) digits[digits[0] == '-' ? 1 : 0]))
				return false;
			errno = 0;
			*number = strtoll(digits, &end, 10);
			return errno == 0 && end == value->data + value->length;
		default:
			return false;
	}
}

/* Raise 08P01: what is wrong with a value, "NULL, not a text". */
static void
refuse(const BindsRows *rows, int row, int column, const char *what)
{
	BindsErrorContext context = {.bind_key = rows->bind_key, .sql = rows->sql};
	BindsError	error;

	binds_error_set(&error, BINDS_ERROR_STATEMENT, ERRCODE_PROTOCOL_VIOLATION, 0,
					"column %d of row %d of the engine's answer is %s", column + 1,
					row + 1, what);
	binds_error_raise(ERROR, &error, &context);
	pg_unreachable();
}
