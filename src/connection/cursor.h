/*
 * cursor.h
 *	  A statement under execution and its rows.
 *
 * Rows stream from the driver.  When another statement needs the connection (or, on
 * SQLite, when something is about to be written) the rest of the rows is drained to a
 * tuplestore, which spills to disk beyond work_mem, and fetching goes on from there:
 * the user of a cursor never notices.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_CURSOR_H
#define BINDS_CURSOR_H

#include "connection/connection.h"

typedef struct BindsCursor BindsCursor;

/*
 * Make a cursor for a statement; nothing is sent yet.  It lives in the current memory
 * context (which must outlive it) and is closed, at the latest, when that context is
 * reset or deleted, or the transaction of nesting level "level" ends.  relation: for
 * messages.  The prepared handle comes from the connection's cache and returns there
 * at close.  (For a use of a branch: binds_branch_cursor.)
 */
extern BindsCursor *binds_cursor_create(BindsConnection *connection, int level,
										const BindsQuery *query,
										const char *relation);

/*
 * Execute with the values of one row of parameters.  Statements of others on this
 * connection are drained as the engine demands.  write: the statement changes data (then
 * all open cursors of the connection are drained first).  Raises.  The values' data
 * must live until the next execute or close.
 */
extern void binds_cursor_execute(BindsCursor *cursor, const BindsValue *values,
								 bool write, BindsOutcome *outcome);

/* Number of executions of this backend that may have changed something. */
extern uint64 binds_cursor_writes(void);

/* As execute, but an error for which "expected" is the SQLSTATE returns false. */
extern bool binds_cursor_try_execute(BindsCursor *cursor, const BindsValue *values,
									 bool write, BindsOutcome *outcome,
									 int expected);

/*
 * Who has a statement executed may know more of what an error means than the engine tells.
 * "tell" is called before an error of integrity (class 23) is raised, while the transaction
 * stands; it may ask the engine, and returns palloc'ed words, or NULL.
 */
typedef const BindsErrorWords *(*BindsTellError) (const BindsError *error, void *arg);
extern void binds_cursor_on_violation(BindsCursor *cursor, BindsTellError tell, void *arg);

/* What came of all executions of one or several cursors. */
typedef struct BindsCounts
{
	bool		timed;			/* in: look at the clock */
	int64		rows;			/* that the engine has sent */
	double		ms;				/* that it was waited for, if timed */
} BindsCounts;

/*
 * Ask, before the first execution, for a cursor to be counted in "counts", which must
 * outlive it; NULL: it is not.
 */
extern void binds_cursor_count(BindsCursor *cursor, BindsCounts *counts);

/* Have all rows so far in the counts of a cursor that is still open. */
extern void binds_cursor_count_now(BindsCursor *cursor);

/* Execute for each of nrows rows. */
extern void binds_cursor_execute_batch(BindsCursor *cursor, const BindsValue *values,
									   int nrows, BindsOutcome *outcome);

/*
 * The next row, or NULL at the end.  The values live until the next call on this cursor.
 * Raises; the statement's connection state is taken care of.
 */
extern const BindsValue *binds_cursor_fetch(BindsCursor *cursor);

/*
 * Fetch again from the first row without asking the engine again, if all rows read so
 * far are still at hand (spooled); false if the statement must be executed again.
 */
extern bool binds_cursor_rewind(BindsCursor *cursor);

/*
 * Have up to "rows" rows read when the cursor is executed, so that a shorter result
 * leaves the engine and the connection free at once; 0: rows stream one by one.
 */
extern void binds_cursor_read_ahead(BindsCursor *cursor, int rows);

/* Ask, before the first fetch, that rows be kept for rewind. */
extern void binds_cursor_keep_rows(BindsCursor *cursor);

extern const char *binds_cursor_column_name(BindsCursor *cursor, int column);
extern void binds_cursor_column_type(BindsCursor *cursor, int column,
									 BindsColumnType *type);

/* Give up the rest; the cursor can be executed again. */
extern void binds_cursor_reset(BindsCursor *cursor);

/* Give up and free.  Never throws. */
extern void binds_cursor_close(BindsCursor *cursor);

/* Spool what is left of every open cursor of a connection.  Raises. */
extern void binds_connection_drain(BindsConnection *connection);

/* Do rows of some cursor wait in the engine? */
extern bool binds_connection_busy(BindsConnection *connection);

/*
 * For transaction/: close the cursors made in transactions nested "level" deep or
 * deeper; make those of a committed subtransaction its parent's.  Never throw.
 */
extern void binds_cursor_end_level(BindsConnection *connection, int level);
extern void binds_cursor_raise_level(BindsConnection *connection, int level);

#endif							/* BINDS_CURSOR_H */
