/*
 * moved_rows.c
 *	  Rows that get another key in the middle of the command that changes them.
 *
 * What a foreign key does ON UPDATE CASCADE, an engine does at once; PostgreSQL when the
 * command has ended.  So an UPDATE or DELETE whose rows are known by a key that is a part
 * of such a foreign key would miss them, or meet others that have got their keys, after
 * something in the middle of it has changed what they refer to: another part of the
 * command (a CTE, a partition), a command of a function or a trigger, or the UPDATE itself.
 *
 * Few tables are like that.  What the keys of a table follow, over all foreign keys in a
 * chain, the engine is asked once per backend; an UPDATE or DELETE of the table is told
 * what has changed on its server, notes what its keys follow, and sends no row after that.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "nodes/value.h"

#include "fdw/modify.h"
#include "model/facts.h"
#include "options/server.h"

typedef enum MoveKind
{
	MOVE_UPDATE,				/* of some columns of a table */
	MOVE_DELETE,				/* of rows of a table */
	MOVE_ANYTHING				/* nobody knows what */
} MoveKind;

/* What may have changed keys. */
typedef struct Move
{
	MoveKind	kind;
	Oid			relid;			/* the foreign table that was changed */
	const char *local_name;		/* its name; NULL: a statement of execute */
	TransactionId xid;			/* undone if that aborts */
} Move;

typedef struct Question
{
	const BindsForeignTable *table;
	BindsReach	reach;			/* the answer */
} Question;

static const BindsReach *reach_of(BindsModify *modify);
static void ask_reach(BindsDriverConn *conn, void *arg);
static void follow(BindsDriverConn *conn, Question *question, const char *schema,
				   const char *table, const char *column);
static bool identifies(const BindsForeignTable *table, const BindsMovedColumn *column);
static bool keys_move(const BindsReach *reach);
static bool follows(const BindsReach *reach, const BindsForeignTable *table,
					const Bitmapset *changed);
static bool sets_rowid(const BindsForeignTable *table, const Bitmapset *changed);
static void raise_moved(const BindsModify *modify, const Move *move)
			__attribute__((noreturn));

void
binds_moved_rows_tell(BindsModify *modify, BindsModify *by, const Bitmapset *changed)
{
	const BindsReach *reach = reach_of(modify);
	MoveKind	kind = by->operation == CMD_DELETE ? MOVE_DELETE : MOVE_UPDATE;
	Move	   *move = NULL;
	ListCell   *lc;

	if (!keys_move(reach))
		return;
	if (!reach_of(by)->acts_alone || sets_rowid(by->table, changed))
		kind = MOVE_ANYTHING;
	else if (kind == MOVE_DELETE ? !reach->by_delete :
			 !follows(reach, by->table, changed))
		return;

	foreach(lc, modify->moves)
	{
		move = lfirst(lc);
		if (move->relid == by->table->relid && move->kind == kind)
			break;
		move = NULL;
	}
	if (move == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(modify->context);

		move = palloc(sizeof(Move));
		move->kind = kind;
		move->relid = by->table->relid;
		move->local_name = pstrdup(by->table->local_name);
		modify->moves = lappend(modify->moves, move);
		MemoryContextSwitchTo(old);
	}
	else if (!TransactionIdDidAbort(move->xid))
		return;
	move->xid = GetCurrentTransactionId();
}

void
binds_moved_rows_check(BindsModify *modify)
{
	const Move	statement = {.kind = MOVE_ANYTHING};
	ListCell   *lc;

	if (binds_branch_statements(modify->use) != modify->statements &&
		keys_move(reach_of(modify)))
		raise_moved(modify, &statement);
	foreach(lc, modify->moves)
	{
		if (!TransactionIdDidAbort(((Move *) lfirst(lc))->xid))
			raise_moved(modify, lfirst(lc));
	}
}

/* ------------------------------------------------------------------------
 * How far changes reach
 * ------------------------------------------------------------------------ */

/* Known, or asked of the engine. */
static const BindsReach *
reach_of(BindsModify *modify)
{
	const BindsForeignTable *table = modify->table;
	Question	question = {.table = table};
	MemoryContext old;

	if (modify->reach != NULL)
		return modify->reach;
	old = MemoryContextSwitchTo(modify->context);
	modify->reach = binds_facts_find_reach(table->relid, modify->userid);
	if (modify->reach == NULL)
	{
		binds_connection_read(binds_branch_enter(modify->use), ask_reach, &question);
		binds_facts_keep_reach(table->relid, modify->userid, table->serverid,
							   &question.reach);
		modify->reach = palloc(sizeof(BindsReach));
		*modify->reach = question.reach;
	}
	MemoryContextSwitchTo(old);
	return modify->reach;
}

