/*
 * moved_rows.c
 *	  Rows that get another key by what the same command has changed before.
 *
 * ON UPDATE CASCADE of a foreign key acts at once in an engine; in PostgreSQL when the
 * command has ended.  So an UPDATE or DELETE whose rows are known by a key that is a
 * part of such a foreign key would miss them, or meet others that have got their keys,
 * after another part of the command (a CTE) has changed what they refer to.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "miscadmin.h"

#include "fdw/modify.h"

/* Can an UPDATE move rows of a table? */
typedef struct Question
{
	const BindsForeignTable *table;
	const BindsModify *update;
	List	   *asked;			/* "table.column", those that are known */
	bool		moves;
} Question;

static void ask(BindsDriverConn *conn, void *arg);
static bool moves(BindsDriverConn *conn, Question *question, const char *table,
				  const char *column);
static bool is_asked(Question *question, const char *table, const char *column);
static bool identifies(const BindsForeignTable *table, const BindsMovedColumn *column);
static bool sets(const BindsModify *update, const char *table, const char *column);

/*
 * Raise 27000 if "other", an UPDATE of the same command that has changed rows already, can
 * have moved rows of the table that "modify" changes.  The engine is asked once.
 */
void
binds_moved_rows_check(BindsModify *modify, BindsModify *other)
{
	Question	question = {modify->table, other, NIL, false};
	MemoryContext old;

	if (other->table->serverid != modify->table->serverid ||
		list_member_ptr(modify->not_moving, other))
		return;
	binds_connection_read(binds_branch_enter(modify->use), ask, &question);
	if (question.moves)
		ereport(ERROR,
				(errcode(ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION),
				 errmsg("cannot change rows of foreign table \"%s\" whose keys have changed in the middle of the statement",
						modify->table->local_name),
				 errdetail("A foreign key of the engine (ON UPDATE) changes them together with rows of \"%s\", which the statement has updated before.",
						   other->table->local_name),
				 errhint("Change the two tables by two statements.")));
	old = MemoryContextSwitchTo(modify->context);
	modify->not_moving = lappend(modify->not_moving, other);
	MemoryContextSwitchTo(old);
}

/* For binds_connection_read. */
static void
ask(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;

	question->moves = moves(conn, question, question->table->table, NULL);
}

/*
 * Does the UPDATE change a column of a table by foreign keys, of these or in a chain?
 * column NULL: what identifies rows.
 */
static bool
moves(BindsDriverConn *conn, Question *question, const char *table,
	  const char *column)
{
	const BindsForeignTable *changed = question->table;
	BindsMovedColumn *columns;
	int			n;

	CHECK_FOR_INTERRUPTS();
	n = changed->dialect->moved_columns(conn, changed->bind_key, changed->schema, table,
										&columns);
	for (int i = 0; i < n; i++)
	{
		if (column == NULL ? !identifies(changed, &columns[i]) :
			pg_strcasecmp(columns[i].name, column) != 0)
			continue;
		if (sets(question->update, columns[i].ref_table, columns[i].ref_column) ||
			(!is_asked(question, columns[i].ref_table, columns[i].ref_column) &&
			 moves(conn, question, columns[i].ref_table, columns[i].ref_column)))
			return true;
	}
	return false;
}

/* Foreign keys may go in a circle. */
static bool
is_asked(Question *question, const char *table, const char *column)
{
	char	   *name = psprintf("%s.%s", table, column);
	ListCell   *lc;

	foreach(lc, question->asked)
	{
		if (strcmp(lfirst(lc), name) == 0)
			return true;
	}
	question->asked = lappend(question->asked, name);
	return false;
}

/* Is it a part of what rows are known by? */
static bool
identifies(const BindsForeignTable *table, const BindsMovedColumn *column)
{
	if (table->rowid)
		return column->rowid;
	for (int i = 0; i < table->nkeys; i++)
	{
		if (pg_strcasecmp(table->columns[table->keys[i] - 1].name, column->name) == 0)
			return true;
	}
	return false;
}

static bool
sets(const BindsModify *update, const char *table, const char *column)
{
	if (pg_strcasecmp(update->table->table, table) != 0)
		return false;
	for (int i = 0; i < update->ncolumns; i++)
	{
		if (pg_strcasecmp(update->table->columns[update->columns[i] - 1].name, column) == 0)
			return true;
	}
	return false;
}
