/*
 * violated_reach.c
 *	  Can an engine's error be about another row than the one that was sent?
 *
 * Triggers of the engine change what they like, and foreign keys change the rows that
 * refer to a changed one; either may be refused for its own constraints, which can have the
 * same names.  Most errors do not say enough to tell.
 *
 * Copyright (c) 2026, the binds developers
 */
#include "postgres.h"

#include "fdw/violation.h"

static void ask_beyond(void *arg);
static void read_beyond(BindsDriverConn *conn, void *arg);
static bool sets_any(const BindsViolated *violated, List *columns);

/*
 * Before the row is changed, BEFORE triggers can change others, and what is written of the
 * row.  Triggers that the account may not see are not looked for.
 */
bool
binds_violated_comes_first(BindsViolated *violated)
{
	CmdType		operation = violated->modify->operation;

	if (!binds_violated_ask(ask_beyond, violated))
		return false;
	return (violated->beyond & BINDS_ACTS_BEFORE(binds_acts_of(operation))) == 0;
}

/* Nor is it said that there are none if the account may not see them. */
bool
binds_violated_no_triggers(BindsViolated *violated)
{
	CmdType		operation = violated->modify->operation;

	if (!binds_violated_ask(ask_beyond, violated))
		return false;
	return (violated->beyond & (binds_acts_of(operation) | BINDS_ACTS_UNSEEN)) == 0 &&
		(operation != CMD_UPDATE || !sets_any(violated, violated->beyond_columns));
}

bool
binds_violated_is_alone(BindsViolated *violated)
{
	return binds_violated_no_triggers(violated) && !binds_violated_cascades(violated);
}

static void
ask_beyond(void *arg)
{
	BindsViolated *violated = arg;

	if (violated->beyond_known)
		return;
	binds_connection_read(binds_branch_enter(violated->modify->use), read_beyond,
						  violated);
	violated->beyond_known = true;
}

/* For binds_connection_read. */
static void
read_beyond(BindsDriverConn *conn, void *arg)
{
	BindsViolated *violated = arg;
	const BindsForeignTable *table = violated->table;

	violated->beyond = table->dialect->acts_beyond(conn, table->bind_key, table->schema,
												   table->table,
												   &violated->beyond_columns);
}

/* Does the UPDATE set one of these columns?  Of what is no column here, nobody knows. */
static bool
sets_any(const BindsViolated *violated, List *columns)
{
	ListCell   *lc;

	foreach(lc, columns)
	{
		AttrNumber	attnum = binds_violated_column(violated->table, lfirst(lc));

		if (attnum == 0 || binds_violated_sets(violated, attnum))
			return true;
	}
	return false;
}
