/*
 * query.h
 *	  Small queries on an open connection, for reflection and for checks, and the one
 *	  reader of their answers.
 *
 * For results that fit into memory; everything is palloc'ed in the caller's context.
 * Not for user data.
 *
 * An engine is not believed: an answer with another number of columns than were asked
 * for, NULL where none may be, a number that is none or out of its range, a text that
 * is none, is 08P01 and tells bind, place and query.  Values are read by the functions
 * below only.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_QUERY_H
#define BINDS_QUERY_H

#include "nodes/pg_list.h"

#include "dialect/driver.h"
#include "dialect/text.h"

typedef struct BindsRows
{
	int			nrows;
	int			ncolumns;
	BindsValue *values;			/* nrows * ncolumns; bytes as they came, with
								 * a NUL behind them */
	const char *bind_key;		/* for messages */
	const char *sql;
} BindsRows;

/*
 * Run "sql" with n text parameters, written as '?' in it (and no '?' elsewhere).
 * ncolumns: of the result; 0 for a statement that returns none.
 */
extern BindsRows *binds_query_rows(const BindsDriver *driver, BindsDriverConn *conn,
								   const char *bind_key, const char *sql, int ncolumns,
								   int n, const char *const *params);

/* Is there a value? */
extern bool binds_rows_is_null(const BindsRows *rows, int row, int column);

/*
 * Is the value a text that can be had in the database encoding?  Also true for numbers;
 * false for NULL.
 */
extern bool binds_rows_is_text(const BindsRows *rows, int row, int column);

/*
 * A value as text; numbers are printed.  "words": for people, '?' stands for what is no
 * text.  NULL is refused, but by those that are called "maybe", where it is NULL: a caller
 * says by the name whether it may come.
 */
extern char *binds_rows_text(const BindsRows *rows, int row, int column);
extern char *binds_rows_text_maybe(const BindsRows *rows, int row, int column);
extern char *binds_rows_words(const BindsRows *rows, int row, int column);
extern char *binds_rows_words_maybe(const BindsRows *rows, int row, int column);

/* The first column as words (char *), one for each row. */
extern List *binds_rows_names(const BindsRows *rows);

/* A value as an integer between the two; it may come as digits. */
extern int64 binds_rows_integer(const BindsRows *rows, int row, int column,
								int64 minimum, int64 maximum);

/* An answer of yes or no, as 1 or 0. */
extern bool binds_rows_bool(const BindsRows *rows, int row, int column);

/*
 * Why an engine does not understand a statement without parameters, in its words; NULL if
 * it does.  Nothing is executed.  raise: the engine's own error is raised instead.
 */
extern char *binds_query_misfit(const BindsDriver *driver, BindsDriverConn *conn,
								const char *bind_key, const char *sql, bool raise);

/*
 * Names and types of the columns of a statement's result, which is not executed; returns
 * their number, 0 if they cannot be told.
 */
extern int	binds_query_columns(const BindsDriver *driver, BindsDriverConn *conn,
								const char *bind_key, const char *sql,
								char ***names, BindsColumnType **types);

/*
 * Why a statement without parameters fails, in the engine's words; NULL if it does not.
 * Its rows are not read.
 */
extern char *binds_query_fault(const BindsDriver *driver, BindsDriverConn *conn,
							   const char *bind_key, const char *sql);

#endif							/* BINDS_QUERY_H */
