/*
 * error.c
 *	  From an engine's error to PostgreSQL's, one look for all binds.
 *
 * The engine's message is copied and converted before anything is raised; what an
 * engine says may be in any bytes, so it is made valid in the database encoding.
 * A password is never part of what comes in here: drivers leave it out.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "mb/stringinfo_mb.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"

#include "dialect/error.h"
#include "dialect/text.h"

/* what is shown of a statement, of one value, and of how many values */
#define MAX_STATEMENT 4096
#define MAX_VALUE 64
#define MAX_VALUES 16

static int	set_field(int field, const char *value);
static char *statement_text(const BindsErrorContext *context);
static void append_value(StringInfo buf, const BindsValue *value);
static char *mask_literals(const char *sql, char quote);
static const char *skip_quoted(const char *p);
static bool is_word(char c);
static char *mask_message(const char *message);
static const char *value_end(const char *open);
static bool names_follow(const char *start, const char *end);
static bool may_see_all(void);
static int	log_level(void);
static const char *hint_of(int sqlstate, const BindsErrorContext *context);
static char *where_text(const BindsErrorContext *context);

/*
 * Raise an engine's error of a statement at "elevel".
 *
 * For ERROR a pending interrupt is served first, so that a cancelled query fails
 * with 57014 and not with what the engine says about having been interrupted.
 */
void
binds_error_raise(int elevel, const BindsError *error,
				  const BindsErrorContext *context)
{
	static const BindsErrorWords none = {0};
	const BindsErrorWords *words =
		context != NULL && context->words != NULL ? context->words : &none;
	BindsErrorContext shown;
	BindsError	copy = *error;
	const char *table;
	char	   *message;
	char	   *where;
	char	   *statement;
	char	   *values;
	const char *hint;

	if (elevel >= ERROR)
		CHECK_FOR_INTERRUPTS();

	message = copy.message[0] != '\0' ?
		binds_text_clean(copy.message, strlen(copy.message)) :
		pstrdup("the engine gave no message");
	if (words->hide_values)
	{
		shown = *context;
		shown.hide_parameters = true;
		context = &shown;
	}
	if (context != NULL && context->hide_parameters)
		message = mask_message(message);
	where = where_text(context);
	statement = statement_text(context);

	/*
	 * Who knows better what the error means has seen to it who may read the
	 * values, too.
	 */
	values = (words != &none && !words->engines) || may_see_all() ?
		binds_error_values_text(context) : NULL;
	if (words->sqlstate != 0)
		copy.sqlstate = words->sqlstate;
	hint = words->hint != NULL ? words->hint :
		copy.hint != NULL ? copy.hint : hint_of(copy.sqlstate, context);
	table = words->table != NULL || words->any_table || context == NULL ? words->table :
		context->relation;
	if (copy.kind == BINDS_ERROR_INTERRUPTED)
		copy.sqlstate = ERRCODE_QUERY_CANCELED;

	ereport(elevel,
			(errcode(copy.sqlstate != 0 ? copy.sqlstate : ERRCODE_FDW_ERROR),
			 errmsg_internal("%s", words->message != NULL ? words->message : message),
			 (copy.kind == BINDS_ERROR_BRANCH_LOST || copy.branch_lost) ?
			 errdetail("The engine has rolled back its part of the transaction.") :
			 words->detail != NULL ? errdetail_internal("%s", words->detail) :
			 copy.detail != NULL ? errdetail("%s", copy.detail) : 0,
			 hint != NULL ? errhint("%s", hint) : 0,
			 where != NULL ? errcontext("%s", where) : 0,
			 words->message != NULL ? errcontext("the engine says: %s", message) : 0,
			 statement != NULL ? errcontext("remote SQL: %s", statement) : 0,
			 values != NULL ? errcontext("parameters: %s", values) : 0,
			 set_field(PG_DIAG_SCHEMA_NAME, words->schema),
			 set_field(PG_DIAG_TABLE_NAME, table),
			 set_field(PG_DIAG_COLUMN_NAME, words->column),
			 set_field(PG_DIAG_CONSTRAINT_NAME, words->constraint)));
}

