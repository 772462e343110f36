/*
 * cursor.c
 *	  A statement under execution, and its rows.
 *
 * Rows are handed through from the driver, row by row.  They are set aside in a
 * spool in two cases: the rest of them, when something else needs the connection or
 * changes what they were read from ("drained"); and all of them as they pass, when
 * the user wants to read them again ("kept").
 *
 * Every cursor has a memory context of its own, a child of its user's.  A callback
 * of that context closes the cursor, so that no path forgets it; the end of a
 * (sub)transaction closes those made in it, whichever comes first.
 *
 * A cursor that was made before the savepoint which the connection has reached must
 * not have rows waiting in the engine: ROLLBACK TO runs where nothing may throw, so
 * nothing can be drained there.  Such a cursor is drained as soon as it is executed.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include <limits.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "connection/internal.h"
#include "shared/progress.h"

typedef enum CursorState
{
	CURSOR_NEW,					/* not executed, or reset */
	CURSOR_STREAMING,			/* rows wait in the engine */
	CURSOR_DONE,				/* the engine has no more rows */
	CURSOR_BROKEN				/* there were more rows, which are lost */
} CursorState;

struct BindsCursor
{
	CursorState state;
	bool		keep;			/* keep rows for rewind */
	int			read_ahead;		/* rows to read at once when executed */
	bool		replaying;		/* read from the spool before the engine */
	bool		closed;
	const BindsDriver *driver;
	BindsDriverStmt *stmt;		/* of "prepared", NULL: none */
	BindsValue *row;			/* the current row */
	int			ncolumns;
	int			row_size;		/* of "row" */
	BindsSpool *spool;
	char	   *current;		/* data of the current row, if it had to move */

	BindsConnection *connection;
	BindsEngineOptions *options;	/* of the bind that this cursor is for */
	BindsPrepared *prepared;
	BindsQuery	query;
	const BindsValue *values;	/* of the last execution, for messages */
	BindsTiming timing;			/* of that execution */
	BindsCounts *counts;		/* of all executions, for who asks; NULL */
	double		row_ms;			/* what the last timed row has taken */
	int			pace;			/* one row of so many is timed */
	int			stride;			/* rows from the last timed one to the next */
	int			untimed;		/* of these, those still to come */
	char	   *shown_values;	/* its parameters for the end of that; NULL */
	char	   *relation;
	BindsTellError tell;		/* NULL: the engine's words do */
	void	   *tell_arg;
	int			level;			/* nesting level of transactions it belongs to */
	MemoryContext context;
	MemoryContextCallback callback;
	dlist_node	node;			/* in connection->cursors */
};

/* at most so many rows are counted with the time of one, and none that takes so long (ms) */
#define MAX_PACE 32
#define SLOW_ROW 0.01

/* what takes so long (ms) says nothing about the rows before it */
#define ODD_ROW 1.0

/* executions that write, of all connections */
static uint64 writes = 0;

static void copy_query(BindsQuery *copy, const BindsQuery *query);
static void context_gone(void *arg);
static void prepare_execution(BindsCursor *cursor, const BindsValue *values,
							  bool write, int nrows);
static bool run_statement(BindsCursor *cursor, const BindsValue *values, bool write,
						  BindsOutcome *outcome, BindsError *error);
static void stop_clock(BindsCursor *cursor);
static void add_time(BindsCursor *cursor, double ms);
static int	count_rows(BindsCursor *cursor);
static void account_rows(BindsCursor *cursor);
static void set_pace(BindsCursor *cursor);
static int64 row_bytes(const BindsValue *row, int ncolumns);
static bool take_statement(BindsCursor *cursor, BindsError *error);
static bool may_renew(BindsCursor *cursor, bool write, const BindsError *error);
static void start_rows(BindsCursor *cursor, const BindsOutcome *outcome);
static pg_noinline const BindsValue *fetch_slow(BindsCursor *cursor);
static pg_noinline void fetch_stopped(BindsCursor *cursor, BindsFetch fetch,
									  const BindsError *error);
