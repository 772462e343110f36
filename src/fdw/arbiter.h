/*
 * arbiter.h
 *	  INSERT ... ON CONFLICT (columns): which key is meant.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ARBITER_H
#define BINDS_ARBITER_H

#include "nodes/pathnodes.h"

/*
 * Before an INSERT is planned: if it names a key of a foreign table, look for it, and hide it
 * from the planner.  Raises 42P10 if there is none, 0A000 if it cannot be used.
 */
extern void binds_arbiter_take(Query *query);

/* The columns of the key that was hidden (int list); NIL: the statement names none. */
extern List *binds_arbiter_columns(PlannerInfo *root);

/* Let the plan be made again when the table's model has other keys. */
extern void binds_arbiter_depend(PlannerInfo *root, Oid relid);

#endif							/* BINDS_ARBITER_H */
