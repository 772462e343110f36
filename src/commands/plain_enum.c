/*
 * plain_enum.c
 *	  ALTER TYPE ... ADD VALUE and RENAME VALUE, where tables of binds have columns of the type.
 *
 * An engine's table has the labels of the type.  A new one is added to it when PostgreSQL has
 * it; rows with an old one would have to be changed with the type, which is refused.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/table.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_type.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"

#include "commands/commands.h"
#include "commands/plain_change.h"
#include "commands/plain_ddl.h"
#include "compat.h"

static List *models_with(const AlterEnumStmt *statement);
static bool has_column_of(Oid template, Oid type);
static void check_managed(const BindsModelRow *row);

bool
binds_plain_enum_is_used(const AlterEnumStmt *statement)
{
	return models_with(statement) != NIL;
}

BindsPlainChange *
binds_plain_enum_look(const AlterEnumStmt *statement)
{
	BindsPlainChange *change = palloc0(sizeof(BindsPlainChange));
	List	   *rows = models_with(statement);
	ListCell   *lc;

	if (statement->oldVal != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("value \"%s\" cannot be renamed, since table \"%s\" on %s has a column of the type",
						statement->oldVal, ((BindsModelRow *) linitial(rows))->local_name,
						binds_bind_words(((BindsModelRow *) linitial(rows))->bind_key)),
				 errdetail("Its rows have the old one."),
				 errhint("Use ALTER TYPE ... ADD VALUE, and UPDATE the rows in another transaction.")));
	foreach(lc, rows)
		check_managed(lfirst(lc));
	foreach(lc, rows)
		lfirst(lc) = binds_plain_lock(lfirst(lc), AccessExclusiveLock);
	change->statement = copyObject((Node *) statement);
	binds_plain_look_before(change, rows);
	return change;
}

static void
check_managed(const BindsModelRow *row)
{
	const BindsBind *bind = binds_bind_find(row->bind_key);

	if (bind->options == NULL || bind->options->managed)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("tables of bind \"%s\" are not managed", bind->key),
			 errdetail("Table \"%s\" has a column of the type.", row->local_name),
			 errhint("Set the bind's option \"managed\" to true.")));
}

void
binds_plain_enum_follow(const BindsPlainChange *change)
{
	List	   *rows;
	ListCell   *lc;

	CommandCounterIncrement();
	rows = models_with((AlterEnumStmt *) change->statement);

	/*
	 * before the first engine is told: none of the labels is one that an
	 * engine cannot have
	 */
	foreach(lc, rows)
	{
		const BindsModelRow *row = lfirst(lc);
		const BindsBind *bind = binds_bind_find(row->bind_key);

		binds_model_check(binds_model_load(row->template, bind), bind->dialect);
	}
	binds_plain_follow(change, rows);
}

/*
 * The models on binds that have a relation, and in it a column of the type; none if PostgreSQL
 * will raise an error.
 */
static List *
models_with(const AlterEnumStmt *statement)
{
	Oid			type = LookupTypeNameOid(NULL, makeTypeNameFromNameList(statement->typeName),
										 true);
	List	   *rows = NIL;
	ListCell   *lc;

	if (!OidIsValid(type) || !type_is_enum(type) ||
		!binds_compat_owns_type(type, GetUserId()) || !binds_models_are_known())
		return NIL;
	foreach(lc, binds_model_all_rows())
	{
		BindsModelRow *row = lfirst(lc);

		if (row->bind_key != NULL && has_column_of(row->template, type) &&
			OidIsValid(binds_model_relation(row)) &&
			binds_model_is_foreign(binds_model_relation(row), binds_bind_find(row->bind_key)))
			rows = lappend(rows, row);
	}
	return rows;
}

/* Of the type, of a domain over it, or of arrays of them. */
static bool
has_column_of(Oid template, Oid type)
{
	Relation	rel = table_open(template, AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);
	bool		found = false;

	for (int i = 0; i < desc->natts && !found; i++)
	{
		Oid			base;
		Oid			element;

		if (TupleDescAttr(desc, i)->attisdropped)
			continue;
		base = getBaseType(TupleDescAttr(desc, i)->atttypid);
		element = get_element_type(base);
		found = base == type || (OidIsValid(element) && getBaseType(element) == type);
	}
	table_close(rel, AccessShareLock);
	return found;
}