static BindsFetch fetch_timed(BindsCursor *cursor, BindsValue *row, BindsError *error);
static void keep_shown_values(BindsCursor *cursor);
static void end_timing(BindsCursor *cursor, const BindsValue *values, int nrows);
static void drain(BindsCursor *cursor);
static void spool_rows(BindsCursor *cursor, int64 limit);
static void move_current_row(BindsCursor *cursor);
static void finish_statement(BindsCursor *cursor);
static void release(BindsCursor *cursor);
static void raise_error(BindsCursor *cursor, const BindsError *error)
			__attribute__((noreturn));
static bool is_violation(BindsCursor *cursor, const BindsError *error);

/* ------------------------------------------------------------------------
 * Make and close
 * ------------------------------------------------------------------------ */

/*
 * Make a cursor, in a child of the current memory context.  It belongs to the
 * transaction of nesting level "level", which may be an outer one.
 */
BindsCursor *
binds_cursor_create(BindsConnection *connection, int level, const BindsQuery *query,
					const char *relation)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
												  "binds cursor",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	BindsCursor *cursor = palloc0(sizeof(BindsCursor));

	cursor->context = context;
	cursor->connection = connection;
	cursor->driver = connection->driver;
	cursor->options = connection->options;
	cursor->level = level;
	copy_query(&cursor->query, query);
	if (relation != NULL)
		cursor->relation = pstrdup(relation);

	dlist_push_tail(&connection->cursors, &cursor->node);
	cursor->callback.func = context_gone;
	cursor->callback.arg = cursor;
	MemoryContextRegisterResetCallback(context, &cursor->callback);
	MemoryContextSwitchTo(old);
	return cursor;
}

void
binds_cursor_on_violation(BindsCursor *cursor, BindsTellError tell, void *arg)
{
	cursor->tell = tell;
	cursor->tell_arg = arg;
}

void
binds_cursor_count(BindsCursor *cursor, BindsCounts *counts)
{
	cursor->counts = counts;
}

void
binds_cursor_count_now(BindsCursor *cursor)
{
	if (!cursor->closed)
		account_rows(cursor);
}

static void
copy_query(BindsQuery *copy, const BindsQuery *query)
{
	size_t		size = query->nplaces * sizeof(int);

	*copy = *query;
	copy->sql = pstrdup(query->sql);
	if (query->table != NULL)
		copy->table = pstrdup(query->table);
	if (size > 0)
	{
		copy->places = memcpy(palloc(size), query->places, size);
		copy->params = memcpy(palloc(size), query->params, size);
	}
}

/*
 * Give up and free.  Never throws.
 */
void
binds_cursor_close(BindsCursor *cursor)
{
	release(cursor);
	MemoryContextDelete(cursor->context);
}

/* The cursor's memory goes, by close or because its user's context does. */
static void
context_gone(void *arg)
{
	release((BindsCursor *) arg);
}

/*
 * Let go of everything but the cursor's own memory.  May come twice.  Never throws.
 */
static void
release(BindsCursor *cursor)
{
	if (cursor->closed)
		return;
	cursor->closed = true;
	finish_statement(cursor);
	dlist_delete(&cursor->node);
	cursor->stmt = NULL;
	if (cursor->prepared != NULL)
		binds_prepared_give(cursor->connection, cursor->prepared);
	cursor->prepared = NULL;
	if (cursor->spool != NULL)
		binds_spool_free(cursor->spool);
	cursor->spool = NULL;
	cursor->state = CURSOR_BROKEN;
}

/*
 * Close the cursors of transactions nested "level" deep or deeper, whose memory may
 * live on, and free the engine of broken ones.  Never throws.
 */
void
binds_cursor_end_level(BindsConnection *connection, int level)
{
	dlist_mutable_iter iter;

	dlist_foreach_modify(iter, &connection->cursors)
	{
		BindsCursor *cursor = dlist_container(BindsCursor, node, iter.cur);

		if (cursor->level >= level)
			release(cursor);
		else if (cursor->state == CURSOR_BROKEN)
			finish_statement(cursor);
	}
}

/*
 * A subtransaction of "level" has committed: its cursors are its parent's now.
 */
void
binds_cursor_raise_level(BindsConnection *connection, int level)
{
	dlist_iter	iter;

	dlist_foreach(iter, &connection->cursors)
	{
		BindsCursor *cursor = dlist_container(BindsCursor, node, iter.cur);

		if (cursor->level >= level)
			cursor->level = level - 1;
	}
}

/*
 * The connection's handle goes away, and all statements with it.  Never throws.
 */
