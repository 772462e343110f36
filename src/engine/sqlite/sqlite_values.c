/*
 * sqlite_values.c
 *	  SQL functions of our connections: values in one form, to compare them.
 *
 * SQLite calls them; the forms themselves are in sqlite_normalize.c.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "common/shortest_dec.h"

#include "engine/sqlite/sqlite.h"
#include "engine/sqlite/sqlite_driver.h"
#include "value/value.h"

static void function_time(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static void function_day(sqlite3_context *context, int argc,
						 sqlite3_value **argv);
static void function_basic_day(sqlite3_context *context, int argc,
							   sqlite3_value **argv);
static void function_basic_year(sqlite3_context *context, int argc,
								sqlite3_value **argv);
static void function_moment(sqlite3_context *context, int argc,
							sqlite3_value **argv);
static void function_decimal(sqlite3_context *context, int argc,
							 sqlite3_value **argv);
static void function_real(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static void function_double(sqlite3_context *context, int argc,
							sqlite3_value **argv);
static void function_uuid(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static void function_keep(sqlite3_context *context, int argc,
						  sqlite3_value **argv);
static void function_number(sqlite3_context *context, int argc,
							sqlite3_value **argv);
static void function_fingerprint(sqlite3_context *context, int argc,
								 sqlite3_value **argv);
static bool reads_the_same(sqlite3_value *number, sqlite3_value *text);
static bool is_text_of(const char *number, sqlite3_value *text);

/*
 * The SQL functions that normalize values before they are compared.  Deterministic,
 * and not for the schema's own use: another program must be able to read the file.
 */
bool
binds_sqlite_create_functions(BindsDriverConn *conn, BindsError *error)
{
	static const struct
	{
		const char *name;
		int			nargs;
		void		(*function) (sqlite3_context *, int, sqlite3_value **);
	}			functions[] = {
		{"binds_time", 1, function_time},
		{"binds_day", 2, function_day},
		{"binds_basic_day", 2, function_basic_day},
		{"binds_basic_year", 2, function_basic_year},
		{"binds_moment", 2, function_moment},
		{"binds_decimal", 1, function_decimal},
		{"binds_real", 1, function_real},
		{"binds_double", 1, function_double},
		{"binds_uuid", 2, function_uuid},
		{"binds_keep", 2, function_keep},
		{"binds_number", 1, function_number},
		{"binds_fingerprint", -1, function_fingerprint}
	};

	for (int i = 0; i < (int) lengthof(functions); i++)
	{
		int			rc;

		rc = sqlite3_create_function_v2(conn->db, functions[i].name,
										functions[i].nargs,
										SQLITE_UTF8 | SQLITE_DETERMINISTIC |
										SQLITE_DIRECTONLY, NULL,
										functions[i].function, NULL, NULL, NULL);
		if (rc != SQLITE_OK)
		{
			binds_sqlite_fill_error(conn, rc, error);
			return false;
		}
	}
	return true;
}

/*
 * Does SQLite read this text as this very number?  It rounds well, but not always to
 * the nearest double, so it is asked, on a connection without a database.
 */
bool
binds_sqlite_reads_real(const char *text, double value)
{
	static sqlite3 *db = NULL;
	static sqlite3_stmt *stmt = NULL;
	double		result = 0;

	if (stmt == NULL)
	{
		if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE |
							SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
			sqlite3_prepare_v2(db, "SELECT CAST(? AS REAL)", -1, &stmt,
							   NULL) != SQLITE_OK)
		{
			sqlite3_close(db);
			db = NULL;
			stmt = NULL;
			return false;
		}
	}
	if (sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC) == SQLITE_OK &&
		sqlite3_step(stmt) == SQLITE_ROW)
		result = sqlite3_column_double(stmt, 0);
	sqlite3_reset(stmt);
	return memcmp(&result, &value, sizeof(double)) == 0;
}

/* Return the text, or the value as it was if it is none that we know. */
static void
return_normal(sqlite3_context *context, sqlite3_value *value, const char *normal,
			  int length)
{
	if (length < 0)
		sqlite3_result_value(context, value);
	else
		sqlite3_result_text(context, normal, length, SQLITE_TRANSIENT);
}

