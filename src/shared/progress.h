/*
 * progress.h
 *	  How far a long command of this session is, for others to see.
 *
 * A command begins and ends; those that it calls tell what they do, and are heard only
 * while a command is going on.  One that a command calls, which would begin by itself, is
 * a part of it.  An error ends it with its (sub)transaction.
 *
 * Without shared memory (shared/memory.h) all of this does nothing.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_PROGRESS_H
#define BINDS_PROGRESS_H

#include "datatype/timestamp.h"

/* True: it is the session's command now, and is to be ended. */
extern bool binds_progress_begin(const char *command);

/* began: what begin has returned.  Never throws. */
extern void binds_progress_end(bool began);

/*
 * A phase begins, on a bind (NULL: the default bind), with so many steps to come, -1: it is
 * not known how many.
 */
extern void binds_progress_phase(const char *phase, const char *bind_key, int64 total);

/* What is worked on: a table or model; NULL: none. */
extern void binds_progress_relation(const char *relation);

/* The next step: so many are done. */
extern void binds_progress_step(const char *relation, int64 done);

/*
 * The steps of this phase are rows, those that engines are sent or those that they send:
 * who has to do with them adds them.
 */
typedef enum BindsProgressRows
{
	BINDS_PROGRESS_NO_ROWS,
	BINDS_PROGRESS_READ,
	BINDS_PROGRESS_WRITTEN
} BindsProgressRows;

extern void binds_progress_count(BindsProgressRows rows);

/* Is a phase going on whose steps are such rows? */
extern bool binds_progress_reads;
extern bool binds_progress_writes;

/* Add to the steps that are done. */
extern void binds_progress_add(int64 rows);

/* A session's progress; texts are palloc'ed. */
typedef struct BindsProgress
{
	int			pid;
	Oid			database;
	Oid			userid;			/* who has logged in */
	const char *command;
	const char *bind_key;		/* NULL: the default bind, or none yet */
	const char *phase;
	const char *relation;		/* NULL: none */
	int64		done;
	int64		total;			/* -1: it is not known */
	TimestampTz started;
} BindsProgress;

/* Those of all sessions, palloc'ed; returns their number. */
extern int	binds_progress_all(BindsProgress **all);

#endif							/* BINDS_PROGRESS_H */
