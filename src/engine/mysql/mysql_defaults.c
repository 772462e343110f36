/*
 * mysql_defaults.c
 *	  Defaults of columns, read from information_schema.
 *
 * MariaDB shows an expression, in which a text is quoted, and NULL as a word.  MySQL shows
 * the bare value of a literal, and an expression where it says DEFAULT_GENERATED.
 *
 * PostgreSQL evaluates a default in the engine's place only where it is a literal that
 * means the same in the column's type here.  All others are the engine's; of those the
 * current time is told to the model all the same, so that create_all can make the table
 * elsewhere, and a FLOAT of few digits.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>
#include <float.h>

#include "common/string.h"
#include "datatype/timestamp.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

#include "dialect/query.h"
#include "dialect/text.h"
#include "engine/mysql/mysql_dialect.h"

/* How the literals of a type are written in PostgreSQL. */
typedef enum LiteralKind
{
	LITERAL_NONE,				/* none means surely the same */
	LITERAL_NUMBER,
	LITERAL_REAL,
	LITERAL_SHORT_REAL,			/* of which six digits are shown */
	LITERAL_BIT,
	LITERAL_TEXT,
	LITERAL_DATE,
	LITERAL_TIME,
	LITERAL_MOMENT,				/* date and time */
	LITERAL_INSTANT,			/* likewise, in UTC */
	LITERAL_BYTES
} LiteralKind;

static const struct
{
	const char *type;
	LiteralKind kind;
}			literal_kinds[] =

{
	{"tinyint", LITERAL_NUMBER},
	{"smallint", LITERAL_NUMBER},
	{"mediumint", LITERAL_NUMBER},
	{"int", LITERAL_NUMBER},
	{"bigint", LITERAL_NUMBER},
	{"decimal", LITERAL_NUMBER},
	{"float", LITERAL_SHORT_REAL},
	{"double", LITERAL_REAL},
	{"bit", LITERAL_BIT},
	{"char", LITERAL_TEXT},
	{"varchar", LITERAL_TEXT},
	{"tinytext", LITERAL_TEXT},
	{"text", LITERAL_TEXT},
	{"mediumtext", LITERAL_TEXT},
	{"longtext", LITERAL_TEXT},
	{"enum", LITERAL_TEXT},
	{"set", LITERAL_TEXT},
	{"date", LITERAL_DATE},
	{"time", LITERAL_TIME},
	{"datetime", LITERAL_MOMENT},
	{"timestamp", LITERAL_INSTANT},
	{"longblob", LITERAL_BYTES},
};

#define CONVERT "convert("
#define CAST	"cast("
#define AS_DOUBLE " as double)"

static bool is_now(const char *text, bool expression);
static char *literal(const BindsReflectedColumn *column, LiteralKind kind,
					 const char *text, bool expression);
static char *hexadecimal(LiteralKind kind, const char *text);
static char *unquote(const char *text);
static bool is_number(const char *text, bool exponent);
static void read_short_real(BindsReflectedColumn *column, const char *text);
static int	count_digits(const char *text);
static char *inner_number(const char *text);
static bool is_date(const char *text, const char **end);
static bool is_clock(const char *text);

void
binds_mysql_read_default(BindsReflectedColumn *column, const MyType *type,
						 const char *text, bool readable, const char *extra,
						 bool fork)
{
	bool		expression = fork ||
		(extra != NULL && strstr(extra, "DEFAULT_GENERATED") != NULL);
	LiteralKind kind = LITERAL_NONE;

	if (text == NULL || (fork && strcmp(text, "NULL") == 0))
		return;
	for (size_t i = 0; i < lengthof(literal_kinds); i++)
	{
		if (strcmp(literal_kinds[i].type, type->name) == 0)
			kind = literal_kinds[i].kind;
	}
	column->has_default = true;
	column->engine_default = true;

	/*
	 * MySQL shows the bytes of a character as so many characters in an
	 * expression
	 */
	if (!readable || binds_mysql_is_vague(text) ||
		(expression && !fork && !pg_is_ascii(text)))
		return;
	if (kind == LITERAL_SHORT_REAL)
	{
		read_short_real(column, text);
		return;
	}
	column->default_expr = literal(column, kind, text, expression);
	column->engine_default = column->default_expr == NULL;
	if (column->engine_default && is_now(text, expression))
		column->default_expr = kind == LITERAL_INSTANT ? pstrdup("now()") :
			kind == LITERAL_MOMENT ? pstrdup("(now() AT TIME ZONE 'UTC')") : NULL;
}

/* MySQL shows CURRENT_TIMESTAMP like a literal, in types that take no text. */
static bool
is_now(const char *text, bool expression)
{
	return pg_strncasecmp(text, "current_timestamp", 17) == 0 ||
		(expression && (pg_strncasecmp(text, "utc_timestamp(", 14) == 0 ||
						pg_strncasecmp(text, "now(", 4) == 0));
}

