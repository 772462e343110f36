/*
 * explain.c
 *	  EXPLAIN: the bind; VERBOSE: the text that is sent; ANALYZE: what came of it.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "executor/instrument.h"
#include "utils/rel.h"

#include "compat.h"
#include "fdw/plan_private.h"
#include "fdw/routine.h"

static void bindsExplainForeignScan(ForeignScanState *node, ExplainState *es);

void
binds_explain_routine(FdwRoutine *routine)
{
	routine->ExplainForeignScan = bindsExplainForeignScan;
}

BindsCounts *
binds_explain_counts(const EState *estate)
{
	BindsCounts *counts;

	if (estate->es_instrument == 0)
		return NULL;
	counts = palloc0(sizeof(BindsCounts));
	counts->timed = (estate->es_instrument & INSTRUMENT_TIMER) != 0;
	return counts;
}

/*
 * Say which bind, and which engine, a table is of.  What came of all executions is told,
 * not, as PostgreSQL's own rows and times are, for one of them.
 */
void
binds_explain_bind(Oid relid, const BindsCounts *counts, ExplainState *es)
{
	BindsForeignTable *table = binds_foreign_table_options(relid);

	if (es->format == EXPLAIN_FORMAT_TEXT)
		ExplainPropertyText("Bind", psprintf("%s (%s)", table->bind_key,
											 table->dialect->name), es);
	else
	{
		ExplainPropertyText("Bind", table->bind_key, es);
		ExplainPropertyText("Engine", table->dialect->name, es);
	}
	if (!es->analyze || counts == NULL)
		return;
	ExplainPropertyInteger("Engine Rows", NULL, counts->rows, es);
	if (es->timing && counts->timed)
		ExplainPropertyFloat("Engine Time", "ms", counts->ms, 3, es);
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

	binds_explain_bind(RelationGetRelid(node->ss.ss_currentRelation),
					   binds_scan_counts(node), es);
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
