/*
 * truncate.c
 *	  TRUNCATE of foreign tables.
 *
 * It is a DELETE of all rows, inside of the branch: the engines' own TRUNCATE cannot be
 * rolled back, or does not exist.  Foreign keys of the engine apply as they do to any
 * DELETE.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/rel.h"

#include "connection/cursor.h"
#include "deparse/statement.h"
#include "fdw/modify.h"
#include "fdw/routine.h"
#include "transaction/branch.h"

static void bindsExecForeignTruncate(List *rels, DropBehavior behavior,
									 bool restart_seqs);
static void check_table(const BindsForeignTable *table, bool restart_seqs);
static bool delete_rows(const BindsForeignTable *table, bool tolerant);

void
binds_truncate_routine(FdwRoutine *routine)
{
	routine->ExecForeignTruncate = bindsExecForeignTruncate;
}

/*
 * Empty the tables, all of one server.  Tables that refer to each other are emptied in
 * whatever order their foreign keys allow.
 */
static void
bindsExecForeignTruncate(List *rels, DropBehavior behavior, bool restart_seqs)
{
	List	   *tables = NIL;
	ListCell   *lc;

	foreach(lc, rels)
	{
		Relation	relation = (Relation) lfirst(lc);

		tables = lappend(tables, binds_foreign_table_options(RelationGetRelid(relation)));
		check_table(llast(tables), restart_seqs);
	}

	while (tables != NIL)
	{
		List	   *left = NIL;

		foreach(lc, tables)
		{
			if (!delete_rows(lfirst(lc), list_length(tables) > 1))
				left = lappend(left, lfirst(lc));
		}
		if (list_length(left) == list_length(tables))
			delete_rows(linitial(left), false);
		tables = left;
	}
}

static void
check_table(const BindsForeignTable *table, bool restart_seqs)
{
	binds_require_writable(table);
	if (restart_seqs)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("TRUNCATE ... RESTART IDENTITY is not supported on foreign table \"%s\"",
						table->local_name),
				 errdetail("The engine generates its keys, and would restart them outside of the transaction.")));
}

/*
 * Delete all rows; with "tolerant" returns false if a foreign key forbids it.
 */
static bool
delete_rows(const BindsForeignTable *table, bool tolerant)
{
	BindsStatement *statement = binds_deparse_truncate(table);
	BindsUse   *use;
	BindsCursor *cursor;
	BindsOutcome outcome;
	bool		done = true;

	(void) binds_branch_use(table->serverid, GetUserId(), BINDS_USE_WRITE, &use);
	binds_kept_writes_tell(table, GetUserId(), use);
	cursor = binds_branch_cursor(use, binds_statement_query(statement),
								 table->local_name);
	if (tolerant)
		done = binds_cursor_try_execute(cursor, NULL, true, &outcome,
										ERRCODE_FOREIGN_KEY_VIOLATION);
	else
		binds_cursor_execute(cursor, NULL, true, &outcome);
	binds_cursor_close(cursor);
	binds_branch_tell_statement(use);
	binds_branch_leave(use);
	return done;
}
