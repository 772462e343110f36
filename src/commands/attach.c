/*
 * attach.c
 *	  binds.attach: write down as options what the engine says of a table.
 *
 * A foreign table that was written by hand gets the options that reflect would have
 * set, so that no engine is asked any more to plan a statement on it.  Types, NOT NULL
 * and defaults of the local table stay as they are, and so do the options key and
 * generated where the user has set them.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "fmgr.h"
#include "foreign/foreign.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "binds.h"
#include "commands/commands.h"
#include "compat.h"
#include "model/column_options.h"
#include "model/facts.h"
#include "transaction/learn.h"

BINDS_FUNCTION(binds_attach);

typedef struct Attaching
{
	ReturnSetInfo *rsinfo;
	const BindsTableOptions *options;
	const BindsReflectedTable *definition;
	const BindsReflectedKey *key;	/* to be set; NULL: none, or the user's
									 * stays */
	StringInfoData command;		/* ALTER FOREIGN TABLE */
	int			nactions;
	uint64		mark;			/* the option "described" */
} Attaching;

static const BindsTableOptions *checked_options(Oid relid);
static void attach_column(Attaching *attaching, Form_pg_attribute att);
static const BindsReflectedColumn *engine_column(const Attaching *attaching,
												 const char *name);
static List *wanted_options(const Attaching *attaching, Form_pg_attribute att,
							const BindsReflectedColumn *column,
							const BindsColumnOptions *given);
static bool is_key(const Attaching *attaching, const char *name);
static void attach_table(Attaching *attaching, Relation relation);
static bool key_is_given(const BindsTableOptions *options, TupleDesc desc);
static void change_options(Attaching *attaching, const char *column, List *have,
						   List *want, const char *const *ours);
static DefElem *find_option(List *options, const char *name);
static void put_row(Attaching *attaching, const char *column, const char *option,
					const char *value);

/*
 * Set the options of a foreign table; a row for each that changed.
 */
Datum
binds_attach(PG_FUNCTION_ARGS)
{
	Oid			relid = PG_GETARG_OID(0);
	Attaching	attaching = {(ReturnSetInfo *) fcinfo->resultinfo};
	Relation	relation;
	TupleDesc	desc;

	PreventCommandIfReadOnly("binds.attach()");
	InitMaterializedSRF(fcinfo, 0);
	(void) checked_options(relid);
	LockRelationOid(relid, AccessExclusiveLock);
	attaching.options = checked_options(relid);
	relation = table_open(relid, NoLock);
	attaching.definition = binds_learn_definition(attaching.options, GetUserId());
	if (attaching.definition == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("table \"%s\" does not exist in bind \"%s\"",
						attaching.options->table_name,
						attaching.options->bind_key)));

	desc = RelationGetDescr(relation);
	if (!key_is_given(attaching.options, desc))
		attaching.key = binds_reflected_key_of(attaching.definition, desc,
											   attaching.options);
	initStringInfo(&attaching.command);
	appendStringInfo(&attaching.command, "ALTER FOREIGN TABLE %s",
					 binds_qualified_name(relid));
	attaching.mark = binds_described_start(attaching.options->schema_name,
										   attaching.options->table_name);
	for (int i = 0; i < desc->natts; i++)
	{
		if (!TupleDescAttr(desc, i)->attisdropped)
			attach_column(&attaching, TupleDescAttr(desc, i));
	}
	attach_table(&attaching, relation);
	table_close(relation, NoLock);
	if (attaching.nactions > 0)
		binds_spi_run(attaching.command.data);
	return (Datum) 0;
}

/*
 * The options of a foreign table of the user's own.  Asked before it is locked, since
 * who has no right to it must keep nobody from it, and again when nobody can change it.
 */
static const BindsTableOptions *
checked_options(Oid relid)
{
	const BindsTableOptions *options;

	if (!SearchSysCacheExists1(RELOID, ObjectIdGetDatum(relid)))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relid)));
	if (!binds_compat_owns_relation(relid, GetUserId()))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_FOREIGN_TABLE,
					   get_rel_name(relid));
	options = binds_table_options(relid);
	if (options == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a foreign table of a bind",
						get_rel_name(relid))));
	if (options->query != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" has no table of bind \"%s\" behind it",
						get_rel_name(relid), options->bind_key),
				 errdetail("Its rows are those of a statement (option query).")));
	return options;
}

/* Does the user say himself what the key is? */
static bool
key_is_given(const BindsTableOptions *options, TupleDesc desc)
{
	for (int i = 0; i < desc->natts; i++)
	{
		BindsColumnOptions column;

		if (TupleDescAttr(desc, i)->attisdropped)
			continue;
		binds_column_options(options, TupleDescAttr(desc, i)->attrelid, i + 1,
							 &column);
		if (column.key)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * Columns
 * ------------------------------------------------------------------------ */

static void
attach_column(Attaching *attaching, Form_pg_attribute att)
{
	static const char *const ours[] = {
		"key", "generated", "type", "collation", "computed", "default", NULL
	};
	List	   *have = GetForeignColumnOptions(att->attrelid, att->attnum);
	List	   *want = have;
	const BindsReflectedColumn *column;
	BindsColumnOptions given;
	const char *name;

	binds_column_options(attaching->options, att->attrelid, att->attnum, &given);
	name = given.column_name != NULL ? given.column_name : NameStr(att->attname);
	column = engine_column(attaching, name);
	if (att->attgenerated == 'v')
		 /* the engine has none */ ;
	else if (column == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" does not exist in table \"%s\" of bind \"%s\"",
						name, attaching->definition->name,
						attaching->options->bind_key),
				 errhint("Set the option column_name of the column, or drop it.")));
	else
	{
		want = wanted_options(attaching, att, column, &given);
		change_options(attaching, NameStr(att->attname), have, want, ours);
	}
	binds_described_add(&attaching->mark, name, att->atttypid, att->atttypmod, want);
}

