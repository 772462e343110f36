/*
 * plain_parent.c
 *	  ALTER TABLE of an ordinary table that has relations of binds as partitions or children.
 *
 * PostgreSQL alters them with it, but knows neither their models nor the engines' tables:
 * a query would ask for columns that are not there, or believe a check that no row was
 * looked at for.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "commands/dbcommands.h"
#include "foreign/foreign.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "commands/plain_ddl.h"
#include "commands/rewrite.h"
#include "compat.h"
#include "dialect/dialects.h"

static const RangeVar *table_of(const Node *statement);
static bool reaches_children(const Node *statement, Oid relid);
static bool is_inherited(Oid relid, const char *constraint);

void
binds_plain_check_children(const Node *statement)
{
	const RangeVar *name = table_of(statement);
	Oid			relid;
	ListCell   *lc;

	if (name == NULL || !name->inh ||
		(name->catalogname != NULL &&
		 strcmp(name->catalogname, get_database_name(MyDatabaseId)) != 0))
		return;
	relid = RangeVarGetRelidExtended(name, NoLock, RVR_MISSING_OK, NULL, NULL);
	/* else PostgreSQL raises an error, if it has something to say */
	if (!OidIsValid(relid) || !has_subclass(relid) || !binds_models_are_known() ||
		!binds_compat_owns_relation(relid, GetUserId()) ||
		!reaches_children(statement, relid))
		return;
	foreach(lc, find_all_inheritors(relid, NoLock, NULL))
	{
		Oid			child = lfirst_oid(lc);
		const BindsModelRow *row;

		if (get_rel_relkind(child) != RELKIND_FOREIGN_TABLE ||
			binds_dialect_of_server(GetForeignServerIdByRelId(child)) == NULL)
			continue;
		row = binds_model_of_relation(child);
		if (row == NULL)
			continue;
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("cannot alter table \"%s\" with \"%s\", which is on bind \"%s\"",
						get_rel_name(relid), get_rel_name(child), row->bind_key),
				 errdetail("The relation would be altered, not its model and its table there."),
				 get_rel_relispartition(child) ?
				 errhint("DETACH the partition, alter both tables, and ATTACH it again.") :
				 errhint("Take the table from its parent with NO INHERIT, alter both tables, and let it INHERIT again.")));
	}
}

/* The table that a statement alters; NULL: none. */
static const RangeVar *
table_of(const Node *statement)
{
	if (IsA(statement, AlterTableStmt) &&
		((const AlterTableStmt *) statement)->objtype == OBJECT_TABLE)
		return ((const AlterTableStmt *) statement)->relation;
	if (IsA(statement, RenameStmt))
	{
		const RenameStmt *rename = (const RenameStmt *) statement;

		if ((rename->renameType == OBJECT_COLUMN && rename->relationType == OBJECT_TABLE) ||
			rename->renameType == OBJECT_TABCONSTRAINT)
			return rename->relation;
	}
	return NULL;
}

/* Does a statement change something of a table that its children have with it? */
static bool
reaches_children(const Node *statement, Oid relid)
{
	ListCell   *lc;

	if (IsA(statement, RenameStmt))
	{
		const RenameStmt *rename = (const RenameStmt *) statement;

		return rename->renameType == OBJECT_COLUMN || is_inherited(relid, rename->subname);
	}
	foreach(lc, ((const AlterTableStmt *) statement)->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (!binds_rewrite_is_part(cmd))
			continue;
		switch (cmd->subtype)
		{
			case AT_AddConstraint:
				/* others have no children, or PostgreSQL refuses them */
				if (castNode(Constraint, cmd->def)->contype == CONSTR_CHECK ||
					castNode(Constraint, cmd->def)->contype == CONSTR_NOTNULL)
					return true;
				break;
			case AT_DropConstraint:
			case AT_ValidateConstraint:
				if (is_inherited(relid, cmd->name))
					return true;
				break;
			case AT_AddIdentity:
			case AT_SetIdentity:
			case AT_DropIdentity:
			case AT_AlterConstraint:
				break;
			default:
				return true;
		}
	}
	return false;
}

/* Is there a constraint of that name, and of a kind that children inherit? */
static bool
is_inherited(Oid relid, const char *constraint)
{
	Oid			oid = get_relation_constraint_oid(relid, constraint, true);
	HeapTuple	tuple;
	char		type;

	if (!OidIsValid(oid))
		return false;
	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(oid));
	if (!HeapTupleIsValid(tuple))
		return false;
	type = ((Form_pg_constraint) GETSTRUCT(tuple))->contype;
	ReleaseSysCache(tuple);
	return type != CONSTRAINT_PRIMARY && type != CONSTRAINT_UNIQUE &&
		type != CONSTRAINT_EXCLUSION && type != CONSTRAINT_FOREIGN;
}