/*
 * A literal as PostgreSQL's; NULL if it is none, or might mean something else.
 * expression: texts are quoted, perhaps after the name of a character set.
 */
static char *
literal(const BindsReflectedColumn *column, LiteralKind kind, const char *text,
		bool expression)
{
	const char *rest;
	const char *value = text;

	if (kind == LITERAL_BYTES || (expression && kind == LITERAL_TEXT &&
								  pg_strncasecmp(text, CONVERT, strlen(CONVERT)) == 0))
		return hexadecimal(kind, text);
	if (expression && kind != LITERAL_NUMBER && kind != LITERAL_REAL && kind != LITERAL_BIT)
	{
		if (value[0] == '_')
			value += strspn(value, "_abcdefghijklmnopqrstuvwxyz0123456789");
		value = unquote(value);
		if (value == NULL)
			return NULL;
	}
	switch (kind)
	{
		case LITERAL_NUMBER:
			if (column->type != NULL && strcmp(column->type, "boolean") == 0)
				return strcmp(value, "0") == 0 ? pstrdup("false") :
					strcmp(value, "1") == 0 ? pstrdup("true") : NULL;
			return is_number(value, false) ? psprintf("'%s'", value) : NULL;
		case LITERAL_REAL:
			return is_number(value, true) ? psprintf("'%s'", value) : NULL;
		case LITERAL_BIT:
			if (column->type == NULL || strcmp(column->type, "boolean") != 0)
				return NULL;
			return strcmp(value, "b'0'") == 0 ? pstrdup("false") :
				strcmp(value, "b'1'") == 0 ? pstrdup("true") : NULL;
		case LITERAL_TEXT:
			return quote_literal_cstr(value);
		case LITERAL_DATE:
			return is_date(value, &rest) && *rest == '\0' ?
				psprintf("'%s'", value) : NULL;
		case LITERAL_TIME:
			return is_clock(value) ? psprintf("'%s'", value) : NULL;
		case LITERAL_MOMENT:
		case LITERAL_INSTANT:
			return is_date(value, &rest) && *rest == ' ' && is_clock(rest + 1) ?
				psprintf("'%s%s'", value, kind == LITERAL_INSTANT ? "+00" : "") : NULL;
		case LITERAL_SHORT_REAL:
		case LITERAL_BYTES:
		case LITERAL_NONE:
			break;
	}
	return NULL;
}

/*
 * The default of a FLOAT.  Servers show six digits of it, so nobody knows by them what a
 * row gets, and the engine gives the value.  The model has it if there are less: so it was
 * said, almost surely.
 */
static void
read_short_real(BindsReflectedColumn *column, const char *text)
{
	char	   *number = inner_number(text);

	column->default_short = number == NULL && is_number(text, true);
	column->engine_default = number == NULL;
	if (number != NULL)
		column->default_expr = psprintf("'%s'", number);
	else if (column->default_short && count_digits(text) < FLT_DIG)
		column->default_expr = psprintf("'%s'", text);
}

/* Digits of a number, without zeros at its ends. */
static int
count_digits(const char *text)
{
	int			digits = 0;
	int			zeros = 0;

	for (text += strcspn(text, "123456789"); *text == '.' || isdigit((unsigned char) *text); text++)
	{
		if (*text == '0')
			zeros++;
		else if (*text != '.')
		{
			digits += zeros + 1;
			zeros = 0;
		}
	}
	return digits;
}

/*
 * Servers tell what the default of a column is that is NOT NULL only where the table has a
 * row.  It is asked for as a double: of a FLOAT they tell six digits everywhere.
 */
void
binds_mysql_ask_defaults(BindsDriverConn *conn, const char *bind_key,
						 BindsReflectedTable *table)
{
	StringInfoData sql;
	BindsRows  *rows;
	int			n = 0;

	initStringInfo(&sql);
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (!table->columns[i].default_short)
			continue;
		appendStringInfoString(&sql, n++ > 0 ? ", DEFAULT(t." : "SELECT DEFAULT(t.");
		binds_append_name(&sql, &binds_mysql_dialect, table->columns[i].name);
		appendStringInfoString(&sql, ") * 1e0");
	}
	if (n == 0)
		return;
	appendStringInfoString(&sql, " FROM (SELECT 1) d LEFT JOIN ");
	binds_append_table(&sql, &binds_mysql_dialect, table->schema, table->name);
	appendStringInfoString(&sql, " t ON TRUE LIMIT 1");
	/* who may not read the table learns nothing */
	if (binds_query_fault(&binds_mysql_driver, conn, bind_key,
						  binds_text_to_engine(sql.data)) != NULL)
		return;
	rows = binds_query_rows(&binds_mysql_driver, conn, bind_key, sql.data, n, 0, NULL);
	n = 0;
	for (int i = 0; i < table->ncolumns && rows->nrows > 0; i++)
	{
		BindsReflectedColumn *column = &table->columns[i];
		int			place = n;

		if (!column->default_short)
			continue;
		n++;
		if (binds_rows_is_null(rows, 0, place))
			continue;
		column->default_expr = psprintf("'%s'", binds_rows_text(rows, 0, place));
		column->engine_default = false;
	}
}

