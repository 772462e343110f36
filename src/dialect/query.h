/*
 * query.h
 *	  Small queries on an open connection, for reflection and for checks.
 *
 * For results that fit into memory; everything is palloc'ed in the caller's
 * context.  Errors are raised by ereport.  Not for user data.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_QUERY_H
#define BINDS_QUERY_H

#include "dialect/driver.h"

typedef struct BindsRows
{
	int			nrows;
	int			ncolumns;
	BindsValue *values;			/* nrows * ncolumns; TEXT and BLOB data is
								 * NUL-terminated for comfort */
} BindsRows;

#define BINDS_CELL(rows, r, c) (&(rows)->values[(r) * (rows)->ncolumns + (c)])

/* Run "sql" with n text parameters, written as '?' in it (and no '?' elsewhere). */
extern BindsRows *binds_query_rows(const BindsDriver *driver, BindsDriverConn *conn,
								   const char *bind_key, const char *sql,
								   int n, const char *const *params);

/*
 * Text of ours as engines take it, in UTF-8, and back; the text itself where nothing
 * has to be done.  Where there is no catalog (at the end of a transaction) nothing
 * can be converted: do it before.
 */
extern const char *binds_text_to_engine(const char *text);
extern char *binds_text_from_engine(const char *data, size_t length);

/* A value as text: NULL for BINDS_NULL; integers and reals are printed. */
extern char *binds_value_text(const BindsValue *value);

/* A value as an integer; text is read as digits; 0 for NULL. */
extern int64 binds_value_integer(const BindsValue *value);

#endif							/* BINDS_QUERY_H */
