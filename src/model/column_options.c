/*
 * column_options.c
 *	  The options of a foreign column that say what the engine's column is.
 *
 * Everybody who makes foreign tables of an engine's tables (reflect, create_all that
 * attaches, IMPORT FOREIGN SCHEMA, binds.attach) sets the options that are listed here.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "utils/builtins.h"

#include "model/column_options.h"

static List *add(List *options, const char *name, const char *value);
static char *enum_type(const BindsReflectedColumn *column);

List *
binds_column_options_of(const BindsReflectedColumn *column, bool key,
						BindsGenerated generated, bool own_default, bool is_enum)
{
	List	   *options = NIL;

	if (key)
		options = add(options, "key", "true");
	if (generated == BINDS_GENERATED_ALWAYS)
		options = add(options, "generated", "always");
	else if (generated == BINDS_GENERATED_BY_DEFAULT)
		options = add(options, "generated", "by default");
	if (column == NULL)
		return options;
	if (column->engine_type != NULL)
		options = add(options, "type", column->engine_type);
	else if (column->type == NULL && !is_enum)
		options = add(options, "type", enum_type(column));
	if (column->engine_collation != NULL)
		options = add(options, "collation", column->engine_collation);
	if (column->temporal != NULL)
		options = add(options, "temporal", column->temporal);
	if (column->computed)
		options = add(options, "computed", "true");
	if (binds_column_is_left(column, generated, own_default))
		options = add(options, "default", "engine");
	return options;
}

bool
binds_column_is_left(const BindsReflectedColumn *column, BindsGenerated generated,
					 bool own_default)
{
	return column->has_default && !column->computed && !own_default &&
		generated == BINDS_GENERATED_NO;
}

static List *
add(List *options, const char *name, const char *value)
{
	return lappend(options, makeDefElem(pstrdup(name),
										(Node *) makeString(pstrdup(value)), -1));
}

/* The type of an enum as the engine declares it. */
static char *
enum_type(const BindsReflectedColumn *column)
{
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfoString(&buf, "enum(");
	for (int i = 0; i < column->nlabels; i++)
	{
		/* as the engine shows it: PostgreSQL's E'' would be no literal there */
		appendStringInfoString(&buf, i > 0 ? ",'" : "'");
		for (const char *p = column->enum_labels[i]; *p != '\0'; p++)
		{
			if (*p == '\'')
				appendStringInfoChar(&buf, '\'');
			appendStringInfoChar(&buf, *p);
		}
		appendStringInfoChar(&buf, '\'');
	}
	appendStringInfoChar(&buf, ')');
	return buf.data;
}

void
binds_append_options(StringInfo buf, List *options)
{
	const char *separator = " OPTIONS (";
	ListCell   *lc;

	foreach(lc, options)
	{
		DefElem    *option = lfirst_node(DefElem, lc);

		appendStringInfo(buf, "%s%s %s", separator,
						 quote_identifier(option->defname),
						 quote_literal_cstr(strVal(option->arg)));
		separator = ", ";
	}
	if (options != NIL)
		appendStringInfoChar(buf, ')');
}
