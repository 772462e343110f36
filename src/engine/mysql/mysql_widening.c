/*
 * mysql_widening.c
 *	  Which changes of a column's type lose nothing on MySQL and MariaDB, whatever the
 *	  column's values are.
 *
 * ALTER TABLE cuts and rounds where a value does not fit and sql_mode does not forbid it, and
 * rounds decimals and seconds in any mode.  What is not listed here may do so.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/pg_list.h"
#include "utils/lsyscache.h"

#include "engine/mysql/mysql_dialect.h"
#include "engine/mysql/mysql_lexer.h"
#include "model/model.h"

typedef enum MyTypeFamily
{
	MY_FAMILY_OTHER,
	MY_FAMILY_WHOLE,			/* size: bytes */
	MY_FAMILY_DECIMAL,
	MY_FAMILY_REAL,				/* size: bytes */
	MY_FAMILY_TEXT,				/* size: characters */
	MY_FAMILY_BYTES,
	MY_FAMILY_MOMENT,			/* size: 1 for a date */
	MY_FAMILY_TIME,
	MY_FAMILY_LABELS
} MyTypeFamily;

/* What SHOW CREATE TABLE says of a type. */
typedef struct MyTypeText
{
	MyTypeFamily family;
	int64		size;			/* what it can hold at most, see above; of a
								 * decimal, its digits */
	int			scale;			/* digits behind the point, or of a second */
	bool		is_unsigned;
	List	   *labels;			/* char *, as they stand there */
	char	   *rest;			/* what else it says, in lower case */
} MyTypeText;

typedef struct TypeRule
{
	const char *name;
	MyTypeFamily family;
	int64		size;			/* 0: it stands in parentheses, or is not
								 * needed */
} TypeRule;

/* Sizes of texts are bytes, divided by the four that a character can have. */
static const TypeRule type_rules[] = {
	{"tinyint", MY_FAMILY_WHOLE, 1},
	{"smallint", MY_FAMILY_WHOLE, 2},
	{"mediumint", MY_FAMILY_WHOLE, 3},
	{"int", MY_FAMILY_WHOLE, 4},
	{"bigint", MY_FAMILY_WHOLE, 8},
	{"decimal", MY_FAMILY_DECIMAL, 0},
	{"float", MY_FAMILY_REAL, 4},
	{"double", MY_FAMILY_REAL, 8},
	{"char", MY_FAMILY_TEXT, 0},
	{"varchar", MY_FAMILY_TEXT, 0},
	{"tinytext", MY_FAMILY_TEXT, 255 / 4},
	{"text", MY_FAMILY_TEXT, 65535 / 4},
	{"mediumtext", MY_FAMILY_TEXT, 16777215 / 4},
	{"longtext", MY_FAMILY_TEXT, PG_UINT32_MAX / 4},
	{"varbinary", MY_FAMILY_BYTES, 0},
	{"tinyblob", MY_FAMILY_BYTES, 255},
	{"blob", MY_FAMILY_BYTES, 65535},
	{"mediumblob", MY_FAMILY_BYTES, 16777215},
	{"longblob", MY_FAMILY_BYTES, PG_UINT32_MAX},
	{"date", MY_FAMILY_MOMENT, 1},
	{"datetime", MY_FAMILY_MOMENT, 2},
	{"time", MY_FAMILY_TIME, 1},
	{"enum", MY_FAMILY_LABELS, 1},
	{NULL}
};

static bool keeps_labels(Oid from, Oid to);
static bool is_plain(Oid typid);
static bool is_written_otherwise(Oid from, Oid to);
static void read_type(const char *text, MyTypeText *type);
static void read_arguments(MyLexer *lexer, MyTypeText *type, bool sized);
static bool has_labels(const List *from, const List *to);
static int64 longest_label(const List *labels);
static int	whole_digits(const MyTypeText *type);

bool
binds_mysql_type_widens(const char *from, const char *to)
{
	MyTypeText	old;
	MyTypeText	new;

	if (strcmp(from, to) == 0)
		return true;
	read_type(from, &old);
	read_type(to, &new);
	/* a display width says nothing, another set of characters may lack some */
	if (strcmp(old.rest, new.rest) != 0)
		return false;
	switch (old.family)
	{
		case MY_FAMILY_WHOLE:
			if (new.family == MY_FAMILY_DECIMAL)
				return !new.is_unsigned && new.size - new.scale >= whole_digits(&old);
			return new.family == MY_FAMILY_WHOLE &&
				(old.is_unsigned == new.is_unsigned ? new.size >= old.size :
				 old.is_unsigned && new.size > old.size);
		case MY_FAMILY_DECIMAL:
			return new.family == MY_FAMILY_DECIMAL && new.scale >= old.scale &&
				new.size - new.scale >= old.size - old.scale &&
				(old.is_unsigned || !new.is_unsigned);
		case MY_FAMILY_REAL:
			/* FLOAT(7,4) rounds */
			return new.family == MY_FAMILY_REAL && new.size >= old.size && new.scale < 0 &&
				(old.is_unsigned || !new.is_unsigned);
		case MY_FAMILY_TEXT:
		case MY_FAMILY_BYTES:
			return new.family == old.family && new.size >= old.size;
		case MY_FAMILY_MOMENT:
			return new.family == MY_FAMILY_MOMENT && new.size >= old.size &&
				new.scale >= old.scale;
		case MY_FAMILY_TIME:
			return new.family == MY_FAMILY_TIME && new.scale >= old.scale;
		case MY_FAMILY_LABELS:
			if (new.family == MY_FAMILY_TEXT)
				return new.size >= longest_label(old.labels);
			return new.family == MY_FAMILY_LABELS && has_labels(old.labels, new.labels);
		default:
			return false;
	}
}