void
binds_cursor_detach_all(BindsConnection *connection)
{
	dlist_iter	iter;

	dlist_foreach(iter, &connection->cursors)
	{
		BindsCursor *cursor = dlist_container(BindsCursor, node, iter.cur);

		cursor->stmt = NULL;
		if (cursor->prepared != NULL)
			pfree(cursor->prepared);
		cursor->prepared = NULL;
		if (cursor->state == CURSOR_STREAMING)
			cursor->state = CURSOR_BROKEN;
	}
}

/* ------------------------------------------------------------------------
 * Execute
 * ------------------------------------------------------------------------ */

uint64
binds_cursor_writes(void)
{
	return writes;
}

void
binds_cursor_execute(BindsCursor *cursor, const BindsValue *values, bool write,
					 BindsOutcome *outcome)
{
	BindsError	error = {0};

	if (!run_statement(cursor, values, write, outcome, &error))
		raise_error(cursor, &error);
}

/*
 * The same, but false if the error is the one expected.
 */
bool
binds_cursor_try_execute(BindsCursor *cursor, const BindsValue *values, bool write,
						 BindsOutcome *outcome, int expected)
{
	BindsError	error = {0};

	if (run_statement(cursor, values, write, outcome, &error))
		return true;
	if (error.kind != BINDS_ERROR_STATEMENT || error.sqlstate != expected)
		raise_error(cursor, &error);
	binds_connection_note(cursor->connection, &error);
	return false;
}

/*
 * Execute for each of nrows rows.  Never repeated on another connection.
 */
void
binds_cursor_execute_batch(BindsCursor *cursor, const BindsValue *values, int nrows,
						   BindsOutcome *outcome)
{
	BindsError	error = {0};
	bool		done;

	prepare_execution(cursor, values, true, nrows);
	memset(outcome, 0, sizeof(*outcome));
	binds_timing_start(&cursor->timing);
	done = take_statement(cursor, &error) &&
		cursor->driver->execute_batch(cursor->stmt, values, nrows, outcome, &error);
	stop_clock(cursor);
	end_timing(cursor, values, nrows);
	if (!done)
	{
		/* no values rather than those of another row */
		if (error.row < 0 && nrows > 1)
			cursor->values = NULL;
		raise_error(cursor, &error);
	}
	if (binds_progress_writes)
		binds_progress_add(nrows);
	cursor->state = CURSOR_DONE;
}

/*
 * Execute; false and "error" filled when that fails.  May raise, too.
 *
 * Outside of a branch nothing is lost with a connection, but for rows of other
 * cursors: if it turns out dead, it is opened again, once, and nobody notices.
 */
static bool
run_statement(BindsCursor *cursor, const BindsValue *values, bool write,
			  BindsOutcome *outcome, BindsError *error)
{
	bool		renewed = false;

	prepare_execution(cursor, values, write, 1);
	for (;;)
	{
		bool		done;

		memset(outcome, 0, sizeof(*outcome));
		binds_timing_start(&cursor->timing);
		done = take_statement(cursor, error) &&
			cursor->driver->execute(cursor->stmt, values, outcome, error);
		stop_clock(cursor);
		if (done)
			break;
		if (renewed || !may_renew(cursor, write, error))
		{
			end_timing(cursor, values, 1);
			return false;
		}
		renewed = true;
		binds_connection_renew(cursor->connection);
	}
	if (cursor->query.ncolumns != BINDS_ANY_COLUMNS &&
		cursor->query.ncolumns != outcome->ncolumns)
	{
		binds_error_set_columns(error, outcome->ncolumns, cursor->query.ncolumns);
		end_timing(cursor, values, 1);
		return false;
	}
	if (write && unlikely(binds_progress_writes))
		binds_progress_add(1);
	start_rows(cursor, outcome);
	return true;
}

/*
 * Make way for an execution: no rows of the last one, and none of other cursors that
 * the engine could not keep apart.
 */
static void
prepare_execution(BindsCursor *cursor, const BindsValue *values, bool write,
				  int nrows)
{
	BindsConnection *connection = cursor->connection;

	if (cursor->closed)
		elog(ERROR, "cursor was closed by the end of its transaction");
	binds_cursor_reset(cursor);
	if (write)
		writes++;
	if (write || !cursor->driver->concurrent)
		binds_connection_drain(connection);
	cursor->values = values;
	connection->options = cursor->options;
	binds_timing_begin(&cursor->timing, cursor->options, cursor->query.sql, values,
					   cursor->query.nparams * nrows,
					   binds_memory_on || (cursor->counts != NULL && cursor->counts->timed));
	connection->tally.calls++;
	cursor->pace = 1;
	cursor->stride = cursor->untimed = 0;
}

