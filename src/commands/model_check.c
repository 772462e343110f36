/*
 * model_check.c
 *	  What an engine cannot hold of a model, or in part, as far as it is the same for all dialects.
 *
 * The rest is the dialects' check_model and tell_model.  Opens no connection.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "commands/commands.h"
#include "dialect/text.h"
#include "model/told.h"
#include "value/value.h"

static void check_column_names(const BindsModel *model, const BindsDialect *dialect);
static bool is_same(const BindsDialect *dialect, const char *a, const char *b);
static void check_index_names(const BindsModel *model, const BindsDialect *dialect);
static void check_index_name(const BindsModel *model, const BindsDialect *dialect, const char *kind, const char *name,
							 List *names);
static List *index_names(const BindsModel *model);
static List *names_in_schema(Oid schema);
static void check_common(const BindsModel *model);
static void check_computed(const BindsModel *model);
static void check_sequences(const BindsModel *model);
static void refuse_sequence(const BindsModel *model, const BindsModelColumn *column,
							const char *what) __attribute__((noreturn));
static void check_uniqueness(const BindsModel *model, const BindsDialect *dialect);
static void check_unique_index(const BindsModel *model, const BindsDialect *dialect,
							   const BindsModelIndex *index);
static void check_key_column(const BindsModel *model, const BindsDialect *dialect,
							 const BindsModelColumn *column, Oid collation);
static void refuse_key_column(const BindsModel *model, const BindsModelColumn *column,
							  Oid collation);
static bool is_nondeterministic(Oid collation);
static void check_translation(const BindsModel *model);
static const char *why_not_made(const BindsModelIndex *index);
static List *tell_parts(const BindsModel *model, const BindsDialect *dialect);
static List *tell_sequences(const BindsModel *model, const BindsDialect *dialect, List *told);
static List *tell_numeric_keys(const BindsModel *model, const BindsDialect *dialect,
							   List *told);
static List *tell_numeric_key(const BindsModel *model, const BindsDialect *dialect,
							  const BindsModelColumn *column, List *told);
static List *tell_translation(const BindsModel *model, List *told);
static void tell_columns(const BindsModel *model, const BindsModel *before);
static Node *own_default(const BindsModelColumn *column);
static const BindsModelColumn *column_before(const BindsModel *before,
											 const BindsModelColumn *column);

void
binds_model_check(const BindsModel *model, const BindsDialect *dialect)
{
	check_index_names(model, dialect);
	binds_model_check_own(model, dialect);
}

void
binds_model_check_own(const BindsModel *model, const BindsDialect *dialect)
{
	check_column_names(model, dialect);
	check_common(model);
	check_computed(model);
	dialect->check_model(model);
	check_sequences(model);
	check_uniqueness(model, dialect);
	check_translation(model);
}

void
binds_model_tell(const BindsModel *model, BindsModel *before, const BindsDialect *dialect)
{
	List	   *told_before = NIL;

	if (before != NULL)
	{
		before->name = model->name;
		told_before = tell_parts(before, dialect);
	}
	binds_told_say(tell_parts(model, dialect), told_before);
	tell_columns(model, before);
}

void
binds_model_check_types(const BindsModel *model, const BindsDialect *dialect)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];
		BindsStorage storage;

		dialect->resolve(&storage, column->base_typid, column->typmod, column->typtype,
						 column->collation, NULL, NULL);
		if (storage.codec == BINDS_CODEC_NONE)
			binds_model_check(model, dialect);
	}
}

static void
check_column_names(const BindsModel *model, const BindsDialect *dialect)
{
	for (int i = 0; dialect->folds_columns && i < model->ncolumns; i++)
	{
		for (int j = 0; j < i; j++)
		{
			if (is_same(dialect, model->columns[i].name, model->columns[j].name))
				ereport(ERROR,
						(errcode(ERRCODE_DUPLICATE_COLUMN),
						 errmsg("columns \"%s\" and \"%s\" of model \"%s\" differ only in case",
								model->columns[j].name, model->columns[i].name,
								model->name),
						 errdetail("The engine takes names that differ only in case for the same.")));
		}
	}
}

/* Does an engine that folds names take two for the same? */
static bool
is_same(const BindsDialect *dialect, const char *a, const char *b)
{
	return dialect->folds_letters ? binds_text_same_folded(a, b) :
		pg_strcasecmp(a, b) == 0;
}

/*
 * Names of indexes live with those of tables where tables are folded (SQLite), else with
 * their table, and so do those of keys.
 */
