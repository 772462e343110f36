/*
 * cascade.c
 *	  What DROP ... CASCADE of a part of a model takes with it in models: foreign keys, of
 *	  others as well, and columns that are computed from one that goes.
 *
 * PostgreSQL would do it to the templates, and tell of them.  It is found before, for
 * the tables of models have to follow, and is told of these.  What else depends on a template
 * is left to PostgreSQL.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_inherits.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "commands/cascade.h"
#include "compat.h"

static bool is_cascade(const AlterTableCmd *cmd, AlterTableType subtype);
static List *computed_from(Oid template, const char *column);
static bool is_named_before(const AlterTableStmt *statement, const AlterTableCmd *cmd,
							AlterTableType subtype, const char *name);
static List *keys_by_column(List *keys, BindsModelRow *row, const char *column, bool heirs);
static bool goes_with_parents(Oid template, const char *column);
static List *add_keys(List *keys, List *others);

void
binds_cascade_add_columns(Node *statement, const BindsModelRow *row)
{
	AlterTableStmt *alter = (AlterTableStmt *) statement;
	List	   *cmds = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	if (!IsA(statement, AlterTableStmt))
		return;
	foreach(lc, alter->cmds)
	{
		AlterTableCmd *cmd = lfirst(lc);

		foreach(lc2, is_cascade(cmd, AT_DropColumn) ?
				computed_from(row->template, cmd->name) : NIL)
		{
			AlterTableCmd *drop;

			if (is_named_before(alter, cmd, AT_DropColumn, lfirst(lc2)))
				continue;
			ereport(NOTICE,
					(errmsg("drop cascades to column %s of table %s",
							quote_identifier(lfirst(lc2)), quote_identifier(row->local_name))));
			drop = copyObject(cmd);
			drop->name = lfirst(lc2);
			cmds = lappend(cmds, drop);
		}
		cmds = lappend(cmds, cmd);
	}
	alter->cmds = cmds;
}

static bool
is_cascade(const AlterTableCmd *cmd, AlterTableType subtype)
{
	return cmd->subtype == subtype && cmd->behavior == DROP_CASCADE;
}

/* Names (char *) of the columns that are computed from one. */
static List *
computed_from(Oid template, const char *column)
{
	Relation	rel = table_open(template, AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);
	AttrNumber	attnum = get_attnum(template, column);
	List	   *names = NIL;

	for (int i = 0; desc->constr != NULL && i < desc->constr->num_defval; i++)
	{
		const AttrDefault *expr = &desc->constr->defval[i];
		Bitmapset  *used = NULL;

		if (TupleDescAttr(desc, expr->adnum - 1)->attgenerated == '\0')
			continue;
		pull_varattnos(stringToNode(expr->adbin), 1, &used);
		if (bms_is_member(attnum - FirstLowInvalidHeapAttributeNumber, used))
			names = lappend(names, get_attname(template, expr->adnum, false));
	}
	table_close(rel, NoLock);
	return names;
}

/* Does a statement drop something by its own words before it comes to a part? */
static bool
is_named_before(const AlterTableStmt *statement, const AlterTableCmd *cmd,
				AlterTableType subtype, const char *name)
{
	ListCell   *lc;

	foreach(lc, statement->cmds)
	{
		const AlterTableCmd *other = lfirst(lc);

		if (other == cmd)
			return false;
		if (other->subtype == subtype && strcmp(other->name, name) == 0)
			return true;
	}
	return false;
}

List *
binds_cascade_keys(const Node *statement, BindsModelRow *row)
{
	const AlterTableStmt *alter = (const AlterTableStmt *) statement;
	List	   *keys = NIL;
	ListCell   *lc;
	ListCell   *lc2;

	if (IsA(statement, DropStmt))
	{
		const DropStmt *drop = (const DropStmt *) statement;

		if (drop->removeType != OBJECT_INDEX || drop->behavior != DROP_CASCADE)
			return NIL;
		return binds_model_references_by(row,
										 get_relname_relid(strVal(llast(linitial_node(List, drop->objects))),
														   get_rel_namespace(row->template)),
										 InvalidAttrNumber);
	}
	foreach(lc, IsA(statement, AlterTableStmt) ? alter->cmds : NIL)
	{
		const AlterTableCmd *cmd = lfirst(lc);
		List	   *found = NIL;

		if (is_cascade(cmd, AT_DropColumn))
			found = keys_by_column(NIL, row, cmd->name, alter->relation->inh);
		else if (is_cascade(cmd, AT_DropConstraint))
		{
			Oid			constraint = get_relation_constraint_oid(row->template, cmd->name, true);

			found = binds_model_references_by(row, OidIsValid(constraint) ?
											  get_constraint_index(constraint) : InvalidOid,
											  InvalidAttrNumber);
		}
		foreach(lc2, found)
		{
			const BindsModelReference *key = lfirst(lc2);

			if (key->row->template == row->template &&
				is_named_before(alter, cmd, AT_DropConstraint, key->constraint))
				found = foreach_delete_current(found, lc2);
		}
		keys = add_keys(keys, found);
	}
	return keys;
}

/* heirs: the column goes from the models that inherit it, too. */
static List *
keys_by_column(List *keys, BindsModelRow *row, const char *column, bool heirs)
{
	AttrNumber	attnum = get_attnum(row->template, column);
	ListCell   *lc;

	if (attnum == InvalidAttrNumber)
		return keys;
	keys = add_keys(keys, binds_model_references_by(row, InvalidOid, attnum));
	foreach(lc, heirs ? find_inheritance_children(row->template, NoLock) : NIL)
	{
		BindsModelRow *heir = binds_model_of_template(lfirst_oid(lc));

		if (heir != NULL && goes_with_parents(heir->template, column))
			keys = keys_by_column(keys, heir, column, true);
	}
	return keys;
}

/* Not a column that the table has of its own, or from another parent. */
static bool
goes_with_parents(Oid template, const char *column)
{
	HeapTuple	tuple = SearchSysCacheAttName(template, column);
	Form_pg_attribute att;
	bool		goes;

	if (!HeapTupleIsValid(tuple))
		return false;
	att = (Form_pg_attribute) GETSTRUCT(tuple);
	goes = att->attinhcount == 1 && !att->attislocal;
	ReleaseSysCache(tuple);
	return goes;
}

/* Those that are not there yet. */
static List *
add_keys(List *keys, List *others)
{
	ListCell   *lc;
	ListCell   *lc2;

	foreach(lc, others)
	{
		bool		known = false;

		foreach(lc2, keys)
			known |= ((BindsModelReference *) lfirst(lc2))->oid ==
			((BindsModelReference *) lfirst(lc))->oid;
		if (!known)
			keys = lappend(keys, lfirst(lc));
	}
	return keys;
}

void
binds_cascade_cut(const BindsModelReference *key, bool plain)
{
	ObjectAddress address;

	if (plain)
		ereport(NOTICE,
				(errmsg("drop cascades to constraint %s on table %s",
						quote_identifier(key->constraint),
						quote_identifier(key->row->local_name))));
	else
		ereport(NOTICE,
				(errmsg("drop cascades to foreign key \"%s\" of model \"%s\" on %s",
						key->constraint, key->row->model,
						binds_bind_words(key->row->bind_key))));
	ObjectAddressSet(address, ConstraintRelationId, key->oid);
	performDeletion(&address, DROP_RESTRICT, PERFORM_DELETION_QUIETLY);
	CommandCounterIncrement();
}
