/*
 * not_found.c
 *	  A row that a scan has read for UPDATE or DELETE, and that the engine then does not
 *	  find.
 *
 * The scan has locked what it read.  So the row can be gone only by something that the
 * statement itself set off: triggers and foreign keys of the engine, or functions and
 * triggers here that write, too.  If there is none of these, the row is still there, and
 * its key is not what was read: values of a column that come as the same value here, or
 * are compared by another rule there.  To count it as not changed would be a lie.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "fdw/modify.h"

static void ask_vanish(BindsDriverConn *conn, void *arg);

/*
 * Raise an error if nothing explains it.  What can explain it is asked once per
 * statement.
 */
void
binds_modify_not_found(BindsModify *modify)
{
	const BindsForeignTable *table = modify->table;
	bool		by_key = !table->rowid;

	if (by_key && modify->operation == CMD_UPDATE && !modify->others_deleted)
		binds_moved_rows_missed(modify);
	if (modify->vanishing ||
		binds_cursor_writes() != modify->writes + modify->own_writes)
		return;
	binds_connection_read(binds_branch_enter(modify->use), ask_vanish, modify);
	if (modify->vanishing)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FDW_ERROR),
			 errmsg("could not find a row of foreign table \"%s\" that was just read",
					table->local_name),
			 by_key ?
			 errdetail("Its key was read as a value that the engine does not find.") : 0,
			 by_key ?
			 errhint("The types of the key columns have to hold what the engine keeps in them.") : 0));
}

void
binds_raise_key_form(const BindsForeignTable *table, const BindsForeignColumn *column)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("could not find a row of foreign table \"%s\" again by its key",
					table->local_name),
			 errdetail("Column \"%s\" of type %s is declared %s by the engine, so that one value may be kept in several forms.",
					   column->local_name, format_type_be(column->typid),
					   column->storage.engine_type != NULL ?
					   column->storage.engine_type : "otherwise"),
			 errhint("Give the column the type that IMPORT FOREIGN SCHEMA gives it.")));
}

/* For binds_connection_read. */
static void
ask_vanish(BindsDriverConn *conn, void *arg)
{
	BindsModify *modify = arg;
	const BindsForeignTable *table = modify->table;

	modify->vanishing = table->dialect->rows_vanish(conn, table->bind_key,
													table->schema, table->table);
}
