/*
 * local_ddl.c
 *	  The statements that make the local relation of a model, from its template.
 *
 * One writer for both kinds: the tables of the default bind, where the local relation
 * is the table itself, and the foreign tables of others.  What an ordinary table has
 * and a foreign one cannot (keys, foreign keys, indexes) is left out for those.
 *
 * All text is made with search_path = pg_catalog, so that every name in it is
 * qualified.  What of it is about a column, a constraint or an option is written by
 * local_columns.c, local_constraints.c and local_options.c.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_constraint.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "commands/local_writer.h"
#include "model/column_options.h"

static char *create_statement(BindsLocalWriter *writer);
static void append_column(BindsLocalWriter *writer, const BindsModelColumn *column);
static void append_parents(BindsLocalWriter *writer);
static List *index_statements(BindsLocalWriter *writer);
static List *comment_statements(BindsLocalWriter *writer);

List *
binds_relation_statements(const BindsBind *bind, const BindsModelRow *row,
						  const BindsModel *model, const BindsReflectedTable *engine)
{
	BindsLocalWriter writer = {bind, row, model, engine};
	int			level = binds_fixed_path();
	List	   *statements;

	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->local_name);
	if (!OidIsValid(binds_model_relation(row)))
		writer.schema = get_namespace_oid(row->local_schema, true);
	statements = list_make1(create_statement(&writer));
	if (bind->dialect == NULL)
		statements = list_concat(statements, index_statements(&writer));
	statements = list_concat(statements, comment_statements(&writer));
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
	return statements;
}

List *
binds_relation_definition(const BindsModelRow *row, const BindsModel *model, Oid schema)
{
	BindsBind	bind = {0};
	BindsLocalWriter writer = {&bind, row, model, NULL};
	int			level = binds_fixed_path();
	List	   *statements;

	writer.defines = true;
	writer.schema = schema;
	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema, row->model);
	statements = list_make1(create_statement(&writer));
	statements = list_concat(statements, index_statements(&writer));
	statements = list_concat(statements, comment_statements(&writer));
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
	return statements;
}

List *
binds_relation_late_statements(const BindsModelRow *row, const BindsModel *model,
							   bool defines)
{
	BindsLocalWriter writer = {NULL, row, model, NULL};
	int			level = binds_fixed_path();
	List	   *statements = NIL;
	ListCell   *lc;

	writer.defines = defines;
	writer.rel = table_open(model->template, AccessShareLock);
	writer.table = quote_qualified_identifier(row->local_schema,
											  defines ? row->model : row->local_name);
	foreach(lc, binds_local_constraints(&writer))
	{
		BindsLocalConstraint *constraint = lfirst(lc);

		if (constraint->late)
			statements = lappend(statements,
								 psprintf("ALTER TABLE %s ADD %s", writer.table,
										  binds_local_constraint_text(&writer, constraint)));
	}
	table_close(writer.rel, NoLock);
	AtEOXact_GUC(true, level);
	return statements;
}

static char *
create_statement(BindsLocalWriter *writer)
{
	StringInfo	buf = &writer->buf;
	bool		foreign = writer->bind->dialect != NULL;
	const char *separator = "\n\t";
	ListCell   *lc;

	initStringInfo(buf);
	appendStringInfo(buf, "CREATE %sTABLE %s (", foreign ? "FOREIGN " : "",
					 writer->table);
	for (int i = 0; i < writer->model->ncolumns; i++)
	{
		const BindsModelColumn *column = &writer->model->columns[i];

		if (writer->defines &&
			!TupleDescAttr(RelationGetDescr(writer->rel), column->attnum - 1)->attislocal)
			continue;
		appendStringInfoString(buf, separator);
		append_column(writer, column);
		separator = ",\n\t";
	}
	foreach(lc, binds_local_constraints(writer))
	{
		BindsLocalConstraint *constraint = lfirst(lc);

		if (constraint->late || (writer->defines && !constraint->local) || (foreign && constraint->type != CONSTRAINT_CHECK) ||
			constraint->apart)
			continue;
		appendStringInfo(buf, "%s%s", separator, binds_local_constraint_text(writer, constraint));
		separator = ",\n\t";
	}
	appendStringInfoString(buf, "\n)");
	if (writer->defines)
		append_parents(writer);
	if (foreign)
	{
		appendStringInfo(buf, " SERVER %s",
						 quote_identifier(GetForeignServer(writer->bind->serverid)->servername));
		binds_append_options(buf, binds_local_table_options(writer, NULL));
	}
	return buf->data;
}

static void
append_column(BindsLocalWriter *writer, const BindsModelColumn *column)
{
	BindsLocalColumn local;

	binds_local_describe(writer, column, &local);
	binds_local_append_column(&writer->buf, &local);
}

/* " INHERITS (...)", by the names of models. */
static void
append_parents(BindsLocalWriter *writer)
{
	const char *separator = " INHERITS (";
	ListCell   *lc;

	foreach(lc, binds_relation_parents(writer->model->template))
	{
		BindsModelRow *parent = binds_model_of_template(lfirst_oid(lc));

		if (parent == NULL)
			continue;
		appendStringInfo(&writer->buf, "%s%s", separator,
						 quote_qualified_identifier(parent->local_schema, parent->model));
		separator = ", ";
	}
	if (separator[0] == ',')
		appendStringInfoChar(&writer->buf, ')');
}

/*
 * The constraints that stand apart, and CREATE INDEX for the indexes that belong to none.
 */
static List *
index_statements(BindsLocalWriter *writer)
{
	List	   *statements = NIL;
	ListCell   *lc;

	foreach(lc, binds_local_constraints(writer))
	{
		BindsLocalConstraint *constraint = lfirst(lc);

		if (constraint->apart)
			statements = lappend(statements,
								 psprintf("ALTER TABLE %s ADD %s", writer->table,
										  binds_local_constraint_text(writer, constraint)));
	}
	foreach(lc, RelationGetIndexList(writer->rel))
	{
		Oid			oid = lfirst_oid(lc);
		const char *name = get_rel_name(oid);
		char	   *def;
		bool		unique;

		if (OidIsValid(get_index_constraint(oid)))
			continue;
		def = binds_local_index_definition(writer, oid, &unique);
		if (OidIsValid(writer->schema) &&
			OidIsValid(get_relname_relid(name, writer->schema)))
			name = NULL;		/* let PostgreSQL choose another one */
		statements = lappend(statements,
							 psprintf("CREATE %sINDEX %s%sON %s %s",
									  unique ? "UNIQUE " : "",
									  name ? quote_identifier(name) : "",
									  name ? " " : "", writer->table, def));
	}
	return statements;
}

static List *
comment_statements(BindsLocalWriter *writer)
{
	const BindsModel *model = writer->model;
	bool		foreign = writer->bind->dialect != NULL;
	List	   *statements = NIL;

	if (model->comment != NULL)
		statements = lappend(statements,
							 psprintf("COMMENT ON %sTABLE %s IS %s",
									  foreign ? "FOREIGN " : "", writer->table,
									  quote_literal_cstr(model->comment)));
	for (int i = 0; i < model->ncolumns; i++)
	{
		if (model->columns[i].comment != NULL)
			statements = lappend(statements,
								 psprintf("COMMENT ON COLUMN %s.%s IS %s",
										  writer->table,
										  quote_identifier(model->columns[i].name),
										  quote_literal_cstr(model->columns[i].comment)));
	}
	return statements;
}
