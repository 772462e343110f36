/*
 * routine.c
 *	  The callbacks of the foreign-data wrappers, put together.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "fdw/routine.h"

/*
 * Return a new FdwRoutine.  What no file sets stays NULL: PostgreSQL does it.
 */
FdwRoutine *
binds_fdw_routine(void)
{
	FdwRoutine *routine = makeNode(FdwRoutine);

	binds_plan_routine(routine);
	binds_paths_routine(routine);
	binds_scan_routine(routine);
	binds_modify_routine(routine);
	binds_truncate_routine(routine);
	binds_explain_routine(routine);
	binds_import_routine(routine);
	binds_analyze_routine(routine);
	return routine;
}
