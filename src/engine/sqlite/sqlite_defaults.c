/*
 * sqlite_defaults.c
 *	  Defaults of columns, read from a SQLite file.
 *
 * A default is an expression of SQLite: PostgreSQL evaluates it in its place only where it
 * is a literal that means the same in the column's type here.  All others are the
 * engine's; of those the current time is told to the model all the same, so that
 * create_all can make the table elsewhere.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "engine/sqlite/sqlite.h"

/* more digits might not come back from a double */
#define DIGITS_MAX 15

static char *current_time(const char *text, Oid typid);
static char *literal(const char *text, Oid typid, int32 typmod);
static char *unquote(const char *text);
static bool is_whole(const char *text, int maximum);
static bool is_decimal(const char *text, int32 typmod);
static char *moment(const char *text, Oid typid);

void
binds_sqlite_read_default(BindsReflectedColumn *column, const char *text,
						  bool readable, Oid typid, int32 typmod)
{
	int			length = strlen(text);

	/* SQLAlchemy 1.4 writes literals in parentheses */
	while (length >= 2 && text[0] == '(' && text[length - 1] == ')')
	{
		text = pnstrdup(text + 1, length - 2);
		length -= 2;
	}
	if (pg_strcasecmp(text, "NULL") == 0)
		return;
	column->has_default = true;
	column->engine_default = true;
	if (!readable)
		return;
	column->default_expr = literal(text, typid, typmod);
	column->engine_default = column->default_expr == NULL;
	if (column->engine_default)
		column->default_expr = current_time(text, typid);
}

/* SQLite's current time is in UTC, and has no fraction of a second. */
static char *
current_time(const char *text, Oid typid)
{
	if (pg_strcasecmp(text, "CURRENT_TIMESTAMP") == 0)
		return typid == TIMESTAMPTZOID ? pstrdup("now()") :
			typid == TIMESTAMPOID ? pstrdup("(now() AT TIME ZONE 'UTC')") : NULL;
	if (pg_strcasecmp(text, "CURRENT_DATE") == 0)
		return typid == DATEOID ? pstrdup("CURRENT_DATE") : NULL;
	return NULL;
}

/*
 * A literal as PostgreSQL's; NULL if it is none, or might mean something else.  A number
 * for a text is one whose text is its own: SQLite makes '1.5' of 1.50.
 */
static char *
literal(const char *text, Oid typid, int32 typmod)
{
	char	   *body = text[0] == '\'' ? unquote(text) : pstrdup(text);
	bool		quoted = text[0] == '\'';

	if (body == NULL)
		return NULL;
	switch (typid)
	{
		case INT2OID:
			return is_whole(body, 4) ? body : NULL;
		case INT4OID:
			return is_whole(body, 9) ? body : NULL;
		case INT8OID:
			return is_whole(body, 18) ? body : NULL;
		case FLOAT8OID:
			return is_decimal(body, -1) ? body : NULL;
		case NUMERICOID:
			return is_decimal(body, typmod) ? body : NULL;
		case BOOLOID:
			if (strcmp(body, "1") == 0 ||
				(!quoted && pg_strcasecmp(body, "true") == 0))
				return pstrdup("true");
			if (strcmp(body, "0") == 0 ||
				(!quoted && pg_strcasecmp(body, "false") == 0))
				return pstrdup("false");
			return NULL;
		case TEXTOID:
		case VARCHAROID:
		case BPCHAROID:
			if (typmod >= (int32) VARHDRSZ &&
				pg_mbstrlen(body) > typmod - (int32) VARHDRSZ)
				return NULL;
			return quoted || is_whole(body, 18) ? quote_literal_cstr(body) : NULL;
		case DATEOID:
		case TIMEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			return quoted ? moment(body, typid) : NULL;
		case JSONOID:
		case JSONBOID:
			return quoted && (strcmp(body, "{}") == 0 || strcmp(body, "[]") == 0 ||
							  strcmp(body, "null") == 0) ?
				quote_literal_cstr(body) : NULL;
		default:
			return NULL;
	}
}

/* 'it''s' without its quotes; NULL if more follows. */
static char *
unquote(const char *text)
{
	StringInfoData body;
	const char *p;

	initStringInfo(&body);
	for (p = text + 1; *p != '\0' && !(*p == '\'' && p[1] != '\''); p++)
	{
		appendStringInfoChar(&body, *p);
		if (*p == '\'')
			p++;
	}
	return *p == '\'' && p[1] == '\0' ? body.data : NULL;
}

/* Is this a whole number as SQLite itself writes it? */
static bool
is_whole(const char *text, int maximum)
{
	int			digits;

	if (*text == '-' && text[1] != '0')
		text++;
	digits = strspn(text, "0123456789");
	return digits > 0 && digits <= maximum && text[digits] == '\0' &&
		(digits == 1 || *text != '0');
}

/* Is this a decimal number that a numeric of this modifier holds exactly? */
static bool
is_decimal(const char *text, int32 typmod)
{
	int			whole;
	int			fraction = 0;

	if (*text == '-')
		text++;
	whole = strspn(text, "0123456789");
	text += whole;
	if (*text == '.')
	{
		fraction = strspn(text + 1, "0123456789");
		text += fraction + 1;
	}
	if (*text != '\0' || whole == 0 || whole + fraction > DIGITS_MAX)
		return false;
	if (typmod < (int32) VARHDRSZ)
		return true;
	typmod -= VARHDRSZ;
	return fraction <= (typmod & 0x7ff) && whole <= (typmod >> 16) - (typmod & 0x7ff);
}

/*
 * A date, time or timestamp that every calendar has, as a literal that does not depend on
 * the session's time zone; else NULL.
 */
static char *
moment(const char *text, Oid typid)
{
	char		normal[BINDS_SQLITE_NORMAL_MAX];
	int			length = binds_sqlite_normal_time(text, strlen(text), normal);
	int			year,
				month,
				day,
				hour,
				minute,
				second;
	const char *clock = normal;

	if (length < 0)
		return NULL;
	normal[length] = '\0';
	if ((typid == TIMEOID) != (normal[2] == ':'))
		return NULL;
	if (typid != TIMEOID)
	{
		if (strncmp(text, normal, 10) != 0 ||
			sscanf(normal, "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1)
			return NULL;
		clock = normal + 11;
	}
	if (sscanf(clock, "%2d:%2d:%2d", &hour, &minute, &second) != 3 ||
		hour > 23 || minute > 59 || second > 59)
		return NULL;
	if (typid == DATEOID)
		return strcmp(clock, "00:00:00.000000") == 0 ?
			psprintf("'%.10s'", normal) : NULL;
	return psprintf("'%s%s'", normal, typid == TIMESTAMPTZOID ? "+00" : "");
}