static void
check_index_names(const BindsModel *model, const BindsDialect *dialect)
{
	List	   *names = NIL;

	if (dialect->folds_tables && model->nindexes > 0)
		names = names_in_schema(get_rel_namespace(model->template));
	else if (dialect->folds_columns && !dialect->folds_tables)
		names = index_names(model);
	for (int i = 0; i < model->nindexes; i++)
		check_index_name(model, dialect, "index", model->indexes[i].name, names);
	for (int i = 0; !dialect->folds_tables && i < model->nkeys; i++)
	{
		if (!model->keys[i].primary)
			check_index_name(model, dialect, "constraint", model->keys[i].name, names);
	}
}

static void
check_index_name(const BindsModel *model, const BindsDialect *dialect, const char *kind, const char *name,
				 List *names)
{
	ListCell   *lc;

	foreach(lc, names)
	{
		const char *other = lfirst(lc);

		if (is_same(dialect, name, other) && strcmp(name, other) != 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_TABLE),
					 errmsg("%s \"%s\" of model \"%s\" differs from \"%s\" only in case",
							kind, name, model->name, other),
					 errdetail("The engine takes names that differ only in case for the same.")));
	}
}

/* A primary key has no name in engines. */
static List *
index_names(const BindsModel *model)
{
	List	   *names = NIL;

	for (int i = 0; i < model->nindexes; i++)
		names = lappend(names, unconstify(char *, model->indexes[i].name));
	for (int i = 0; i < model->nkeys; i++)
	{
		if (!model->keys[i].primary)
			names = lappend(names, unconstify(char *, model->keys[i].name));
	}
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
 * for those.  Numbers mostly come with as many decimals as were written before: of them it
 * is told.
 */
static void
check_uniqueness(const BindsModel *model, const BindsDialect *dialect)
{
	for (int i = 0; i < model->nkeys; i++)
	{
		const BindsModelKey *key = &model->keys[i];

		for (int j = 0; j < key->ncolumns; j++)
		{
			const BindsModelColumn *column = &model->columns[key->columns[j]];

			check_key_column(model, dialect, column, column->collation);
		}
	}
	for (int i = 0; i < model->nindexes; i++)
	{
		if (model->indexes[i].unique)
			check_unique_index(model, dialect, &model->indexes[i]);
	}
}

/*
 * What an index compares under a collation of its own it keeps unique under that one.
 */
static void
check_unique_index(const BindsModel *model, const BindsDialect *dialect,
				   const BindsModelIndex *index)
{
	for (int i = 0; i < index->ncolumns; i++)
	{
		Oid			collation = index->collations[i];

		if (index->columns[i] >= 0)
			check_key_column(model, dialect, &model->columns[index->columns[i]],
							 collation);
		else if (is_nondeterministic(collation))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("model \"%s\" on bind \"%s\" cannot have the unique index \"%s\"",
							model->name, model->bind_key, index->name),
					 errdetail("It compares an expression by collation \"%s\", in which different texts are equal; the engine tells them apart.",
							   get_collation_name(collation)),
					 errhint("Give the expression a deterministic collation in the index.")));
	}
}

/* collation: by which the key compares the column. */
static void
check_key_column(const BindsModel *model, const BindsDialect *dialect,
				 const BindsModelColumn *column, Oid collation)
{
	BindsStorage storage;

	dialect->resolve(&storage, column->base_typid, column->typmod, column->typtype,
					 column->collation, NULL, NULL);
	if (!binds_storage_tells_equal(&storage, collation) &&
		storage.codec != BINDS_CODEC_NUMERIC)
		refuse_key_column(model, column, collation);
}

static void
refuse_key_column(const BindsModel *model, const BindsModelColumn *column, Oid collation)
{
	bool		loose = is_nondeterministic(collation);

	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("column \"%s\" of model \"%s\" on bind \"%s\" cannot be in a key",
					column->name, model->name, model->bind_key),
			 loose ?
			 errdetail("Different texts are equal in collation \"%s\"; the engine tells them apart.",
					   get_collation_name(collation)) :
			 errdetail("Values that are equal (%s) may be kept as different texts, which the engine tells apart.",
					   format_type_with_typemod(column->typid, column->typmod)),
			 loose ?
			 errhint("Give the column, or a unique index over it, a deterministic collation.") :
			 errhint("Use another type for the key, for example text with a deterministic collation.")));
}

static bool
is_nondeterministic(Oid collation)
{
	return OidIsValid(collation) && !get_collation_isdeterministic(collation);
}