/* For binds_connection_read. */
static void
ask_reach(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;
	const BindsForeignTable *table = question->table;

	follow(conn, question, table->schema, table->table, NULL);
	question->reach.acts_alone = table->dialect->acts_alone(conn, table->bind_key,
															table->schema, table->table);
}

/*
 * Find what a column of a table follows, and what that does; column NULL: what identifies
 * the rows of the table that is asked about.
 */
static void
follow(BindsDriverConn *conn, Question *question, const char *schema, const char *table,
	   const char *column)
{
	const BindsForeignTable *asked = question->table;
	BindsReach *reach = &question->reach;
	BindsMovedColumn *columns;
	int			n;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	n = asked->dialect->moved_columns(conn, asked->bind_key, schema, table, &columns);
	if (n < 0)
		reach->unknown = true;
	for (int i = 0; i < n; i++)
	{
		const BindsMovedColumn *moved = &columns[i];
		List	   *source;

		if (column == NULL ? !identifies(asked, moved) :
			pg_strcasecmp(moved->name, column) != 0)
			continue;
		reach->by_delete |= moved->by_delete;
		if (!moved->by_update)
			continue;
		source = list_make3(makeString(moved->ref_schema != NULL ? moved->ref_schema : ""),
							makeString(moved->ref_table), makeString(moved->ref_column));

		/* foreign keys may go in a circle */
		if (list_member(reach->sources, source))
			continue;
		reach->sources = lappend(reach->sources, source);
		follow(conn, question, moved->ref_schema, moved->ref_table, moved->ref_column);
	}
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
keys_move(const BindsReach *reach)
{
	return reach->sources != NIL || reach->by_delete || reach->unknown;
}

/* Do the keys follow an UPDATE of these attributes of a table of their server? */
static bool
follows(const BindsReach *reach, const BindsForeignTable *table, const Bitmapset *changed)
{
	int			attnum = -1;
	ListCell   *lc;

	while ((attnum = bms_next_member(changed, attnum)) >= 0)
	{
		if (reach->unknown)
			return true;
		foreach(lc, reach->sources)
		{
			List	   *source = lfirst(lc);
			const char *schema = strVal(linitial(source));

			if (pg_strcasecmp(strVal(lsecond(source)), table->table) == 0 &&
				pg_strcasecmp(strVal(lthird(source)),
							  table->columns[attnum - 1].name) == 0 &&
				binds_same_database(table->serverid, table->schema, table->serverid,
									schema[0] != '\0' ? schema : NULL) != BINDS_DIFFERENT)
				return true;
		}
	}
	return false;
}

/* Is a column set that has the engine's name of the rowid, and may have another one? */
static bool
sets_rowid(const BindsForeignTable *table, const Bitmapset *changed)
{
	int			attnum = -1;

	if (table->dialect->rowid_names == NULL)
		return false;
	while ((attnum = bms_next_member(changed, attnum)) >= 0)
	{
		for (const char *const *name = table->dialect->rowid_names; *name != NULL; name++)
		{
			if (pg_strcasecmp(table->columns[attnum - 1].name, *name) == 0)
				return true;
		}
	}
	return false;
}

static void
raise_moved(const BindsModify *modify, const Move *move)
{
	ereport(ERROR,
			(errcode(ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION),
			 errmsg("cannot change rows of foreign table \"%s\" whose keys may have changed in the middle of the statement",
					modify->table->local_name),
			 move->local_name == NULL ?
			 errdetail("Foreign keys of the engine can change them, and it was given a statement that may have changed what they refer to, by binds.execute, binds.query or TRUNCATE.") :
			 move->kind == MOVE_ANYTHING ?
			 errdetail("Foreign keys of the engine can change them, and \"%s\", which has been changed since the statement began, is a view or has triggers or computed columns.",
					   move->local_name) :
			 move->kind == MOVE_UPDATE ?
			 errdetail("A foreign key of the engine (ON UPDATE) changes them together with rows of \"%s\", which have been updated since the statement began.",
					   move->local_name) :
			 errdetail("A foreign key of the engine (ON DELETE) can change them, and rows of \"%s\" have been deleted since the statement began.",
					   move->local_name),
			 errhint("Change the one and the other by two statements, one after the other.")));
}
