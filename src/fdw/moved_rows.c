/*
 * moved_rows.c
 *	  Rows that get another key in the middle of the command that changes them.
 *
 * What a foreign key does ON UPDATE CASCADE (or SET NULL, SET DEFAULT, also ON DELETE), an
 * engine does at once; PostgreSQL when the command has ended.  So an UPDATE or DELETE whose
 * rows are known by a key that is a part of such a foreign key would miss them, or meet
 * others that have got their keys, after something in the middle of it has changed what
 * they refer to: another part of the command (a CTE, a partition), a command of a function
 * or a trigger, or the UPDATE itself.
 *
 * Few tables are like that.  What the keys of a table follow, over all foreign keys in a
 * chain, the engine is asked once per connection; an UPDATE or DELETE of the table is told
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

static bool moves(const BindsReach *reach, BindsModify *modify, BindsModify *by,
				  const Bitmapset *changed, MoveKind *kind);
static void note(BindsModify *modify, const BindsModify *by, MoveKind kind);
static bool acts_beyond(BindsModify *by, const Bitmapset *changed);
static void ask_beyond(BindsDriverConn *conn, void *arg);
static BindsReach *reach_of(BindsModify *modify);
static void keep(const BindsModify *modify, const BindsReach *reach);
static void ask_reach(BindsDriverConn *conn, void *arg);
static void follow(BindsDriverConn *conn, Question *question, const char *schema,
				   const char *table, const char *column);
static bool identifies(const BindsForeignTable *table, const BindsMovedColumn *column);
static bool keys_move(const BindsReach *reach);
static bool follows_update(const BindsReach *reach, const BindsForeignTable *table,
						   const Bitmapset *changed);
static bool follows_delete(const BindsReach *reach, const BindsForeignTable *table);
static bool is_table(List *names, const BindsForeignTable *table);
static bool sets_rowid(const BindsForeignTable *table, const Bitmapset *changed);
static bool sets_column(const BindsForeignTable *table, const Bitmapset *changed,
						const char *name);
static void raise_moved(const BindsModify *modify, const Move *move)
			__attribute__((noreturn));

void
binds_moved_rows_tell(BindsModify *modify, BindsModify *by, const Bitmapset *changed)
{
	const BindsReach *reach = reach_of(modify);
	MoveKind	kind;

	if (!keys_move(reach))
		return;
	if (by != modify && by->operation == CMD_DELETE)
		modify->others_deleted = true;
	if (!moves(reach, modify, by, changed, &kind))
		return;
	note(modify, by, kind);
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

bool
binds_moved_rows_own(BindsModify *modify)
{
	return modify->table->dialect->moves_own_rows && keys_move(reach_of(modify));
}

/*
 * What was known may be old, and triggers of the table itself are not told of: so the
 * engine is asked again.
 */
void
binds_moved_rows_missed(BindsModify *modify)
{
	const Move	something = {.kind = MOVE_UPDATE};
	Question	question = {.table = modify->table};

	if (modify->missed)
		return;
	binds_connection_read(binds_branch_enter(modify->use), ask_reach, &question);
	if (question.reach.sources != NIL)
		raise_moved(modify, &something);
	modify->missed = true;
}

/* ------------------------------------------------------------------------
 * What is told
 * ------------------------------------------------------------------------ */

/*
 * Can keys of "modify" have been changed by what "by" has just done?  What triggers of its
 * own table do is not looked at: most of them do not move keys.
 */
static bool
moves(const BindsReach *reach, BindsModify *modify, BindsModify *by,
	  const Bitmapset *changed, MoveKind *kind)
{
	*kind = MOVE_ANYTHING;
	if (by->operation == CMD_UPDATE && bms_is_empty(changed))
		return false;
	if (by->part != modify->part &&
		(acts_beyond(by, changed) || sets_rowid(by->table, changed)))
		return true;
	*kind = by->operation == CMD_DELETE ? MOVE_DELETE : MOVE_UPDATE;
	if (by->operation == CMD_UPDATE)
		return follows_update(reach, by->table, changed);
	return by->operation == CMD_DELETE &&
		(by->part != modify->part ? reach->deletions != NIL :
		 follows_delete(reach, by->table));
}

/*
 * Can what "by" has done change more than it says?  Asked only if it matters: it is a look
 * at many tables of the engine.
 */
static bool
acts_beyond(BindsModify *by, const Bitmapset *changed)
{
	BindsReach *reach = reach_of(by);
	ListCell   *lc;

	if (!reach->beyond_known)
	{
		Question	question = {.table = by->table};
		MemoryContext old;

		binds_connection_read(binds_branch_enter(by->use), ask_beyond, &question);
		old = MemoryContextSwitchTo(by->context);
		reach->beyond = question.reach.beyond;
		foreach(lc, question.reach.beyond_columns)
			reach->beyond_columns = lappend(reach->beyond_columns,
											makeString(pstrdup(lfirst(lc))));
		reach->beyond_known = true;
		MemoryContextSwitchTo(old);
		keep(by, reach);
	}
	if ((reach->beyond & binds_acts_of(by->operation)) != 0)
		return true;
	foreach(lc, reach->beyond_columns)
	{
		if (sets_column(by->table, changed, strVal(lfirst(lc))))
			return true;
	}
	return false;
}

/* For binds_connection_read. */
static void
ask_beyond(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;
	const BindsForeignTable *table = question->table;

	question->reach.beyond = table->dialect->acts_beyond(conn, table->bind_key,
														 table->schema, table->table,
														 &question->reach.beyond_columns);
}