/*
 * The number of cast(1.5e0 as double), as which create_all gives a default that a server
 * would show short: see mysql_ddl.c.  NULL if the text is something else.  MariaDB puts
 * parentheses around it, MySQL around a number after its sign.
 */
static char *
inner_number(const char *text)
{
	char	   *number = pstrdup(text + (text[0] == '('));
	size_t		length = strlen(number);

	if (text[0] == '(' && length > 0 && number[length - 1] == ')')
		number[--length] = '\0';
	if (length <= strlen(CAST AS_DOUBLE) ||
		pg_strncasecmp(number, CAST, strlen(CAST)) != 0 ||
		pg_strcasecmp(number + length - strlen(AS_DOUBLE), AS_DOUBLE) != 0)
		return NULL;
	number[length - strlen(AS_DOUBLE)] = '\0';
	number += strlen(CAST);
	length = strlen(number);
	if (strncmp(number, "-(", 2) == 0 && number[length - 1] == ')')
		number = psprintf("-%.*s", (int) length - 3, number + 2);
	return is_number(number, true) ? number : NULL;
}

/*
 * X'c3a4' or 0xc3a4, which is bytes, or convert(X'c3a4' using utf8mb4), which create_all
 * writes for a text that servers would show in their own ways.
 */
static char *
hexadecimal(LiteralKind kind, const char *text)
{
	bool		is_text = kind == LITERAL_TEXT;
	char	   *digits = pstrdup(is_text ? text + strlen(CONVERT) : text);
	char	   *slash;
	bool		quoted;
	size_t		length;
	char	   *value;

	/* no digits at all MySQL shows in quotes that are escaped */
	while ((slash = strchr(digits, '\\')) != NULL)
		memmove(slash, slash + 1, strlen(slash));
	quoted = pg_strncasecmp(digits, "x'", 2) == 0;
	if (!quoted && strncmp(digits, "0x", 2) != 0)
		return NULL;
	digits += 2;
	length = strspn(digits, "0123456789abcdefABCDEF");
	if (length % 2 != 0 ||
		pg_strcasecmp(digits + length, psprintf("%s%s", quoted ? "'" : "",
												is_text ? " using utf8mb4)" : "")) != 0)
		return NULL;
	if (!is_text)
		return quote_literal_cstr(psprintf("\\x%.*s", (int) length, digits));
	value = palloc0(length / 2 + 1);
	hex_decode(digits, length, value);
	value = binds_text_verify(value, length / 2);
	return value != NULL ? quote_literal_cstr(value) : NULL;
}

/*
 * 'it''s' without its quotes; NULL if it is something else.  What has a backslash is not
 * looked at: servers do not agree on what they show then.
 */
static char *
unquote(const char *text)
{
	StringInfoData buf;
	const char *p;
	size_t		length = strlen(text);

	/* MySQL shows a literal of an expression as \'abc\' */
	if (length >= 4 && strncmp(text, "\\'", 2) == 0 && strcspn(text + 2, "\\'") == length - 4 &&
		strcmp(text + length - 2, "\\'") == 0)
		return pnstrdup(text + 2, length - 4);
	if (text[0] != '\'' || strchr(text, '\\') != NULL)
		return NULL;
	initStringInfo(&buf);
	for (p = text + 1; *p != '\0' && !(*p == '\'' && p[1] != '\''); p++)
	{
		appendStringInfoChar(&buf, *p);
		if (*p == '\'')
			p++;
	}
	return *p == '\'' && p[1] == '\0' ? buf.data : NULL;
}

/* exponent: it may have one. */
static bool
is_number(const char *text, bool exponent)
{
	if (*text == '-')
		text++;
	if (*text < '0' || *text > '9')
		return false;
	text += strspn(text, "0123456789");
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	if (exponent && (*text == 'e' || *text == 'E'))
	{
		text += text[1] == '-' || text[1] == '+' ? 2 : 1;
		if (*text == '\0')
			return false;
		text += strspn(text, "0123456789");
	}
	return *text == '\0';
}

/* A date that is in the calendar; *end becomes what follows it. */
static bool
is_date(const char *text, const char **end)
{
	int			year;
	int			month;
	int			day;
	int			length = 0;

	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &length) != 3 ||
		length != 10 || year < 1 || month < 1 || month > MONTHS_PER_YEAR ||
		day < 1 || day > day_tab[isleap(year)][month - 1])
		return false;
	*end = text + length;
	return true;
}

/* hh:mm:ss with or without a fraction, within a day */
static bool
is_clock(const char *text)
{
	int			hour;
	int			minute;
	int			second;
	int			length = 0;

	if (sscanf(text, "%2d:%2d:%2d%n", &hour, &minute, &second, &length) != 3 ||
		length != 8 || hour < 0 || hour > 23)
		return false;
	text += length;
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	return *text == '\0';
}
