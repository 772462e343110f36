/*
 * binds.c
 *	  Module start: settings, and what is registered once per backend.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "utils/guc.h"
#include "utils/plancache.h"

#include "binds.h"
#include "commands/plain_ddl.h"
#include "commands/shown_keys.h"
#include "compat.h"
#include "deparse/expr.h"
#include "engine/engines.h"
#include "fdw/given_defaults.h"
#include "fdw/routine.h"
#include "options/options.h"
#include "shared/memory.h"
#include "transaction/branch.h"

BINDS_MODULE_MAGIC("binds", BINDS_VERSION);

PGDLLEXPORT void _PG_init(void);

/* Plans that were made with the other value are of no use. */
static void
assign_pushdown(bool value, void *extra)
{
	if (value != binds_pushdown)
		ResetPlanCache();
}

/*
 * Define settings, register engines and callbacks, once per backend.
 */
void
_PG_init(void)
{
	DefineCustomBoolVariable("binds.pushdown",
							 "Sends filters, sort and LIMIT to the engines of binds.",
							 "Off, engines only deliver rows; the answers are the same.",
							 &binds_pushdown, true, PGC_USERSET, 0,
							 NULL, assign_pushdown, NULL);
	binds_memory_init();
	binds_plain_ddl_init();
	binds_shown_keys_init();
	MarkGUCPrefixReserved("binds");

	binds_engines_init(binds_fdw_routine, binds_options_validate);
	binds_transaction_init();
	binds_given_defaults_init();

	/*
	 * those that were planned without us know neither DEFAULT nor what to
	 * send
	 */
	ResetPlanCache();
}