/*
 * Only of a type that the servers have, too: others are texts to them.  A boolean is a number
 * there, but a number is no boolean.  Nor where their ALTER TABLE makes another value than
 * PostgreSQL does.
 */
bool
binds_mysql_converts(Oid from, Oid to)
{
	if (from == BOOLOID)
		return to == INT2OID || to == INT4OID || to == INT8OID;
	if (type_is_enum(from) && type_is_enum(to))
		return keeps_labels(from, to);
	return is_plain(from) && is_plain(to) && !is_written_otherwise(from, to);
}

/*
 * Servers write a FLOAT with fewer digits than it has, take more of them than PostgreSQL into
 * a decimal, and write the exponent of either in another form.
 */
static bool
is_written_otherwise(Oid from, Oid to)
{
	bool		text = to == TEXTOID || to == VARCHAROID;

	return (from == FLOAT4OID && (text || to == NUMERICOID)) || (from == FLOAT8OID && text);
}

/*
 * A label stays what it is, or is refused if the other type has it not, but for one that the
 * server would take for the number of another.
 */
static bool
keeps_labels(Oid from, Oid to)
{
	int			nold;
	int			nnew;
	char	  **old = binds_model_enum_labels(from, &nold);
	char	  **new = binds_model_enum_labels(to, &nnew);

	for (int i = 0; i < nold; i++)
	{
		bool		found = false;

		for (int j = 0; j < nnew; j++)
			found |= strcmp(old[i], new[j]) == 0;
		if (!found && (old[i][0] == '\0' || strchr("0123456789+- \t\r\n\v\f", old[i][0]) != NULL))
			return false;
	}
	return true;
}

static bool
is_plain(Oid typid)
{
	static const Oid plain[] = {
		INT2OID, INT4OID, INT8OID, NUMERICOID, FLOAT4OID, FLOAT8OID, VARCHAROID, TEXTOID,
		DATEOID, TIMESTAMPOID, TIMEOID
	};

	for (int i = 0; i < (int) lengthof(plain); i++)
	{
		if (plain[i] == typid)
			return true;
	}
	return false;
}

static void
read_type(const char *text, MyTypeText *type)
{
	MyLexer		lexer = {text, false};
	MyToken		token;
	StringInfoData rest;
	bool		sized = false;

	memset(type, 0, sizeof(*type));
	initStringInfo(&rest);
	if (binds_mysql_next_token(&lexer, &token))
	{
		const TypeRule *rule = type_rules;

		while (rule->name != NULL && !binds_mysql_is_word(&token, rule->name))
			rule++;
		type->family = rule->family;
		type->size = rule->size;
		sized = rule->name != NULL && rule->size == 0;
		if (rule->name == NULL)
			appendStringInfo(&rest, "%.*s ", (int) token.length, token.start);
	}
	if (type->family == MY_FAMILY_REAL)
		type->scale = -1;
	read_arguments(&lexer, type, sized);
	while (binds_mysql_next_token(&lexer, &token))
	{
		if (binds_mysql_is_word(&token, "unsigned"))
			type->is_unsigned = true;
		else
			appendStringInfo(&rest, "%.*s ", (int) token.length, token.start);
	}
	type->rest = rest.data;
}

/* What is in parentheses: sizes, of which the second is a scale, a fraction, or labels. */
static void
read_arguments(MyLexer *lexer, MyTypeText *type, bool sized)
{
	MyLexer		ahead = *lexer;
	MyToken		token;
	int			place = 0;

	if (!binds_mysql_next_token(&ahead, &token) || token.kind != MY_TOKEN_SIGN ||
		*token.start != '(')
		return;
	while (binds_mysql_next_token(&ahead, &token) &&
		   !(token.kind == MY_TOKEN_SIGN && *token.start == ')'))
	{
		if (token.kind == MY_TOKEN_SIGN)
			continue;
		if (type->family == MY_FAMILY_LABELS)
			type->labels = lappend(type->labels, pnstrdup(token.start, token.length));
		else if (type->family == MY_FAMILY_MOMENT || type->family == MY_FAMILY_TIME ||
				 place == 1)
			type->scale = atoi(token.text);
		else if (sized)
			type->size = strtoll(token.text, NULL, 10);
		place++;
	}
	*lexer = ahead;
}

static bool
has_labels(const List *from, const List *to)
{
	ListCell   *lc;

	foreach(lc, from)
	{
		ListCell   *lc2;
		bool		found = false;

		foreach(lc2, to)
			found |= strcmp(lfirst(lc), lfirst(lc2)) == 0;
		if (!found)
			return false;
	}
	return true;
}

/* In characters, or more. */
static int64
longest_label(const List *labels)
{
	size_t		longest = 0;
	ListCell   *lc;

	foreach(lc, labels)
	{
		size_t		length = strlen(lfirst(lc));

		longest = Max(longest, length);
	}
	return (int64) longest;
}

static int
whole_digits(const MyTypeText *type)
{
	static const int digits[] = {0, 3, 5, 8, 10, 0, 0, 0, 20};

	return digits[type->size];
}