/* The engine has worked for the cursor since the clock was started. */
static void
stop_clock(BindsCursor *cursor)
{
	add_time(cursor, binds_timing_stop(&cursor->timing));
}

static void
add_time(BindsCursor *cursor, double ms)
{
	if (cursor->counts != NULL && cursor->counts->timed)
		cursor->counts->ms += ms;
	if (binds_memory_on)
		binds_tally_time(cursor->connection, ms);
}

/* Count the rows since the last timed one; returns their number. */
static int
count_rows(BindsCursor *cursor)
{
	int			rows = cursor->stride - cursor->untimed;

	cursor->stride = cursor->untimed;
	cursor->connection->tally.rows += rows;
	if (cursor->counts != NULL)
		cursor->counts->rows += rows;
	if (unlikely(binds_progress_reads))
		binds_progress_add(rows);
	return rows;
}

/* Count the rows since the last timed one, of which each has taken as long as that. */
static void
account_rows(BindsCursor *cursor)
{
	int			rows = count_rows(cursor);

	if (rows > 0 && cursor->timing.on)
		add_time(cursor, rows * cursor->row_ms);
}

/*
 * Say when the clock is to be looked at again.
 *
 * To look at it takes as long as some rows do.  Where all must be known (EXPLAIN, the log)
 * all are timed; for binds.stat one row stands for those before it, of slow ones each for
 * itself.  What a driver has waited for, or worked long for, it tells in addition.
 */
static void
set_pace(BindsCursor *cursor)
{
	if (!cursor->timing.on)
		cursor->pace = INT_MAX;
	else if (cursor->timing.logs || cursor->row_ms >= SLOW_ROW ||
			 (cursor->counts != NULL && cursor->counts->timed))
		cursor->pace = 1;
	else
		cursor->pace = Min(cursor->pace * 2, MAX_PACE);
	cursor->stride = cursor->pace;
	cursor->untimed = cursor->pace;
}

/* The bytes of a row's values; a number has 8. */
static int64
row_bytes(const BindsValue *row, int ncolumns)
{
	int64		bytes = 0;

	for (int i = 0; i < ncolumns; i++)
	{
		if (row[i].kind >= BINDS_TEXT)
			bytes += row[i].length;
		else if (row[i].kind != BINDS_NULL)
			bytes += sizeof(int64);
	}
	return bytes;
}

/* See that the cursor has a prepared statement. */
static bool
take_statement(BindsCursor *cursor, BindsError *error)
{
	if (likely(cursor->stmt != NULL))
		return true;
	cursor->prepared = binds_prepared_take(cursor->connection, &cursor->query,
										   error);
	if (cursor->prepared == NULL)
		return false;
	cursor->stmt = cursor->prepared->stmt;
	return true;
}

static bool
may_renew(BindsCursor *cursor, bool write, const BindsError *error)
{
	return error->kind == BINDS_ERROR_CONNECTION_LOST && !write &&
		cursor->connection->depth == 0 && !cursor->connection->private &&
		!binds_connection_busy(cursor->connection);
}

/* A statement has been executed: get ready for its rows. */
static void
start_rows(BindsCursor *cursor, const BindsOutcome *outcome)
{
	int			ncolumns = outcome->ncolumns;

	cursor->ncolumns = ncolumns;
	if (ncolumns == 0)
	{
		cursor->state = CURSOR_DONE;
		end_timing(cursor, cursor->values, 1);
		return;
	}
	cursor->state = CURSOR_STREAMING;
	cursor->row_ms = 0;
	if (!cursor->timing.on)
		set_pace(cursor);
	keep_shown_values(cursor);
	if (cursor->row_size < ncolumns)
	{
		cursor->row = MemoryContextAlloc(cursor->context,
										 ncolumns * sizeof(BindsValue));
		cursor->row_size = ncolumns;
	}
	memset(cursor->row, 0, ncolumns * sizeof(BindsValue));
	if (cursor->keep && cursor->spool == NULL)
		cursor->spool = binds_spool_make(true);
	cursor->replaying = cursor->keep;
	if (cursor->level < cursor->connection->depth)
		drain(cursor);
	else if (cursor->read_ahead > 0 && !cursor->keep)
		spool_rows(cursor, cursor->read_ahead);
}

