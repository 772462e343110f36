/*
 * column_options.h
 *	  The options of a foreign column that say what the engine's column is.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_COLUMN_OPTIONS_H
#define BINDS_COLUMN_OPTIONS_H

#include "dialect/dialect.h"
#include "model/model.h"
#include "nodes/pg_list.h"

/*
 * The options that reflect sets for a column, as a List of DefElem with string arguments:
 * key, generated, type, collation, computed, default.  column NULL: create_all made
 * the table, and nothing else has to be said.  own_default: the foreign column has a
 * default of its own, which goes before the engine's.  is_enum: it is of an enum type
 * here, too.
 */
extern List *binds_column_options_of(const BindsReflectedColumn *column, bool key,
									 BindsGenerated generated, bool own_default,
									 bool is_enum);

/* Is what a statement leaves out of the column left to the engine? */
extern bool binds_column_is_left(const BindsReflectedColumn *column,
								 BindsGenerated generated, bool own_default);

/* Append " OPTIONS (...)"; nothing if there are none. */
extern void binds_append_options(StringInfo buf, List *options);

#endif							/* BINDS_COLUMN_OPTIONS_H */