static const BindsReflectedColumn *
engine_column(const Attaching *attaching, const char *name)
{
	const BindsReflectedTable *table = attaching->definition;

	for (int i = 0; i < table->ncolumns; i++)
	{
		if (table->columns[i].declared != NULL &&
			(strcmp(table->columns[i].name, name) == 0 ||
			 (attaching->options->dialect->folds_columns &&
			  pg_strcasecmp(table->columns[i].name, name) == 0)))
			return &table->columns[i];
	}
	return NULL;
}

/*
 * The options that reflect would have set for this type.  Of a column that has another
 * one here the declared type and collation are told in any case.
 */
static List *
wanted_options(const Attaching *attaching, Form_pg_attribute att,
			   const BindsReflectedColumn *column, const BindsColumnOptions *given)
{
	BindsReflectedColumn told = *column;
	BindsGenerated generated = BINDS_GENERATED_NO;
	Oid			typid = InvalidOid;
	int32		typmod = -1;

	if (column->type != NULL)
		binds_compat_parse_type(column->type, &typid, &typmod);
	if (typid != att->atttypid || typmod != att->atttypmod)
	{
		told.engine_type = column->declared;
		if (OidIsValid(att->attcollation) || att->atttypid == UUIDOID ||
			get_typtype(att->atttypid) == TYPTYPE_ENUM)
			told.engine_collation = column->declared_collation;
	}
	if (given->generated != NULL)
		generated = strcmp(given->generated, "always") == 0 ?
			BINDS_GENERATED_ALWAYS : BINDS_GENERATED_BY_DEFAULT;
	else if (column->generated_key)
		generated = BINDS_GENERATED_BY_DEFAULT;
	return binds_column_options_of(&told, given->key || is_key(attaching, column->name),
								   generated, att->atthasdef,
								   get_typtype(att->atttypid) == TYPTYPE_ENUM);
}

static bool
is_key(const Attaching *attaching, const char *name)
{
	for (int i = 0; attaching->key != NULL && i < attaching->key->ncolumns; i++)
	{
		if (strcmp(attaching->key->columns[i], name) == 0)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------------
 * The table
 * ------------------------------------------------------------------------ */

static void
attach_table(Attaching *attaching, Relation relation)
{
	static const char *const ours[] = {"rowid", "described", NULL};
	List	   *have = GetForeignTable(RelationGetRelid(relation))->options;
	List	   *want = NIL;

	/* who does not want the rowid used has said so */
	if (find_option(have, "rowid") != NULL && !attaching->options->rowid)
		want = lappend(want, find_option(have, "rowid"));
	else if (attaching->options->dialect->rowid_names != NULL)
		want = lappend(want, makeDefElem("rowid", (Node *)
										 makeString(attaching->definition->rowid ?
													"true" : "false"), -1));
	want = lappend(want, makeDefElem("described", (Node *)
									 makeString(binds_described_text(attaching->mark)),
									 -1));
	change_options(attaching, NULL, have, want, ours);
}

/* ------------------------------------------------------------------------
 * Options
 * ------------------------------------------------------------------------ */

/*
 * Append an action that turns the options "have" into "want", as far as they are
 * "ours".  column NULL: those of the table.
 */
static void
change_options(Attaching *attaching, const char *column, List *have, List *want,
			   const char *const *ours)
{
	StringInfoData changes;

	initStringInfo(&changes);
	for (; *ours != NULL; ours++)
	{
		DefElem    *old = find_option(have, *ours);
		DefElem    *new = find_option(want, *ours);
		const char *name = quote_identifier(*ours);

		if (old == NULL && new == NULL)
			continue;
		if (old != NULL && new != NULL &&
			strcmp(defGetString(old), defGetString(new)) == 0)
			continue;
		if (new == NULL)
			appendStringInfo(&changes, ", DROP %s", name);
		else
			appendStringInfo(&changes, ", %s %s %s", old != NULL ? "SET" : "ADD", name,
							 quote_literal_cstr(defGetString(new)));
		put_row(attaching, column, *ours, new != NULL ? defGetString(new) : NULL);
	}
	if (changes.len == 0)
		return;
	appendStringInfo(&attaching->command, "%s", attaching->nactions++ > 0 ? "," : "");
	if (column != NULL)
		appendStringInfo(&attaching->command, " ALTER COLUMN %s",
						 quote_identifier(column));
	appendStringInfo(&attaching->command, " OPTIONS (%s)", changes.data + 2);
}

static DefElem *
find_option(List *options, const char *name)
{
	ListCell   *lc;

	foreach(lc, options)
	{
		if (strcmp(lfirst_node(DefElem, lc)->defname, name) == 0)
			return lfirst_node(DefElem, lc);
	}
	return NULL;
}

static void
put_row(Attaching *attaching, const char *column, const char *option,
		const char *value)
{
	Datum		values[3] = {0};
	bool		nulls[3] = {column == NULL, false, value == NULL};

	if (column != NULL)
		values[0] = CStringGetTextDatum(column);
	values[1] = CStringGetTextDatum(option);
	if (value != NULL)
		values[2] = CStringGetTextDatum(value);
	tuplestore_putvalues(attaching->rsinfo->setResult, attaching->rsinfo->setDesc,
						 values, nulls);
}