static void
note(BindsModify *modify, const BindsModify *by, MoveKind kind)
{
	TransactionId xid = GetCurrentTransactionId();
	Move	   *move = NULL;
	ListCell   *lc;

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
		move->xid = xid;
		modify->moves = lappend(modify->moves, move);
		MemoryContextSwitchTo(old);
	}
	else if (TransactionIdDidAbort(move->xid))
		move->xid = xid;
}

/* ------------------------------------------------------------------------
 * How far changes reach
 * ------------------------------------------------------------------------ */

/* Known, or asked of the engine. */
static BindsReach *
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

		modify->reach = palloc(sizeof(BindsReach));
		*modify->reach = question.reach;
		keep(modify, modify->reach);
	}
	MemoryContextSwitchTo(old);
	return modify->reach;
}

/* Tables that are made in this transaction may be gone with it: nothing is kept then. */
static void
keep(const BindsModify *modify, const BindsReach *reach)
{
	if (binds_branch_statements(modify->use) == 0)
		binds_facts_keep_reach(modify->table->relid, modify->userid,
							   modify->table->serverid, reach);
}

/* For binds_connection_read. */
static void
ask_reach(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;
	const BindsForeignTable *table = question->table;

	follow(conn, question, table->schema, table->table, NULL);
}

/*
 * Find what a column of a table follows, and what that does; column "": any; NULL: what
 * identifies the rows of the table that is asked about.
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
	for (int i = 0; i < n; i++)
	{
		const BindsMovedColumn *moved = &columns[i];
		char	   *place = moved->ref_schema != NULL ? moved->ref_schema : "";
		char	   *ref_column = moved->ref_column != NULL ? moved->ref_column : "";
		List	   *source;

		if (column == NULL ? !identifies(asked, moved) :
			column[0] != '\0' && pg_strcasecmp(moved->name, column) != 0)
			continue;
		if (moved->by_delete)
			reach->deletions = lappend(reach->deletions,
									   list_make2(makeString(place),
												  makeString(moved->ref_table)));
		if (!moved->by_update)
			continue;
		source = list_make3(makeString(place), makeString(moved->ref_table),
							makeString(ref_column));

		/* foreign keys may go in a circle */
		if (list_member(reach->sources, source))
			continue;
		reach->sources = lappend(reach->sources, source);
		follow(conn, question, moved->ref_schema, moved->ref_table, ref_column);
	}
}

/* Is it a part of what rows are known by, or may that be computed from it? */
static bool
identifies(const BindsForeignTable *table, const BindsMovedColumn *column)
{
	if (table->rowid)
		return column->rowid;
	for (int i = 0; i < table->nkeys; i++)
	{
		const BindsForeignColumn *key = &table->columns[table->keys[i] - 1];

		if (key->engine_computed || pg_strcasecmp(key->name, column->name) == 0)
			return true;
	}
	return false;
}

static bool
keys_move(const BindsReach *reach)
{
	return reach->sources != NIL || reach->deletions != NIL;
}

/* Do the keys follow an UPDATE of these attributes of a table of their server? */
static bool
follows_update(const BindsReach *reach, const BindsForeignTable *table,
			   const Bitmapset *changed)
{
	ListCell   *lc;

	foreach(lc, reach->sources)
	{
		const char *column = strVal(lthird(lfirst(lc)));

		if ((column[0] == '\0' || sets_column(table, changed, column)) &&
			is_table(lfirst(lc), table))
			return true;
	}
	return false;
}

/* Do they follow a DELETE from the table? */
static bool
follows_delete(const BindsReach *reach, const BindsForeignTable *table)
{
	ListCell   *lc;

	foreach(lc, reach->deletions)
	{
		if (is_table(lfirst(lc), table))
			return true;
	}
	return false;
}

/* names: schema and table in the engine, as BindsReach has them. */
static bool
is_table(List *names, const BindsForeignTable *table)
{
	const char *schema = strVal(linitial(names));

	return pg_strcasecmp(strVal(lsecond(names)), table->table) == 0 &&
		binds_same_database(table->serverid, table->schema, table->serverid,
							schema[0] != '\0' ? schema : NULL) != BINDS_DIFFERENT;
}

/* Is a column set that has the engine's name of the rowid, and may have another one? */
static bool
sets_rowid(const BindsForeignTable *table, const Bitmapset *changed)
{
	const char *const *name = table->dialect->rowid_names;

	for (; name != NULL && *name != NULL; name++)
	{
		if (sets_column(table, changed, *name))
			return true;
	}
	return false;
}

static bool
sets_column(const BindsForeignTable *table, const Bitmapset *changed, const char *name)
{
	int			attnum = -1;

	while ((attnum = bms_next_member(changed, attnum)) >= 0)
	{
		if (pg_strcasecmp(table->columns[attnum - 1].name, name) == 0)
			return true;
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
			 move->local_name == NULL && move->kind == MOVE_UPDATE ?
			 errdetail("Foreign keys of the engine (ON UPDATE) can change them, and a row that was just read is not found any more.") :
			 move->local_name == NULL ?
			 errdetail("Foreign keys of the engine can change them, and it was given a statement that may have changed what they refer to, by binds.execute, binds.query or TRUNCATE.") :
			 move->kind == MOVE_ANYTHING ?
			 errdetail("Foreign keys of the engine can change them, and \"%s\", which has been changed since the statement began, is a view, or its change may set off triggers.",
					   move->local_name) :
			 move->kind == MOVE_UPDATE ?
			 errdetail("A foreign key of the engine (ON UPDATE) changes them together with rows of \"%s\", which have been updated since the statement began.",
					   move->local_name) :
			 errdetail("A foreign key of the engine (ON DELETE) can change them, and rows of \"%s\" have been deleted since the statement began.",
					   move->local_name),
			 errhint("Change the one and the other by two statements, one after the other.")));
}
