/*
 * dialects.c
 *	  The dialects that are there, and how one is found.
 *
 * Engines register themselves when the module is loaded; nothing here names one.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "foreign/foreign.h"
#include "lib/stringinfo.h"

#include "dialect/dialects.h"

#define MAX_DIALECTS 16

typedef struct RegisteredDialect
{
	const BindsDialect *dialect;
	PGFunction	handler;
} RegisteredDialect;

static RegisteredDialect dialects[MAX_DIALECTS];
static int	ndialects = 0;

void
binds_dialect_register(const BindsDialect *dialect, PGFunction handler)
{
	if (ndialects == MAX_DIALECTS)
		elog(ERROR, "too many dialects");
	dialects[ndialects].dialect = dialect;
	dialects[ndialects].handler = handler;
	ndialects++;
}

const BindsDialect *
binds_dialect_at(int number)
{
	return number < ndialects ? dialects[number].dialect : NULL;
}

const BindsDialect *
binds_dialect_by_scheme(const char *scheme)
{
	for (int i = 0; i < ndialects; i++)
	{
		for (const char *const *s = dialects[i].dialect->schemes; *s != NULL; s++)
		{
			if (strcmp(*s, scheme) == 0)
				return dialects[i].dialect;
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
	for (int i = 0; i < ndialects; i++)
	{
		if (info.fn_addr == dialects[i].handler)
			return dialects[i].dialect;
	}
	return NULL;
}

char *
binds_dialect_names(void)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int i = 0; i < ndialects; i++)
	{
		for (const char *const *s = dialects[i].dialect->schemes; *s != NULL; s++)
			appendStringInfo(&buf, "%s%s", buf.len > 0 ? ", " : "", *s);
	}
	return buf.data;
}
