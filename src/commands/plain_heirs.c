/*
 * plain_heirs.c
 *	  ALTER TABLE of a table of this server whose columns tables of binds inherit.
 *
 * PostgreSQL changes the relations of partitions and children with the table, whatever they
 * are over.  What it has done to the columns of one is done to its model then, and to the
 * engine's table.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/xact.h"
#include "storage/lmgr.h"
#include "utils/guc.h"

#include "commands/plain_change.h"
#include "commands/plain_ddl.h"
#include "commands/plain_default.h"
#include "commands/plain_family.h"
#include "commands/plain_heirs.h"

struct BindsPlainHeirs
{
	List	   *rows;			/* BindsModelRow */
	BindsPlainChange change;
};

static void check_defaults(const Node *statement, const BindsModelRow *row);

bool
binds_plain_has_heirs(const Node *statement)
{
	return binds_plain_heirs_of(binds_plain_parent_of(statement, true), true) != NIL;
}

BindsPlainHeirs *
binds_plain_heirs_look(const Node *statement)
{
	Oid			relid = binds_plain_parent_of(statement, true);
	List	   *rows = binds_plain_heirs_of(relid, true);
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
		Node	   *statement = binds_plain_inherit(heirs->change.statement, row);

		if (statement != NULL && binds_plain_point_to(statement, row))
		{
			(void) binds_define_carried_out(row->bind_key, statement, "", -1, 0);
			check_defaults(statement, row);
		}
		rows = lappend(rows, binds_model_of_template(row->template));
	}
	AtEOXact_GUC(true, level);
	binds_plain_follow(&heirs->change, rows);
}

/*
 * A model's default of the next number is a key that the engine generates, and not what other
 * children take from the sequence.
 */
static void
check_defaults(const Node *statement, const BindsModelRow *row)
{
	const BindsModel *model = binds_model_read(row->template, row->bind_key);
	ListCell   *lc;

	foreach(lc, IsA(statement, AlterTableStmt) ? ((const AlterTableStmt *) statement)->cmds :
			NIL)
	{
		const AlterTableCmd *cmd = lfirst(lc);
		int			i = cmd->subtype == AT_ColumnDefault && cmd->def != NULL ?
			binds_model_column(model, cmd->name) : -1;

		if (i >= 0 && model->columns[i].generated != BINDS_GENERATED_NO)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("column \"%s\" of table \"%s\" on bind \"%s\" cannot take its default from a sequence",
							cmd->name, row->local_name, row->bind_key),
					 errdetail("The engine would generate its values, which those that others take from the sequence may equal."),
					 errhint("ALTER TABLE ONLY gives the default to the parent alone.")));
	}
}