/*
 * An index that can only make queries faster may be missing where it has no exact form in
 * the engine; one that keeps values unique may not.
 */
static void
check_translation(const BindsModel *model)
{
	for (int i = 0; i < model->nindexes; i++)
	{
		const BindsModelIndex *index = &model->indexes[i];
		const char *way_out = binds_model_index_way_out(index);

		if (!index->skip || !index->unique)
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("model \"%s\" on bind \"%s\" cannot have the unique index \"%s\"",
						model->name, model->bind_key, index->name),
				 errdetail_internal("%s", why_not_made(index)),
				 way_out != NULL ? errhint("%s", way_out) : 0));
	}
}

static const char *
why_not_made(const BindsModelIndex *index)
{
	return index->unkept != NULL ? index->unkept :
		"It has no exact form in the SQL of the engine.";
}

/*
 * PostgreSQL computes a STORED column before the engine has generated the key of the row.  (A
 * virtual one is computed when it is read.)
 */
static void
check_computed(const BindsModel *model)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *key = &model->columns[i];

		for (int j = 0; key->generated != BINDS_GENERATED_NO && j < model->ncolumns; j++)
		{
			const BindsModelColumn *column = &model->columns[j];

			if (!column->stored || !binds_model_reads(column->computed_expr, key))
				continue;
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("column \"%s\" of model \"%s\" on bind \"%s\" cannot be computed from column \"%s\"",
							column->name, model->name, model->bind_key, key->name),
					 errdetail("PostgreSQL computes it before the engine has generated the value of column \"%s\".",
							   key->name),
					 errhint("Leave the key out of the expression, or compute the column in a view.")));
		}
	}
}

/*
 * Engines generate the next larger key, and none twice.  Who relies on the numbers in
 * between must not get them; where they begin and end is told.
 */
static void
check_sequences(const BindsModel *model)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];
		const BindsModelSequence *sequence = column->sequence;

		if (column->generated == BINDS_GENERATED_NO || sequence == NULL)
			continue;
		if (sequence->increment != 1)
			refuse_sequence(model, column,
							psprintf("INCREMENT BY " INT64_FORMAT, sequence->increment));
		if (sequence->cycle)
			refuse_sequence(model, column, "CYCLE");
	}
}

static void
refuse_sequence(const BindsModel *model, const BindsModelColumn *column, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("column \"%s\" of model \"%s\" on bind \"%s\" cannot have %s",
					column->name, model->name, model->bind_key, what),
			 errdetail("The engine generates the key after the largest one."),
			 errhint("Leave it out, or give the keys yourself.")));
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

/* ------------------------------------------------------------------------
 * What is told
 * ------------------------------------------------------------------------ */

static List *
tell_parts(const BindsModel *model, const BindsDialect *dialect)
{
	List	   *told = dialect->tell_model != NULL ? dialect->tell_model(model) : NIL;

	told = tell_sequences(model, dialect, told);
	told = tell_numeric_keys(model, dialect, told);
	return tell_translation(model, told);
}

static List *
tell_sequences(const BindsModel *model, const BindsDialect *dialect, List *told)
{
	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];
		const BindsModelSequence *sequence = column->sequence;

		if (column->generated == BINDS_GENERATED_NO || sequence == NULL)
			continue;
		if (sequence->start != 1 && (sequence->start < 1 || !dialect->starts_keys))
			told = binds_told_add(told, NULL,
								  psprintf("keys of column \"%s\" of model \"%s\" on bind \"%s\" begin at 1, not at " INT64_FORMAT,
										   column->name, model->name, model->bind_key,
										   sequence->start),
								  "The engine generates the key after the largest one, from 1 on.",
								  sequence->start > 1 ?
								  "Give the first row its key: those that are generated come after it." : NULL);
		if (sequence->limited)
			told = binds_told_add(told, NULL,
								  psprintf("MAXVALUE " INT64_FORMAT " of column \"%s\" of model \"%s\" is not kept on bind \"%s\"",
										   sequence->limit, column->name, model->name,
										   model->bind_key),
								  "The engine generates keys up to the end of the column's type.",
								  NULL);
	}
	return told;
}