static int
set_field(int field, const char *value)
{
	return value != NULL ? err_generic_string(field, value) : 0;
}

/*
 * Raise an error of connecting to a bind.
 */
void
binds_error_raise_connect(const BindsError *error, bool file, const char *bind_key)
{
	BindsError	copy = *error;
	char	   *message;

	CHECK_FOR_INTERRUPTS();

	message = binds_text_clean(copy.message, strlen(copy.message));
	if (copy.kind == BINDS_ERROR_INTERRUPTED)
		copy.sqlstate = ERRCODE_QUERY_CANCELED;
	ereport(ERROR,
			(errcode(copy.sqlstate != 0 ? copy.sqlstate :
					 ERRCODE_SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION),
			 file ? errmsg("could not open the database of bind \"%s\"", bind_key) :
			 errmsg("could not connect to server \"%s\"", bind_key),
			 message[0] != '\0' ? errdetail_internal("%s", message) : 0,
			 copy.hint != NULL ? errhint("%s", copy.hint) : 0));
	pg_unreachable();
}

BindsBeforeError
binds_error_before(void)
{
	BindsBeforeError before = {CurrentMemoryContext, InterruptHoldoffCount,
	QueryCancelHoldoffCount};

	return before;
}

ErrorData *
binds_error_catch(const BindsBeforeError *before)
{
	ErrorData  *error;

	MemoryContextSwitchTo(before->context);
	error = CopyErrorData();
	FlushErrorState();
	InterruptHoldoffCount = before->holdoff;
	QueryCancelHoldoffCount = before->cancel_holdoff;
	return error;
}

bool
binds_error_is_final(const ErrorData *error)
{
	return error->sqlerrcode == ERRCODE_QUERY_CANCELED ||
		error->sqlerrcode == ERRCODE_INTERNAL_ERROR ||
		ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_TRANSACTION_ROLLBACK;
}

/*
 * May whoever is at the other end see all that is going on here?  Values of a statement
 * come from anywhere: the rows of another table, a view of its owner's, what a function
 * with its owner's rights has read.  As for the statements of others, see pg_monitor.
 *
 * During an abort nothing can be looked up: what was true before it holds.
 */
static bool
may_see_all(void)
{
	static Oid	asked = InvalidOid;
	static bool may = false;

	if (IsTransactionState())
	{
		asked = GetSessionUserId();
		may = has_privs_of_role(asked, ROLE_PG_READ_ALL_STATS);
	}
	return may && asked == GetSessionUserId();
}

/*
 * The level to log a statement with: others find it in the server's log only, whatever
 * their client_min_messages is.
 */
static int
log_level(void)
{
	return may_see_all() ? LOG : LOG_SERVER_ONLY;
}

/*
 * Log a statement that is sent to a bind.
 */
void
binds_error_log_statement(const char *bind_key, const BindsErrorContext *context)
{
	char	   *statement = statement_text(context);
	char	   *values = binds_error_values_text(context);

	ereport(log_level(),
			(errmsg("bind \"%s\": %s", bind_key, statement),
			 values != NULL ? errdetail("parameters: %s", values) : 0,
			 errhidestmt(true), errhidecontext(true)));
}

/*
 * Log how long a statement took.  The words are PostgreSQL's own.
 */
void
binds_error_log_duration(const char *bind_key, double ms, double first_row,
						 const BindsErrorContext *context)
{
	char	   *statement = statement_text(context);
	char	   *values = binds_error_values_text(context);
	char	   *first = first_row < 0 ? "" :
		psprintf(", first row after %.3f ms", first_row);

	ereport(log_level(),
			(statement == NULL ?
			 errmsg("bind \"%s\": duration: %.3f ms%s", bind_key, ms, first) :
			 errmsg("bind \"%s\": duration: %.3f ms%s  statement: %s", bind_key, ms, first,
					statement),
			 values != NULL ? errdetail("parameters: %s", values) : 0,
			 errhidestmt(true), errhidecontext(true)));
}

