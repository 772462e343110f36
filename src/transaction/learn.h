/*
 * learn.h
 *	  Read a foreign table, after asking its engine where the options do not say all.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_LEARN_H
#define BINDS_LEARN_H

#include "model/foreign_table.h"
#include "options/options.h"

/*
 * For a plan, as a role sees it.  Raises nothing that comes from the engine: where it
 * cannot be asked, the table is "unknown".  Later on the plan's own facts are read:
 * binds_foreign_table_read(relid, table->facts).
 */
extern BindsForeignTable *binds_learn_for_plan(Oid relid, Oid userid);

/*
 * For execution without a plan, or with a plan that could not know: never unknown.
 * Raises what the engine says.
 */
extern BindsForeignTable *binds_learn_now(Oid relid, Oid userid);

/*
 * What is known without asking; NULL if that is not enough.
 */
extern BindsForeignTable *binds_learn_known(Oid relid, Oid userid);

/*
 * Ask the engine for its definition of a table, in any case, to keep it; NULL: there is no
 * such table.  Palloc'ed in the current context.
 */
extern BindsReflectedTable *binds_learn_definition(const BindsTableOptions *options,
												   Oid userid);

#endif							/* BINDS_LEARN_H */
