/*
 * foreign_table.c
 *	  Read a foreign table's columns and options into plain structs.
 *
 * Opens no connection; everything is palloc'ed in the caller's context.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "model/facts.h"
#include "model/foreign_table.h"
#include "options/options.h"
#include "value/value.h"

static void read_columns(BindsForeignTable *table, const BindsTableOptions *options,
						 TupleDesc desc);
static void read_column(BindsForeignTable *table, const BindsTableOptions *options,
						Form_pg_attribute att, BindsForeignColumn *column);
static void apply_facts(BindsForeignTable *table, BindsColumnOptions *options,
						bool own_default, BindsForeignColumn *column);
static void apply_temporal(BindsForeignTable *table, const BindsColumnOptions *options,
						   Form_pg_attribute att, BindsForeignColumn *column);
static void collect_keys(BindsForeignTable *table);
static const char *free_rowid_name(const BindsForeignTable *table);

/*
 * Read a foreign table of one of our wrappers.
 *
 * Raises 42809 if the relation is no foreign table of ours, and 0A000 if the type
 * of a column cannot travel.
 */
BindsForeignTable *
binds_foreign_table_read(Oid relid, List *facts)
{
	BindsForeignTable *table = palloc0(sizeof(BindsForeignTable));
	Relation	relation = table_open(relid, NoLock);
	BindsTableOptions *options = binds_table_options(relid);

	if (options == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a foreign table of a bind",
						RelationGetRelationName(relation))));

	table->relid = relid;
	table->serverid = options->serverid;
	table->dialect = options->dialect;
	table->bind_key = options->bind_key;
	table->local_name = pstrdup(RelationGetRelationName(relation));
	table->schema = options->schema_name;
	table->table = options->table_name;
	table->query = options->query;
	table->read_only = options->read_only;
	table->hide_values = options->hide_parameters;
	table->fetch_size = options->fetch_size;
	table->batch_size = options->batch_size;
	table->facts = facts;
	table->unknown = binds_facts_are_unknown(facts);

	read_columns(table, options, RelationGetDescr(relation));
	collect_keys(table);

	/*
	 * a table with a key that does not say so may have none: WITHOUT ROWID, a
	 * view
	 */
	if (facts != NIL && !binds_facts_are_absent(facts))
		table->rowid_name = options->rowid ? binds_facts_rowid_name(facts) : NULL;
	else if (options->rowid && (options->rowid_given || table->nkeys == 0))
		table->rowid_name = free_rowid_name(table);
	table->rowid = table->rowid_name != NULL;
	table->fingerprint = !table->rowid && table->nkeys > 0 &&
		table->dialect->key_fingerprint != NULL;

	table_close(relation, NoLock);
	return table;
}

/* Whether case matters in a table's name is, on some engines, the server's matter. */
BindsSame
binds_same_engine_table(const BindsForeignTable *a, const BindsForeignTable *b)
{
	if (a->relid == b->relid)
		return BINDS_SAME;
	if (a->dialect == b->dialect && (a->query != NULL || b->query != NULL))
		return BINDS_PERHAPS_SAME;	/* nobody reads what is in a statement */
	if (a->dialect != b->dialect || pg_strcasecmp(a->table, b->table) != 0)
		return BINDS_DIFFERENT;
	return binds_same_database(a->serverid, a->schema, b->serverid, b->schema);
}

/*
 * Say how a value of a type is kept when it is no column's: a parameter or the
 * result of a function.  codec is BINDS_CODEC_NONE if the type cannot travel.
 */
void
binds_storage_of_type(const BindsDialect *dialect, Oid typid, int32 typmod,
					  Oid collation, BindsStorage *storage)
{
	Oid			base = getBaseTypeAndTypmod(typid, &typmod);

	memset(storage, 0, sizeof(BindsStorage));
	dialect->resolve(storage, base, typmod, get_typtype(base), collation,
					 NULL, NULL);

	/* nothing is known of what an engine would do with such a text */
	if (storage->codec == BINDS_CODEC_PRINTED)
		storage->codec = BINDS_CODEC_NONE;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
read_columns(BindsForeignTable *table, const BindsTableOptions *options,
			 TupleDesc desc)
{
	table->ncolumns = desc->natts;
	table->columns = palloc0(sizeof(BindsForeignColumn) * Max(desc->natts, 1));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		/* a virtual column (PostgreSQL 18) is not there in the engine either */
		if (att->attisdropped || att->attgenerated == 'v')
			continue;
		read_column(table, options, att, &table->columns[i]);
	}
}

