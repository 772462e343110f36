/*
 * foreign_table.c
 *	  Read a foreign table's columns and options into plain structs.
 *
 * In here is the meaning of the options of foreign tables and their columns, with
 * those of server and wrapper as defaults.  Their validity was checked when they
 * were set.  Opens no connection; everything is palloc'ed in the caller's context.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "foreign/foreign.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "dialect/dialects.h"
#include "model/foreign_table.h"

#define DEFAULT_FETCH_SIZE 0
#define DEFAULT_BATCH_SIZE 1000

static void read_columns(BindsForeignTable *table, TupleDesc desc);
static void read_column(BindsForeignTable *table, Form_pg_attribute att,
						BindsForeignColumn *column);
static void collect_keys(BindsForeignTable *table);
static const char *free_rowid_name(const BindsForeignTable *table);
static const char *find_option(List *options, const char *name);
static bool option_is(List *options, const char *name, bool missing);
static int	option_number(const char *value, int missing);

/*
 * Read a foreign table of one of our wrappers.
 *
 * Raises 42809 if the relation is no foreign table of ours, and 0A000 if the type
 * of a column cannot travel.
 */
BindsForeignTable *
binds_foreign_table_read(Oid relid)
{
	BindsForeignTable *table = palloc0(sizeof(BindsForeignTable));
	Relation	relation = table_open(relid, NoLock);
	ForeignTable *options = NULL;
	ForeignServer *server = NULL;
	ForeignDataWrapper *wrapper;
	const char *value;

	if (relation->rd_rel->relkind == RELKIND_FOREIGN_TABLE)
	{
		options = GetForeignTable(relid);
		server = GetForeignServer(options->serverid);
		table->dialect = binds_dialect_of_wrapper(server->fdwid);
	}
	if (table->dialect == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a foreign table of a bind",
						RelationGetRelationName(relation))));
	wrapper = GetForeignDataWrapper(server->fdwid);

	table->relid = relid;
	table->serverid = server->serverid;
	table->bind_key = server->servername;
	table->local_name = pstrdup(RelationGetRelationName(relation));
	table->schema = find_option(options->options, "schema_name");
	value = find_option(options->options, "table_name");
	table->table = value != NULL ? value : table->local_name;
	table->read_only = option_is(options->options, "read_only", false) ||
		option_is(server->options, "read_only",
				  option_is(wrapper->options, "read_only", false));
	table->hide_values = option_is(server->options, "hide_parameters",
								   option_is(wrapper->options, "hide_parameters",
											 false));

	/* the nearest object that names a size, or what becomes of misfits, wins */
	value = find_option(options->options, "invalid_values");
	if (value == NULL)
		value = find_option(server->options, "invalid_values");
	if (value == NULL)
		value = find_option(wrapper->options, "invalid_values");
	table->null_if_invalid = value != NULL && pg_strcasecmp(value, "null") == 0;
	table->fetch_size = option_number(find_option(wrapper->options, "fetch_size"),
									  DEFAULT_FETCH_SIZE);
	table->fetch_size = option_number(find_option(server->options, "fetch_size"),
									  table->fetch_size);
	table->fetch_size = option_number(find_option(options->options, "fetch_size"),
									  table->fetch_size);
	table->batch_size = option_number(find_option(wrapper->options, "batch_size"),
									  DEFAULT_BATCH_SIZE);
	table->batch_size = option_number(find_option(server->options, "batch_size"),
									  table->batch_size);
	table->batch_size = option_number(find_option(options->options, "batch_size"),
									  table->batch_size);

	read_columns(table, RelationGetDescr(relation));
	collect_keys(table);
	if (table->nkeys == 0 && option_is(options->options, "rowid", true))
		table->rowid_name = free_rowid_name(table);
	table->rowid = table->rowid_name != NULL;

	table_close(relation, NoLock);
	return table;
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
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
read_columns(BindsForeignTable *table, TupleDesc desc)
{
	table->ncolumns = desc->natts;
	table->columns = palloc0(sizeof(BindsForeignColumn) * Max(desc->natts, 1));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		/* a virtual column (PostgreSQL 18) is not there in the engine either */
		if (att->attisdropped || att->attgenerated == 'v')
			continue;
		read_column(table, att, &table->columns[i]);
	}
}

static void
read_column(BindsForeignTable *table, Form_pg_attribute att,
			BindsForeignColumn *column)
{
	List	   *options = GetForeignColumnOptions(table->relid, att->attnum);
	const char *generated = find_option(options, "generated");
	const char *invalid = find_option(options, "invalid_values");
	int32		typmod = att->atttypmod;
	Oid			base = getBaseTypeAndTypmod(att->atttypid, &typmod);

	column->local_name = pstrdup(NameStr(att->attname));
	column->name = find_option(options, "column_name");
	if (column->name == NULL)
		column->name = column->local_name;
	column->typid = att->atttypid;
	column->typmod = att->atttypmod;
	column->collation = att->attcollation;
	column->not_null = att->attnotnull;
	column->key = option_is(options, "key", false);
	if (generated != NULL)
		column->generated = pg_strcasecmp(generated, "always") == 0 ?
			BINDS_GENERATED_ALWAYS : BINDS_GENERATED_BY_DEFAULT;
	column->computed = att->attgenerated != '\0';
	column->engine_computed = option_is(options, "computed", false);
	column->null_if_invalid = invalid == NULL ? table->null_if_invalid :
		pg_strcasecmp(invalid, "null") == 0;

	table->dialect->resolve(&column->storage, base, typmod, get_typtype(base),
							att->attcollation, find_option(options, "type"),
							find_option(options, "collation"));
	column->storage.hide_values = table->hide_values;
	if (column->storage.codec == BINDS_CODEC_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of foreign table \"%s\" has type %s, which cannot be kept in dialect \"%s\"",
						column->local_name, table->local_name,
						format_type_with_typemod(att->atttypid, att->atttypmod),
						table->dialect->name)));
}

static void
collect_keys(BindsForeignTable *table)
{
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

/* ------------------------------------------------------------------------
 * Options
 * ------------------------------------------------------------------------ */

/* Return the text of an option, or NULL if it is not given. */
static const char *
find_option(List *options, const char *name)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		DefElem    *option = (DefElem *) lfirst(lc);

		if (strcmp(option->defname, name) == 0)
			return defGetString(option);
	}
	return NULL;
}

static bool
option_is(List *options, const char *name, bool missing)
{
	const char *value = find_option(options, name);
	bool		result;

	if (value == NULL || !parse_bool(value, &result))
		return missing;
	return result;
}

/* Sizes were checked by the validator; anything else counts as not given. */
static int
option_number(const char *value, int missing)
{
	int			number = value != NULL ? atoi(value) : 0;

	return number > 0 ? number : missing;
}