/* ------------------------------------------------------------------------
 * Fetch
 * ------------------------------------------------------------------------ */

/*
 * The next row, or NULL at the end.  Called once per row: nothing but the driver
 * stands between the engine and the executor, as long as no spool is involved.
 */
const BindsValue *
binds_cursor_fetch(BindsCursor *cursor)
{
	if (likely(cursor->state == CURSOR_STREAMING && cursor->spool == NULL &&
			   cursor->untimed > 1))
	{
		BindsError	error;
		BindsFetch	fetch;
		double		waited = binds_driver_waited;

		fetch = cursor->driver->fetch(cursor->stmt, cursor->row, &error);
		if (unlikely(waited != binds_driver_waited) && cursor->timing.on)
			add_time(cursor, binds_driver_waited - waited);
		if (likely(fetch == BINDS_FETCH_ROW))
		{
			cursor->untimed--;
			if (binds_memory_on)
				cursor->connection->tally.bytes += row_bytes(cursor->row, cursor->ncolumns);
			return cursor->row;
		}
		fetch_stopped(cursor, fetch, &error);
		return NULL;
	}
	return fetch_slow(cursor);
}

/*
 * Fetch where a spool is involved, where somebody asks for the time or counts rows, or
 * where there is nothing to fetch.
 */
static const BindsValue *
fetch_slow(BindsCursor *cursor)
{
	BindsError	error;
	BindsFetch	fetch;

	if (cursor->closed)
		elog(ERROR, "cursor was closed by the end of its transaction");
	if (cursor->replaying)
	{
		if (binds_spool_read(cursor->spool, cursor->row, cursor->ncolumns))
			return cursor->row;
		cursor->replaying = false;
	}
	if (cursor->state == CURSOR_BROKEN)
	{
		binds_error_set(&error, BINDS_ERROR_STATEMENT,
						ERRCODE_CONNECTION_FAILURE, 0,
						"the rest of the rows was lost by an earlier failure");
		raise_error(cursor, &error);
	}
	if (cursor->state != CURSOR_STREAMING)
		return NULL;

	fetch = fetch_timed(cursor, cursor->row, &error);
	if (fetch == BINDS_FETCH_ROW)
	{
		if (cursor->keep)
			binds_spool_write(cursor->spool, cursor->row, cursor->ncolumns, false);
		return cursor->row;
	}
	fetch_stopped(cursor, fetch, &error);
	return NULL;
}

/* Fetch from the engine, look at the clock, and count. */
static BindsFetch
fetch_timed(BindsCursor *cursor, BindsValue *row, BindsError *error)
{
	int			before = count_rows(cursor);
	double		waited = binds_driver_waited;
	BindsFetch	fetch;
	double		ms;
	double		row_ms;

	binds_timing_start(&cursor->timing);
	fetch = cursor->driver->fetch(cursor->stmt, row, error);
	ms = binds_timing_stop(&cursor->timing);
	row_ms = Max(ms - (binds_driver_waited - waited), 0);
	if (fetch == BINDS_FETCH_ROW && row_ms < ODD_ROW)
		cursor->row_ms = row_ms;
	if (cursor->timing.on)
		add_time(cursor, ms + before * cursor->row_ms);
	if (fetch != BINDS_FETCH_ROW)
		return fetch;
	binds_timing_first_row(&cursor->timing);
	cursor->untimed--;
	(void) count_rows(cursor);
	set_pace(cursor);
	if (binds_memory_on)
		cursor->connection->tally.bytes += row_bytes(row, cursor->ncolumns);
	return fetch;
}

/*
 * No row came: the end, which frees the connection at once, or an error.
 */
static void
fetch_stopped(BindsCursor *cursor, BindsFetch fetch, const BindsError *error)
{
	BindsError	copy;

	if (fetch == BINDS_FETCH_END)
	{
		finish_statement(cursor);
		return;
	}
	copy = *error;
	raise_error(cursor, &copy);
}

/*
 * Fetch again from the first row, if all rows are still at hand.
 */