/* binds_time(text): a time or timestamp with six digits of a second, in UTC. */
static void
function_time(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	char		buf[BINDS_SQLITE_NORMAL_MAX];
	const char *text = sqlite3_value_type(argv[0]) == SQLITE_TEXT ?
		(const char *) sqlite3_value_text(argv[0]) : NULL;

	return_normal(context, argv[0], buf, text == NULL ? -1 :
				  binds_sqlite_normal_time(text, sqlite3_value_bytes(argv[0]),
										   buf));
}

/* Return a bound that is made of a timestamp and a number of days. */
static void
return_bound(sqlite3_context *context, sqlite3_value **argv,
			 int (*make) (const char *, int, int, char *))
{
	char		buf[BINDS_SQLITE_NORMAL_MAX];
	const char *text = sqlite3_value_type(argv[0]) == SQLITE_TEXT ?
		(const char *) sqlite3_value_text(argv[0]) : NULL;

	return_normal(context, argv[0], buf, text == NULL ? -1 :
				  make(text, sqlite3_value_bytes(argv[0]),
					   sqlite3_value_int(argv[1]), buf));
}

/* binds_day(text, n): the day of a timestamp, n days later. */
static void
function_day(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	return_bound(context, argv, binds_sqlite_normal_day);
}

/* binds_basic_day(text, n): the same, as a bound for texts of the basic format. */
static void
function_basic_day(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	return_bound(context, argv, binds_sqlite_normal_basic_day);
}

/* binds_basic_year(text, n): where those of the year of that day begin. */
static void
function_basic_year(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	return_bound(context, argv, binds_sqlite_normal_basic_year);
}

/*
 * binds_moment(number, word): microseconds since 1970 of a moment kept as a number by
 * the convention of this name.
 */
static void
function_moment(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int			type = sqlite3_value_type(argv[0]);
	const char *word = (const char *) sqlite3_value_text(argv[1]);
	BindsValue	value = {.kind = BINDS_NULL};
	int64		usecs;

	if (type == SQLITE_INTEGER)
	{
		value.kind = BINDS_INTEGER;
		value.integer = sqlite3_value_int64(argv[0]);
	}
	else if (type == SQLITE_FLOAT)
	{
		value.kind = BINDS_REAL;
		value.real = sqlite3_value_double(argv[0]);
	}
	if (binds_number_usecs(binds_temporal_form(word), &value, &usecs))
		sqlite3_result_int64(context, usecs);
	else
		sqlite3_result_value(context, argv[0]);
}

/* binds_decimal(text): a decimal number as its digits and an exponent. */
static void
function_decimal(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const char *text = sqlite3_value_type(argv[0]) == SQLITE_TEXT ?
		(const char *) sqlite3_value_text(argv[0]) : NULL;
	int			length = text != NULL ? sqlite3_value_bytes(argv[0]) : 0;
	char	   *buf = text != NULL ? sqlite3_malloc(length + 16) : NULL;

	if (text != NULL && buf == NULL)
		sqlite3_result_error_nomem(context);
	else
		return_normal(context, argv[0], buf, text == NULL ? -1 :
					  binds_sqlite_normal_decimal(text, length, buf));
	sqlite3_free(buf);
}

/* binds_real(number): as PostgreSQL's type real reads it. */
static void
function_real(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int			type = sqlite3_value_type(argv[0]);

	if (type == SQLITE_FLOAT || type == SQLITE_INTEGER)
		sqlite3_result_double(context,
							  (double) (float) sqlite3_value_double(argv[0]));
	else
		sqlite3_result_value(context, argv[0]);
}

/* binds_double(text): the nearest double, which SQLite itself does not promise. */
static void
function_double(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const char *text = (const char *) sqlite3_value_text(argv[0]);

	if (text == NULL)
		sqlite3_result_null(context);
	else
		sqlite3_result_double(context, strtod(text, NULL));
}

/*
 * binds_uuid(value, form): a uuid as a text of 36 or 32 characters or as 16 bytes.
 */
static void
function_uuid(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int			type = sqlite3_value_type(argv[0]);
	int			form = sqlite3_value_int(argv[1]);
	char		buf[BINDS_SQLITE_NORMAL_MAX];
	const char *data = NULL;

	if (type == SQLITE_TEXT || type == SQLITE_BLOB)
		data = sqlite3_value_blob(argv[0]);
	if (data == NULL ||
		!binds_sqlite_normal_uuid(data, sqlite3_value_bytes(argv[0]), form, buf))
		sqlite3_result_value(context, argv[0]);
	else if (form == 16)
		sqlite3_result_blob(context, buf, form, SQLITE_TRANSIENT);
	else
		sqlite3_result_text(context, buf, form, SQLITE_TRANSIENT);
}