static List *
tell_numeric_keys(const BindsModel *model, const BindsDialect *dialect, List *told)
{
	for (int i = 0; i < model->nkeys; i++)
	{
		for (int j = 0; j < model->keys[i].ncolumns; j++)
			told = tell_numeric_key(model, dialect,
									&model->columns[model->keys[i].columns[j]], told);
	}
	for (int i = 0; i < model->nindexes; i++)
	{
		const BindsModelIndex *index = &model->indexes[i];

		for (int j = 0; index->unique && j < index->ncolumns; j++)
		{
			if (index->columns[j] >= 0)
				told = tell_numeric_key(model, dialect,
										&model->columns[index->columns[j]], told);
		}
	}
	return told;
}

static List *
tell_numeric_key(const BindsModel *model, const BindsDialect *dialect,
				 const BindsModelColumn *column, List *told)
{
	BindsStorage storage;

	dialect->resolve(&storage, column->base_typid, column->typmod, column->typtype,
					 column->collation, NULL, NULL);
	if (storage.codec != BINDS_CODEC_NUMERIC ||
		binds_storage_tells_equal(&storage, column->collation))
		return told;
	return binds_told_add(told, NULL,
						  psprintf("bind \"%s\" takes 1.0 and 1.00 in column \"%s\" of model \"%s\" for two keys",
								   model->bind_key, column->name, model->name),
						  psprintf("Values that are equal (%s) may be kept as different texts, which the engine tells apart.",
								   format_type_with_typemod(column->typid, column->typmod)),
						  "Give precision and scale, as in numeric(20,6).");
}

/* What the engine will not have, since it has no exact form there. */
static List *
tell_translation(const BindsModel *model, List *told)
{
	for (int i = 0; i < model->nchecks; i++)
	{
		const BindsModelCheck *check = &model->checks[i];

		if (check->sql == NULL)
			told = binds_told_add(told, check->expr,
								  psprintf("check constraint \"%s\" of model \"%s\" is kept by PostgreSQL only",
										   check->name, model->name),
								  check->unkept != NULL ? check->unkept :
								  psprintf("It has no exact form in the SQL of bind \"%s\".",
										   model->bind_key),
								  NULL);
	}
	for (int i = 0; i < model->nindexes; i++)
	{
		const BindsModelIndex *index = &model->indexes[i];

		if (index->skip)
			told = binds_told_add(told, NULL,
								  psprintf("index \"%s\" of model \"%s\" is not made on bind \"%s\"",
										   index->name, model->name, model->bind_key),
								  why_not_made(index), binds_model_index_way_out(index));
	}
	return told;
}

/*
 * Rows that others write in the engine lack what PostgreSQL alone puts into columns.  Not of
 * a default that was PostgreSQL's before, and the same.
 */
static void
tell_columns(const BindsModel *model, const BindsModel *before)
{
	static const char *const one_default[] = {"default of column", "is kept by PostgreSQL only"};
	static const char *const defaults[] = {"defaults of columns", "are kept by PostgreSQL only"};
	static const char *const one_computed[] = {"column", "is computed by PostgreSQL only"};
	static const char *const computed[] = {"columns", "are computed by PostgreSQL only"};
	List	   *with_default = NIL;
	List	   *with_expression = NIL;

	for (int i = 0; i < model->ncolumns; i++)
	{
		const BindsModelColumn *column = &model->columns[i];
		const BindsModelColumn *old = column_before(before, column);

		if (own_default(column) != NULL &&
			(old == NULL || !equal(own_default(old), own_default(column))))
			with_default = lappend(with_default, unconstify(char *, column->name));
		if (column->computed && (old == NULL || !old->computed))
			with_expression = lappend(with_expression, unconstify(char *, column->name));
	}
	binds_told_say_columns(model, with_default, one_default, defaults,
						   psprintf("Rows that other programs write on bind \"%s\" do not get such values.",
									model->bind_key));
	binds_told_say_columns(model, with_expression, one_computed, computed,
						   psprintf("Other programs that write rows on bind \"%s\" have to give the values.",
									model->bind_key));
}

/* The default that the engine does not get, a domain's as well; NULL: there is none. */
static Node *
own_default(const BindsModelColumn *column)
{
	if (column->computed || column->generated != BINDS_GENERATED_NO ||
		column->default_sql != NULL)
		return NULL;
	if (column->default_expr == NULL && column->typid != column->base_typid)
		return get_typdefault(column->typid);
	return column->default_expr;
}

/* The same column of the model as it was; NULL: it is new. */
static const BindsModelColumn *
column_before(const BindsModel *before, const BindsModelColumn *column)
{
	for (int i = 0; before != NULL && i < before->ncolumns; i++)
	{
		if (before->columns[i].attnum == column->attnum)
			return &before->columns[i];
	}
	return NULL;
}