bool
binds_cursor_rewind(BindsCursor *cursor)
{
	if (!cursor->keep || cursor->closed || cursor->spool == NULL ||
		(cursor->state != CURSOR_STREAMING && cursor->state != CURSOR_DONE))
		return false;
	binds_spool_rewind(cursor->spool);
	cursor->replaying = true;
	return true;
}

/*
 * Ask for rows to be read at once when the cursor is executed.
 */
void
binds_cursor_read_ahead(BindsCursor *cursor, int rows)
{
	cursor->read_ahead = rows;
}

/*
 * Ask for rows to be kept; to be called before execute.
 */
void
binds_cursor_keep_rows(BindsCursor *cursor)
{
	cursor->keep = true;
	if (cursor->state == CURSOR_STREAMING && cursor->spool == NULL)
	{
		cursor->spool = binds_spool_make(true);
		cursor->replaying = true;
	}
}

const char *
binds_cursor_column_name(BindsCursor *cursor, int column)
{
	return cursor->stmt == NULL ? NULL :
		cursor->driver->column_name(cursor->stmt, column);
}

void
binds_cursor_column_type(BindsCursor *cursor, int column, BindsColumnType *type)
{
	memset(type, 0, sizeof(*type));
	if (cursor->stmt != NULL)
		cursor->driver->column_type(cursor->stmt, column, type);
}

/* ------------------------------------------------------------------------
 * Set aside and give up
 * ------------------------------------------------------------------------ */

/*
 * Give up the rest.  The statement stays prepared.  Never throws.
 */
void
binds_cursor_reset(BindsCursor *cursor)
{
	finish_statement(cursor);
	if (cursor->spool != NULL)
	{
		if (cursor->keep)
			binds_spool_clear(cursor->spool);
		else
		{
			binds_spool_free(cursor->spool);
			cursor->spool = NULL;
		}
	}
	if (cursor->current != NULL)
	{
		pfree(cursor->current);
		cursor->current = NULL;
	}
	cursor->replaying = false;
	if (!cursor->closed)
		cursor->state = CURSOR_NEW;
}

/*
 * Let the engine forget rows that wait; the connection is then free for others.
 * Never throws: a connection that cannot be freed is lost.
 */
static void
finish_statement(BindsCursor *cursor)
{
	bool		done;

	account_rows(cursor);
	if (cursor->stmt == NULL)
	{
		end_timing(cursor, NULL, 0);
		return;
	}
	if (cursor->state == CURSOR_STREAMING)
		cursor->state = CURSOR_DONE;
	binds_timing_start(&cursor->timing);
	done = cursor->driver->reset(cursor->stmt);
	stop_clock(cursor);
	end_timing(cursor, NULL, 0);
	if (!done)
	{
		BindsError	error;

		binds_error_set(&error, BINDS_ERROR_CONNECTION_LOST,
						ERRCODE_CONNECTION_FAILURE, 0,
						"the rest of a result could not be given up");
		binds_connection_note(cursor->connection, &error);
	}
}

/*
 * The rows of an execution may outlive its values: what is to be said of these at the end
 * is made now.
 */
static void
keep_shown_values(BindsCursor *cursor)
{
	MemoryContext old;

	if (likely(!cursor->timing.on))
		return;
	old = MemoryContextSwitchTo(cursor->context);
	cursor->shown_values = binds_timing_values(&cursor->timing, cursor->options,
											   cursor->values, cursor->query.nparams);
	MemoryContextSwitchTo(old);
}

/*
 * The engine has done with an execution: say how long it took.  values: its parameters, of
 * so many rows, NULL if they may be gone by now.  May come twice.  Never throws.
 */
static void
end_timing(BindsCursor *cursor, const BindsValue *values, int nrows)
{
	if (likely(!cursor->timing.on))
		return;
	binds_timing_end(&cursor->timing, cursor->options, cursor->query.sql, values,
					 cursor->query.nparams * nrows, cursor->shown_values);
	if (cursor->shown_values != NULL)
		pfree(cursor->shown_values);
	cursor->shown_values = NULL;
}

/*
 * Set aside what is left of every cursor of a connection.  Raises.
 */
void
binds_connection_drain(BindsConnection *connection)
{
	dlist_iter	iter;

	dlist_foreach(iter, &connection->cursors)
		drain(dlist_container(BindsCursor, node, iter.cur));
}

