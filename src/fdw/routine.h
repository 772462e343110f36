/*
 * routine.h
 *	  The callbacks of the foreign-data wrappers, the same for every dialect.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_ROUTINE_H
#define BINDS_ROUTINE_H

#include "foreign/fdwapi.h"

/* A new FdwRoutine with all members set (by the functions below). */
extern FdwRoutine *binds_fdw_routine(void);

/* Each file of this folder sets its own members. */
extern void binds_plan_routine(FdwRoutine *routine);	/* plan.c: rel size,
														 * plan */
extern void binds_paths_routine(FdwRoutine *routine);	/* paths.c */
extern void binds_scan_routine(FdwRoutine *routine);	/* scan.c */
extern void binds_modify_routine(FdwRoutine *routine);	/* modify.c: insert,
														 * update, delete,
														 * batches, targets */
extern void binds_truncate_routine(FdwRoutine *routine);	/* truncate.c */
extern void binds_explain_routine(FdwRoutine *routine); /* explain.c */
extern void binds_import_routine(FdwRoutine *routine);	/* import.c */
extern void binds_analyze_routine(FdwRoutine *routine); /* analyze.c */

#endif							/* BINDS_ROUTINE_H */
