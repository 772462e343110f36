/*
 * foreign_ddl.c
 *	  What an engine's catalogs say of a table or view, as CREATE FOREIGN TABLE.
 *
 * For foreign tables that are no models: of IMPORT FOREIGN SCHEMA, and of the views that
 * binds.reflect finds.  What is declared here beyond names and types is only what the
 * engine guarantees.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"

#include "compat.h"
#include "model/column_options.h"
#include "model/facts.h"
#include "model/foreign_ddl.h"

static char *described(const BindsReflectedTable *table, const BindsReflectedKey *key,
					   const BindsReflectOptions *options);
static void append_column(StringInfo buf, const BindsReflectedTable *table,
						  const BindsReflectedColumn *column,
						  const BindsReflectedKey *key,
						  const BindsReflectOptions *options);
static List *options_of(const BindsReflectedColumn *column, const BindsReflectedKey *key,
						const BindsReflectOptions *options);
static BindsGenerated generated_of(const BindsReflectedColumn *column);
static bool has_own_default(const BindsReflectedColumn *column,
							const BindsReflectOptions *options);
static bool key_has(const BindsReflectedKey *key, const char *column);
static void append_option(StringInfo buf, bool *first, const char *name,
						  const char *value);

char *
binds_foreign_statement(const BindsReflectedTable *table, const BindsDialect *dialect,
						const char *schema, const char *server,
						const BindsReflectOptions *options)
{
	const BindsReflectedKey *key = binds_reflected_identity(table);
	StringInfoData buf;
	bool		first = true;

	initStringInfo(&buf);
	appendStringInfo(&buf, "CREATE FOREIGN TABLE %s (\n",
					 schema != NULL ?
					 quote_qualified_identifier(schema, table->name) :
					 quote_identifier(table->name));
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (i > 0)
			appendStringInfoString(&buf, ",\n");
		append_column(&buf, table, &table->columns[i], key, options);
	}
	appendStringInfo(&buf, "\n) SERVER %s\nOPTIONS (",
					 quote_identifier(server));
	append_option(&buf, &first, "table_name", table->name);
	if (table->schema != NULL)
		append_option(&buf, &first, "schema_name", table->schema);
	if (dialect->rowid_names != NULL && (key != NULL || !table->rowid))
		append_option(&buf, &first, "rowid", table->rowid ? "true" : "false");
	append_option(&buf, &first, "described", described(table, key, options));
	appendStringInfoString(&buf, ");");
	return buf.data;
}

/* The options are all that has to be known: no engine is asked. */
static char *
described(const BindsReflectedTable *table, const BindsReflectedKey *key,
		  const BindsReflectOptions *options)
{
	uint64		mark = binds_described_start(table->schema, table->name);

	for (int i = 0; i < table->ncolumns; i++)
	{
		const char *type = table->columns[i].type;
		Oid			typid;
		int32		typmod;

		binds_compat_parse_type(type != NULL ? type : "text", &typid, &typmod);
		binds_described_add(&mark, table->columns[i].name, typid, typmod,
							options_of(&table->columns[i], key, options));
	}
	return binds_described_text(mark);
}

/*
 * Append a column.  An engine's enum becomes text, as no type can be made here; the
 * option "type" says that the engine sorts it otherwise.  A default that is not imported
 * is the engine's.
 */
static void
append_column(StringInfo buf, const BindsReflectedTable *table,
			  const BindsReflectedColumn *column, const BindsReflectedKey *key,
			  const BindsReflectOptions *options)
{
	bool		own_default = has_own_default(column, options);
	List	   *list;

	list = list_make1(makeDefElem("column_name",
								  (Node *) makeString(column->name), -1));
	list = list_concat(list, options_of(column, key, options));

	appendStringInfo(buf, "  %s %s", quote_identifier(column->name),
					 column->type != NULL ? column->type : "text");
	binds_append_options(buf, list);
	if (own_default)
		appendStringInfo(buf, " DEFAULT %s", column->default_expr);

	/* what the engine makes arrives as NULL */
	if (options->import_not_null && column->not_null && !column->generated_key &&
		!column->computed && !binds_column_is_left(column, generated_of(column), own_default))
		appendStringInfoString(buf, " NOT NULL");
}

/* The options that tell what the engine's column is. */
static List *
options_of(const BindsReflectedColumn *column, const BindsReflectedKey *key,
		   const BindsReflectOptions *options)
{
	return binds_column_options_of(column, key != NULL && key_has(key, column->name),
								   generated_of(column),
								   has_own_default(column, options), false);
}

static BindsGenerated
generated_of(const BindsReflectedColumn *column)
{
	return column->generated_key ? BINDS_GENERATED_BY_DEFAULT : BINDS_GENERATED_NO;
}

static bool
has_own_default(const BindsReflectedColumn *column, const BindsReflectOptions *options)
{
	return options->import_default && column->default_expr != NULL &&
		!column->engine_default;
}

static bool
key_has(const BindsReflectedKey *key, const char *column)
{
	for (int i = 0; i < key->ncolumns; i++)
	{
		if (strcmp(key->columns[i], column) == 0)
			return true;
	}
	return false;
}

static void
append_option(StringInfo buf, bool *first, const char *name, const char *value)
{
	appendStringInfo(buf, "%s%s %s", *first ? "" : ", ", name,
					 quote_literal_cstr(value));
	*first = false;
}
