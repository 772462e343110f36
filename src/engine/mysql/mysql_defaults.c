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
 * elsewhere.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

#include "dialect/text.h"
#include "engine/mysql/mysql_dialect.h"

/* How the literals of a type are written in PostgreSQL. */
typedef enum LiteralKind
{
	LITERAL_NONE,				/* none means surely the same */
	LITERAL_NUMBER,
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
	{"float", LITERAL_NUMBER},
	{"double", LITERAL_NUMBER},
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

static bool is_now(const char *text, bool expression);
static char *literal(const BindsReflectedColumn *column, LiteralKind kind,
					 const char *text, bool expression);
static char *hexadecimal(LiteralKind kind, const char *text);
static char *unquote(const char *text);
static bool is_number(const char *text);
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
	if (!readable || binds_mysql_is_vague(text))
		return;
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
	if (expression && kind != LITERAL_NUMBER && kind != LITERAL_BIT)
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
			return is_number(value) ? psprintf("'%s'", value) : NULL;
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
		case LITERAL_BYTES:
		case LITERAL_NONE:
			break;
	}
	return NULL;
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

static bool
is_number(const char *text)
{
	if (*text == '-')
		text++;
	if (*text < '0' || *text > '9')
		return false;
	text += strspn(text, "0123456789");
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
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
