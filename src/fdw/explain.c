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
 * Show the statement, and what is left of it when no parameter that may have a value
 * which the engine cannot compare can be sent.
 */
static void
bindsExplainForeignScan(ForeignScanState *node, ExplainState *es)
{
	ForeignScan *plan = (ForeignScan *) node->ss.ps.plan;
	BindsStatement *statement;
	Bitmapset  *optional;

	if (!es->verbose)
		return;
	statement = binds_statement_from_list(list_nth(plan->fdw_private,
												   BINDS_SCAN_STATEMENT));
	ExplainPropertyText("Remote SQL", statement->sql, es);
	optional = binds_statement_optional_params(statement);
	if (optional != NULL)
		ExplainPropertyText("Fallback SQL",
							binds_statement_without(statement, optional)->sql, es);
}
