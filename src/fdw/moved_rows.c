/*
 * moved_rows.c
 *	  Rows that get another key in the middle of the command that changes them.
 *
 * What a foreign key does ON UPDATE CASCADE, an engine does at once; PostgreSQL when the
 * command has ended.  So an UPDATE or DELETE whose rows are known by a key that is a part
 * of such a foreign key would miss them, or meet others that have got their keys, after
 * something in the middle of it has changed what they refer to: another part of the
 * command (a CTE), or a command of a function or a trigger.  Each tells those that run
 * what it has changed; before they send a row they ask the engine, once, whether its keys
 * have part in that.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/transam.h"
#include "access/xact.h"
#include "miscadmin.h"

#include "fdw/modify.h"

/* What was changed. */
typedef struct Move
{
	CmdType		operation;		/* CMD_UPDATE or CMD_DELETE; CMD_UTILITY: a
								 * statement of execute, so anything */
	BindsForeignTable *table;	/* a copy, as far as it is needed here */
	Bitmapset  *changed;		/* attributes */
	List	   *columns;		/* their names in the engine */
	TransactionId xid;			/* undone if that aborts */
	bool		harmless;		/* moves no row: the engine was asked */
} Move;

typedef struct Question
{
	const BindsForeignTable *table; /* whose rows? */
	const Move *move;
	List	   *asked;			/* "schema.table.column", those that are known */
	bool		moves;
} Question;

static bool is_same(const BindsValue *a, const BindsValue *b);
static Move *make_move(const BindsModify *by, const Bitmapset *changed);
static bool can_move(BindsModify *modify, const Move *move);
static void raise_moved(const BindsModify *modify, const Move *move)
			__attribute__((noreturn));
static void ask(BindsDriverConn *conn, void *arg);
static bool moves(BindsDriverConn *conn, Question *question, const char *schema,
				  const char *table, const char *column);
static bool follows(BindsDriverConn *conn, Question *question,
					const BindsMovedColumn *column);
static bool is_asked(Question *question, const BindsMovedColumn *column);
static bool identifies(const BindsForeignTable *table, const BindsMovedColumn *column);
static bool sets(const Move *move, const BindsMovedColumn *column);

/*
 * A column that is set to what it was changes nothing; what it was is known of keys.
 */
Bitmapset *
binds_moved_rows_changed(const BindsModify *update, const BindsValue *identity,
						 const BindsValue *values, const Bitmapset *left_out)
{
	const BindsForeignTable *table = update->table;
	Bitmapset  *changed = NULL;
	ListCell   *lc;

	foreach(lc, update->defaults)
		changed = bms_add_member(changed, lfirst_int(lc));
	for (int i = 0; i < update->ncolumns; i++)
	{
		AttrNumber	attnum = update->columns[i];
		bool		same = false;

		if (bms_is_member(i, left_out))
			same = update->rules[i] != BINDS_RULE_DEFAULT;
		else
		{
			/*
			 * the one column that an engine with rowids generates is the
			 * rowid
			 */
			if (table->rowid && table->columns[attnum - 1].generated != BINDS_GENERATED_NO)
				same = is_same(&identity[0], values);
			for (int k = 0; k < table->nkeys && !table->rowid && !table->fingerprint; k++)
				same |= table->keys[k] == attnum && is_same(&identity[k], values);
			values++;
		}
		if (!same)
			changed = bms_add_member(changed, attnum);
	}
	return changed;
}

void
binds_moved_rows_tell(BindsModify *modify, const BindsModify *by,
					  const Bitmapset *changed)
{
	MemoryContext old;
	ListCell   *lc;

	if (by->operation == CMD_UPDATE && bms_is_empty(changed))
		return;
	foreach(lc, modify->moves)
	{
		Move	   *move = lfirst(lc);

		if (move->table->relid != by->table->relid || move->operation != by->operation ||
			!bms_equal(move->changed, changed))
			continue;
		if (TransactionIdDidAbort(move->xid))
			move->xid = GetCurrentTransactionId();
		return;
	}
	old = MemoryContextSwitchTo(modify->context);
	modify->moves = lappend(modify->moves, make_move(by, changed));
	MemoryContextSwitchTo(old);
}

void
binds_moved_rows_check(BindsModify *modify)
{
	bool		given = binds_branch_statements(modify->use) != modify->statements;
	Move		anything = {CMD_UTILITY};
	ListCell   *lc;

	if (!given && modify->moves == NIL)
		return;
	if (!modify->keys_asked)
	{
		modify->keys_move = can_move(modify, &anything);
		modify->keys_asked = true;
	}
	if (!modify->keys_move)
		return;
	if (given)
		raise_moved(modify, &anything);
	foreach(lc, modify->moves)
	{
		Move	   *move = lfirst(lc);

		if (move->harmless || TransactionIdDidAbort(move->xid))
			continue;
		if (can_move(modify, move))
			raise_moved(modify, move);
		move->harmless = true;
	}
}