char *
binds_error_values_text(const BindsErrorContext *context)
{
	StringInfoData buf;

	if (context != NULL && context->shown_values != NULL)
		return pstrdup(context->shown_values);
	if (context == NULL || context->nvalues == 0 || context->values == NULL ||
		context->hide_parameters)
		return NULL;
	initStringInfo(&buf);
	for (int i = 0; i < context->nvalues; i++)
	{
		if (i == MAX_VALUES)
		{
			appendStringInfo(&buf, ", and %d more", context->nvalues - i);
			break;
		}
		if (i > 0)
			appendStringInfoString(&buf, ", ");
		append_value(&buf, &context->values[i]);
	}
	return buf.data;
}

void
binds_error_set_columns(BindsError *error, int given, int wanted)
{
	if (wanted == 0)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_PROTOCOL_VIOLATION, 0,
						"the engine answered with rows that were not asked for");
	else if (given == 0)
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_PROTOCOL_VIOLATION, 0,
						"the engine answered without the rows that were asked for");
	else
		binds_error_set(error, BINDS_ERROR_STATEMENT, ERRCODE_PROTOCOL_VIOLATION, 0,
						"the engine answered with %d columns, not with %d", given,
						wanted);
}

char *
binds_error_text(const BindsError *error)
{
	return binds_text_clean(error->message, strlen(error->message));
}

/*
 * The way out of what any engine may say of a relation, or NULL.  Its table may be
 * missing, but also one that a view of the engine needs.
 */
static const char *
hint_of(int sqlstate, const BindsErrorContext *context)
{
	if (context == NULL || context->bind_key == NULL || context->relation == NULL)
		return NULL;
	if (sqlstate == ERRCODE_UNDEFINED_COLUMN)
		return "If it is a column of the foreign table that has another name in the engine, set its option column_name (ALTER FOREIGN TABLE ... ALTER COLUMN ... OPTIONS); if the engine's table has changed, make the foreign table anew, by binds.forget and binds.reflect or by IMPORT FOREIGN SCHEMA.";
	if (sqlstate != ERRCODE_UNDEFINED_TABLE)
		return NULL;
	return psprintf("binds.create_all(%s) makes tables of models that are not there; for a foreign table that is no model look at its option table_name, or at what the engine has.",
					quote_literal_cstr(context->bind_key));
}

/* Say which bind and table, or NULL. */
static char *
where_text(const BindsErrorContext *context)
{
	if (context == NULL || context->bind_key == NULL)
		return NULL;
	if (context->relation != NULL)
		return psprintf("bind \"%s\", table \"%s\"",
						context->bind_key, context->relation);
	return psprintf("bind \"%s\"", context->bind_key);
}

/* The statement as shown: cut, and without literals if they are hidden. */
static char *
statement_text(const BindsErrorContext *context)
{
	const char *sql;
	size_t		length;
	char	   *text;

	if (context == NULL || context->sql == NULL)
		return NULL;
	sql = context->hide_parameters ?
		mask_literals(context->sql, context->quote) : context->sql;
	length = strlen(sql);
	if (length <= MAX_STATEMENT)
		return binds_text_clean(sql, length);
	text = binds_text_clean(sql, pg_encoding_mbcliplen(PG_UTF8, sql, length,
													   MAX_STATEMENT));
	return psprintf("%s...", text);
}

static void
append_value(StringInfo buf, const BindsValue *value)
{
	size_t		shown;

	switch (value->kind)
	{
		case BINDS_NULL:
			appendStringInfoString(buf, "NULL");
			break;
		case BINDS_INTEGER:
			appendStringInfo(buf, INT64_FORMAT, value->integer);
			break;
		case BINDS_REAL:
			appendStringInfo(buf, "%.17g", value->real);
			break;
		case BINDS_TEXT:
			shown = value->length;
			if (shown > MAX_VALUE)
				shown = pg_encoding_mbcliplen(PG_UTF8, value->data, shown,
											  MAX_VALUE);
			appendStringInfoStringQuoted(buf, binds_text_clean(value->data, shown), -1);
			if (shown < value->length)
			{
				buf->data[--buf->len] = '\0';
				appendStringInfoString(buf, "...'");
			}
			break;
		case BINDS_DECIMAL:
			appendBinaryStringInfo(buf, value->data, value->length);
			break;
		case BINDS_BLOB:
			appendStringInfo(buf, "(%zu bytes)", value->length);
			break;
	}
}

