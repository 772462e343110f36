/*
 * upsert.h
 *	  INSERT ... ON CONFLICT (columns) DO NOTHING and DO UPDATE.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_UPSERT_H
#define BINDS_UPSERT_H

#include "fdw/modify.h"

struct ExplainState;

/*
 * The private list of ON CONFLICT (arbiter).  insert: that of the INSERT; set, update: the
 * columns that the UPDATE sends, and the private list of that; NIL: DO NOTHING.  Raises 0A000
 * for what cannot be done.
 */
extern List *binds_upsert_plan(const ModifyTable *plan, Index rti, Relation relation,
							   const BindsForeignTable *table, List *arbiter, List *insert,
							   List *set, List *update);

/* The private list of the UPDATE in it; NIL: DO NOTHING. */
extern List *binds_upsert_update_private(List *private);

/* A target list that delivers what identifies a row of the table, as that of an UPDATE does. */
extern List *binds_upsert_identity_targets(const BindsForeignTable *table);

/* updating: the state of the UPDATE, NULL: DO NOTHING. */
extern void binds_upsert_begin(BindsModify *modify, EState *estate, ResultRelInfo *rri,
							   List *private, BindsModify *updating);

/* Close what is open; returns the state of the UPDATE, for the caller to end; or NULL. */
extern BindsModify *binds_upsert_end(BindsModify *modify);

/*
 * Insert a row, or update the one that has its key.  Returns the slot of the row as it is
 * now, or NULL if there is no new one.  Raises 21000 for a row that the same command has
 * written.
 */
extern TupleTableSlot *binds_upsert_row(BindsModify *modify, EState *estate,
										ResultRelInfo *rri, TupleTableSlot *slot);

/*
 * A row has been inserted: tell the upserts of its table that are going on, but for the one
 * that has done it.
 */
extern void binds_upserts_tell_inserted(BindsModify *by, TupleTableSlot *slot);

/* For EXPLAIN. */
extern void binds_upsert_explain(List *private, const BindsForeignTable *table,
								 struct ExplainState *es);

#endif							/* BINDS_UPSERT_H */