/* ------------------------------------------------------------------------
 * Details
 * ------------------------------------------------------------------------ */

static bool
is_same(const BindsValue *a, const BindsValue *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == BINDS_INTEGER)
		return a->integer == b->integer;
	return (a->kind == BINDS_TEXT || a->kind == BINDS_BLOB) &&
		a->length == b->length && memcmp(a->data, b->data, a->length) == 0;
}

/* In the current memory context. */
static Move *
make_move(const BindsModify *by, const Bitmapset *changed)
{
	const BindsForeignTable *table = by->table;
	Move	   *move = palloc0(sizeof(Move));
	int			attnum = -1;

	move->operation = by->operation;
	move->table = palloc0(sizeof(BindsForeignTable));
	move->table->relid = table->relid;
	move->table->serverid = table->serverid;
	move->table->dialect = table->dialect;
	move->table->local_name = pstrdup(table->local_name);
	move->table->table = pstrdup(table->table);
	if (table->schema != NULL)
		move->table->schema = pstrdup(table->schema);
	move->changed = bms_copy(changed);
	while ((attnum = bms_next_member(changed, attnum)) >= 0)
		move->columns = lappend(move->columns, pstrdup(table->columns[attnum - 1].name));
	move->xid = GetCurrentTransactionId();
	return move;
}

static bool
can_move(BindsModify *modify, const Move *move)
{
	Question	question = {modify->table, move, NIL, false};

	binds_connection_read(binds_branch_enter(modify->use), ask, &question);
	return question.moves;
}

static void
raise_moved(const BindsModify *modify, const Move *move)
{
	ereport(ERROR,
			(errcode(ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION),
			 errmsg("cannot change rows of foreign table \"%s\" whose keys have changed in the middle of the statement",
					modify->table->local_name),
			 move->operation == CMD_UTILITY ?
			 errdetail("Foreign keys of the engine can change them, and it was given a statement by binds.execute since this one began.") :
			 move->operation == CMD_UPDATE ?
			 errdetail("A foreign key of the engine (ON UPDATE) changes them together with rows of \"%s\", which have been updated since the statement began.",
					   move->table->local_name) :
			 errdetail("A foreign key of the engine (ON DELETE) changes them, and rows of \"%s\" have been deleted since the statement began.",
					   move->table->local_name),
			 errhint("Change the two tables by two statements, one after the other.")));
}

/* For binds_connection_read. */
static void
ask(BindsDriverConn *conn, void *arg)
{
	Question   *question = arg;

	question->moves = moves(conn, question, question->table->schema,
							question->table->table, NULL);
}

/*
 * Is a column of a table changed by foreign keys, of these or in a chain?  column NULL:
 * what identifies rows.
 */
static bool
moves(BindsDriverConn *conn, Question *question, const char *schema,
	  const char *table, const char *column)
{
	const BindsForeignTable *changed = question->table;
	BindsMovedColumn *columns;
	int			n;

	CHECK_FOR_INTERRUPTS();
	n = changed->dialect->moved_columns(conn, changed->bind_key, schema, table, &columns);
	for (int i = 0; i < n; i++)
	{
		if ((column == NULL ? identifies(changed, &columns[i]) :
			 pg_strcasecmp(columns[i].name, column) == 0) &&
			follows(conn, question, &columns[i]))
			return true;
	}
	return false;
}

/*
 * Does the column change by what was changed?  Which rows vanish with those that a DELETE
 * names is not looked for.
 */
static bool
follows(BindsDriverConn *conn, Question *question, const BindsMovedColumn *column)
{
	const Move *move = question->move;

	if (move->operation == CMD_UTILITY)
		return true;
	if (column->by_delete && move->operation == CMD_DELETE)
		return true;
	if (!column->by_update)
		return false;
	return sets(move, column) ||
		(!is_asked(question, column) &&
		 moves(conn, question, column->ref_schema, column->ref_table, column->ref_column));
}

/* Foreign keys may go in a circle. */
static bool
is_asked(Question *question, const BindsMovedColumn *column)
{
	char	   *name = psprintf("%s.%s.%s",
								column->ref_schema != NULL ? column->ref_schema : "",
								column->ref_table, column->ref_column);
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

/* Is it what was updated that the column refers to? */
static bool
sets(const Move *move, const BindsMovedColumn *column)
{
	BindsForeignTable referenced = *move->table;
	ListCell   *lc;

	if (move->operation != CMD_UPDATE)
		return false;
	referenced.relid = InvalidOid;
	referenced.schema = column->ref_schema;
	referenced.table = column->ref_table;
	if (binds_same_engine_table(move->table, &referenced) == BINDS_DIFFERENT)
		return false;
	foreach(lc, move->columns)
	{
		if (pg_strcasecmp(lfirst(lc), column->ref_column) == 0)
			return true;
	}
	return false;
}
