/*
 * error.h
 *	  From an engine's error to PostgreSQL's, one look for all binds.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ERROR_H
#define BINDS_ERROR_H

#include "dialect/driver.h"

/*
 * An error as PostgreSQL says it of its own tables, and its fields; every member may be
 * NULL.
 */
typedef struct BindsErrorWords
{
	int			sqlstate;		/* 0: the error's own */
	const char *message;		/* NULL: the engine's message is the primary */
	const char *detail;
	const char *hint;
	const char *schema;			/* local names */
	const char *table;
	const char *column;
	const char *constraint;
	bool		hide_values;	/* from this role, as if by hide_parameters */
	bool		any_table;		/* it may be about another one than the
								 * statement's */
	bool		engines;		/* they are the engine's words: nobody has
								 * looked who may read the values */
} BindsErrorWords;

/*
 * What was going on when an error came; every member may be NULL or 0.
 */
typedef struct BindsErrorContext
{
	const char *bind_key;
	const char *relation;		/* local relation, for table_name and context */
	const BindsErrorWords *words;	/* who knows better what it means */
	const char *sql;			/* the statement sent */
	const BindsValue *values;	/* its parameters */
	int			nvalues;
	const char *shown_values;	/* the parameters as binds_error_values_text
								 * has shown them, in place of "values" */
	bool		hide_parameters;	/* option: show no value; literals in
									 * "sql" are shown as '?' too */
	char		quote;			/* of the dialect's identifiers; with 0 a text
								 * in double quotes counts as a literal */
} BindsErrorContext;

/*
 * Raise an engine's error of a statement: the engine's message is the primary, or a part
 * of CONTEXT where there are other words;
 * bind key, relation, statement and (shortened) parameters are CONTEXT, those only where
 * "words" are given, or for members of pg_read_all_stats.  A pending
 * interrupt is served first (57014).  elevel is ERROR or WARNING.  The error is
 * copied before anything is released.
 */
extern void binds_error_raise(int elevel, const BindsError *error,
							  const BindsErrorContext *context);

/*
 * Raise an error of connecting: 'could not connect to server "key"', or for a file 'could
 * not open the database of bind "key"'; the engine's message is the detail.
 */
extern void binds_error_raise_connect(const BindsError *error, bool file,
									  const char *bind_key) __attribute__((noreturn));

/*
 * Log a statement that is sent to a bind, with its parameters, at LOG, which only members of
 * pg_read_all_stats may have sent to their client; shown as in errors, so without values if
 * they are hidden.
 */
extern void binds_error_log_statement(const char *bind_key,
									  const BindsErrorContext *context);

/*
 * Log how long a statement took, in ms, and after how many ms its first row was there (< 0:
 * there was none).  context: the statement, as above; NULL if it need not be shown.
 */
extern void binds_error_log_duration(const char *bind_key, double ms, double first_row,
									 const BindsErrorContext *context);

/*
 * The parameters as they are shown: the first of them, each cut; palloc'ed.  NULL if there
 * are none, or they are hidden.
 */
extern char *binds_error_values_text(const BindsErrorContext *context);

/*
 * Fill an error, 08P01: an answer has another number of columns than were asked for;
 * 0: none, it tells of no rows.
 */
extern void binds_error_set_columns(BindsError *error, int given, int wanted);

/*
 * What an error that is caught, and not raised again, must not change.  An error lets go
 * of all holds on interrupts, but a transaction ends with interrupts held.
 *
 * Take it before PG_TRY, and call binds_error_catch first in PG_CATCH: it returns the
 * error in the memory context from before, and restores all that is in here.
 */
typedef struct BindsBeforeError
{
	MemoryContext context;
	uint32		holdoff;
	uint32		cancel_holdoff;
} BindsBeforeError;

extern BindsBeforeError binds_error_before(void);
extern ErrorData *binds_error_catch(const BindsBeforeError *before);

/*
 * Is a caught error about this transaction or this backend: a cancel or a timeout, a
 * transaction that is lost, our own mistakes?  Nobody may take another answer for it.  An
 * engine that is out of resources, or shut down, says so with SQLSTATEs of PostgreSQL's own
 * troubles; but PostgreSQL does not go on after its own shutdown.
 */
extern bool binds_error_is_final(const ErrorData *error);

/* The engine's message, valid in the database encoding; palloc'ed. */
extern char *binds_error_text(const BindsError *error);

#endif							/* BINDS_ERROR_H */
