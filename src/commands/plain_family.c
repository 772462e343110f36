/*
 * plain_family.c
 *	  Tables of this server that other relations inherit from, and models of these.
 *
 * PostgreSQL changes partitions and children with their table, whatever they are over.  Models
 * of these follow: on binds columns alone, since checks that come from a table are the
 * relation's there; on the default bind those as well.
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
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "commands/plain_ddl.h"
#include "commands/plain_family.h"
#include "commands/relation.h"
#include "compat.h"

static const RangeVar *table_of(const Node *statement, bool on_bind);
static bool is_inherited(const AlterTableCmd *cmd, bool on_bind);
static bool reaches(const AlterTableCmd *cmd, Oid relid, const BindsModelRow *row);
static bool is_renamed(const RenameStmt *rename, Oid relid);
static List *names_of_checks(Oid relid, Oid template);
static void leave_own(ColumnDef *def, bool on_bind, List **names);
static void give_name(Constraint *check, List **names);

/* ------------------------------------------------------------------------
 * Who belongs together
 * ------------------------------------------------------------------------ */

Oid
binds_plain_parent(const RangeVar *name)
{
	Oid			relid;

	if (name == NULL || !name->inh ||
		(name->catalogname != NULL &&
		 strcmp(name->catalogname, get_database_name(MyDatabaseId)) != 0))
		return InvalidOid;
	relid = RangeVarGetRelidExtended(name, NoLock, RVR_MISSING_OK, NULL, NULL);
	if (!OidIsValid(relid) || !has_subclass(relid) || !binds_models_are_known() ||
		!binds_compat_owns_relation(relid, GetUserId()) || binds_plain_model(name) != NULL)
		return InvalidOid;
	return relid;
}

Oid
binds_plain_parent_of(const Node *statement, bool on_bind)
{
	return binds_plain_parent(table_of(statement, on_bind));
}

/* NULL: it does nothing to children. */
static const RangeVar *
table_of(const Node *statement, bool on_bind)
{
	const AlterTableStmt *alter = (const AlterTableStmt *) statement;
	const RenameStmt *rename = (const RenameStmt *) statement;
	ListCell   *lc;

	if (IsA(statement, RenameStmt))
		return (rename->renameType == OBJECT_COLUMN && rename->relationType == OBJECT_TABLE) ||
			(rename->renameType == OBJECT_TABCONSTRAINT && !on_bind) ? rename->relation : NULL;
	foreach(lc, IsA(statement, AlterTableStmt) && alter->objtype == OBJECT_TABLE ?
			alter->cmds : NIL)
	{
		if (is_inherited(lfirst(lc), on_bind))
			return alter->relation;
	}
	return NULL;
}

static bool
is_inherited(const AlterTableCmd *cmd, bool on_bind)
{
	switch (cmd->subtype)
	{
		case AT_AddColumn:
		case AT_DropColumn:
		case AT_AlterColumnType:
		case AT_SetNotNull:
		case AT_DropNotNull:
		case AT_ColumnDefault:
		case AT_DropExpression:
			return true;
		case AT_DropConstraint:
			return !on_bind;
		case AT_AddConstraint:
			return !on_bind && castNode(Constraint, cmd->def)->contype == CONSTR_CHECK &&
				!castNode(Constraint, cmd->def)->is_no_inherit;
		default:
			return !on_bind && BINDS_COMPAT_SETS_EXPRESSION(cmd->subtype);
	}
}

List *
binds_plain_heirs_of(Oid relid, bool on_bind)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, OidIsValid(relid) ? find_all_inheritors(relid, NoLock, NULL) : NIL)
	{
		BindsModelRow *row = lfirst_oid(lc) == relid ||
			get_rel_relkind(lfirst_oid(lc)) !=
			(on_bind ? RELKIND_FOREIGN_TABLE : RELKIND_RELATION) ? NULL :
			binds_model_of_relation(lfirst_oid(lc));

		if (row != NULL && (row->bind_key != NULL) == on_bind)
			rows = lappend(rows, row);
	}
	return rows;
}

