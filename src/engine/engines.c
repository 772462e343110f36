/*
 * engines.c
 *	  Every engine that is built in: its dialect, and its wrapper's functions.
 *
 * The only place that names the engines: a new one is its folder, a row in the table
 * and its wrapper in the extension's SQL.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "access/reloptions.h"

#include "compat.h"
#include "dialect/dialects.h"
#include "engine/engines.h"

BINDS_FUNCTION(binds_sqlite_handler);
BINDS_FUNCTION(binds_sqlite_validator);
BINDS_FUNCTION(binds_mysql_handler);
BINDS_FUNCTION(binds_mysql_validator);

static const struct
{
	const BindsDialect *dialect;
	PGFunction	handler;		/* of its wrapper: no other engine's */
}			engines[] = {
	{&binds_mysql_dialect, binds_mysql_handler},
	{&binds_sqlite_dialect, binds_sqlite_handler}
};

static FdwRoutine *(*make_routine) (void);
static void (*validate_options) (const BindsDialect *dialect, List *options,
								 Oid catalog);

void
binds_engines_init(FdwRoutine *(*routine) (void),
				   void (*validate) (const BindsDialect *dialect,
									 List *options, Oid catalog))
{
	make_routine = routine;
	validate_options = validate;
	for (int i = 0; i < (int) lengthof(engines); i++)
		binds_dialect_register(engines[i].dialect, engines[i].handler);
}

Datum
binds_sqlite_handler(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(make_routine());
}

Datum
binds_sqlite_validator(PG_FUNCTION_ARGS)
{
	validate_options(&binds_sqlite_dialect,
					 untransformRelOptions(PG_GETARG_DATUM(0)), PG_GETARG_OID(1));
	PG_RETURN_VOID();
}

Datum
binds_mysql_handler(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(make_routine());
}

Datum
binds_mysql_validator(PG_FUNCTION_ARGS)
{
	validate_options(&binds_mysql_dialect,
					 untransformRelOptions(PG_GETARG_DATUM(0)), PG_GETARG_OID(1));
	PG_RETURN_VOID();
}
