/*
 * violated_key.c
 *	  The key that a new row is a duplicate for, and its name.
 *
 * An engine tells a key by its own name or by its columns.  What it is called here is
 * the model's matter: a table that was there before its model has other names for the same
 * keys.  Without a model the engine's name counts, and where that has none, the one that
 * PostgreSQL would give it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "commands/defrem.h"

#include "fdw/violation.h"

static List *model_columns(const BindsModel *model, const int *columns, int n);
static List *named_in_model(const BindsViolated *violated);
static List *named_in_engine(BindsViolated *violated);
static List *name_list(char **names, int n);
static const char *model_name(const BindsViolated *violated, List *columns);
static const char *engine_name(BindsViolated *violated, List *columns);
static const char *default_name(const BindsViolated *violated, List *columns);
static bool same_columns(const BindsViolated *violated, List *a, List *b);

bool
binds_violated_key(BindsViolated *violated, const char **name, List **columns)
{
	const BindsViolation *said = &violated->said;

	*columns = said->columns;
	if (*columns == NIL)
		*columns = named_in_model(violated);
	if (*columns == NIL)
		*columns = named_in_engine(violated);
	if (*columns == NIL && said->constraint == NULL && said->whose == BINDS_OF_UNTOLD)
		return false;

	*name = model_name(violated, *columns);
	if (*name == NULL)
		*name = said->constraint;
	if (*name == NULL)
		*name = engine_name(violated, *columns);
	if (*name == NULL)
		*name = default_name(violated, *columns);
	return true;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

/* Names of a model's columns; NIL if one is an expression. */
static List *
model_columns(const BindsModel *model, const int *columns, int n)
{
	List	   *names = NIL;

	for (int i = 0; i < n; i++)
	{
		if (columns[i] < 0)
			return NIL;
		names = lappend(names, unconstify(char *, model->columns[columns[i]].name));
	}
	return names;
}

/* The columns of the key that the engine tells by its name, as the model has it. */
static List *
named_in_model(const BindsViolated *violated)
{
	const BindsViolation *said = &violated->said;
	const BindsModel *model = violated->model;

	for (int i = 0; model != NULL && i < model->nkeys; i++)
	{
		if (said->primary ? model->keys[i].primary :
			said->constraint != NULL && strcmp(model->keys[i].name, said->constraint) == 0)
			return model_columns(model, model->keys[i].columns, model->keys[i].ncolumns);
	}
	for (int i = 0; model != NULL && said->constraint != NULL && i < model->nindexes; i++)
	{
		if (model->indexes[i].unique &&
			strcmp(model->indexes[i].name, said->constraint) == 0)
			return model_columns(model, model->indexes[i].columns,
								 model->indexes[i].ncolumns);
	}
	return NIL;
}

/* The same as the engine has it. */
static List *
named_in_engine(BindsViolated *violated)
{
	const BindsViolation *said = &violated->said;
	const BindsReflectedTable *definition = binds_violated_definition(violated);

	for (int i = 0; definition != NULL && i < definition->nkeys; i++)
	{
		const BindsReflectedKey *key = &definition->keys[i];

		if (said->primary ? key->primary :
			said->constraint != NULL && key->name != NULL &&
			strcmp(key->name, said->constraint) == 0)
			return name_list(key->columns, key->ncolumns);
	}
	for (int i = 0; definition != NULL && said->constraint != NULL &&
		 i < definition->nindexes; i++)
	{
		const BindsReflectedIndex *index = &definition->indexes[i];

		if (index->unique && index->name != NULL && index->lengths == NULL &&
			strcmp(index->name, said->constraint) == 0)
			return name_list(index->columns, index->ncolumns);
	}
	return NIL;
}

static List *
name_list(char **names, int n)
{
	List	   *list = NIL;

	for (int i = 0; i < n; i++)
		list = lappend(list, names[i]);
	return list;
}

/* ------------------------------------------------------------------------
 * Names
 * ------------------------------------------------------------------------ */

/* The model's name of a key or unique index over these columns; NULL: it has none. */
static const char *
model_name(const BindsViolated *violated, List *columns)
{
	const BindsModel *model = violated->model;

	for (int i = 0; model != NULL && i < model->nkeys; i++)
	{
		const BindsModelKey *key = &model->keys[i];

		if ((key->primary && violated->said.primary) ||
			(key->primary == violated->said.primary &&
			 same_columns(violated, columns,
						  model_columns(model, key->columns, key->ncolumns))))
			return key->name;
	}
	for (int i = 0; model != NULL && i < model->nindexes; i++)
	{
		const BindsModelIndex *index = &model->indexes[i];

		if (index->unique &&
			same_columns(violated, columns,
						 model_columns(model, index->columns, index->ncolumns)))
			return index->name;
	}
	return NULL;
}

/* The same of the engine, asked where it has told the columns only. */
static const char *
engine_name(BindsViolated *violated, List *columns)
{
	const BindsReflectedTable *definition = binds_violated_definition(violated);

	for (int i = 0; definition != NULL && i < definition->nkeys; i++)
	{
		const BindsReflectedKey *key = &definition->keys[i];

		if (key->name != NULL && key->primary == violated->said.primary &&
			same_columns(violated, columns, name_list(key->columns, key->ncolumns)))
			return key->name;
	}
	for (int i = 0; definition != NULL && i < definition->nindexes; i++)
	{
		const BindsReflectedIndex *index = &definition->indexes[i];

		if (index->name != NULL && index->unique &&
			same_columns(violated, columns, name_list(index->columns, index->ncolumns)))
			return index->name;
	}
	return NULL;
}

/* The name that PostgreSQL gives to a key that has none. */
static const char *
default_name(const BindsViolated *violated, List *columns)
{
	const BindsForeignTable *table = violated->table;
	StringInfoData names;
	ListCell   *lc;

	if (violated->said.primary)
		return makeObjectName(table->local_name, NULL, "pkey");
	initStringInfo(&names);
	foreach(lc, columns)
	{
		AttrNumber	attnum = binds_violated_column(table, lfirst(lc));

		appendStringInfo(&names, "%s%s", names.len > 0 ? "_" : "",
						 attnum != 0 ? table->columns[attnum - 1].local_name :
						 (const char *) lfirst(lc));
	}
	return makeObjectName(table->local_name, names.data, "key");
}

/* In whatever order. */
static bool
same_columns(const BindsViolated *violated, List *a, List *b)
{
	ListCell   *lc_a;
	ListCell   *lc_b;

	if (a == NIL || list_length(a) != list_length(b))
		return false;
	foreach(lc_a, a)
	{
		bool		found = false;

		foreach(lc_b, b)
			found = found || binds_violated_same_name(violated->table, lfirst(lc_a),
													  lfirst(lc_b));
		if (!found)
			return false;
	}
	return true;
}
