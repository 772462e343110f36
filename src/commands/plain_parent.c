/*
 * plain_parent.c
 *	  Checks and types of an ordinary table that has relations of binds as partitions or
 *	  children, and what these inherit.
 *
 * PostgreSQL gives them to those as well, and takes no look at rows of foreign tables: the
 * planner believes a check that rows in an engine do not fit, and does not find them; values
 * that do not fit a type cannot be read.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "parser/parse_type.h"
#include "utils/lsyscache.h"

#include "commands/plain_ddl.h"
#include "commands/plain_family.h"
#include "commands/relation.h"
#include "compat.h"
#include "value/value.h"

static void refuse_inherited(Oid relid, const char *column, const char *word);
static const RangeVar *table_of(const Node *statement);
static bool reaches_children(const Node *statement, Oid relid);
static bool may_lose(Oid relid, const AlterTableCmd *cmd);
static bool has_check(const ColumnDef *def);
static bool is_check(const Constraint *constraint);

void
binds_plain_check_children(const Node *statement)
{
	Oid			relid = binds_plain_parent(table_of(statement));
	const BindsModelRow *row;
	Oid			child;
	List	   *rows;

	if (!OidIsValid(relid) || !reaches_children(statement, relid))
		return;
	rows = binds_plain_heirs_of(relid, true);
	if (rows == NIL)
		return;
	row = linitial(rows);
	child = binds_model_relation(row);
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("cannot alter checks or values of table \"%s\" with \"%s\", which is on bind \"%s\"",
					get_rel_name(relid), get_rel_name(child), row->bind_key),
			 errdetail("Nobody would look at the rows there."),
			 get_rel_relispartition(child) ?
			 errhint("DETACH the partition, alter both tables, and ATTACH it again.") :
			 errhint("Take the table from its parent with NO INHERIT, alter both tables, and let it INHERIT again.")));
}

void
binds_plain_check_inherited(const Node *statement, const BindsModelRow *row)
{
	Oid			relid = binds_model_relation(row);
	ListCell   *lc;

	if (IsA(statement, RenameStmt) &&
		((const RenameStmt *) statement)->renameType == OBJECT_COLUMN)
		refuse_inherited(relid, ((const RenameStmt *) statement)->subname, "rename");
	foreach(lc, IsA(statement, AlterTableStmt) ? ((const AlterTableStmt *) statement)->cmds :
			NIL)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		if (cmd->subtype == AT_DropColumn)
			refuse_inherited(relid, cmd->name, "drop");
		else if (cmd->subtype == AT_AlterColumnType)
			refuse_inherited(relid, cmd->name, "alter");
	}
}

/* word: what is done to the column. */
static void
refuse_inherited(Oid relid, const char *column, const char *word)
{
	if (OidIsValid(relid) && binds_relation_inherits(relid, column))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TABLE_DEFINITION),
				 errmsg("cannot %s inherited column \"%s\"", word, column)));
}

/* The table that a statement alters; NULL: none. */
static const RangeVar *
table_of(const Node *statement)
{
	if (IsA(statement, AlterTableStmt) &&
		((const AlterTableStmt *) statement)->objtype == OBJECT_TABLE)
		return ((const AlterTableStmt *) statement)->relation;
	if (IsA(statement, RenameStmt) &&
		((const RenameStmt *) statement)->renameType == OBJECT_TABCONSTRAINT)
		return ((const RenameStmt *) statement)->relation;
	return NULL;
}

/* Does a statement change a check that children have with their table, or perhaps values? */
static bool
reaches_children(const Node *statement, Oid relid)
{
	ListCell   *lc;

	if (IsA(statement, RenameStmt))
		return binds_plain_has_check(relid, ((const RenameStmt *) statement)->subname);
	foreach(lc, ((const AlterTableStmt *) statement)->cmds)
	{
		const AlterTableCmd *cmd = lfirst(lc);

		switch (cmd->subtype)
		{
			case AT_AddConstraint:
				if (is_check(castNode(Constraint, cmd->def)))
					return true;
				break;
			case AT_AddColumn:
				if (has_check(castNode(ColumnDef, cmd->def)))
					return true;
				break;
			case AT_AlterColumnType:
				if (may_lose(relid, cmd))
					return true;
				break;
			case AT_DropConstraint:
			case AT_ValidateConstraint:
				if (binds_plain_has_check(relid, cmd->name))
					return true;
				break;
			default:
				if (BINDS_COMPAT_SETS_EXPRESSION(cmd->subtype))
					return true;
				break;
		}
	}
	return false;
}

/* May values be lost, or be others, in the new type of a column? */
static bool
may_lose(Oid relid, const AlterTableCmd *cmd)
{
	const ColumnDef *def = castNode(ColumnDef, cmd->def);
	AttrNumber	attnum = get_attnum(relid, cmd->name);
	Oid			from;
	Oid			to;
	int32		from_typmod;
	int32		to_typmod;
	Oid			collation;

	/* else PostgreSQL raises an error */
	if (attnum <= 0)
		return false;
	get_atttypetypmodcoll(relid, attnum, &from, &from_typmod, &collation);
	typenameTypeIdAndMod(NULL, def->typeName, &to, &to_typmod);
	return def->raw_default != NULL || !binds_type_widens(from, from_typmod, to, to_typmod);
}

static bool
has_check(const ColumnDef *def)
{
	ListCell   *lc;

	foreach(lc, def->constraints)
	{
		if (is_check(lfirst_node(Constraint, lc)))
			return true;
	}
	return false;
}

static bool
is_check(const Constraint *constraint)
{
	return constraint->contype == CONSTR_CHECK && !constraint->is_no_inherit;
}