bool
binds_plain_has_check(Oid relid, const char *name)
{
	Oid			oid = get_relation_constraint_oid(relid, name, true);
	HeapTuple	tuple;
	char		type;

	if (!OidIsValid(oid))
		return false;
	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(oid));
	if (!HeapTupleIsValid(tuple))
		return false;
	type = ((Form_pg_constraint) GETSTRUCT(tuple))->contype;
	ReleaseSysCache(tuple);
	return type == CONSTRAINT_CHECK;
}

/* ------------------------------------------------------------------------
 * What is inherited
 * ------------------------------------------------------------------------ */

Node *
binds_plain_inherit(const Node *statement, const BindsModelRow *row)
{
	Node	   *own = copyObject(unconstify(Node *, statement));
	AlterTableStmt *alter = (AlterTableStmt *) own;
	Oid			relid = binds_model_relation(row);
	bool		on_bind = row->bind_key != NULL;
	List	   *names = on_bind ? NIL : names_of_checks(relid, row->template);
	ListCell   *lc;

	if (IsA(own, RenameStmt))
		return is_renamed((RenameStmt *) own, relid) ? own : NULL;
	foreach(lc, alter->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		if (!is_inherited(cmd, on_bind) || !reaches(cmd, relid, row))
			alter->cmds = foreach_delete_current(alter->cmds, lc);
		else if (cmd->subtype == AT_AddColumn)
			leave_own(castNode(ColumnDef, cmd->def), on_bind, &names);
		else if (cmd->subtype == AT_AddConstraint)
			give_name(castNode(Constraint, cmd->def), &names);
	}
	return alter->cmds != NIL ? own : NULL;
}

/* A column or a check that the heir has of its own as well stays; keys are its own. */
static bool
reaches(const AlterTableCmd *cmd, Oid relid, const BindsModelRow *row)
{
	switch (cmd->subtype)
	{
		case AT_DropColumn:
			return get_attnum(relid, cmd->name) <= 0;
		case AT_DropConstraint:
			return !OidIsValid(get_relation_constraint_oid(relid, cmd->name, true)) &&
				binds_plain_has_check(row->template, cmd->name);
		default:
			return true;
	}
}

static bool
is_renamed(const RenameStmt *rename, Oid relid)
{
	return rename->renameType != OBJECT_TABCONSTRAINT ||
		(binds_plain_has_check(relid, rename->newname) &&
		 !OidIsValid(get_relation_constraint_oid(relid, rename->subname, true)));
}

/*
 * Names (char *) that PostgreSQL has given to checks which a table has from its parents, and
 * its template has not.
 */
static List *
names_of_checks(Oid relid, Oid template)
{
	List	   *names = NIL;
	ListCell   *lc;

	foreach(lc, binds_spi_rows(psprintf("SELECT conname FROM pg_catalog.pg_constraint WHERE conrelid = %u AND contype = 'c' AND coninhcount > 0 AND conname NOT IN (SELECT conname FROM pg_catalog.pg_constraint WHERE conrelid = %u) ORDER BY oid",
										relid, template), 0, NULL, NULL))
		names = lappend(names, ((char **) lfirst(lc))[0]);
	return names;
}

/* Keys are not inherited. */
static void
leave_own(ColumnDef *def, bool on_bind, List **names)
{
	ListCell   *lc;

	foreach(lc, def->constraints)
	{
		Constraint *constraint = lfirst_node(Constraint, lc);

		switch (constraint->contype)
		{
			case CONSTR_PRIMARY:
			case CONSTR_UNIQUE:
			case CONSTR_FOREIGN:
				def->constraints = foreach_delete_current(def->constraints, lc);
				break;
			case CONSTR_CHECK:
				if (on_bind || constraint->is_no_inherit)
					def->constraints = foreach_delete_current(def->constraints, lc);
				else
					give_name(constraint, names);
				break;
			default:
				break;
		}
	}
}

/* A check without a name has that which PostgreSQL has made of the parent's name. */
static void
give_name(Constraint *check, List **names)
{
	if (check->conname != NULL || *names == NIL)
		return;
	check->conname = linitial(*names);
	*names = list_delete_first(*names);
}
