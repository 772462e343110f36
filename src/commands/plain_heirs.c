/*
 * plain_heirs.c
 *	  ALTER TABLE of a table of this server whose columns tables of binds inherit.
 *
 * PostgreSQL changes the relations of partitions and children with the table, whatever they
 * are over.  What it has done to the columns of one is done to its model then, and to the
 * engine's table.  Defaults that come from the parent are the relation's alone.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "commands/plain_change.h"
#include "commands/plain_ddl.h"
#include "commands/plain_default.h"
#include "commands/plain_heirs.h"
#include "commands/relation.h"
#include "compat.h"

struct BindsPlainHeirs
{
	List	   *rows;			/* BindsModelRow */
	BindsPlainChange change;
};

static Oid	parent_of(const Node *statement);
static const RangeVar *table_of(const Node *statement);
static bool is_inherited(const AlterTableCmd *cmd);
static List *heirs_of(Oid relid);
static Node *statement_for(const Node *statement, const BindsModelRow *row);
static void leave_own(ColumnDef *def);

bool
binds_plain_has_heirs(const Node *statement)
{
	return heirs_of(parent_of(statement)) != NIL;
}

BindsPlainHeirs *
binds_plain_heirs_look(const Node *statement)
{
	Oid			relid = parent_of(statement);
	List	   *rows = heirs_of(relid);
	BindsPlainHeirs *heirs;
	ListCell   *lc;

	if (rows == NIL)
		return NULL;
	LockRelationOid(relid, AccessExclusiveLock);
	foreach(lc, rows)
		lfirst(lc) = binds_plain_lock(lfirst(lc), AccessExclusiveLock);
	heirs = palloc0(sizeof(BindsPlainHeirs));
	heirs->rows = rows;
	heirs->change.statement = copyObject(unconstify(Node *, statement));
	binds_plain_note_asked(&heirs->change);
	binds_plain_look_before(&heirs->change, rows);
	return heirs;
}

/* InvalidOid: it has no heirs, or PostgreSQL tells that it is not the caller's. */
static Oid
parent_of(const Node *statement)
{
	const RangeVar *table = table_of(statement);
	Oid			relid = table != NULL && table->inh ?
		RangeVarGetRelidExtended(table, NoLock, RVR_MISSING_OK, NULL, NULL) : InvalidOid;

	if (!OidIsValid(relid) || !has_subclass(relid) ||
		(get_rel_relkind(relid) != RELKIND_RELATION &&
		 get_rel_relkind(relid) != RELKIND_PARTITIONED_TABLE) ||
		!binds_compat_owns_relation(relid, GetUserId()) || !binds_models_are_known())
		return InvalidOid;
	return relid;
}

/* The table whose columns a statement changes; NULL: it changes none. */
static const RangeVar *
table_of(const Node *statement)
{
	const AlterTableStmt *alter = (const AlterTableStmt *) statement;
	const RenameStmt *rename = (const RenameStmt *) statement;
	ListCell   *lc;

	if (IsA(statement, RenameStmt))
		return rename->renameType == OBJECT_COLUMN && rename->relationType == OBJECT_TABLE ?
			rename->relation : NULL;
	foreach(lc, IsA(statement, AlterTableStmt) && alter->objtype == OBJECT_TABLE ?
			alter->cmds : NIL)
	{
		if (is_inherited(lfirst(lc)))
			return alter->relation;
	}
	return NULL;
}

static bool
is_inherited(const AlterTableCmd *cmd)
{
	switch (cmd->subtype)
	{
		case AT_AddColumn:
		case AT_DropColumn:
		case AT_AlterColumnType:
		case AT_SetNotNull:
		case AT_DropNotNull:
			return true;
		default:
			return false;
	}
}

static List *
heirs_of(Oid relid)
{
	List	   *rows = NIL;
	ListCell   *lc;

	foreach(lc, OidIsValid(relid) ? find_all_inheritors(relid, NoLock, NULL) : NIL)
	{
		BindsModelRow *row = get_rel_relkind(lfirst_oid(lc)) == RELKIND_FOREIGN_TABLE ?
			binds_model_of_relation(lfirst_oid(lc)) : NULL;

		if (row != NULL && row->bind_key != NULL)
			rows = lappend(rows, row);
	}
	return rows;
}

void
binds_plain_heirs_follow(const BindsPlainHeirs *heirs)
{
	List	   *rows = NIL;
	int			level;
	ListCell   *lc;

	if (heirs == NULL)
		return;
	CommandCounterIncrement();
	/* what is so already is not told */
	level = NewGUCNestLevel();
	if (client_min_messages < WARNING)
		(void) set_config_option("client_min_messages", "warning", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	foreach(lc, heirs->rows)
	{
		BindsModelRow *row = binds_model_of_template(((BindsModelRow *) lfirst(lc))->template);
		Node	   *statement = statement_for(heirs->change.statement, row);

		if (statement != NULL)
			(void) binds_define_carried_out(row->bind_key, statement, "", -1, 0);
		rows = lappend(rows, binds_model_of_template(row->template));
	}
	AtEOXact_GUC(true, level);
	binds_plain_follow(&heirs->change, rows);
}

/* What a statement for a parent is for the model of an heir; NULL: nothing. */
static Node *
statement_for(const Node *statement, const BindsModelRow *row)
{
	Node	   *own = copyObject(unconstify(Node *, statement));
	AlterTableStmt *alter = (AlterTableStmt *) own;
	Oid			relid = binds_model_relation(row);
	ListCell   *lc;

	foreach(lc, IsA(own, AlterTableStmt) ? alter->cmds : NIL)
	{
		AlterTableCmd *cmd = lfirst(lc);

		/* a column that it has of its own as well stays */
		if (!is_inherited(cmd) ||
			(cmd->subtype == AT_DropColumn && get_attnum(relid, cmd->name) > 0))
			alter->cmds = foreach_delete_current(alter->cmds, lc);
		else if (cmd->subtype == AT_AddColumn)
			leave_own(castNode(ColumnDef, cmd->def));
	}
	return binds_plain_point_to(own, row) ? own : NULL;
}

/* Keys are not inherited. */
static void
leave_own(ColumnDef *def)
{
	ListCell   *lc;

	foreach(lc, def->constraints)
	{
		switch (lfirst_node(Constraint, lc)->contype)
		{
			case CONSTR_PRIMARY:
			case CONSTR_UNIQUE:
			case CONSTR_FOREIGN:
			case CONSTR_CHECK:
				def->constraints = foreach_delete_current(def->constraints, lc);
				break;
			default:
				break;
		}
	}
}