/*
 * binds_keep(old, new): the old value if PostgreSQL reads both as the same, so that an
 * UPDATE which sets a column of no type to itself leaves a number a number; else the
 * new one.
 */
static void
function_keep(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int			old = sqlite3_value_type(argv[0]);
	int			new = sqlite3_value_type(argv[1]);
	bool		same = false;

	if (new == SQLITE_TEXT)
		same = reads_the_same(argv[0], argv[1]);
	else if (old == SQLITE_TEXT)
		same = reads_the_same(argv[1], argv[0]);
	else if ((old == SQLITE_INTEGER && new == SQLITE_FLOAT) ||
			 (old == SQLITE_FLOAT && new == SQLITE_INTEGER))
		same = sqlite3_value_double(argv[0]) == sqlite3_value_double(argv[1]) &&
			sqlite3_value_int64(argv[0]) == sqlite3_value_int64(argv[1]);
	sqlite3_result_value(context, argv[same ? 0 : 1]);
}

/* Is the text that of a number, as value/ writes it? */
static bool
reads_the_same(sqlite3_value *number, sqlite3_value *text)
{
	char		buf[DOUBLE_SHORTEST_DECIMAL_LEN + 1];

	switch (sqlite3_value_type(number))
	{
		case SQLITE_INTEGER:
			snprintf(buf, sizeof(buf), INT64_FORMAT,
					 (int64) sqlite3_value_int64(number));
			break;
		case SQLITE_FLOAT:
			double_to_shortest_decimal_buf(sqlite3_value_double(number), buf);
			break;
		default:
			return false;
	}
	return is_text_of(buf, text);
}

static bool
is_text_of(const char *number, sqlite3_value *text)
{
	const char *data = (const char *) sqlite3_value_text(text);
	size_t		length = strlen(number);

	return data != NULL && (size_t) sqlite3_value_bytes(text) == length &&
		memcmp(data, number, length) == 0;
}

/* binds_number(text): the number that is read as this text, else NULL. */
static void
function_number(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const char *text = (const char *) sqlite3_value_text(argv[0]);
	char		buf[DOUBLE_SHORTEST_DECIMAL_LEN + 1];
	int64		integer;
	double		real;

	if (text == NULL)
		return;
	integer = strtoll(text, NULL, 10);
	snprintf(buf, sizeof(buf), INT64_FORMAT, integer);
	if (is_text_of(buf, argv[0]))
	{
		sqlite3_result_int64(context, integer);
		return;
	}
	real = strtod(text, NULL);
	double_to_shortest_decimal_buf(real, buf);
	if (is_text_of(buf, argv[0]))
		sqlite3_result_double(context, real);
}

/*
 * binds_fingerprint(value, ...): an integer that stands for the values as they are kept,
 * bytes and storage class.
 */
static void
function_fingerprint(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	uint64		hash = argc;

	for (int i = 0; i < argc; i++)
	{
		int			type = sqlite3_value_type(argv[i]);
		const void *data = NULL;
		int			length = 0;
		int64		integer;
		double		real;

		if (type == SQLITE_INTEGER)
		{
			integer = sqlite3_value_int64(argv[i]);
			data = &integer;
			length = sizeof(integer);
		}
		else if (type == SQLITE_FLOAT)
		{
			real = sqlite3_value_double(argv[i]);
			data = &real;
			length = sizeof(real);
		}
		else if (type != SQLITE_NULL)
		{
			data = type == SQLITE_TEXT ? (const void *) sqlite3_value_text(argv[i]) :
				sqlite3_value_blob(argv[i]);
			length = sqlite3_value_bytes(argv[i]);
			if (data == NULL && (type == SQLITE_TEXT || length > 0))
			{
				sqlite3_result_error_nomem(context);
				return;
			}
		}
		hash = hash_combine64(hash, type);
		hash = hash_bytes_extended(length > 0 ? data : "", length, hash);
	}
	sqlite3_result_int64(context, (int64) hash);
}