static void
read_column(BindsForeignTable *table, const BindsTableOptions *table_options,
			Form_pg_attribute att, BindsForeignColumn *column)
{
	BindsColumnOptions options;
	int32		typmod = att->atttypmod;
	Oid			base = getBaseTypeAndTypmod(att->atttypid, &typmod);

	binds_column_options(table_options, table->relid, att->attnum, &options);
	column->local_name = pstrdup(NameStr(att->attname));
	column->name = options.column_name != NULL ? options.column_name :
		column->local_name;
	column->typid = att->atttypid;
	column->typmod = att->atttypmod;
	column->collation = att->attcollation;
	column->not_null = att->attnotnull;
	column->key = options.key;
	if (options.generated != NULL)
		column->generated = strcmp(options.generated, "always") == 0 ?
			BINDS_GENERATED_ALWAYS : BINDS_GENERATED_BY_DEFAULT;
	column->computed = att->attgenerated != '\0';
	column->engine_computed = options.computed;
	column->engine_default = options.engine_default;
	column->null_if_invalid = options.null_if_invalid;
	if (table->facts != NIL)
		apply_facts(table, &options, att->atthasdef, column);

	table->dialect->resolve(&column->storage, base, typmod, get_typtype(base),
							att->attcollation, options.type, options.collation);
	column->storage.hide_values = table->hide_values;
	apply_temporal(table, &options, att, column);
	if (table->facts != NIL && options.type == NULL)
		column->storage.compare = BINDS_COMPARE_NONE;
	if (column->storage.codec == BINDS_CODEC_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of foreign table \"%s\" has type %s, which cannot be kept in dialect \"%s\"",
						column->local_name, table->local_name,
						format_type_with_typemod(att->atttypid, att->atttypmod),
						table->dialect->name),
				 errhint("%s", binds_codec_way_out(att->atttypid,
												   "Read it as text (ALTER FOREIGN TABLE ... ALTER COLUMN ... TYPE text)."))));
}

/* The option temporal: the column keeps dates and times as numbers. */
static void
apply_temporal(BindsForeignTable *table, const BindsColumnOptions *options,
			   Form_pg_attribute att, BindsForeignColumn *column)
{
	BindsForm	form = binds_temporal_form(options->temporal);

	if (form == BINDS_FORM_NATIVE ||
		table->dialect->resolve_temporal(&column->storage, form))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of foreign table \"%s\" keeps no times as numbers",
					column->local_name, table->local_name),
			 errdetail("Its type is %s, declared %s in the engine.",
					   format_type_with_typemod(att->atttypid, att->atttypmod),
					   options->type != NULL ? options->type : "likewise"),
			 errhint("The option temporal is for date, timestamp and timestamptz in columns that hold numbers; drop it (ALTER COLUMN ... OPTIONS (DROP temporal)).")));
}

/*
 * What the engine says goes before the options, but for the key: the user may know of
 * one that the engine does not declare.
 */
static void
apply_facts(BindsForeignTable *table, BindsColumnOptions *options,
			bool own_default, BindsForeignColumn *column)
{
	BindsColumnFacts facts;

	binds_facts_column(table->facts, options->attnum, &facts);
	options->type = unconstify(char *, facts.type);
	options->collation = unconstify(char *, facts.collation);
	column->engine_key = facts.key;
	if (column->generated == BINDS_GENERATED_NO && facts.generated)
		column->generated = BINDS_GENERATED_BY_DEFAULT;
	column->engine_computed |= facts.computed;
	column->engine_default |= facts.has_default && !own_default &&
		!facts.computed && column->generated == BINDS_GENERATED_NO;
	column->replaces_null = facts.replaces_null;
}

/*
 * The columns with the option key; if there are none, the engine's key.
 */
static void
collect_keys(BindsForeignTable *table)
{
	bool		given = false;

	for (int i = 0; i < table->ncolumns; i++)
		given = given || table->columns[i].key;
	for (int i = 0; !given && i < table->ncolumns; i++)
		table->columns[i].key = table->columns[i].engine_key;
	table->keys = palloc(sizeof(AttrNumber) * Max(table->ncolumns, 1));
	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].local_name != NULL && table->columns[i].key)
			table->keys[table->nkeys++] = i + 1;
	}
}

/*
 * Return a name of the engine's row number that no column of the table hides, or
 * NULL if there is none.
 */
static const char *
free_rowid_name(const BindsForeignTable *table)
{
	if (table->dialect->rowid_names == NULL)
		return NULL;
	for (const char *const *name = table->dialect->rowid_names; *name != NULL;
		 name++)
	{
		bool		hidden = false;

		for (int i = 0; i < table->ncolumns; i++)
		{
			if (table->columns[i].local_name != NULL &&
				pg_strcasecmp(table->columns[i].name, *name) == 0)
				hidden = true;
		}
		if (!hidden)
			return *name;
	}
	return NULL;
}
