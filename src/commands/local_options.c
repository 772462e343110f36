/*
 * local_options.c
 *	  The options of foreign tables and of their columns, and what of the engine they
 *	  depend on.
 *
 * Of a table that we did not make only the engine can tell what its columns are; of one
 * that we make, the template does.  Nothing here asks an engine: the caller has.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "utils/rel.h"

#include "commands/local_writer.h"
#include "model/column_options.h"
#include "model/facts.h"

static DefElem *text_option(const char *name, const char *value);
static char *described_text(const BindsLocalWriter *writer, const int *order);
static bool is_identity_key(const BindsLocalWriter *writer, const BindsModelColumn *column);

List *
binds_local_table_options(const BindsLocalWriter *writer, const int *order)
{
	const BindsModel *model = writer->model;
	bool		rowid = writer->engine == NULL || writer->engine->rowid;
	bool		keyed = false;
	List	   *options = list_make1(text_option("table_name", model->name));

	if (model->schema != NULL)
		options = lappend(options, text_option("schema_name", model->schema));
	for (int i = 0; i < model->ncolumns; i++)
		keyed = keyed || is_identity_key(writer, &model->columns[i]);
	if (writer->bind->dialect->rowid_names != NULL && (keyed || !rowid))
		options = lappend(options, text_option("rowid", rowid ? "true" : "false"));
	return lappend(options, text_option("described", described_text(writer, order)));
}

static DefElem *
text_option(const char *name, const char *value)
{
	return makeDefElem(pstrdup(name), (Node *) makeString(pstrdup(value)), -1);
}

static char *
described_text(const BindsLocalWriter *writer, const int *order)
{
	TupleDesc	desc = RelationGetDescr(writer->rel);
	uint64		mark = binds_described_start(writer->model->schema, writer->model->name);

	for (int i = 0; i < writer->model->ncolumns; i++)
	{
		const BindsModelColumn *column =
			&writer->model->columns[order != NULL ? order[i] : i];

		binds_described_add(&mark, column->name, column->typid,
							TupleDescAttr(desc, column->attnum - 1)->atttypmod,
							binds_local_engine_options(writer, column));
	}
	return binds_described_text(mark);
}

List *
binds_local_engine_options(const BindsLocalWriter *writer, const BindsModelColumn *column)
{
	return binds_column_options_of(binds_local_engine_column(writer, column->name),
								   is_identity_key(writer, column),
								   binds_local_generated_as(writer, column),
								   binds_local_has_default(writer, column),
								   column->typtype == TYPTYPE_ENUM);
}

BindsGenerated
binds_local_generated_as(const BindsLocalWriter *writer, const BindsModelColumn *column)
{
	const BindsReflectedColumn *engine = binds_local_engine_column(writer, column->name);

	if (engine == NULL)
		return column->generated;
	if (!engine->generated_key)
		return BINDS_GENERATED_NO;
	/* a model has no other way to say it of these */
	if (column->generated == BINDS_GENERATED_NO &&
		(engine->only_engine_generates || column->base_typid == NUMERICOID))
		return BINDS_GENERATED_BY_DEFAULT;
	return column->generated;
}

bool
binds_local_has_default(const BindsLocalWriter *writer, const BindsModelColumn *column)
{
	const BindsReflectedColumn *engine = binds_local_engine_column(writer, column->name);

	return binds_local_default_expr(writer->rel, column->attnum) != NULL &&
		(engine == NULL || !engine->engine_first);
}

/*
 * Is a column part of what identifies a row: the primary key, else the first key
 * whose columns are all NOT NULL?  Of a table that we did not make, the key that
 * the engine guarantees.
 */
static bool
is_identity_key(const BindsLocalWriter *writer, const BindsModelColumn *column)
{
	const BindsModel *model = writer->model;

	if (writer->engine != NULL)
	{
		const BindsReflectedKey *key = binds_reflected_identity(writer->engine);

		for (int i = 0; key != NULL && i < key->ncolumns; i++)
		{
			if (strcmp(key->columns[i], column->name) == 0)
				return true;
		}
		return false;
	}
	for (int i = 0; i < model->nkeys; i++)
	{
		const BindsModelKey *key = &model->keys[i];
		bool		found = false;
		bool		total = true;

		for (int j = 0; j < key->ncolumns; j++)
		{
			if (&model->columns[key->columns[j]] == column)
				found = true;
			if (!model->columns[key->columns[j]].not_null)
				total = false;
		}
		if (total)
			return found;
	}
	return false;
}

const BindsReflectedColumn *
binds_local_engine_column(const BindsLocalWriter *writer, const char *name)
{
	for (int i = 0; writer->engine != NULL && i < writer->engine->ncolumns; i++)
	{
		if (strcmp(writer->engine->columns[i].name, name) == 0)
			return &writer->engine->columns[i];
	}
	return NULL;
}