/*
 * Return the statement with '?' in place of each literal: texts with their
 * prefix (x'00', _utf8mb4'a'), and numbers.  Names in quotes stay.
 */
static char *
mask_literals(const char *sql, char quote)
{
	StringInfoData buf;
	const char *p = sql;

	initStringInfo(&buf);
	while (*p != '\0')
	{
		const char *start = p;

		if (*p == '\'' || (*p == '"' && quote != '"'))
		{
			appendStringInfoChar(&buf, '?');
			p = skip_quoted(p);
		}
		else if (*p == '"' || *p == '`')
		{
			p = skip_quoted(p);
			appendBinaryStringInfo(&buf, start, p - start);
		}
		else if (is_word(*p))
		{
			/* a word; a number, if it starts with a digit or a dot */
			while (is_word(*p) || (isdigit((unsigned char) *start) && *p == '.'))
				p++;
			if (isdigit((unsigned char) *start))
				appendStringInfoChar(&buf, '?');
			else if (*p != '\'')
				appendBinaryStringInfo(&buf, start, p - start);
		}
		else
			appendStringInfoChar(&buf, *p++);
	}
	return buf.data;
}

/* Skip a quoted text in which the quote is doubled. */
static const char *
skip_quoted(const char *p)
{
	char		quote = *p++;

	while (*p != '\0')
	{
		if (*p == quote)
		{
			if (p[1] != quote)
				return p + 1;
			p++;
		}
		p++;
	}
	return p;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char) c) || c == '_' || c == '$' ||
		IS_HIGHBIT_SET(c);
}

/* ------------------------------------------------------------------------
 * Values in messages
 * ------------------------------------------------------------------------ */

/*
 * Return an engine's message without the values in it: "Duplicate entry 'x' for key
 * 'k'" keeps 'k' only.  Engines do not double quotes in values, so a value is taken
 * to be as long as it may be.
 */
static char *
mask_message(const char *message)
{
	StringInfoData buf;
	const char *p = message;

	initStringInfo(&buf);
	while (*p != '\0')
	{
		const char *end;

		/* not the apostrophe of "doesn't" */
		if (*p != '\'' || (p > message && is_word(p[-1])))
		{
			appendStringInfoChar(&buf, *p++);
			continue;
		}
		if (names_follow(message, p) && (end = strchr(p + 1, '\'')) != NULL)
			appendBinaryStringInfo(&buf, p, end + 1 - p);
		else
		{
			end = value_end(p);
			appendStringInfoString(&buf, "'***'");
		}
		p = *end == '\0' ? end : end + 1;
	}
	return buf.data;
}

/* Where the value that begins with the quote at "open" ends: its last possible quote. */
static const char *
value_end(const char *open)
{
	static const char *const tails[] = {"' for ", "' at "};
	const char *end = NULL;

	for (size_t i = 0; i < lengthof(tails); i++)
	{
		for (const char *p = strstr(open + 1, tails[i]); p != NULL;
			 p = strstr(p + 1, tails[i]))
			end = end == NULL || p > end ? p : end;
	}
	if (end == NULL)
		end = strrchr(open + 1, '\'');
	return end != NULL ? end : open + strlen(open);
}

/* Does the text before "end" say that a name comes, not a value? */
static bool
names_follow(const char *start, const char *end)
{
	static const char *const words[] = {"column", "key", "table", "field", "index",
	"constraint", "function", "procedure", "database", "view", "user", "in"};
	const char *word;

	while (end > start && end[-1] == ' ')
		end--;
	for (word = end; word > start && is_word(word[-1]); word--)
		;
	for (size_t i = 0; i < lengthof(words); i++)
	{
		if (strlen(words[i]) == (size_t) (end - word) &&
			pg_strncasecmp(word, words[i], end - word) == 0)
			return true;
	}
	return false;
}
