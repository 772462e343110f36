/*
 * binds.c
 *	  Module start, settings, and the entry points of the foreign-data wrappers.
 *
 * The only place that names the dialects: a new one is its folder, a handler and a
 * validator here, and a row in binds_dialects.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/reloptions.h"
#include "foreign/foreign.h"
#include "lib/stringinfo.h"
#include "utils/guc.h"
#include "utils/plancache.h"

#include "binds.h"
#include "compat.h"
#include "connection/options.h"
#include "dialect/dialect.h"
#include "fdw/routine.h"
#include "transaction/branch.h"

BINDS_MODULE_MAGIC("binds", BINDS_VERSION);

bool		binds_pushdown = true;

const BindsDialect *const binds_dialects[] = {
	&binds_mysql_dialect,
	&binds_sqlite_dialect,
	NULL
};

PGDLLEXPORT void _PG_init(void);

BINDS_FUNCTION(binds_sqlite_handler);
BINDS_FUNCTION(binds_sqlite_validator);
BINDS_FUNCTION(binds_mysql_handler);
BINDS_FUNCTION(binds_mysql_validator);

/* The handler functions, in the order of binds_dialects; their address tells. */
static const PGFunction handlers[] = {
	binds_mysql_handler,
	binds_sqlite_handler
};

/* Plans that were made with the other value are of no use. */
static void
assign_pushdown(bool value, void *extra)
{
	if (value != binds_pushdown)
		ResetPlanCache();
}

/*
 * Define settings and register callbacks, once per backend.
 */
void
_PG_init(void)
{
	DefineCustomBoolVariable("binds.pushdown",
							 "Sends filters, sort and LIMIT to the engines of binds.",
							 "Off, engines only deliver rows; the answers are the same.",
							 &binds_pushdown, true, PGC_USERSET, 0,
							 NULL, assign_pushdown, NULL);
	MarkGUCPrefixReserved("binds");

	binds_transaction_init();
}

/* ------------------------------------------------------------------------
 * Handlers and validators
 * ------------------------------------------------------------------------ */

Datum
binds_sqlite_handler(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(binds_fdw_routine());
}

Datum
binds_mysql_handler(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(binds_fdw_routine());
}

Datum
binds_sqlite_validator(PG_FUNCTION_ARGS)
{
	binds_options_validate(&binds_sqlite_dialect,
						   untransformRelOptions(PG_GETARG_DATUM(0)),
						   PG_GETARG_OID(1));
	PG_RETURN_VOID();
}

Datum
binds_mysql_validator(PG_FUNCTION_ARGS)
{
	binds_options_validate(&binds_mysql_dialect,
						   untransformRelOptions(PG_GETARG_DATUM(0)),
						   PG_GETARG_OID(1));
	PG_RETURN_VOID();
}

/* ------------------------------------------------------------------------
 * Dialects
 * ------------------------------------------------------------------------ */

const BindsDialect *
binds_dialect_by_scheme(const char *scheme)
{
	for (int i = 0; binds_dialects[i] != NULL; i++)
	{
		for (const char *const *s = binds_dialects[i]->schemes; *s != NULL; s++)
		{
			if (strcmp(*s, scheme) == 0)
				return binds_dialects[i];
		}
	}
	return NULL;
}

const BindsDialect *
binds_dialect_of_server(Oid serverid)
{
	return binds_dialect_of_wrapper(GetForeignServer(serverid)->fdwid);
}

const BindsDialect *
binds_dialect_of_wrapper(Oid fdwid)
{
	Oid			handler = GetForeignDataWrapper(fdwid)->fdwhandler;
	FmgrInfo	info;

	if (!OidIsValid(handler))
		return NULL;
	fmgr_info(handler, &info);
	for (int i = 0; binds_dialects[i] != NULL; i++)
	{
		if (info.fn_addr == handlers[i])
			return binds_dialects[i];
	}
	return NULL;
}

char *
binds_dialect_names(void)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; binds_dialects[i] != NULL; i++)
	{
		for (const char *const *s = binds_dialects[i]->schemes; *s != NULL; s++)
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "", *s);
	}
	return buf.data;
}