/* Do rows of some cursor wait in the engine?  Or are they lost? */
bool
binds_connection_busy(BindsConnection *connection)
{
	dlist_iter	iter;

	dlist_foreach(iter, &connection->cursors)
	{
		if (dlist_container(BindsCursor, node, iter.cur)->state == CURSOR_STREAMING)
			return true;
	}
	return false;
}

/*
 * Read what is left into the spool.  The current row, which the user may still look
 * at, keeps its contents.
 *
 * The cursor may outlive an error in here (another one's statement fails then): if a
 * row could not be set aside the cursor is broken, else it goes on where it was.
 */
static void
drain(BindsCursor *cursor)
{
	if (cursor->state == CURSOR_BROKEN)
		finish_statement(cursor);
	if (cursor->state != CURSOR_STREAMING)
		return;
	move_current_row(cursor);
	spool_rows(cursor, PG_INT64_MAX);
}

/*
 * Read rows into the spool, at most "limit" of them.  If that is all of them the
 * statement is over, and the connection free.
 */
static void
spool_rows(BindsCursor *cursor, int64 limit)
{
	BindsValue *row;
	BindsFetch	fetch = BINDS_FETCH_ROW;
	BindsError	error;

	if (cursor->spool == NULL)
		cursor->spool = binds_spool_make(false);
	cursor->replaying = true;
	row = palloc(cursor->ncolumns * sizeof(BindsValue));
	while (limit-- > 0)
	{
		CHECK_FOR_INTERRUPTS();
		fetch = fetch_timed(cursor, row, &error);
		if (fetch != BINDS_FETCH_ROW)
			break;
		cursor->state = CURSOR_BROKEN;
		binds_spool_write(cursor->spool, row, cursor->ncolumns, true);
		cursor->state = CURSOR_STREAMING;
	}
	pfree(row);
	if (fetch != BINDS_FETCH_ROW)
		fetch_stopped(cursor, fetch, &error);
}

/*
 * Copy the data of the current row, which belongs to the driver or the spool.
 */
static void
move_current_row(BindsCursor *cursor)
{
	size_t		size = 0;
	char	   *p;

	for (int i = 0; i < cursor->ncolumns; i++)
	{
		if (cursor->row[i].kind >= BINDS_TEXT)
			size += cursor->row[i].length;
	}
	p = MemoryContextAllocHuge(cursor->context, size + 1);
	if (cursor->current != NULL)
		pfree(cursor->current);
	cursor->current = p;
	for (int i = 0; i < cursor->ncolumns; i++)
	{
		BindsValue *value = &cursor->row[i];

		if (value->kind < BINDS_TEXT)
			continue;
		if (value->length > 0)
			memcpy(p, value->data, value->length);
		value->data = p;
		p += value->length;
	}
}

/*
 * Raise an error of this cursor's statement.  What waits in the engine is given up.
 */
static void
raise_error(BindsCursor *cursor, const BindsError *error)
{
	BindsConnection *connection = cursor->connection;
	const BindsErrorWords *words = NULL;

	if (error->kind != BINDS_ERROR_CONNECTION_LOST)
		finish_statement(cursor);
	else
		end_timing(cursor, NULL, 0);
	cursor->state = CURSOR_BROKEN;
	if (cursor->tell != NULL && is_violation(cursor, error))
		words = cursor->tell(error, cursor->tell_arg);
	connection->options = cursor->options;
	binds_connection_raise_words(connection, error, words, cursor->relation,
								 cursor->query.sql,
								 cursor->values != NULL ?
								 cursor->values + (size_t) Max(error->row, 0) * cursor->query.nparams : NULL,
								 cursor->query.nparams);
}

/* Has the engine refused a row, and nothing else has happened? */
static bool
is_violation(BindsCursor *cursor, const BindsError *error)
{
	binds_connection_note(cursor->connection, error);
	return error->kind == BINDS_ERROR_STATEMENT && !error->branch_lost &&
		(ERRCODE_TO_CATEGORY(error->sqlstate) == ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION ||
		 ERRCODE_TO_CATEGORY(error->sqlstate) == ERRCODE_DATA_EXCEPTION) &&
		cursor->connection->handle != NULL && !cursor->connection->undone;
}
