/*
 * rebuild.h
 *	  Tables of engines that are made anew.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_REBUILD_H
#define BINDS_REBUILD_H

#include "commands/work.h"

/*
 * Make the engine's table of a model anew, with its rows; "owner" is who the statements that
 * bring them over run as, if the engine cannot do that by itself.  Values become those of the new types as by
 * PostgreSQL's assignment, of "casts" (as of BindsUpgradeOptions) as by an explicit cast, which those get, too, that cannot be
 * assigned, or where there is none by their text; what cannot be is PostgreSQL's error.
 */
extern void binds_rebuild(BindsWork *work, BindsWorkItem *item,
						  const BindsRebuild *rebuild, List *casts, Oid owner);

/*
 * Have the engine store, in all rows, the defaults of new columns (char *), and with
 * "computed" what PostgreSQL computes of the columns of a model.  Raises 0A000 where such a
 * column does not follow from others.
 */
extern void binds_fill_columns(BindsWork *work, BindsWorkItem *item, Oid owner,
							   List *columns, bool computed);

/*
 * Have the engine store the values of a column as the type of the model rounds them, which
 * the local relation has with other digits of a second.
 */
extern void binds_round_column(BindsWork *work, BindsWorkItem *item, Oid owner,
							   const char *column);

/* Read a column as another type; a value that this cannot be raises its error. */
extern void binds_read_column(const BindsWorkItem *item, Oid owner, const char *column,
							  Oid typid);

#endif							/* BINDS_REBUILD_H */
