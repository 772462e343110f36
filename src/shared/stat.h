/*
 * stat.h
 *	  What binds have done, counted over all sessions.
 *
 * A bind's counters are found by its database and server.  There is room for binds.stat_max
 * of them; the place of a bind that was dropped is free again when somebody looks for one.
 * Without shared memory (shared/memory.h) all of this does nothing.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_STAT_H
#define BINDS_STAT_H

#include "datatype/timestamp.h"

typedef struct BindsStat
{
	int64		calls;			/* statements that the engine was sent */
	int64		rows;			/* that it has sent */
	int64		bytes;			/* of the values in them */
	double		ms;				/* that it has worked, or was waited for */
	int64		errors;
	int64		reconnects;		/* connections that were lost and are back */
} BindsStat;

/* All of a bind. */
typedef struct BindsStatTotal
{
	BindsStat	stat;
	int			open;			/* transactions that are open in the engine */
	TimestampTz reset;			/* since when it is counted */
} BindsStatTotal;

typedef enum BindsStatState
{
	BINDS_STAT_COUNTED,
	BINDS_STAT_UNUSED,			/* nobody has used it yet */
	BINDS_STAT_NO_ROOM			/* nor could be counted now */
} BindsStatState;

/*
 * See that a bind of this database has counters, if there is room; places of dropped binds
 * are cleared first.  Reads catalogs.
 */
extern void binds_stat_claim(Oid serverid);

/* Add to a bind's counters.  Never throws. */
extern void binds_stat_add(Oid serverid, const BindsStat *stat);

/*
 * A transaction was begun in the engine (1), or has ended (-1): who adds takes away.  False
 * if it is not counted.  Never throws.
 */
extern bool binds_stat_open(Oid serverid, int change);

/* What was counted of a bind of this database. */
extern BindsStatState binds_stat_get(Oid serverid, BindsStatTotal *total);

/* Begin anew with a bind of this database, InvalidOid: with all of them. */
extern void binds_stat_reset(Oid serverid);

/*
 * Free the places of binds of this database that are no more; all: and those of databases
 * that are no more.  Reads catalogs.
 */
extern void binds_stat_clear(bool all);

#endif							/* BINDS_STAT_H */
