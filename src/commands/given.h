/*
 * given.h
 *	  A statement in an engine's own SQL, as a function of SQL was given it.
 *
 * Copyright (c) 2026, the binds developers
 */
#ifndef BINDS_GIVEN_H
#define BINDS_GIVEN_H

#include "connection/cursor.h"
#include "fmgr.h"
#include "model/bind.h"
#include "transaction/branch.h"

typedef struct BindsGiven
{
	BindsBind  *bind;			/* key NULL: the default bind */
	char	   *sql;
	int			nparams;
	Datum	   *params;
	Oid		   *types;
	bool	   *nulls;
} BindsGiven;

/*
 * Read the arguments bind_key, statement and, if there are any, params.  The right to use
 * the server is checked.
 */
extern void binds_given_read(FunctionCallInfo fcinfo, BindsGiven *given);

/* A statement under way on a bind. */
typedef struct BindsRun
{
	BindsUse   *use;
	BindsUse   *second;			/* NULL: not needed */
	BindsCursor *cursor;
	BindsOutcome outcome;
} BindsRun;

/* Execute it on its bind, which is not the default one. */
extern void binds_run_begin(BindsRun *run, const BindsGiven *given);
extern void binds_run_end(BindsRun *run);

/* Raise 42809 if it returns no rows. */
extern void binds_run_require_rows(const BindsRun *run, const BindsGiven *given);

/* The names of the columns, in the server's encoding. */
extern char **binds_run_column_names(const BindsRun *run);

/*
 * Open a cursor for it on the default bind; SPI is connected.  Raises 42809 if it returns
 * no rows.
 */
extern struct PortalData *binds_given_open_here(const BindsGiven *given);

/* Prepare it there; several are 42601, as in engines. */
extern struct _SPI_plan *binds_given_prepare_here(const BindsGiven *given);

/* The nulls as SPI wants them. */
extern char *binds_given_nulls(const BindsGiven *given);

#endif							/* BINDS_GIVEN_H */
