/*
 * model_check.c
 *	  What an engine cannot hold of a model, as far as it is the same for all dialects.
 *
 * The rest is the dialects' check_model.  Opens no connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/commands.h"
#include "value/value.h"

static void check_column_names(const BindsModel *model, const BindsDialect *dialect);
static void check_index_names(const BindsModel *model, const BindsDialect *dialect);
static List *index_names(const BindsModel *model);
static List *names_in_schema(Oid schema);
static void check_common(const BindsModel *model);
static void check_uniqueness(const BindsModel *model, const BindsDialect *dialect);
static void check_equality(const BindsModel *model, const BindsDialect *dialect,
						   const int *columns, int ncolumns);
static void check_translation(const BindsModel *model);

void
binds_model_check(const BindsModel *model, const BindsDialect *dialect)
{
	check_column_names(model, dialect);
	check_index_names(model, dialect);
	check_common(model);
	dialect->check_model(model);
	check_uniqueness(model, dialect);
	check_translation(model);
}

static void
check_column_names(const BindsModel *model, const BindsDialect *dialect)
{
	for (int i = 0; dialect->folds_columns && i < model->ncolumns; i++)
	{
		for (int j = 0; j < i; j++)
		{
			if (pg_strcasecmp(model->columns[i].name, model->columns[j].name) == 0)
				ereport(ERROR,
						(errcode(ERRCODE_DUPLICATE_COLUMN),
						 errmsg("columns \"%s\" and \"%s\" of model \"%s\" differ only in case",
								model->columns[j].name, model->columns[i].name,
								model->name),
						 errdetail("The engine takes names that differ only in case for the same.")));
		}
	}
}

/*
 * Names of indexes live with those of tables where tables are folded (SQLite), else with
 * their table.
 */
static void
check_index_names(const BindsModel *model, const BindsDialect *dialect)
{
	List	   *names = NIL;
	ListCell   *lc;

	if (model->nindexes == 0)
		return;
	if (dialect->folds_tables)
		names = names_in_schema(get_rel_namespace(model->template));
	else if (dialect->folds_columns)
		names = index_names(model);
	foreach(lc, names)
	{
		const char *other = lfirst(lc);

		for (int i = 0; i < model->nindexes; i++)
		{
			const char *name = model->indexes[i].name;

			if (pg_strcasecmp(name, other) == 0 && strcmp(name, other) != 0)
				ereport(ERROR,
						(errcode(ERRCODE_DUPLICATE_TABLE),
						 errmsg("index \"%s\" of model \"%s\" differs from \"%s\" only in case",
								name, model->name, other),
						 errdetail("The engine takes names that differ only in case for the same.")));
		}
	}
}

static List *
index_names(const BindsModel *model)
{
	List	   *names = NIL;

	for (int i = 0; i < model->nindexes; i++)
		names = lappend(names, unconstify(char *, model->indexes[i].name));
	for (int i = 0; i < model->nkeys; i++)
		names = lappend(names, unconstify(char *, model->keys[i].name));
	return names;
}

/* Names of the tables and indexes in a schema. */
static List *
names_in_schema(Oid schema)
{
	List	   *names = NIL;
	ListCell   *lc;

	foreach(lc, binds_relations_in_schema(schema))
	{
		Form_pg_class class = lfirst(lc);

		if (class->relkind == RELKIND_RELATION || class->relkind == RELKIND_INDEX)
			names = lappend(names, NameStr(class->relname));
	}
	return names;
}

/*
 * An engine keeps unique what it stores: that must be the same for equal values, and only
 * for those.  Numbers mostly come with as many decimals as were written before.
 */
static void
check_uniqueness(const BindsModel *model, const BindsDialect *dialect)
{
	for (int i = 0; i < model->nkeys; i++)
		check_equality(model, dialect, model->keys[i].columns,
					   model->keys[i].ncolumns);
	for (int i = 0; i < model->nindexes; i++)
	{
		if (model->indexes[i].unique)
			check_equality(model, dialect, model->indexes[i].columns,
						   model->indexes[i].ncolumns);
	}
}

