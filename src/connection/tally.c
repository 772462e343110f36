/*
 * tally.c
 *	  What is counted of a connection's statements, until it is added to the bind's.
 *
 * Counting must cost nothing: numbers are kept in the connection, and added to shared memory
 * (shared/stat.c) at the end of each transaction, when it is closed, and when many have
 * come together.  They are those of the bind that opened the connection, as all that is
 * known of it: binds on one file share one.
 *
 * Without shared memory nobody asks for them, and the clock is not looked at.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "connection/internal.h"

/* add what was counted when it is so much */
#define MANY_CALLS 1000
#define LONG_TIME 200			/* ms */

/*
 * Connections that were lost, until they are there again: an entry may be gone by then.
 * What has no place is not counted, as nothing may fail here.
 */
#define MAX_LOST 64

typedef struct LostConnection
{
	Oid			serverid;
	Oid			umid;
} LostConnection;

static LostConnection lost[MAX_LOST];
static int	nlost = 0;


void
binds_tally_time(BindsConnection *connection, double ms)
{
	connection->tally.ms += ms;
	if (unlikely(connection->tally.ms >= LONG_TIME || connection->tally.calls >= MANY_CALLS))
		binds_tally_flush(connection);
}

/* An error of the engine is raised. */
void
binds_tally_error(BindsConnection *connection)
{
	connection->tally.errors++;
}

/* The same where there is no connection. */
void
binds_tally_not_open(Oid serverid)
{
	BindsStat	stat = {.errors = 1};

	binds_stat_claim(serverid);
	binds_stat_add(serverid, &stat);
}

/* Add what was counted to the bind's. */
void
binds_tally_flush(BindsConnection *connection)
{
	const BindsStat *tally = &connection->tally;

	if (tally->calls != 0 || tally->rows != 0 || tally->ms != 0 || tally->errors != 0 ||
		tally->reconnects != 0)
		binds_stat_add(connection->serverid, tally);
	memset(&connection->tally, 0, sizeof(connection->tally));
}

/* A transaction was begun in the engine, or has ended.  The end may come twice. */
void
binds_tally_begun(BindsConnection *connection)
{
	if (binds_memory_on && !connection->tally_open)
		connection->tally_open = binds_stat_open(connection->serverid, 1);
}

void
binds_tally_ended(BindsConnection *connection)
{
	if (connection->tally_open)
		(void) binds_stat_open(connection->serverid, -1);
	connection->tally_open = false;
}

/* The connection did not stand, and was closed for it. */
void
binds_tally_lost(const BindsConnection *connection)
{
	if (!binds_memory_on || connection->private || nlost >= MAX_LOST)
		return;
	lost[nlost].serverid = connection->serverid;
	lost[nlost++].umid = connection->umid;
}

/* It is open: for the first time, or again. */
void
binds_tally_opened(BindsConnection *connection)
{
	binds_stat_claim(connection->serverid);
	for (int i = 0; i < nlost; i++)
	{
		if (lost[i].serverid == connection->serverid && lost[i].umid == connection->umid &&
			!connection->private)
		{
			lost[i] = lost[--nlost];
			connection->tally.reconnects++;
			return;
		}
	}
}
