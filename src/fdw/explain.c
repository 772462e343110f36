/*
 * explain.c
 *	  EXPLAIN (VERBOSE) of a scan: the text that is sent.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "compat.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"

static void bindsExplainForeignScan(ForeignScanState *node, ExplainState *es);

void
binds_explain_routine(FdwRoutine *routine)
{
	routine->ExplainForeignScan = bindsExplainForeignScan;
}

/*
 * Show the statement, and the one that runs instead when a parameter has a value
 * that the engine cannot compare.
 */
static void
bindsExplainForeignScan(ForeignScanState *node, ExplainState *es)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	List	   *fallback = list_nth(plan->fdw_private, BINDS_SCAN_FALLBACK);

	if (!es->verbose)
		return;
	ExplainPropertyText("Remote SQL",
						binds_statement_from_list(list_nth(plan->fdw_private,
														   BINDS_SCAN_STATEMENT))->sql,
						es);
	if (fallback != NIL)
		ExplainPropertyText("Fallback SQL",
							binds_statement_from_list(fallback)->sql, es);
}