static void
check_equality(const BindsModel *model, const BindsDialect *dialect,
			   const int *columns, int ncolumns)
{
	for (int i = 0; i < ncolumns; i++)
	{
		const BindsModelColumn *column;
		BindsStorage storage;

		if (columns[i] < 0)
			continue;			/* an expression */
		column = &model->columns[columns[i]];
		dialect->resolve(&storage, column->base_typid, column->typmod,
						 column->typtype, column->collation, NULL, NULL);
		if (binds_storage_tells_equal(&storage, column->collation))
			continue;
		ereport(storage.codec == BINDS_CODEC_NUMERIC ? NOTICE : ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 storage.codec == BINDS_CODEC_NUMERIC ?
				 errmsg("bind \"%s\" takes 1.0 and 1.00 in column \"%s\" of model \"%s\" for two keys",
						model->bind_key, column->name, model->name) :
				 errmsg("column \"%s\" of model \"%s\" on bind \"%s\" cannot be in a key",
						column->name, model->name, model->bind_key),
				 errdetail("Values that are equal (%s) may be kept as different texts, which the engine tells apart.",
						   format_type_with_typemod(column->typid, column->typmod)),
				 storage.codec == BINDS_CODEC_NUMERIC ?
				 errhint("Give precision and scale, as in numeric(20,6).") :
				 errhint("Use another type for the key, for example text with a deterministic collation.")));
	}
}

/*
 * Say what the engine will not have, since it has no exact form there.  An index that can
 * only make queries faster may be missing; one that keeps values unique may not.
 */
static void
check_translation(const BindsModel *model)
{
	for (int i = 0; i < model->nchecks; i++)
	{
		if (model->checks[i].sql == NULL)
			ereport(NOTICE,
					(errmsg("check constraint \"%s\" of model \"%s\" is kept by PostgreSQL only",
							model->checks[i].name, model->name),
					 errdetail("It has no exact form in the SQL of bind \"%s\".",
							   model->bind_key)));
	}
	for (int i = 0; i < model->nindexes; i++)
	{
		if (!model->indexes[i].skip)
			continue;
		ereport(model->indexes[i].unique ? ERROR : NOTICE,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 model->indexes[i].unique ?
				 errmsg("model \"%s\" on bind \"%s\" cannot have the unique index \"%s\"",
						model->name, model->bind_key, model->indexes[i].name) :
				 errmsg("index \"%s\" of model \"%s\" is not made on bind \"%s\"",
						model->indexes[i].name, model->name, model->bind_key),
				 errdetail("It has no exact form in the SQL of the engine."),
				 model->indexes[i].unique ?
				 errhint("Use a unique constraint over columns.") : 0));
	}
}

/* Refuse what no engine but PostgreSQL has. */
static void
check_common(const BindsModel *model)
{
	const char *what = model->exclusion ? "an exclusion constraint" : NULL;

	for (int i = 0; i < model->nkeys; i++)
	{
		if (model->keys[i].deferrable)
			what = "a deferrable key";
		if (model->keys[i].nulls_equal)
			what = "NULLS NOT DISTINCT";
	}
	for (int i = 0; i < model->nindexes; i++)
	{
		if (model->indexes[i].nulls_equal)
			what = "NULLS NOT DISTINCT";
	}
	for (int i = 0; i < model->nforeign_keys; i++)
	{
		if (model->foreign_keys[i].match_full)
			what = "MATCH FULL over several columns";
		if (model->foreign_keys[i].action_columns)
			what = "a column list of SET NULL or SET DEFAULT";
	}
	if (what != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("model \"%s\" on bind \"%s\" cannot have %s", model->name,
						model->bind_key, what),
				 errdetail("The engine has nothing that does the same.")));
}
