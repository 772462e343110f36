/*
 * names.c
 *	  Names in an engine's SQL.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "dialect/dialect.h"

const char *
binds_kind_words(BindsTableKind kind)
{
	switch (kind)
	{
		case BINDS_KIND_NONE:
			break;
		case BINDS_KIND_TABLE:
			return "a table";
		case BINDS_KIND_VIEW:
			return "a view";
		case BINDS_KIND_VIRTUAL:
			return "a virtual table";
		case BINDS_KIND_SHADOW:
			return "the content of a virtual table";
		case BINDS_KIND_SEQUENCE:
			return "a sequence";
		case BINDS_KIND_INDEX:
			return "an index";
	}
	return "nothing";
}

/*
 * Append a name in the dialect's quotes, always: no list of reserved words is
 * ever complete.
 */
void
binds_append_name(StringInfo buf, const BindsDialect *dialect, const char *name)
{
	appendStringInfoChar(buf, dialect->quote);
	for (const char *p = name; *p != '\0'; p++)
	{
		if (*p == dialect->quote)
			appendStringInfoChar(buf, *p);
		appendStringInfoChar(buf, *p);
	}
	appendStringInfoChar(buf, dialect->quote);
}

/*
 * Append the name of a table, with its schema unless that is NULL.
 */
void
binds_append_table(StringInfo buf, const BindsDialect *dialect,
				   const char *schema, const char *table)
{
	if (schema != NULL)
	{
		binds_append_name(buf, dialect, schema);
		appendStringInfoChar(buf, '.');
	}
	binds_append_name(buf, dialect, table);
}

/*
 * Append a statement of somebody's in the place of a table.  A comment to the end of the
 * line must not take more with it than that.
 */
void
binds_append_derived(StringInfo buf, const char *statement, const char *alias)
{
	bool		comment = strstr(statement, "--") != NULL || strchr(statement, '#') != NULL;

	appendStringInfo(buf, "(%s%s) AS %s", statement, comment ? "\n" : "", alias);
}

/*
 * Append a template whose $1 .. $9 are texts; "$$" is a dollar sign.
 */
void
binds_append_template(StringInfo buf, const char *text, const char *const *args,
					  int nargs)
{
	for (const char *c = text; *c != '\0'; c++)
	{
		if (*c != '$')
			appendStringInfoChar(buf, *c);
		else if (*++c == '$')
			appendStringInfoChar(buf, '$');
		else
		{
			int			arg = *c - '1';

			if (arg < 0 || arg >= nargs)
				elog(ERROR, "template \"%s\" has no such argument", text);
			appendStringInfoString(buf, args[arg]);
		}
	}
}
