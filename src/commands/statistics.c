/*
 * statistics.c
 *	  The rows of the view binds.stat, and binds.stat_reset.
 *
 * They are those of the binds of this database; names of binds are readable by everybody, and
 * so are these numbers, as those of pg_stat_database are.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "commands/commands.h"
#include "compat.h"
#include "connection/connection.h"
#include "shared/memory.h"
#include "shared/stat.h"

BINDS_FUNCTION(binds_stat_rows);
BINDS_FUNCTION(binds_stat_reset_all);
BINDS_FUNCTION(binds_stat_reset_bind);

#define STAT_COLUMNS 9

static void put_stat(ReturnSetInfo *result, const BindsBind *bind);

/*
 * binds.stat_rows() returns the columns of binds.stat
 *
 * What this session has done is in it, but for statements that are still being executed.
 */
Datum
binds_stat_rows(PG_FUNCTION_ARGS)
{
	ListCell   *cell;

	binds_memory_require();
	InitMaterializedSRF(fcinfo, 0);
	binds_connection_count_now();
	binds_stat_clear(false);
	foreach(cell, binds_bind_all())
	{
		BindsBind  *bind = lfirst(cell);

		if (bind->key != NULL)
			put_stat((ReturnSetInfo *) fcinfo->resultinfo, bind);
	}
	return (Datum) 0;
}

static void
put_stat(ReturnSetInfo *result, const BindsBind *bind)
{
	BindsStatTotal total;
	BindsStatState state = binds_stat_get(bind->serverid, &total);
	Datum		values[STAT_COLUMNS];
	bool		nulls[STAT_COLUMNS] = {false};

	for (int i = 1; i < STAT_COLUMNS; i++)
		nulls[i] = state == BINDS_STAT_NO_ROOM;
	values[0] = CStringGetTextDatum(bind->key);
	values[1] = Int64GetDatum(total.stat.calls);
	values[2] = Int64GetDatum(total.stat.rows);
	values[3] = Int64GetDatum(total.stat.bytes);
	values[4] = Float8GetDatum(total.stat.ms);
	values[5] = Int64GetDatum(total.stat.errors);
	values[6] = Int64GetDatum(total.stat.reconnects);
	values[7] = Int32GetDatum(total.open);
	nulls[8] = state != BINDS_STAT_COUNTED;
	values[8] = TimestampTzGetDatum(total.reset);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * binds.stat_reset() returns void
 */
Datum
binds_stat_reset_all(PG_FUNCTION_ARGS)
{
	binds_memory_require();
	binds_connection_count_now();
	binds_stat_clear(true);
	binds_stat_reset(InvalidOid);
	PG_RETURN_VOID();
}

/*
 * binds.stat_reset(bind_key text) returns void
 *
 * Of the default bind nothing is counted.
 */
Datum
binds_stat_reset_bind(PG_FUNCTION_ARGS)
{
	char	   *key = PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0));
	BindsBind  *bind = binds_bind_find(key);

	binds_memory_require();
	if (bind->key == NULL)
		PG_RETURN_VOID();
	binds_connection_count_now();
	binds_stat_reset(bind->serverid);
	PG_RETURN_VOID();
}
