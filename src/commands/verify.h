/*
 * verify.h
 *	  Rows that are looked at before a table is changed.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_VERIFY_H
#define BINDS_VERIFY_H

#include "commands/work.h"

/*
 * Read the rows of a model's table, and see whether they fit these checks of the model (List of
 * BindsModelCheck) when the columns are as it says.  Raises 23514 if one does not, and what a
 * cast raises.
 */
extern void binds_verify_checks(const BindsWork *work, const BindsWorkItem *item,
								const List *checks);

/*
 * The same of the values that columns (names, char *) must have: raises 23502 if a row has
 * NULL in one that the relation has already.
 */
extern void binds_verify_not_null(const BindsWork *work, const BindsWorkItem *item,
								  const List *columns);

/*
 * The same of columns (names) that are new, and must have values that nobody gives: raises
 * 23502 of the first if there is any row.  Other programs are not kept from adding one before
 * the engine has the column.
 */
extern void binds_verify_no_rows(const BindsWork *work, const BindsWorkItem *item,
								 const List *columns);

/*
 * The same of the values that rows are to have in columns that get another type, or that
 * PostgreSQL computes: raises what a cast or an expression raises.
 */
extern void binds_verify_values(const BindsWork *work, const BindsWorkItem *item);

/*
 * The same of columns (names, char *) whose values the engine converts by rules of its own.
 * Raises what a cast of a text raises, and 0A000 if a date or a time would not become what
 * PostgreSQL makes of it.
 */
extern void binds_verify_converted(const BindsWork *work, const BindsWorkItem *item,
								   const List *columns);

/*
 * Tell of rows with the same values in a key of the model that the engine has refused: raises
 * 23505 if the relation has such.
 */
extern void binds_verify_unique(const BindsWork *work, const BindsWorkItem *item);

/*
 * Tell of rows that refer to nothing by a foreign key of the model, which the engine has
 * refused: raises 23503 if there are such here, or if "told", the engine's name of the key,
 * is one of the model's (NULL: the engine tells none).
 */
extern void binds_verify_references(const BindsWork *work, const BindsWorkItem *item,
									const char *told);

#endif							/* BINDS_VERIFY_H */
