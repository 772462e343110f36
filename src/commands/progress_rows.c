/*
 * progress_rows.c
 *	  The rows of the view binds.progress.
 *
 * That a session runs a command everybody may know, as in PostgreSQL's views of progress;
 * what it does, its own role, superusers and members of pg_read_all_stats.  Names are those
 * of another database only for it: the encoding may be another one.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "commands/dbcommands.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "commands/commands.h"
#include "compat.h"
#include "shared/memory.h"
#include "shared/progress.h"

BINDS_FUNCTION(binds_progress_view);

#define PROGRESS_COLUMNS 9

static void put_progress(ReturnSetInfo *result, const BindsProgress *progress);
static bool may_see(Oid userid);
static void put_text(Datum *value, bool *null, const char *text);

/*
 * binds.progress_rows() returns the columns of binds.progress
 */
Datum
binds_progress_view(PG_FUNCTION_ARGS)
{
	BindsProgress *all;
	int			n;

	binds_memory_require();
	InitMaterializedSRF(fcinfo, 0);
	n = binds_progress_all(&all);
	for (int i = 0; i < n; i++)
		put_progress((ReturnSetInfo *) fcinfo->resultinfo, &all[i]);
	return (Datum) 0;
}

static void
put_progress(ReturnSetInfo *result, const BindsProgress *progress)
{
	bool		here = progress->database == MyDatabaseId;
	char	   *database = get_database_name(progress->database);
	Datum		values[PROGRESS_COLUMNS];
	bool		nulls[PROGRESS_COLUMNS];
	NameData	name;

	memset(nulls, true, sizeof(nulls));
	values[0] = Int32GetDatum(progress->pid);
	nulls[0] = false;
	nulls[1] = database == NULL;
	if (database != NULL)
	{
		namestrcpy(&name, database);
		values[1] = NameGetDatum(&name);
	}
	if (may_see(progress->userid))
	{
		put_text(&values[2], &nulls[2], progress->command);
		put_text(&values[3], &nulls[3], here ? progress->bind_key : NULL);
		put_text(&values[4], &nulls[4], progress->phase);
		put_text(&values[5], &nulls[5], here ? progress->relation : NULL);
		values[6] = Int64GetDatum(progress->done);
		nulls[6] = false;
		values[7] = Int64GetDatum(progress->total);
		nulls[7] = progress->total < 0;
		values[8] = TimestampTzGetDatum(progress->started);
		nulls[8] = false;
	}
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static bool
may_see(Oid userid)
{
	return superuser() || has_privs_of_role(GetUserId(), ROLE_PG_READ_ALL_STATS) ||
		has_privs_of_role(GetUserId(), userid);
}

static void
put_text(Datum *value, bool *null, const char *text)
{
	*null = text == NULL;
	if (text != NULL)
		*value = CStringGetTextDatum(text);
}
